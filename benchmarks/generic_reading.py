"""Print how well pages of portals that nobody described are read, beside trafilatura and other readers.

    python benchmarks/generic_reading.py [--peer PYTHON] [--articles N] [--seed N] [--json]

Every reader gets the same bytes and addresses and no word of the portal's file: pages of every kind that the
replica serves (AMP twins and print pages too), the composed pages of tests/pages, and those of
tests/pages/manner, which are written after the markup of real systems and not after our reader. The rows
"bare" are the same pages once more without any class, id, role or itemprop, and without meta elements and
JSON-LD: no name in the markup helps. What each says is held against what the page's author wrote:

- body: F1 of word 4-grams, the mean over pages; a lead that is set apart may be read with the text or without
  (a page without a text: 1 where none is read, else 0);
- headline: share of pages where it is exactly the one printed;
- date: share of pages where the day is exactly right, or rightly not found;
- captions: share of picture captions that stand in the body;
- boilerplate: share of the read 4-grams that the author did not write: menus, tools, other news.

trafilatura is a dependency and measured always; newspaper4k and readability-lxml are none and are measured
where --peer names a Python that has them, made for instance by

    python3 -m venv /tmp/peer
    /tmp/peer/bin/pip install newspaper4k==0.9.6 readability-lxml==0.9 lxml_html_clean
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from statistics import mean
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "tests" / "pages"
MANNER = "manner"
"""The folder of pages after real systems' markup."""
OURS, TRAFILATURA = "CityLedger", "trafilatura"
PEERS = ("newspaper4k", "readability")
METRICS = ("body", "headline", "date", "captions", "boilerplate")
WORSE_IS_MORE = frozenset({"captions", "boilerplate"})
Said = dict[str, Any]
"""What a reader says of a page, or what is right: headline, date (a day or None), body; captions."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page, what is right of it, and the row of the table that it belongs to."""

    group: str
    url: str
    html: bytes
    content_type: str
    right: Said


def replica_pages(articles: int, seed: int) -> list[Page]:
    """Return the pages of a replica's articles in all their forms."""
    from scraper.replica import EVERY_KIND, Replica
    from scraper.replica.exchange import Request
    from scraper.replica.routes import Router

    replica = Replica(seed=seed, articles=articles, sites=EVERY_KIND)
    router = Router(replica)
    pages = []
    for entry in replica.entries:
        right = replica.facts(entry)["article"]
        for form, path in _forms(entry):
            answer = router.answer(Request("GET", entry.site.host, path, {}))
            assert answer.status == 200, path
            undated = form in ("legacy print", "aspx print")
            known = {**right, "date_published": None if undated else entry.published.isoformat()}
            url = entry.site.base_url + path
            pages.append(Page(f"replica: {form}", url, answer.body, answer.content_type, known))
    return pages


_NAMES = re.compile(
    rb"""\s(?:class|id|role|rel|itemprop|itemtype|itemscope|property|data-[\w-]+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)"""
)
_TOLD = re.compile(rb"<meta\s(?![^>]*charset)[^>]*>|<script[^>]*ld\+json[^>]*>.*?</script>", re.DOTALL)


def bare(pages: list[Page]) -> list[Page]:
    """Return pages without the names that their markup bears, and without what they say to machines."""
    return [
        replace(page, group=f"bare {page.group}", html=_NAMES.sub(b"", _TOLD.sub(b"", page.html)))
        for page in pages
    ]


def _forms(entry: Any) -> Iterable[tuple[str, str]]:  # noqa: ANN401 - the replica is imported late
    from scraper.replica.pages import liferay

    family, number, path = entry.site.family, entry.native_id, entry.path
    name = {"dated": "wordpress dated", "legacy": "legacy print"}.get(entry.site.style, family)
    yield name, path
    twins = {
        "wordpress": [("wordpress amp", f"{path.rstrip('/')}/amp")],
        "liferay": [("liferay print", f"{liferay.raw_path(entry)}&viewMode=print&p_p_state=pop_up")],
        "nukeviet": [("nukeviet print", f"/news/print{path}")],
        "drupal": [("drupal print", f"/print/{number}")],
        "aspx": [("aspx print", f"/Modules/Article/ArticlePrint.aspx?ArticleID={number}")],
    }
    if name != "legacy print":
        yield from twins.get(family, [])


