"""Ready records into the warehouse: articles a second and bytes stored, target 6 of issue 9.

The records are made of an archive's own articles: each with an id and an address of its own, and 7 KB of text
cut from all of theirs, so that no two are alike. They are loaded twice, into warehouses that exist: as they
are, and without their facts, which is what a bare insert of articles would be. The bytes of an empty
warehouse are taken off.

    python -m benchmarks.inserting HOME PORTALS [--articles 20000]
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

_TEXT = 7_000
"""Bytes of an article's text."""
_BATCH = 200
_FILE = "benchmark.warc.gz"


def read(home: Path, portals: Path, most: int = 1_000) -> list[Any]:
    """Return what at most so many pages of a crawled archive give, those with an article."""
    from scraper.harvest.harvest import harvest_all, tasks_of
    from scraper.portal_catalogue import load_portals

    wanted = {path.stem for path in portals.glob("*.toml")}
    known = [portal for slug, portal in load_portals(portals).items() if slug in wanted]
    harvests = (
        harvest for batch in harvest_all(tasks_of(known, home, {}), workers=0) for harvest in batch.harvests
    )
    return list(islice((each for each in harvests if each.article is not None), most))


def records(found: Sequence[Any], articles: int, *, with_facts: bool) -> Iterator[Any]:
    """Yield batches of so many articles made of what was read."""
    from scraper.harvest.captures import text_hash
    from scraper.items import Facts, HarvestBatch

    slug = found[0].fetch.portal
    words = "\n\n".join(harvest.article.body_text for harvest in found).encode()
    made: list[Any] = []
    for number in range(articles):
        harvest = found[number % len(found)]
        start = number * 7919 % max(1, len(words) - _TEXT)
        body = words[start : start + _TEXT].decode("utf-8", "ignore").strip()
        url = f"{harvest.fetch.url}?copy={number}"
        article = replace(harvest.article, body_text=body, url=url, canonical_url=url)
        where = {"portal": slug, "url": url, "warc_file": _FILE}
        fetch = replace(harvest.fetch, **where, warc_offset=100 * number, warc_length=100)
        facts = harvest.facts if with_facts else Facts()
        ids = {"article_id": f"a-{number:016x}", "text_hash": text_hash(article)}
        made.append(replace(harvest, fetch=fetch, article=article, facts=facts, problems=(), **ids))
        if len(made) == _BATCH or number + 1 == articles:
            start = made[0].fetch.warc_offset
            yield HarvestBatch(slug, _FILE, start, fetch.warc_offset + 100, tuple(made), ())
            made = []


def insert(batches: Sequence[Any]) -> tuple[float, float, int]:
    """Load batches into a warehouse that exists; return wall and CPU seconds, and the bytes that it grew."""
    from warehouse.connect import warehouse_path
    from warehouse.load import load

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        load(home, {}, [])
        empty = warehouse_path(home).stat().st_size
        wall, cpu = perf_counter(), process_time()
        load(home, {}, batches)
        return perf_counter() - wall, process_time() - cpu, warehouse_path(home).stat().st_size - empty


def main() -> None:
    """Print one JSON object: articles, and for each way of loading seconds and bytes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("portals", type=Path)
    parser.add_argument("--articles", type=int, default=20_000)
    given = parser.parse_args()
    found = read(given.home, given.portals)
    told: dict[str, Any] = {
        "articles": given.articles,
        "figures": sum(len(harvest.facts.indicators) for harvest in found if harvest.facts) / len(found),
    }
    for name, with_facts in (("articles alone", False), ("with facts", True)):
        batches = list(records(found, given.articles, with_facts=with_facts))
        wall, cpu, grown = insert(batches)
        told[name] = {"wall": wall, "cpu": cpu, "bytes": grown / given.articles}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
