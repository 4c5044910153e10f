"""Where units lie to each other, as tiles: a schematic laid by hand, for want of a map that may be given on.

A tile says north of, west of, beside, and nothing of size or shape. A city without tiles has a plain list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from warehouse.publication.site.area import Unit

_HEATS = 4

TILES: dict[str, tuple[int, int]] = {
    "311": (3, 1),
    "312": (1, 2),
    "303": (2, 2),
    "304": (3, 2),
    "306": (4, 2),
    "317": (5, 2),
    "313": (1, 3),
    "307": (2, 3),
    "305": (3, 3),
    "309": (4, 3),
    "316": (1, 4),
    "315": (2, 4),
    "314": (3, 4),
    "308": (4, 4),
    "318": (5, 4),
}
"""Column and row of the districts of Hải Phòng that were until 2025, by code."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A unit as a tile: named, as dark as it is told of, and leading to its page."""

    code: str
    name: str
    kind: str
    address: str
    figures: int
    articles: int
    heat: int
    """0 where there is no figure, else 1 to 4 by quarters of the units with figures."""
    column: int = 0
    row: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Units that came out of one former unit."""

    title: str
    address: str | None
    tiles: list[Tile]


def district_tiles(units: Iterable[Unit]) -> list[Tile]:
    """Give the tiles of the units that have a place, in reading order."""
    placed = [unit for unit in units if unit.code in TILES]
    heats = _heats(placed)
    tiles = [_tile(unit, heats[unit.code], *TILES[unit.code]) for unit in placed]
    return sorted(tiles, key=lambda tile: (tile.row, tile.column))


def groups(units: Mapping[str, Unit], predecessors: Mapping[str, Sequence[str]]) -> list[Group]:
    """Give the other units by the former unit that most of them came from, those without one last.

    Args:
        units: By code.
        predecessors: Codes of the former units of each, the first one being where it is listed.
    """
    others = [unit for unit in units.values() if unit.code not in TILES and unit.level != "province"]
    heats = _heats(others)
    found: dict[str, list[Tile]] = {}
    for unit in others:
        former = next(
            (code for code in predecessors.get(unit.code, ()) if code in units and code != unit.code), ""
        )
        found.setdefault(former, []).append(_tile(unit, heats[unit.code]))
    in_order = sorted(found, key=lambda code: (code == "", units[code].name if code else ""))
    return [
        Group(
            units[code].name if code else "",
            units[code].address if code else None,
            sorted(found[code], key=lambda tile: (-tile.figures, tile.name)),
        )
        for code in in_order
    ]


def _heats(units: Sequence[Unit]) -> dict[str, int]:
    told = sorted(unit.figures for unit in units if unit.figures)
    return {
        unit.code: 1 + min(_HEATS - 1, _HEATS * told.index(unit.figures) // len(told)) if unit.figures else 0
        for unit in units
    }


def _tile(unit: Unit, heat: int, column: int = 0, row: int = 0) -> Tile:
    kind, _, name = unit.full_name.partition(" ")
    if unit.kind and unit.full_name.startswith(unit.kind + " "):
        kind, name = unit.kind, unit.full_name[len(unit.kind) + 1 :]
    return Tile(
        unit.code, name or unit.full_name, kind, unit.address, unit.figures, unit.articles, heat, column, row
    )