def recorded_pages() -> list[Page]:
    """Return the composed pages; each after a real system's markup is a row of its own."""
    pages = []
    for case in sorted(path.parent for path in PAGES.glob("*/*/page.html")):
        meta, right = (
            json.loads((case / f"{part}.json").read_text("utf-8")) for part in ("meta", "expected")
        )
        group = f"manner: {case.name}" if case.parent.name == MANNER else "recorded"
        content_type = meta.get("content_type") or "text/html"
        pages.append(Page(group, meta["url"], (case / "page.html").read_bytes(), content_type, right))
    return pages


# readers, each in a process of its own


def worker(system: str, file: str) -> None:
    """Read every page of a file and print what was said of it, one JSON object a line; the version first."""
    warnings.simplefilter("ignore")
    read, version = READERS[system]()
    print(json.dumps(version), flush=True)
    for page in json.loads(Path(file).read_text("utf-8")):
        html = base64.b64decode(page["html"])
        begun = time.process_time()
        try:
            said = read(html, page["url"], page["content_type"])
        except Exception as error:  # a reader that gives up has said nothing of the page
            said = {"headline": "", "date": None, "body": "", "error": repr(error)[:200]}
        print(json.dumps({**said, "seconds": time.process_time() - begun}), flush=True)


Reader = Callable[[bytes, str, str], Said]


def _ours() -> tuple[Reader, str]:
    sys.path.insert(0, str(ROOT))
    from scraper.article import read_article
    from scraper.version import VERSION

    def read(html: bytes, url: str, content_type: str) -> Said:
        article = read_article(html, url, None, datetime(2026, 11, 23, tzinfo=UTC), content_type)
        day = article.date_published[:10] if article.date_published else None
        return {"headline": article.headline, "date": day, "body": article.body_text}

    return read, VERSION


def _trafilatura() -> tuple[Reader, str]:
    library = import_module("trafilatura")

    def read(html: bytes, url: str, content_type: str) -> Said:
        found = library.bare_extraction(html, url=url, with_metadata=True, include_comments=False)
        said = found.as_dict() if found is not None else {}
        return {"headline": said.get("title") or "", "date": said.get("date"), "body": said.get("text") or ""}

    return read, str(library.__version__)


def _newspaper() -> tuple[Reader, str]:
    library = import_module("newspaper")

    def read(html: bytes, url: str, content_type: str) -> Said:
        article = library.Article(url, language="vi", fetch_images=False)
        article.download(input_html=html.decode("utf-8", "replace"))
        article.parse()
        day = article.publish_date
        return {
            "headline": article.title or "",
            "date": day.date().isoformat() if day else None,
            "body": article.text or "",
        }

    return read, str(library.__version__)


def _readability() -> tuple[Reader, str]:
    library = import_module("readability")
    lxml_html = import_module("lxml.html")

    def read(html: bytes, url: str, content_type: str) -> Said:
        document = library.Document(html.decode("utf-8", "replace"))
        body = lxml_html.fromstring(document.summary())
        text = "\n".join(part for part in body.itertext())
        return {"headline": document.title() or "", "date": None, "body": text}

    return read, str(getattr(library, "__version__", "?"))


READERS: dict[str, Callable[[], tuple[Reader, str]]] = {
    OURS: _ours,
    TRAFILATURA: _trafilatura,
    "newspaper4k": _newspaper,
    "readability": _readability,
}


# what it is worth


def words(text: str) -> list[str]:
    """Return the words of a text, lower case, NFC."""
    return re.findall(r"\w+", unicodedata.normalize("NFC", text or "").lower())


def grams(text: str) -> Counter[tuple[str, ...]]:
    """Return a text's word 4-grams; of a shorter text the one that it is."""
    told = words(text)
    if not told:
        return Counter()
    return Counter(tuple(told[i : i + 4]) for i in range(max(1, len(told) - 3)))


