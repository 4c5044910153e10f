"""Which CMS family a site's pages betray: by their generator, their headers, their markup, their addresses.

The signs are data: the table `recognise` of each file in `portals/families/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import prod
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from scraper.portal_catalogue import FAMILY_KEYS, PORTALS_DIR
from scraper.portal_file import Table, read_toml

Page = tuple[str, Mapping[str, str], bytes]
"""Address, response headers and body of one page."""

Recognised = tuple[str, float, tuple[str, ...]]
"""Family, confidence from 0 to 1, and the signs seen, in words."""

UNKNOWN = "generic"
"""The family of a site that bears no sign of another."""

_WEIGHTS = {"generator": 0.9, "headers": 0.6, "markup": 0.45, "addresses": 0.3}
"""How much one sign of a kind is worth alone: others copy markup, hardly anybody copies a generator."""
_ENOUGH = 0.3
_READ = 2_000_000
_GENERATOR = re.compile(
    rb"<meta\b[^>]{0,200}?name\s*=\s*[\"']?generator[\"']?[^>]{0,200}?content\s*=\s*[\"']([^\"'>]{1,120})"
    rb"|<meta\b[^>]{0,200}?content\s*=\s*[\"']([^\"'>]{1,120})[\"'][^>]{0,80}?name\s*=\s*[\"']?generator",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of one family."""

    generator: tuple[re.Pattern[str], ...]
    """Searched in the page's meta element `generator`."""
    headers: tuple[re.Pattern[str], ...]
    """Searched in each response header as "name: value", lower case."""
    markup: tuple[str, ...]
    """Pieces of the page's source, lower case."""
    addresses: tuple[re.Pattern[str], ...]
    """Searched in the path and query of the pages' own addresses."""


def recognise(pages: Sequence[Page], families: Mapping[str, Signs] | None = None) -> list[Recognised]:
    """Tell which families the pages of one site may belong to, the likeliest first; never empty.

    Args:
        pages: (address, response headers, body) of some pages of the site; a front page and an article do.
        families: The signs of each family; None: those of the shipped files.

    Returns:
        (family, confidence, signs): a sign counts once for the site, and independent ones add up
        (1 - the product of what each leaves in doubt). A site without any sign is `generic`, confidence 0.
    """
    known = shipped_signs() if families is None else families
    ranked: list[Recognised] = []
    for family, signs in known.items():
        seen: dict[str, _Seen] = {}
        for url, headers, body in pages:
            for key, found in _found(signs, url, headers, body[:_READ]):
                seen.setdefault(key, found)
        confidence = 1.0 - prod(1.0 - found.weight for found in seen.values())
        if confidence >= _ENOUGH:
            ranked.append((family, round(confidence, 3), tuple(found.words for found in seen.values())))
    ranked.sort(key=lambda each: (-each[1], -len(each[2]), each[0]))
    return ranked or [(UNKNOWN, 0.0, ())]


def read_signs(folder: Path) -> dict[str, Signs]:
    """Read the signs of every family whose file lies in a folder; a file without them gives none.

    Raises PortalError naming file and key where one is wrong.
    """
    found: dict[str, Signs] = {}
    for path in sorted(folder.glob("*.toml")):
        table = read_toml(path, FAMILY_KEYS).table("recognise", _WEIGHTS.keys())
        signs = Signs(
            generator=_patterns(table, "generator"),
            headers=_patterns(table, "headers"),
            markup=tuple(piece.lower() for piece in table.texts("markup") or ()),
            addresses=_patterns(table, "addresses"),
        )
        if any((signs.generator, signs.headers, signs.markup, signs.addresses)):
            found[path.stem] = signs
    return found


@cache
def shipped_signs() -> Mapping[str, Signs]:
    """Return the signs of the shipped families."""
    return read_signs(PORTALS_DIR / "families")


class _Seen(NamedTuple):
    """A sign that was seen."""

    weight: float
    words: str


def _found(signs: Signs, url: str, headers: Mapping[str, str], body: bytes) -> Iterator[tuple[str, _Seen]]:
    """Yield each sign that a page bears, with a key that is the same on every page."""
    lower = body.lower()
    for match in _GENERATOR.finditer(body):
        told = (match.group(1) or match.group(2)).decode("utf-8", "replace")
        if any(pattern.search(told) for pattern in signs.generator):
            yield "generator", _Seen(_WEIGHTS["generator"], f"generator: {told}")
    for name, value in headers.items():
        line = f"{name}: {value}".lower()[:500]
        for pattern in signs.headers:
            if pattern.search(line):
                yield pattern.pattern, _Seen(_WEIGHTS["headers"], f"header: {name.lower()}")
    for piece in signs.markup:
        if piece.encode() in lower:
            yield piece, _Seen(_WEIGHTS["markup"], f"markup: {piece}")
    local = _local(url)
    for pattern in signs.addresses:
        if local is not None and pattern.search(local):
            yield pattern.pattern, _Seen(_WEIGHTS["addresses"], f"address: {local[:80]}")


def _local(url: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return (parts.path or "/") + ("?" + parts.query if parts.query else "")


def _patterns(table: Table, key: str) -> tuple[re.Pattern[str], ...]:
    patterns = []
    for text in table.texts(key) or ():
        try:
            patterns.append(re.compile(text, re.IGNORECASE))
        except (re.error, OverflowError, RecursionError) as error:
            raise table.error(key, f"no regular expression: {text!r}: {error}") from error
    return tuple(patterns)
