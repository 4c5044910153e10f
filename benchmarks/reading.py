"""One archived page read by CityLedger and by others: CPU milliseconds a page.

CityLedger reads from the archive, which is counted; the others are given the page's bytes. Every reader sits
in a process of its own and is asked in turns, round after round, each round other pages, so that nothing that
a reader remembers of a page helps it. Slow readers get a part of a round's pages.
"""

from __future__ import annotations

import base64
import json
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.generic_reading import READERS, Reader, Said
from benchmarks.measuring import ROOT

ARTICLE, FACTS = "CityLedger: article", "CityLedger: article and facts"
TRAFILATURA = "trafilatura"
PEERS = {"readers": (TRAFILATURA, "newspaper4k", "readability", "news-please"), "fundus": ("fundus",)}
"""By the environment that has them."""
_SHARE_OF = {"newspaper4k": 4, "news-please": 10}
_WARM = 10
Stretch = tuple[str, str, int, int]
"""Portal, archive file, offset and number of article pages that are read from there on."""


def measure(home: Path, portals: Path, pages: int, rounds: int, pythons: dict[str, Path]) -> dict[str, float]:
    """Return milliseconds of CPU a page by reader, the median of the rounds.

    Args:
        home: Holds a crawled archive.
        portals: Folder of the portals' files.
        pages: Read a round, where the archive holds so many.
        rounds: How often; the first one more, of ten pages, is not counted.
        pythons: Environment of `PEERS` → its Python; those that are missing are left out.
    """
    plan = _plan(home, portals, pages, rounds)
    given = home / "pages.json"
    given.write_text(json.dumps([_payloads(home, round_) for round_ in plan]), "utf-8")
    (home / "stretches.json").write_text(json.dumps(plan), "utf-8")
    systems = dict.fromkeys((ARTICLE, FACTS), Path(sys.executable))
    for environment, names in PEERS.items():
        if environment in pythons:
            systems |= dict.fromkeys(names, pythons[environment])
    systems.setdefault(TRAFILATURA, Path(sys.executable))
    workers = {system: _worker(python, system, home, portals) for system, python in systems.items()}
    told: dict[str, list[float]] = {system: [] for system in systems}
    for number in range(len(plan)):
        for system, worker in workers.items():
            milliseconds = _ask(worker, number)
            if number:
                told[system].append(milliseconds)
    for worker in workers.values():
        worker.communicate()
    return {system: statistics.median(each) for system, each in told.items()}