def judge(said: Said, right: Said) -> dict[str, list[float]]:
    """Return what a reader's word of a page is worth: by metric the values that go into its mean."""
    read = grams(said["body"])
    texts = (right["body_text"], f"{right['description'] or ''}\n{right['body_text']}")
    own = [right["body_text"], right["headline"], right["description"], right["source"], *right["captions"]]
    known: set[tuple[str, ...]] = set()
    for text in [*own, " ".join([*right["captions"], *right["authors"]])]:
        known |= set(grams(text or ""))
    body_words, day = " ".join(words(said["body"])), (right["date_published"] or "")[:10] or None
    captions = [c for caption in right["captions"] if len(c := " ".join(words(caption))) > 8]
    captions = [caption for caption in captions if caption not in " ".join(words(right["body_text"]))]
    return {
        "body": [max(_f1(read, grams(text)) for text in texts)],
        "headline": [float(words(said["headline"]) == words(right["headline"]))],
        "date": [float((said["date"] or None) == day)],
        "captions": [float(caption in body_words) for caption in captions],
        "boilerplate": [float(gram not in known) for gram in read.elements()],
    }


def _f1(read: Counter[tuple[str, ...]], written: Counter[tuple[str, ...]]) -> float:
    total = sum(read.values()) + sum(written.values())
    return 2 * sum((read & written).values()) / total if total else 1.0


def measure(pages: list[Page], systems: dict[str, str]) -> dict[str, Any]:
    """Return by reader its version, its CPU seconds and by row of the table its values.

    Args:
        pages: What is read.
        systems: Reader → the Python that it runs in.
    """
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pages.json"
        given = [
            {"html": base64.b64encode(p.html).decode(), "url": p.url, "content_type": p.content_type}
            for p in pages
        ]
        file.write_text(json.dumps(given), "utf-8")
        for system, python in systems.items():
            command = [python, "-W", "ignore", __file__, "--worker", system, str(file)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            lines = done.stdout.splitlines()
            if done.returncode or len(lines) != len(pages) + 1:
                sys.exit(f"{system} ended with {done.returncode}: {done.stderr[-800:]}")
            said = [json.loads(line) for line in lines[1:]]
            rows: dict[str, dict[str, list[float]]] = {}
            for page, word in zip(pages, said, strict=True):
                for group in _rows_of(page.group):
                    row = rows.setdefault(group, {metric: [] for metric in METRICS})
                    for metric, values in judge(word, page.right).items():
                        row[metric] += values
            found[system] = {
                "version": json.loads(lines[0]),
                "seconds": sum(word["seconds"] for word in said),
                "rows": {g: {m: mean(v) if v else None for m, v in row.items()} for g, row in rows.items()},
                "said": said,
            }
    return found


def _rows_of(group: str) -> tuple[str, ...]:
    """Return the rows that a page counts in: its own, and that of all of its sort."""
    return (group, f"{group.split(':')[0]}: all") if ":" in group else (group,)


def show(pages: list[Page], found: dict[str, Any]) -> None:
    """Print a table a metric."""
    counts = Counter(group for page in pages for group in _rows_of(page.group))
    for metric in METRICS:
        more = "less is better" if metric in WORSE_IS_MORE else "more is better"
        print(f"\n{metric} ({more})".ljust(43) + "pages" + "".join(f"{name:>14}" for name in found))
        for group in sorted(counts, key=lambda name: (name.split(":")[0], name.endswith(": all"), name)):
            cells = [found[name]["rows"][group][metric] for name in found]
            texts = "".join(f"{'' if cell is None else format(cell, '.3f'):>14}" for cell in cells)
            print(f"{group:42}{counts[group]:>5}{texts}")
    for name, told in found.items():
        print(f"\n{name} {told['version']}: {len(pages) / told['seconds']:.0f} pages a second of CPU", end="")
    print()


def main() -> None:
    """Print the tables."""
    if sys.argv[1:2] == ["--worker"]:
        worker(*sys.argv[2:])
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--peer", metavar="PYTHON", help="a Python that has newspaper4k and readability-lxml")
    parser.add_argument("--articles", type=int, default=120, help="articles of the replica")
    parser.add_argument("--seed", type=int, default=7, help="of the replica")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    pages = replica_pages(given.articles, given.seed) + recorded_pages()
    pages += bare(pages)
    systems = {OURS: sys.executable, TRAFILATURA: sys.executable}
    if given.peer:
        systems |= dict.fromkeys(PEERS, given.peer)
    found = measure(pages, systems)
    if given.json:
        rows = {
            name: {key: told[key] for key in ("version", "seconds", "rows")} for name, told in found.items()
        }
        print(json.dumps(rows))
        return
    show(pages, found)
    if not given.peer:
        print("newspaper4k and readability-lxml were not measured: --peer names a Python that has them")


if __name__ == "__main__":
    main()
