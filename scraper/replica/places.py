"""The areas that stories are told of: districts until June 2025, communes from July 2025, and the city."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import date

from scraper.replica.prose import DATA

REFORM = date(2025, 7, 1)
"""The district level ended and communes began (Resolution 1669/NQ-UBTVQH15)."""
UPGRADE = date(2025, 1, 1)
"""Thủy Nguyên became a city and An Dương an urban district (Resolution 1232/NQ-UBTVQH15)."""


@dataclass(frozen=True, slots=True)
class Area:
    """An administrative unit with the kind that it has on the story's day."""

    code: str
    name: str
    kind: str
    """quận, huyện, thành phố, phường, xã, đặc khu."""
    profile: str
    wards: tuple[str, ...] = ()
    party_term: int = 0
    """Number of the committee elected in 2020 (districts)."""
    council_term: int = 0
    """Number of the council elected in 2021."""

    @property
    def full(self) -> str:
        """The kind and name: quận Lê Chân."""
        return f"{self.kind} {self.name}"

    @property
    def is_district(self) -> bool:
        """Whether the unit was of the district level."""
        return len(self.code) == 3

    @property
    def committee(self) -> str:
        """The party committee without its place: Quận ủy, Huyện ủy, Thành ủy, Đảng ủy."""
        return {"quận": "Quận ủy", "huyện": "Huyện ủy", "thành phố": "Thành ủy"}.get(self.kind, "Đảng ủy")

    @property
    def committee_full(self) -> str:
        """The party committee with its place: Quận ủy Lê Chân, Đảng ủy phường Lê Chân."""
        return f"{self.committee} {self.name if self.is_district or self.code == '31' else self.full}"

    @property
    def council(self) -> str:
        """The people's council: HĐND quận Lê Chân."""
        return f"HĐND {self.full}"

    @property
    def government(self) -> str:
        """The people's committee: UBND quận Lê Chân."""
        return f"UBND {self.full}"


_UPGRADED = {"311": "thành phố", "312": "quận"}
CITY = Area("31", "Hải Phòng", "thành phố", "city", (), 16, 16)


def _read_areas() -> dict[str, Area]:
    with (DATA / "areas.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Area(
                code=row["code"],
                name=row["name"],
                kind=row["kind"],
                profile=row["profile"],
                wards=tuple(filter(None, row["wards"].split("|"))),
                party_term=int(row["party_term"] or 0),
                council_term=int(row["council_term"] or 0),
            )
            for row in csv.DictReader(file)
        }


_AREAS = _read_areas()
DISTRICT_CODES = tuple(code for code in _AREAS if len(code) == 3)
COMMUNE_CODES = tuple(code for code in _AREAS if len(code) == 5)


def area_on(code: str, day: date) -> Area:
    """Return the unit as it stood on a day.

    Raises:
        KeyError: there was no such unit on that day.
    """
    if code == CITY.code:
        return CITY
    area = _AREAS[code]
    if area.is_district == (day >= REFORM):
        raise KeyError(f"{code} on {day}")
    if day >= UPGRADE and code in _UPGRADED:
        return replace(area, kind=_UPGRADED[code])
    return area


def areas_on(day: date) -> list[Area]:
    """Return the units below the city on a day."""
    return [area_on(code, day) for code in (COMMUNE_CODES if day >= REFORM else DISTRICT_CODES)]