def _plan(home: Path, portals: Path, pages: int, rounds: int) -> list[list[Stretch]]:
    """Share the archive's pages out to the rounds, each portal's one behind the other."""
    from scraper.archive.reader import archive_files, archive_folder, read_archive

    plan: list[list[Stretch]] = [[] for _ in range(rounds + 1)]
    places: dict[tuple[str, str], list[int]] = {}
    for slug in sorted(path.stem for path in portals.glob("*.toml")):
        folder = archive_folder(home, slug)
        for file in archive_files(folder):
            found = [
                captured.fetch.warc_offset
                for captured in read_archive(folder, slug, file.name)
                if captured.fetch.kind == "article" and captured.fetch.outcome == "ok"
            ]
            if len(found) > 2 * rounds:
                places[slug, file.name] = found
    total = sum(map(len, places.values()))
    for (slug, name), offsets in places.items():
        room = len(offsets) // (rounds + 1)
        count = min(room, max(1, pages * len(offsets) // total))
        for number in range(rounds + 1):
            plan[number].append((slug, name, offsets[number * room], count if number else min(_WARM, count)))
    return plan


def _captured(home: Path, stretches: Sequence[Stretch]) -> Iterator[Any]:
    from scraper.archive.reader import archive_folder, read_archive

    for slug, name, offset, count in stretches:
        answers = read_archive(archive_folder(home, slug), slug, name, offset)
        yield from islice((each for each in answers if each.fetch.kind == "article"), count)


def _payloads(home: Path, stretches: Sequence[Stretch]) -> list[dict[str, str]]:
    return [
        {
            "html": base64.b64encode(each.body).decode("ascii"),
            "url": each.fetch.url,
            "content_type": each.fetch.content_type or "",
        }
        for each in _captured(home, stretches)
    ]


# The other side of the pipe.


def worker(system: str, home: Path, portals: Path) -> None:
    """Read the pages of the round whose number comes in, and answer with the milliseconds that each took."""
    warnings.simplefilter("ignore")
    read = _ours(system, home, portals) if system in (ARTICLE, FACTS) else _theirs(system, home)
    for line in sys.stdin:
        seconds, pages = read(int(line))
        print(1000 * seconds / pages, flush=True)


def _ours(system: str, home: Path, portals: Path) -> Callable[[int], tuple[float, int]]:
    from scraper.article import read_article
    from scraper.harvest.captures import read_captured
    from scraper.portal_catalogue import load_portals

    known = load_portals(portals)
    plan = json.loads((home / "stretches.json").read_text("utf-8"))

    def read(number: int) -> tuple[float, int]:
        pages = 0
        begun = time.process_time()
        for captured in _captured(home, plan[number]):
            pages += 1
            fetch = captured.fetch
            if system == FACTS:
                read_captured(captured, known[fetch.portal])
            else:
                kept = (fetch.url, known[fetch.portal], fetch.fetched_at, fetch.content_type)
                read_article(captured.body, *kept)
        return time.process_time() - begun, pages

    return read


def _theirs(system: str, home: Path) -> Callable[[int], tuple[float, int]]:
    reader = _READERS[system]()[0]
    rounds = json.loads((home / "pages.json").read_text("utf-8"))

    def read(number: int) -> tuple[float, int]:
        pages = rounds[number][:: _SHARE_OF.get(system, 1)]
        decoded = [base64.b64decode(page["html"]) for page in pages]
        begun = time.process_time()
        for page, html in zip(pages, decoded, strict=True):
            reader(html, page["url"], page["content_type"])
        return time.process_time() - begun, len(pages)

    return read


def _news_please() -> tuple[Reader, str]:
    library = import_module("newsplease")

    def read(html: bytes, url: str, content_type: str) -> Said:
        article = library.NewsPlease.from_html(html.decode("utf-8", "replace"), url=url)
        return {"headline": article.title, "date": article.date_publish, "body": article.maintext}

    return read, "1.6.16"


def _fundus() -> tuple[Reader, str]:
    """Fundus reads a portal by a parser written for it: ours names where the paragraphs are."""
    data, parsing = import_module("fundus.parser"), import_module("fundus.parser.utility")
    selector = import_module("lxml.cssselect").CSSSelector(
        ".entry-content p, .content-detail p, .journal-content-article p, .bodytext p, #news-bodyhtml p"
    )

    class Parser(data.BaseParser):  # type: ignore[misc,name-defined]
        """Of the replica's portals."""

        @data.attribute  # type: ignore[untyped-decorator]
        def body(self) -> Any:  # noqa: ANN401
            """The text."""
            document = self.precomputed.doc
            return parsing.extract_article_body_with_selector(document, paragraph_selector=selector)

        @data.attribute  # type: ignore[untyped-decorator]
        def title(self) -> Any:  # noqa: ANN401
            """The headline."""
            return self.precomputed.meta.get("og:title")

        @data.attribute  # type: ignore[untyped-decorator]
        def publishing_date(self) -> Any:  # noqa: ANN401
            """The day."""
            return parsing.generic_date_parsing(self.precomputed.ld.bf_search("datePublished"))

    parser = Parser()

    def read(html: bytes, url: str, content_type: str) -> Said:
        return dict(parser.parse(html.decode("utf-8", "replace"), "suppress"))

    return read, "0.5.7"


_READERS = {**READERS, "news-please": _news_please, "fundus": _fundus}


def _worker(python: Path, system: str, home: Path, portals: Path) -> subprocess.Popen[str]:
    command = [str(python), "-W", "ignore", "-m", "benchmarks.reading", system, str(home), str(portals)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT)


def _ask(worker: subprocess.Popen[str], number: int) -> float:
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(f"{number}\n")
    worker.stdin.flush()
    line = worker.stdout.readline().strip()
    if not line:
        sys.exit(f"{' '.join(map(str, worker.args))} ended with {worker.wait()}")  # type: ignore[arg-type]
    return float(line)


if __name__ == "__main__":
    worker(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
