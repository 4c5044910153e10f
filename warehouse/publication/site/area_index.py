"""The list of areas: a schematic of the former districts, and the units that came out of them."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.publication.site import addresses
from warehouse.publication.site.area import read_units
from warehouse.publication.site.page import Page, Reading, Share
from warehouse.publication.site.queries import sql
from warehouse.publication.site.schematic import district_tiles, groups


def area_index(reading: Reading, share: Share) -> Iterator[Page]:
    """Give the page that leads to every area's."""
    units = read_units(reading)
    former = dict(reading.rows(sql("former_districts")))
    yield Page(
        addresses.AREAS,
        "areas.html.j2",
        {
            "cities": [unit for unit in units.values() if unit.level == "province"],
            "tiles": district_tiles(units.values()),
            "groups": groups(units, former),
        },
    )
