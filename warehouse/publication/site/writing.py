"""Writing pages: what did not change since the last publication is linked, the rest drawn, on every core."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, closing, suppress
from dataclasses import fields, is_dataclass, replace
from functools import cache
from multiprocessing.connection import wait
from pathlib import Path
from tempfile import TemporaryDirectory

from scraper.errors import PublicationError
from scraper.version import VERSION
from warehouse.publication.manifest import FORMATS
from warehouse.publication.query import opened
from warehouse.publication.site import addresses
from warehouse.publication.site.links import read_links
from warehouse.publication.site.page import Edition, Inputs, Kind, Page, Reading, Share
from warehouse.publication.site.rendering import rendered

DIGESTS = "pages.json"
"""In the site: of each page, by its address, the digest of what it is made from."""

_SOURCE = Path(__file__).parent
_WORTH_PROCESSES = 2000
"""Articles below which starting processes costs more than they save."""

_MEMORY = "256MB"
"""For DuckDB in each process that draws; what does not fit goes to files."""
_FEW = 5
"""Of so many pages of a part one may have changed for the changed ones alone to be asked for."""

Digests = dict[str, str]


def write_pages(
    kinds: Sequence[Kind],
    edition: Edition,
    folder: Path,
    last: Path | None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Write every page of every kind, and the list of their digests.

    Args:
        kinds: Their pages are made in parts; two processes read the published file at a time.
        edition: The publication.
        folder: Where the site goes; it is there.
        last: The site of the last publication, whose files of unchanged pages are linked; None for none.
        progress: Told how many parts are done, of how many.

    Returns:
        How many pages were drawn; the others were linked.

    Raises PublicationError where a process that draws was killed.
    """
    parts = [(kind, Share(number, kind.shares)) for kind in kinds for number in range(kind.shares)]
    known = _digests_of(last)
    digests: Digests = {}
    articles = next((table.rows for table in edition.tables if table.name == "articles"), 0)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    workers = min(cores, len(parts)) if articles >= _WORTH_PROCESSES else 0
    for done, written in enumerate(_written(parts, edition, folder, last if known else None, workers), 1):
        twice = digests.keys() & written.keys()
        if twice:
            raise ValueError(f"two pages stand at {min(twice)}")
        digests.update(written)
        progress(done, len(parts))
    said = json.dumps(dict(sorted(digests.items())), indent=0)
    (folder / DIGESTS).write_text(said + "\n", encoding="utf-8")
    return sum(known.get(address) != digest for address, digest in digests.items())


Part = tuple[Kind, Share]


def _written(
    parts: Iterable[Part], edition: Edition, folder: Path, last: Path | None, workers: int
) -> Iterator[Digests]:
    if not workers:
        with closing(_Writer(edition, folder, last, threads=None, spill=None)) as writer:
            yield from map(writer.write, parts)
        return
    with (
        # Taken away here: the processes end without closing the published file.
        TemporaryDirectory(prefix=".spill-", dir=edition.database.parent) as spill,
        ProcessPoolExecutor(
            workers,
            mp_context=multiprocessing.get_context("spawn"),  # Never fork: DuckDB has threads here.
            initializer=_begin,
            initargs=(edition, folder, last, Path(spill)),
        ) as pool,
    ):
        try:
            yield from pool.map(_write, parts)
        except BrokenProcessPool as error:
            raise PublicationError(
                "a process that drew the site was killed, mostly for want of memory: free some and publish"
                " again. What is published stays as it is."
            ) from error


