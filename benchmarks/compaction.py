"""What compacting an archive saves and costs: target 5 of issue 9.

Pages of some 60 KB of the embedded city portal are archived as a crawl archives them (identity-encoded), the
closed files compacted, read at random, and brought back. Random reads are those of whole captures as the
reader of evidence makes them: find the record, unpack it, parse WARC and HTTP.

    python -m benchmarks.compaction [--pages 2000]
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from time import perf_counter, process_time

from scraper.archive import compacted as form
from scraper.archive.compaction import compact, undo
from scraper.archive.reader import ArchiveWriter, archive_files, read_archive, read_record
from scraper.replica import Replica
from scraper.replica.exchange import Request
from scraper.replica.routes import Router

SLUG = "demo-thanhpho"
HOST = "thanhpho.haicang.test"
BEGAN = datetime(2026, 11, 1, tzinfo=UTC)


def write_pages(folder: Path, pages: int) -> int:
    """Archive so many article pages, identity-encoded; return their bytes."""
    replica = Replica(articles=2 * pages)
    router = Router(replica, heavy=True)
    paths = [entry.path for entry in replica.entries if entry.site.slug == SLUG][:pages]
    payload = 0
    with ArchiveWriter(folder, max_bytes=8 * 1024 * 1024) as writer:
        for number, path in enumerate(paths):
            answer = router.answer(Request("GET", HOST, path, {}))
            payload += len(answer.body)
            writer.append(
                f"http://{HOST}{path}",
                fetched_at=BEGAN + timedelta(seconds=number),
                request_headers=[("User-Agent", "CityLedger/0.1"), ("Host", HOST)],
                status=200,
                headers=[("Content-Type", answer.content_type), *answer.headers.items()],
                body=answer.body,
                kind="article",
                outcome="ok",
            )
    return payload


def timed(what: Callable[[], object]) -> tuple[float, float]:
    """Return the wall and CPU seconds of a call."""
    wall, cpu = perf_counter(), process_time()
    what()
    return perf_counter() - wall, process_time() - cpu


def random_reads(folder: Path, places: list[tuple[str, int]], reads: int) -> tuple[float, float, float]:
    """Return median and 95th percentile of single reads, and the mean of their CPU, in microseconds."""
    chosen = random.Random(7).choices(places, k=reads)  # noqa: S311 - a sample to be read
    taken = []
    cpu = process_time()
    for name, offset in chosen:
        began = perf_counter()
        read_record(folder, SLUG, name, offset)
        taken.append((perf_counter() - began) * 1e6)
    cpu = (process_time() - cpu) / reads * 1e6
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1], cpu


@dataclass(frozen=True, slots=True)
class Compacted:
    """What compacting an archive gave."""

    pages: int
    payload: float
    """Bytes of a page as it came."""
    closed: int
    """Files that were compacted."""
    before: float
    """Bytes a page in `.warc.gz`, and `after` in `.warc.zst`."""
    after: float
    reads: dict[str, tuple[float, float, float]]
    """By kind of file: median and 95th percentile of a random read, and its CPU, in microseconds."""
    cold: float
    """Microseconds of the first read of a compacted file."""
    again: float
    """CPU milliseconds a page of undoing and compacting once more."""
    is_same: bool
    """Whether every file came back with the same bytes."""


def measure(pages: int, reads: int) -> Compacted:
    """Archive so many pages, compact them, read them at random and bring them back."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / SLUG / "archive"
        payload = write_pages(folder, pages)
        before = {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
        closed = [file.name for file in archive_files(folder)][:-1]
        places = [
            (name, one.fetch.warc_offset) for name in closed for one in read_archive(folder, SLUG, name)
        ]
        found = {".warc.gz": random_reads(folder, places, reads)}
        told = compact(folder)
        seconds = timed(lambda: (undo(folder), compact(folder)))
        found[".warc.zst"] = random_reads(folder, places, reads)
        form._opened.cache_clear()
        _, cold, _ = random_reads(folder, places[:1], 2)
        undo(folder)
        after = {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    return Compacted(
        pages=pages,
        payload=payload / pages,
        closed=len(closed),
        before=sum(one.before for one in told) / len(places),
        after=sum(one.after for one in told) / len(places),
        reads=found,
        cold=cold,
        again=seconds[1] / len(places) * 1e3,
        is_same=after == before,
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--reads", type=int, default=2_000)
    given = parser.parse_args()
    found = measure(given.pages, given.reads)
    print(f"{found.pages:,} pages of {found.payload / 1024:.0f} KB, {found.closed} closed files")
    print(f"bytes a page: .warc.gz {found.before:,.0f}, .warc.zst {found.after:,.0f}")
    print(f"bytes of .warc.zst / .warc.gz      {found.after / found.before:9.3f}   (target 0.35 at most)")
    for name, (median, high, cpu) in found.reads.items():
        print(f"random read of {name:9}, median    {median:6.0f} µs   (95 % {high:.0f}, CPU {cpu:.0f})")
    print(f"first read of a compacted file     {found.cold:6.0f} µs   (its dictionary and index are opened)")
    print(f"undo and compact again             {found.again:9.2f} ms CPU a page")
    print(f"brought back: {'the same bytes in every file' if found.is_same else 'OTHER BYTES'}")


if __name__ == "__main__":
    main()
