"""The unit that a portal belongs to, told by its address where nobody has told it otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from scraper.items import Article
from scraper.vietnamese.areas import Gazetteer, Unit

_KIND_LABEL = re.compile(r"^(?:ubnd)?(?:thanhpho|thixa|huyen|quan|phuong|dackhu|tp|tx|xa)(?=\w{3})")
_OF_STATE = re.compile(r"\.(?:gov|dcs)\.vn$")


class HomeUnit:
    """Reads the home of an article from its host: a district's or commune's name, else a province's."""

    def __init__(self, book: Gazetteer, is_alive: Callable[[Unit], bool]) -> None:
        """`is_alive` tells whether a unit was there on the article's day."""
        self.book, self.is_alive = book, is_alive

    def code_of(self, article: Article) -> str | None:
        """Give the GSO code of the unit that the address names, None where it names none.

        A province that was merged into another by the article's day gives the one that it lies in now.
        """
        host = (urlsplit(article.url).hostname or "").replace("-", "")
        labels = host.split(".")
        province = self._province_of(host, labels, article.portal or "")
        if province is None:
            return self._unit_of_state(host, labels)
        for label in labels[:-2]:
            for level in ("district", "commune"):
                unit = None if province[0] in label else self._labelled(label, level, province[1])
                if unit:
                    return unit.code
        return province[1]

    def _province_of(self, host: str, labels: list[str], portal: str) -> tuple[str, str] | None:
        """Give what the address prints of a province, and its code on the article's day."""
        text = f"{host} {portal}"
        for name in sorted((n for n in self.book.province_labels if n in text), key=len, reverse=True):
            unit = self._labelled(name, "province")
            if unit:
                return name, unit.code
            merged = self._merged(name)
            if merged:
                return name, merged
        code = next((self.book.papers[label] for label in labels if label in self.book.papers), None)
        return (host, self.book.heir_of(code, self.is_alive)) if code else None

    def _merged(self, label: str) -> str | None:
        """Give the province that holds the one whose name an address still prints."""
        former = {u.code for u in self.book.by_label.get(label, ()) if u.level == "province"}
        return self.book.heir_of(former.pop(), self.is_alive) if len(former) == 1 else None

    def _unit_of_state(self, host: str, labels: list[str]) -> str | None:
        """Give the district that the address of an office names, where one alone is called so."""
        if not _OF_STATE.search(host):
            return None
        units = (self._labelled(label, "district") for label in labels[:-2])
        return next((unit.code for unit in units if unit), None)

    def _labelled(self, label: str, level: str, province: str = "") -> Unit | None:
        """Find the one unit of a level, alive on the article's day, whose name an address prints so."""
        for name in (label, _KIND_LABEL.sub("", label)):
            found = {
                u.code: u
                for u in self.book.by_label.get(name, ())
                if u.level == level
                and self.is_alive(u)
                and (not province or self.book.province_of(u) == province)
            }
            if len(found) == 1:
                return next(iter(found.values()))
        return None
