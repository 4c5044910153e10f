"""Print how many articles of 3,000 characters a second one core reads facts from, beside underthesea.

    python benchmarks/read_facts.py [--peer PYTHON] [--texts FOLDER] [--rounds N] [--json]

The reader of facts (districts, meetings, figures) and two steps of underthesea, its sentence splitting
(`sent_tokenize`) and its named entities (`ner`, of one article in 15), go over the same bodies in processes
of their own, in turn, round after round, so that a busy machine slows all alike. What is measured is CPU
time, model loading and a first round left out; a rate is characters by 3,000 by CPU seconds, its median and
range over the rounds. Before each round the reader forgets what it keeps of texts that it has seen (its
bounded caches), so that every text is read as a new one.

underthesea is no dependency: it is measured where --peer names a Python that has it, made for instance by

    python3 -m venv /tmp/peer && /tmp/peer/bin/pip install underthesea==9.5.0

Its models for both steps are part of that package, and nothing else is downloaded.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
SHARE_OF = {"ner": 15}
"""Of these steps one article in so many is read a round: they take seconds for each."""
TEXTS = ROOT / "tests" / "annotated" / "dev"
CHARACTERS = 3_000
STEPS = {
    "read_facts": "CityLedger: districts, meetings, figures",
    "sent_tokenize": "underthesea: sentence splitting",
    "ner": "underthesea: named entities",
}


def worker(step: str, file: str) -> None:
    """Go over all texts each time that a line comes in, and answer with the CPU seconds that it took."""
    documents = json.loads(Path(file).read_text(encoding="utf-8"))[:: SHARE_OF.get(step, 1)]
    read, version = readers(step)
    for document in documents:
        read(document)
    print(version, flush=True)
    for _ in sys.stdin:
        forget()
        begun = time.process_time()
        for document in documents:
            read(document)
        print(time.process_time() - begun, flush=True)


def forget() -> None:
    """Empty the bounded caches of CityLedger's modules; the unbounded ones hold its tables, not texts."""
    modules = [module for name, module in list(sys.modules.items()) if name.startswith("scraper.")]
    for value in [value for module in modules for value in vars(module).values()]:
        if hasattr(value, "cache_clear") and value.cache_info().maxsize not in (None, 1):
            value.cache_clear()


def readers(step: str) -> tuple[Callable[[dict[str, str]], object], str]:
    """Return what reads one article, and the version of whose it is."""
    if step == "read_facts":
        sys.path.insert(0, str(ROOT))
        from scraper.facts import read_facts
        from scraper.facts.as_json import article_from_json
        from scraper.version import VERSION

        return lambda document: read_facts(article_from_json(document)), VERSION
    underthesea = import_module("underthesea")
    function = getattr(underthesea, step)
    return lambda document: function(document["body_text"]), str(underthesea.__version__)


def articles_of(folder: Path) -> list[dict[str, str]]:
    """Return the articles of a folder of annotated documents."""
    documents = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json")))
    return [document["article"] for document in documents]


def measure(articles: list[dict[str, str]], steps: dict[str, str], rounds: int) -> dict[str, object]:
    """Return the rates of each step; `steps` names the Python that each runs in."""
    amounts = {step: _characters(articles[:: SHARE_OF.get(step, 1)]) / CHARACTERS for step in steps}
    rates: dict[str, list[float]] = {step: [] for step in steps}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.json"
        file.write_text(json.dumps(articles, ensure_ascii=False), encoding="utf-8")
        workers = {step: _worker(python, step, file) for step, python in steps.items()}
        versions = {step: _line(process) for step, process in workers.items()}
        for _ in range(rounds):
            for step, process in workers.items():
                assert process.stdin is not None
                process.stdin.write("again\n")
                process.stdin.flush()
                rates[step].append(amounts[step] / float(_line(process)))
        for process in workers.values():
            process.communicate()
    found = {
        step: {
            "version": versions[step],
            "median": median(rates[step]),
            "lowest": min(rates[step]),
            "highest": max(rates[step]),
        }
        for step in steps
    }
    return {
        "articles": len(articles),
        "characters": _characters(articles),
        "rounds": rounds,
        "python": platform.python_version(),
        "load": os.getloadavg()[0],
        "cores": os.cpu_count(),
        "articles_a_second_and_core": found,
    }


def _characters(articles: list[dict[str, str]]) -> int:
    return sum(len(article["body_text"]) for article in articles)


def _worker(python: str, step: str, file: Path) -> subprocess.Popen[str]:
    command = [python, __file__, "--worker", step, str(file)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    if not line:
        sys.exit(f"{' '.join(map(str, process.args))} ended with {process.wait()}")  # type: ignore[arg-type]
    return line


def main() -> None:
    """Print the table."""
    if sys.argv[1:2] == ["--worker"]:
        worker(*sys.argv[2:])
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--peer", metavar="PYTHON", help="a Python that has underthesea")
    parser.add_argument("--texts", type=Path, default=TEXTS, help="a folder of annotated documents")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    steps = {"read_facts": sys.executable}
    if given.peer:
        steps |= {"sent_tokenize": given.peer, "ner": given.peer}
    result = measure(articles_of(given.texts), steps, given.rounds)
    if given.json:
        print(json.dumps(result))
        return
    print(
        f"{result['articles']} articles, {result['characters']:,} characters, {result['rounds']} rounds,"
        f" Python {result['python']}, load {result['load']:.1f} on {result['cores']} cores"
    )
    print(f"{'articles of 3,000 characters a second and core':48}{'median':>8}{'lowest':>8}{'highest':>8}")
    rates = result["articles_a_second_and_core"]
    assert isinstance(rates, dict)
    for step, row in rates.items():
        name = f"{STEPS[step]} ({row['version']})"
        print(f"{name:48}{row['median']:>8.1f}{row['lowest']:>8.1f}{row['highest']:>8.1f}")
    if not given.peer:
        print("underthesea was not measured: --peer names a Python that has it (see --help)")


if __name__ == "__main__":
    main()
