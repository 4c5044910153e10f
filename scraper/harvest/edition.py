"""Which readers a process reads with: two that differ make two different ledgers of the same archive."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from scraper.items import ARTICLE_READER, FACT_READER
from scraper.version import VERSION

_SCRAPER = Path(__file__).parents[1]
_READ_BY = (".py", ".toml", ".csv", ".txt")
_NO_READERS = {"crawl", "onboarding", "portals", "replay", "replica", "spiders"}
"""Parts that read nothing of a page; a portal travels with each piece of work."""
_LIBRARIES = ("beautifulsoup4", "fastwarc", "lxml", "pdfplumber", "selectolax", "trafilatura")


@cache
def edition() -> Mapping[str, str]:
    """Return what decides how this process reads, each with its version, those told first that say most."""
    return {
        "CityLedger": VERSION,
        "article reader": str(ARTICLE_READER),
        "fact reader": str(FACT_READER),
        "Python": ".".join(map(str, sys.version_info[:2])),
        **{name: version(name) for name in _LIBRARIES},
        "reading code": _sources(),
    }


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> str | None:
    """Return in words what reads otherwise there than here, None where nothing does."""
    said = [
        f"{name} {there.get(name, 'unknown')} (here {here[name]})"
        for name in here
        if there.get(name) != here[name]
    ]
    return ", ".join(said) or None


def _sources() -> str:
    """Return a digest of the readers' code and tables: a change that raised no version is one too."""
    digest = blake2b(digest_size=8)
    for path in sorted(_SCRAPER.rglob("*")):
        name = path.relative_to(_SCRAPER)
        if path.suffix in _READ_BY and name.parts[0] not in _NO_READERS:
            digest.update(f"{name.as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
