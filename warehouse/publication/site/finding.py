"""The search page and its index: small scripts, of which a browser loads those of the words that are typed.

Words are compared in lower case and without diacritics (`hai phong` finds Hải Phòng). The script of a word is
named by its first two letters; it says in which documents the word stands, by the steps from one to the next.
What a document is called stands in other scripts, a block of documents each. They are scripts and no JSON, so
that they load in a page that was opened from a folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from scraper.vietnamese.format import format_date
from warehouse.connect import Connection
from warehouse.publication.site import addresses
from warehouse.publication.site.links import Links
from warehouse.publication.site.page import Page, Reading, Share
from warehouse.publication.site.queries import sql
from warehouse.publication.site.wording import Both, shortened

KINDS: dict[str, Both] = {
    "area": ("Địa bàn", "Area"),
    "indicator": ("Chỉ tiêu", "Indicator"),
    "series": ("Chuỗi số liệu", "Series"),
    "other": ("Chỉ tiêu khác", "Other indicator"),
    "person": ("Người", "Person"),
    "meeting": ("Cuộc họp", "Meeting"),
    "article": ("Bài viết", "Article"),
}
"""What can be found, in the order that it is numbered in."""

_FOLDER = "data/search"
_BLOCK = 128
"""Documents in one script."""
_LONGEST_DETAIL = 170

_Document = tuple[int, str, str, str, str | None, date | None]
_Row = list[object]


def search_pages(reading: Reading, share: Share) -> Iterator[Page]:
    """Give the search page with the scripts of its index."""
    rows = list(_documents(reading.connection, reading.links))
    stamp = hashlib.blake2b(_json(rows).encode(), digest_size=6).hexdigest()
    files = dict(_scripts(reading.connection, rows, stamp))
    yield Page(addresses.SEARCH, "search.html.j2", {"kinds": KINDS, "count": len(rows)}, files=files)


def _documents(connection: Connection, links: Links) -> Iterator[_Row]:
    keys = {
        "areas": sorted(links.areas),
        "indicators": sorted(key for key, name in links.indicators if not name),
        "names": sorted(name for _, name in links.indicators if name),
    }
    connection.execute(sql("findable"), keys)
    places = list(KINDS)
    for _, kind, id_, title, detail, day in _rows(connection):
        said = shortened(detail, _LONGEST_DETAIL) if detail else ""
        yield [places.index(kind), title, said, format_date(day) if day else "", _address(kind, id_)]


def _rows(connection: Connection) -> Iterable[_Document]:
    asked = "select document, kind, id, title, detail, day from findable order by document"
    rows: list[_Document] = connection.execute(asked).fetchall()
    return rows


def _address(kind: str, id_: str) -> str:
    match kind:
        case "area":
            return addresses.area(id_)
        case "indicator":
            return addresses.indicator(id_)
        case "series":
            return addresses.series(*id_.split("/", 1))
        case "other":
            return addresses.indicator("other", id_)
        case "article":
            return addresses.article(id_)
    return addresses.meeting(id_)


def _scripts(connection: Connection, rows: list[_Row], stamp: str) -> Iterator[tuple[str, str]]:
    words = connection.execute(sql("found_words")).fetchall()
    prefixes = []
    for prefix, some in groupby(words, key=lambda row: str(row[0])[:2]):
        prefixes.append(prefix)
        yield _script(f"w-{prefix}", stamp, {word: [titles, others] for word, titles, others in some})
    for number, first in enumerate(range(0, len(rows), _BLOCK)):
        yield _script(f"d-{number}", stamp, rows[first : first + _BLOCK])
    firsts = [next((at for at, row in enumerate(rows) if row[0] == kind), -1) for kind in range(len(KINDS))]
    about = {"stamp": stamp, "count": len(rows), "block": _BLOCK, "prefixes": prefixes, "firsts": firsts}
    yield f"{_FOLDER}/index.js", f"cityledger.search={_json(about)};\n"


def _script(name: str, stamp: str, data: object) -> tuple[str, str]:
    return f"{_FOLDER}/{name}.js", f"cityledger.found({_json(name)},{_json(stamp)},{_json(data)});\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
