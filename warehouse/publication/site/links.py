"""Which areas and indicators have a page: what others may link to."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.connect import Connection
from warehouse.publication.site import addresses
from warehouse.publication.site.queries import sql


@dataclass(frozen=True)
class Links:
    """The pages that depend on whether there is anything to say."""

    areas: frozenset[str]
    """Codes of the units with a page."""
    indicators: frozenset[tuple[str, str]]
    """Keys of the indicators with a page, each with "" or, for `other`, the name as it is compared."""

    def area(self, code: str | None) -> str | None:
        """Give the address of a unit's page; None where it has none."""
        return addresses.area(code) if code in self.areas and code else None

    def indicator(self, key: str, name: str | None = None) -> str | None:
        """Give the address of an indicator's page; None where it has none.

        Args:
            key: As in the vocabulary.
            name: `name_key`, needed where the key is `other`.
        """
        sought = (key, (name or "") if key == "other" else "")
        return addresses.indicator(*sought) if sought in self.indicators else None


def read_links(connection: Connection) -> Links:
    """Read which pages there are."""
    areas = connection.execute(sql("area_pages")).fetchall()
    indicators = connection.execute(sql("indicator_pages")).fetchall()
    return Links(frozenset(code for (code,) in areas), frozenset((key, name) for key, name in indicators))
