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


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--reads", type=int, default=2_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / SLUG / "archive"
        payload = write_pages(folder, given.pages)
        before = {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
        closed = [file.name for file in archive_files(folder)][:-1]
        places = [
            (name, one.fetch.warc_offset) for name in closed for one in read_archive(folder, SLUG, name)
        ]
        print(f"{given.pages:,} pages of {payload / given.pages / 1024:.0f} KB, {len(closed)} closed files")
        zipped = random_reads(folder, places, given.reads)
        told = compact(folder)
        seconds = timed(lambda: (undo(folder), compact(folder)))
        small, large = sum(one.after for one in told), sum(one.before for one in told)
        print(f"bytes a page: .warc.gz {large / len(places):,.0f}, .warc.zst {small / len(places):,.0f}")
        print(f"bytes of .warc.zst / .warc.gz      {small / large:9.3f}   (target 0.35 at most)")
        for name, (median, high, cpu) in (
            (".warc.gz", zipped),
            (".warc.zst", random_reads(folder, places, given.reads)),
        ):
            print(f"random read of {name:9}, median    {median:6.0f} µs   (95 % {high:.0f}, CPU {cpu:.0f})")
        form._opened.cache_clear()
        _, cold, _ = random_reads(folder, places[:1], 2)
        print(f"first read of a compacted file     {cold:6.0f} µs   (its dictionary and index are opened)")
        print(f"undo and compact again             {seconds[1] / len(places) * 1e3:9.2f} ms CPU a page")
        undo(folder)
        after = {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
        print(f"brought back: {'the same bytes in every file' if after == before else 'OTHER BYTES'}")


if __name__ == "__main__":
    main()
