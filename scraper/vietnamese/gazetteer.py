"""The gazetteer: every administrative unit of Viet Nam with its kind, parent and validity.

Sources of the tables: `docs/attribution.md`.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from scraper.vietnamese.text import fold, fold_tone

_DATA = Path(__file__).parent / "data"
REFORM = "2025-07-01"
"""The day on which the district level ended."""
COUNTRY = "Việt Nam"
MAX_WORDS = 5

KINDS = {
    "thành phố": "thành phố", "tp": "thành phố", "tp.": "thành phố",
    "quận": "quận", "q.": "quận",
    "huyện đảo": "huyện", "huyện": "huyện", "h.": "huyện",
    "thị xã": "thị xã", "tx": "thị xã", "tx.": "thị xã",
    "tỉnh": "tỉnh",
    "phường": "phường", "p.": "phường", "xã": "xã", "thị trấn": "thị trấn", "tt.": "thị trấn",
    "đặc khu": "đặc khu",
}  # fmt: skip
BODIES = {"quận": "quận", "huyện": "huyện", "thị": "thị xã", "thành": "thành phố", "tỉnh": "tỉnh"}
LEVELS = {
    "tỉnh": ("province",), "thành phố": ("district", "province"), "quận": ("district",),
    "huyện": ("district",), "thị xã": ("district",), "phường": ("commune",), "xã": ("commune",),
    "thị trấn": ("commune",),     "đặc khu": ("commune",),
}  # fmt: skip
DISTRICT_KINDS = ("quận", "huyện", "thị xã", "thành phố")


@dataclass(frozen=True, slots=True)
class Unit:
    """One administrative unit during one stretch of time."""

    code: str
    name: str
    kind: str
    level: str
    parent: str
    valid_from: str
    """ISO date; empty: before the records."""
    valid_to: str
    """ISO date, exclusive; empty: still valid."""

    def valid_on(self, day: str) -> bool:
        """Tell whether the unit was there on an ISO day."""
        return self.valid_from <= day and (not self.valid_to or day < self.valid_to)

    @property
    def printed(self) -> str:
        """The name with its kind: "quận Lê Chân", "thành phố Hải Phòng"."""
        return f"{'thành phố' if self.kind.startswith('thành phố') else self.kind} {self.name}"


_HIGHLAND = re.compile(r"(?<!\w)(?:đ|d)[aăắ][ckḱ](?!\w)")
"""The river of the Highlands, spelled in many ways: "Đắk Lắk", "Đak Pơ", "Đăk Tô", "Đắc Nông"."""
_LONE_Y = re.compile(r"(?<!\w)([hklmstv]|qu)?([yýỳỷỹỵ])(?!\w)")
"""A syllable that ends in a lone y, which as many print with i: "Mỹ Quý", "Mĩ Quí"."""
_Y_AS_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


@lru_cache(maxsize=1 << 15)
def name_key(name: str) -> str:
    """Fold a name for lookup: tone placement, hyphens, apostrophes, case, i or y do not matter."""
    return " ".join(map(_word_key, name.replace("-", " ").replace("–", " ").split()))


@lru_cache(maxsize=1 << 15)
def _word_key(word: str) -> str:
    """Fold one word of a name; those of all names are few, and the names that they make many."""
    folded = _HIGHLAND.sub("đắk", fold_tone(word).replace("’", "'"))
    return _LONE_Y.sub(lambda m: (m[1] or "") + m[2].translate(_Y_AS_I), folded)


class Gazetteer:
    """All units by folded name and by code."""

    def __init__(self) -> None:
        self.by_code: dict[str, list[Unit]] = defaultdict(list)
        self.by_name: dict[str, dict[str, list[Unit]]] = {
            level: defaultdict(list) for level in ("province", "district", "commune")
        }
        with (_DATA / "areas.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                self._add(
                    Unit(
                        row["code"], row["name"], row["kind"], row["level"], row["parent_code"],
                        row["valid_from"], row["valid_to"],
                    )
                )  # fmt: skip
        with (_DATA / "communes_before_2025.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                self._add(
                    Unit(row["code"], row["name"], row["kind"], "commune", row["parent_code"], "", REFORM)
                )
        with (_DATA / "area_aliases.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for unit in self.by_code[row["code"]]:
                    units = self.by_name[unit.level][name_key(row["alias"])]
                    if unit not in units:
                        units.append(unit)
        with (_DATA / "papers.csv").open(encoding="utf-8", newline="") as file:
            self.papers = {row["host"]: row["code"] for row in csv.DictReader(file)}
        """Province by the name of a paper or station whose address does not print the province's."""
        with (_DATA / "area_successions.csv").open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["extent"] == "whole"]
        self.keys = frozenset(key for names in self.by_name.values() for key in names)
        """Every name by its key, whatever bears it."""
        self._heirs = {row["from_code"]: row["to_code"] for row in rows if row["from_code"] != row["to_code"]}
        self._zones = tuple(u for units in self.by_code.values() for u in units if u.kind == "đặc khu")
        self.by_label: dict[str, list[Unit]] = defaultdict(list)
        """Units by what an address prints of their name: "haiphong", "lechan"."""
        self.province_labels: set[str] = set()
        """Labels of provinces long enough to be told from other words of an address."""
        for units in self.by_code.values():
            for unit in units:
                label = re.sub(r"[^a-z0-9]", "", fold(unit.name))
                self.by_label[label].append(unit)
                if unit.level == "province" and len(label) > 4:
                    self.province_labels.add(label)

    def _add(self, unit: Unit) -> None:
        self.by_code[unit.code].append(unit)
        self.by_name[unit.level][name_key(unit.name)].append(unit)

    def heir_of(self, code: str, is_alive: Callable[[Unit], bool]) -> str:
        """Return a code itself while a unit bears it, else that of the unit that it was merged into."""
        alive = any(is_alive(unit) for unit in self.by_code.get(code, ()))
        return code if alive else self._heirs.get(code, code)

    def special_zones(self) -> tuple[Unit, ...]:
        """Return the special zones: islands that a name alone means."""
        return self._zones

    def unit(self, code: str, day: str) -> Unit | None:
        """Return the unit that bore a code on an ISO day, else its last form before or after, else None."""
        units = self.by_code.get(code)
        if not units:
            return None
        return next((u for u in units if u.valid_on(day)), units[-1])

    def province_of(self, unit: Unit) -> str:
        """Return the code of the province that a unit lies in (its own for a province)."""
        if unit.level == "province":
            return unit.code
        if unit.level == "district" or len(unit.parent) == 2:
            return unit.parent
        districts = self.by_code.get(unit.parent)
        return districts[0].parent if districts else ""

    def find(self, words: list[str], levels: tuple[str, ...]) -> tuple[int, tuple[Unit, ...]]:
        """Find the longest name that words begin with; return its length in words and its units."""
        for count in range(min(MAX_WORDS, len(words)), 0, -1):
            if units := self.named(" ".join(words[:count]), levels):
                return count, units
        return 0, ()

    def named(self, name: str, levels: tuple[str, ...]) -> tuple[Unit, ...]:
        """Return the units of some levels that bear a name."""
        key = name_key(name)
        units: list[Unit] = []
        for level in levels:
            if key in self.by_name[level]:
                units += self.by_name[level][key]
        return tuple(units)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Return the gazetteer, read once a process."""
    return Gazetteer()
