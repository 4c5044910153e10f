"""What the replica writes holds together: facts, figures over time, variety, the same bytes every time."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scraper.replica import DEFAULT_UNTIL, SITES, Replica
from scraper.replica.places import DISTRICT_CODES, REFORM, area_on

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def truth(replica: Replica) -> list[dict[str, Any]]:
    return list(replica.truth())


def test_the_scorer_finds_no_fault(truth: list[dict[str, Any]], tmp_path: Path) -> None:
    for document in truth:
        (tmp_path / f"{document['id']}.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    command = [sys.executable, str(ROOT / "docs/standard/score.py"), "check", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert f"{len(truth)} articles" in done.stdout


def test_offsets_point_at_their_quotes(truth: list[dict[str, Any]]) -> None:
    for document in truth:
        body = document["article"]["body_text"]
        for fact in document["indicators"] + document["meetings"]:
            assert body[fact["start"] : fact["end"]] == fact["quote"], document["url"]
            assert fact["quote"] == fact["quote"].strip(" ,;."), fact["quote"]


def test_a_quote_holds_the_number_that_it_is_evidence_for(truth: list[dict[str, Any]]) -> None:
    for document in truth:
        for fact in document["indicators"]:
            number = f"{abs(fact['obs_value']):,}".replace(",", "\0").replace(".", ",").replace("\0", ".")
            assert re.search(rf"(?<!\d)0?{re.escape(number)}(?!\d)", fact["quote"]), (number, fact["quote"])


def test_it_is_as_wide_as_it_was_ordered(truth: list[dict[str, Any]]) -> None:
    assert len(truth) >= 300
    assert {document["portal"] for document in truth} == {site.slug for site in SITES}
    assert {site.family for site in SITES} == {"wordpress", "vnpt", "liferay", "nukeviet"}
    assert {document["article"]["date_published"][:4] for document in truth} == {
        str(year) for year in range(2019, 2027)
    }
    districts = Counter(code for document in truth for code in document["districts"])
    assert len([code for code, articles in districts.items() if articles >= 3]) >= 12
    assert sum(bool(document["copy_of"]) for document in truth) >= 3
    assert sum(not document["indicators"] and not document["meetings"] for document in truth) >= 20
    assert sum(" | " in document["article"]["body_text"] for document in truth) >= 10
    assert sum(bool(document["article"]["attachments"]) for document in truth) >= 5
    statuses = Counter(meeting["status"] for document in truth for meeting in document["meetings"])
    assert statuses["tentative"] >= 5
    kinds = {meeting["classification"] for document in truth for meeting in document["meetings"]}
    assert len(kinds) >= 9
    measures = {fact["measure"] for document in truth for fact in document["indicators"]}
    assert measures == {"level", "plan_ratio", "change_rate", "change_abs", "share", "multiple"}


def test_districts_end_with_the_reform(truth: list[dict[str, Any]]) -> None:
    for document in truth:
        day = date.fromisoformat(document["article"]["date_published"][:10])
        codes = {str(fact["ref_area"]) for fact in document["indicators"]}
        told = day.replace(day=1) if day.day > 3 else day
        if told > REFORM:
            assert document["districts"] == [], document["url"]
            assert not codes & set(DISTRICT_CODES), document["url"]
        assert codes <= set(document["areas"]), document["url"]


def test_areas_are_printed_in_their_articles(truth: list[dict[str, Any]]) -> None:
    for document in truth:
        text = document["article"]["body_text"] + document["article"]["headline"]
        for code in document["districts"]:
            area = area_on(
                code, min(date.fromisoformat(document["article"]["date_published"][:10]), date(2025, 6, 30))
            )
            assert area.name in text, document["url"]


def is_official(document: dict[str, Any]) -> bool:
    return "số liệu chính thức" in document["article"]["headline"].lower()


def test_figures_agree_over_time(truth: list[dict[str, Any]]) -> None:
    """Exact levels of one area, indicator and period agree, but for settled accounts of the year before and
    what the statistics office puts right."""
    values: dict[tuple[str, ...], set[float]] = defaultdict(set)
    for document in truth:
        if is_official(document):
            continue
        for fact in document["indicators"]:
            if fact["measure"] == "level" and fact["bound"] == "exact" and fact["obs_status"] != "T":
                key = (fact["ref_area"], fact["indicator"], fact["time_period"])
                values[key].add(round(fact["obs_value"] * 10.0 ** fact["unit_mult"], 1))
    repeated = [key for key, seen in values.items() if len(seen) > 1]
    assert len(values) > 800
    assert 1 <= len(repeated) <= 15
    assert all(key[1] == "budget_revenue" and len(key[2]) == 4 for key in repeated), repeated


def test_the_statistics_office_puts_right_what_was_printed(truth: list[dict[str, Any]]) -> None:
    printed: dict[tuple[str, ...], list[float]] = defaultdict(list)
    put_right: dict[tuple[str, ...], float] = {}
    for document in truth:
        for fact in document["indicators"]:
            if fact["measure"] == "level" and fact["obs_status"] == "A":
                key = (fact["ref_area"], fact["indicator_name"].lower(), fact["time_period"])
                if is_official(document):
                    put_right[key] = fact["obs_value"]
                else:
                    printed[key].append(fact["obs_value"])
    assert len(put_right) == len(truth) // 100
    for statement, value in put_right.items():
        assert printed[statement], statement
        assert all(0.01 < abs(value / before - 1) < 0.07 for before in printed[statement]), statement


def test_stated_growths_follow_from_the_levels(truth: list[dict[str, Any]]) -> None:
    levels: dict[tuple[str, str, str], float] = {}
    growths: list[tuple[str, str, str, float]] = []
    for document in truth:
        for fact in document["indicators"]:
            key = (fact["ref_area"], fact["indicator"], fact["time_period"])
            if fact["measure"] == "level" and fact["bound"] == "exact" and fact["obs_status"] != "T":
                levels.setdefault(key, fact["obs_value"] * 10.0 ** fact["unit_mult"])
            if fact["measure"] == "change_rate" and fact["base"] in ("same_period", "previous_year"):
                growths.append((*key, fact["obs_value"]))
    checked = 0
    for area, indicator, period, growth in growths:
        last = str(int(period[:4]) - 1)
        before = levels.get((area, indicator, period.replace(period[:4], last)))
        now = levels.get((area, indicator, period))
        if before and now and indicator != "budget_revenue":
            checked += 1
            assert abs((now / before - 1) * 100 - growth) < 0.06, (area, indicator, period)
    assert checked >= 20


def test_ordinals_run_on(truth: list[dict[str, Any]]) -> None:
    """A body's conferences and sessions are numbered upwards within a term, each number once."""
    seen: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for document in truth:
        for meeting in document["meetings"]:
            if (
                meeting["classification"] == "party_committee"
                and meeting["ordinal"]
                and not document["copy_of"]
            ):
                term = (
                    "a"
                    if meeting["start_date"] < "2020-08-15"
                    else "b"
                    if meeting["start_date"] < "2025-07-01"
                    else "c"
                )
                seen[meeting["organization"], term].append((meeting["start_date"], meeting["ordinal"]))
    assert len(seen) > 20
    for body, rows in seen.items():
        numbers = [number for _, number in sorted(rows)]
        assert numbers == sorted(set(numbers)), (body, sorted(rows))