def _begin(edition: Edition, folder: Path, last: Path | None, spill: Path) -> None:
    """Make a process ready: Ctrl-C is the parent's, and with the parent it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    global _writer
    _writer = _Writer(edition, folder, last, threads=1, spill=spill / str(os.getpid()))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _write(part: Part) -> Digests:
    assert _writer is not None
    return _writer.write(part)


class _Writer:
    """Writes the pages of some parts, one after the other."""

    def __init__(
        self, edition: Edition, folder: Path, last: Path | None, threads: int | None, spill: Path | None
    ) -> None:
        self._edition, self._folder, self._last = edition, folder, last
        self._threads, self._spill = threads, spill
        self._known = _digests_of(last)
        self._notices = edition.notices()
        self._replay = edition.replay
        self._folders: set[Path] = set()
        self._stack = ExitStack()
        self._reading: Reading | None = None

    def close(self) -> None:
        """Close the published file."""
        self._stack.close()

    def _opened(self) -> Reading:
        """Open the published file with the first part; the others read on in it."""
        if self._reading is None:
            connection = self._stack.enter_context(
                opened(
                    self._edition.database,
                    threads=self._threads,
                    memory_limit=_MEMORY,
                    spill_folder=self._spill,
                )
            )
            self._reading = Reading(connection, self._edition, read_links(connection))
        return self._reading

    def write(self, part: Part) -> Digests:
        """Write a part's pages and give their digests."""
        kind, share = part
        if kind.inputs is not None:
            return self._write_changed(kind, kind.inputs, share)
        return {page.address: self._put(page) for page in kind.pages(self._opened(), share)}

    def _write_changed(self, kind: Kind, inputs: Inputs, share: Share) -> Digests:
        """Link the pages whose rows are as they were, and make the others."""
        reading = self._opened()
        found = reading.digests(inputs, share)
        everywhere = _plain((self._notices, self._replay))
        digests: Digests = {}
        changed: dict[str, str] = {}
        for key, rows in found.items():
            address = inputs.address(key)
            digest = digests[address] = _digest(_fingerprint(), everywhere, rows)
            if self._known.get(address) != digest or not self._linked([address]):
                changed[address] = key
        if changed:
            # Where they are many, it is cheaper to make all than to ask for some.
            keys = tuple(changed.values()) if len(changed) * _FEW < len(found) else None
            for page in kind.pages(reading, replace(share, keys=keys)):
                if page.address in changed:
                    self._draw({page.address: rendered(page, self._notices, self._replay)})
        return digests

    def _put(self, page: Page) -> str:
        data = f"cityledger.page={_plain(page.drawing.data())};\n" if page.drawing else ""
        tables = page.drawing.tables(page.address) if page.drawing else {}
        headings = page.drawing.headings() if page.drawing else []
        files = {**page.files, **tables}
        if page.drawing:
            files[addresses.data(page.address)] = data
        said = (self._notices, self._replay, page.context, headings, files)
        digest = _digest(_fingerprint(), page.template, *map(_plain, said))
        places = [page.address, *files]
        if self._known.get(page.address) != digest or not self._linked(places):
            self._draw({page.address: rendered(page, self._notices, self._replay), **files})
        return digest

    def _draw(self, files: Mapping[str, str]) -> None:
        for address, text in files.items():
            place = self._place(address)
            if self._last is not None:  # A part of the page's files may be linked: others' they stay.
                place.unlink(missing_ok=True)
            place.write_text(text, encoding="utf-8", newline="")

    def _linked(self, places: Iterable[str]) -> bool:
        """Take over a page's files from the last publication; False where one of them is gone."""
        if self._last is None:
            return False
        for address in places:
            old, new = self._last / address, self._place(address)
            try:
                os.link(old, new)
            except FileNotFoundError:
                return False
            except OSError:  # A file system without links, or a file with too many of them.
                with suppress(FileNotFoundError):
                    shutil.copyfile(old, new)
                    continue
                return False
        return True

    def _place(self, address: str) -> Path:
        place = self._folder / address
        if place.parent not in self._folders:
            place.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(place.parent)
        return place


_writer: _Writer | None = None


@cache
def _fingerprint() -> str:
    """Give a digest of templates and code: where they change, every page is drawn again."""
    sources = sorted(path for path in _SOURCE.rglob("*") if path.suffix in {".py", ".j2", ".sql"})
    sources += FORMATS
    return _digest(VERSION, *(path.read_text(encoding="utf-8") for path in sources))


def _digest(*texts: str) -> str:
    found = hashlib.blake2b(digest_size=16)
    for text in texts:
        found.update(text.encode())
        found.update(b"\0")
    return found.hexdigest()


def _digests_of(site: Path | None) -> Digests:
    """Read the digests of a site; none where it has none, so that all of it is drawn."""
    if site is None:
        return {}
    try:
        said = json.loads((site / DIGESTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_as_plain)


def _as_plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, field.name) for field in fields(value)]
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)