def test_officeholders_stay_for_a_term(truth: list[dict[str, Any]]) -> None:
    holders: dict[str, set[str]] = defaultdict(set)
    for document in truth:
        for meeting in document["meetings"]:
            for person in meeting["participants"]:
                if "Bí thư Quận ủy" in person["roles"] and document["districts"] == ["305"]:
                    holders[meeting["start_date"][:4]].add(person["name"])
    assert len(holders) >= 5
    assert all(len(names) <= 2 for names in holders.values()), holders
    assert len(set.union(*holders.values())) <= 3


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def test_no_two_articles_look_alike(truth: list[dict[str, Any]]) -> None:
    own = [document for document in truth if not document["copy_of"]]
    sets = [_shingles(document["article"]["body_text"]) for document in own]
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, shingles in enumerate(sets):
        for shingle in shingles:
            where[shingle].append(position)
    shared: Counter[tuple[int, int]] = Counter()
    for rows in where.values():
        shared.update((a, b) for i, b in enumerate(rows) for a in rows[:i])
    worst = max(
        (count / (len(sets[a]) + len(sets[b]) - count), own[a]["url"], own[b]["url"])
        for (a, b), count in shared.items()
    )
    assert worst[0] < 0.3, worst


def test_a_copy_says_what_its_original_says(truth: list[dict[str, Any]]) -> None:
    by_url = {document["url"]: document for document in truth}
    copies = [document for document in truth if document["copy_of"]]
    for copy in copies:
        original = by_url[copy["copy_of"]]
        assert copy["portal"] != original["portal"]
        assert copy["article"]["body_text"] == original["article"]["body_text"]
        assert copy["article"]["date_published"][:10] >= original["article"]["date_published"][:10]


def test_texts_are_clean(truth: list[dict[str, Any]]) -> None:
    for document in truth:
        article = document["article"]
        for text in (article["headline"], article["body_text"], *article["captions"]):
            assert text == unicodedata.normalize("NFC", text)
            assert not re.search(r"[{}\[\]]|  | [,.;:)](?!\d)|\.\.(?!\.)", text), (document["url"], text)


def test_nothing_is_newer_than_the_end(truth: list[dict[str, Any]]) -> None:
    newest = max(document["article"]["date_published"][:10] for document in truth)
    assert newest >= "2026-09-01"
    assert newest <= "2026-10-23"
    assert date(2026, 10, 20) == DEFAULT_UNTIL


_DIGEST = """
import hashlib, json
from scraper.replica import Replica
from scraper.replica.exchange import Request
from scraper.replica.routes import Router
replica = Replica(seed={seed}, articles=40)
router = Router(replica)
sha = hashlib.sha256(json.dumps(list(replica.truth()), ensure_ascii=False, sort_keys=True).encode())
for entry in replica.entries:
    sha.update(router.answer(Request("GET", entry.site.host, entry.path, {{}})).body)
print(sha.hexdigest())
"""


def _digest(seed: int, hash_seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _DIGEST.format(seed=seed)],
        capture_output=True, text=True, check=True, cwd=ROOT, env={"PYTHONHASHSEED": hash_seed},
    )  # fmt: skip
    return done.stdout


def test_the_same_seed_gives_the_same_bytes() -> None:
    first = _digest(7, "1")
    assert first == _digest(7, "2")
    assert first != _digest(8, "1")


def test_facts_are_written_again_alike_when_memory_dropped_them(replica: Replica) -> None:
    entry = replica.entries[5]
    before = replica.facts(entry)
    replica._cache.clear()
    assert replica.facts(entry) == before
