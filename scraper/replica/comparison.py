"""What was read, held against what was written: counts of right, wrong, missing and invented facts.

Pure. `truth` is what `Replica.truth()` yields. The read facts are plain mappings, one a fact, as they lie in
the published marts (or in `read --output`), each with the URL of its article:

- indicators: `url`, `indicator`, `measure`, `obs_value`, `unit_mult`, `unit_measure`, `time_period`,
  `ref_area`
- meetings: `url`, `start_date` (ISO text, a date or None), `organization`
- districts: `url`, `code`

Other keys are not looked at. URLs are matched over all forms of an article (https, www., /amp, parameters).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

Row = Mapping[str, Any]


@dataclass(slots=True)
class Count:
    """How one kind of fact fared."""

    written: int = 0
    """Facts that the articles state."""
    right: int = 0
    """Read as written."""
    wrong: int = 0
    """Read, with a part of it wrong."""
    missing: int = 0
    """Written and not read."""
    invented: int = 0
    """Read and not written."""


@dataclass(slots=True)
class Comparison:
    """How all that was read compares with all that was written."""

    articles: Count = field(default_factory=Count)
    districts: Count = field(default_factory=Count)
    meetings: Count = field(default_factory=Count)
    indicators: Count = field(default_factory=Count)
    attached: Count = field(default_factory=Count)
    """Figures of the documents that articles link to; zeros where these were not compared."""
    examples: list[str] = field(default_factory=list)
    """Some faults in words, at most `limit` of each kind."""

    @property
    def share_right(self) -> float:
        """Share of all facts written that were read right, 0 to 1."""
        kinds = (self.districts, self.meetings, self.indicators, self.attached)
        written = sum(kind.written for kind in kinds)
        return sum(kind.right for kind in kinds) / written if written else 1.0


def article_key(url: str) -> str:
    """Return one key for all forms of an article's address on a replica's portal."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower().removeprefix("www.")
    raw = parse_qs(parts.query).get("_101_assetEntryId")
    if raw:
        return f"{host}#{raw[0]}"
    path = unquote(parts.path).rstrip("/").removesuffix("/amp")
    friendly = re.search(r"/-/view_content/(\d+)", path)
    return f"{host}#{friendly.group(1)}" if friendly else host + path


def compare(
    truth: Iterable[Row],
    *,
    articles: Iterable[str],
    districts: Iterable[Row],
    meetings: Iterable[Row],
    indicators: Iterable[Row],
    attached: Iterable[Row] | None = None,
    limit: int = 20,
) -> Comparison:
    """Compare the replica's truth with what was read.

    Args:
        truth: the known facts, an object an article.
        articles: URLs of the articles that were read.
        districts: rows `url`, `code`.
        meetings: rows `url`, `start_date`, `organization`.
        indicators: rows as the module says.
        attached: rows like these of documents that articles link to; None: no documents are compared.
        limit: examples kept of each kind of fault.

    Returns:
        Counts of each kind of fact; an indicator is right where number, measure, unit, indicator, period and
        area agree, a meeting where day and organisation do.
    """
    result = Comparison()
    read_articles = {article_key(url) for url in articles}
    rows = [_by_article(part) for part in (districts, meetings, indicators, attached or ())]
    known: set[str] = set()
    faults: dict[str, int] = defaultdict(int)

    def note(what: str, url: str, words: Callable[[Row], str], fault: str, row: Row) -> None:
        kind = f"{what} {fault}"
        faults[kind] += 1
        if faults[kind] <= limit:
            result.examples.append(f"{kind}: {words(row)} [{url}]")

    for document in truth:
        url, key = str(document["url"]), article_key(str(document["url"]))
        known.add(key)
        result.articles.written += 1
        if key in read_articles:
            result.articles.right += 1
        else:
            result.articles.missing += 1
            note("article", url, _headline, "missing", document)
        names = {str(code): str(name) for code, name in document["areas"].items()}
        read_districts = {str(row["code"]) for row in rows[0].pop(key, [])}
        _count_sets(result.districts, set(document["districts"]), read_districts)
        _match(
            result.meetings,
            (document["meetings"], rows[1].pop(key, [])),
            (_same_meeting, _near_meeting),
            partial(note, "meeting", url, _meeting_words),
        )
        _match(
            result.indicators,
            (document["indicators"], rows[2].pop(key, [])),
            (partial(_same_statement, names), _same_number, partial(_same_slot, names)),
            partial(note, "indicator", url, _indicator_words),
        )
        if attached is not None:
            _match(
                result.attached,
                (document["attached"], rows[3].pop(key, [])),
                (partial(_same_statement, names), _same_number, partial(_same_slot, names)),
                partial(note, "attached figure", url, _indicator_words),
            )
    result.articles.invented = len(read_articles - known)
    result.districts.invented += sum(len({row["code"] for row in left}) for left in rows[0].values())
    result.meetings.invented += sum(map(len, rows[1].values()))
    result.indicators.invented += sum(map(len, rows[2].values()))
    result.attached.invented += sum(map(len, rows[3].values()))
    return result


def _by_article(rows: Iterable[Row]) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        out[article_key(str(row["url"]))].append(row)
    return out


def _count_sets(count: Count, written: set[str], read: set[str]) -> None:
    count.written += len(written)
    count.right += len(written & read)
    count.missing += len(written - read)
    count.invented += len(read - written)


Agree = Callable[[Row, Row], bool]


def _match(
    count: Count,
    sides: tuple[Iterable[Row], Iterable[Row]],
    tests: tuple[Agree, ...],
    note: Callable[[str, Row], None],
) -> None:
    """Pair written and read facts one to one: by the first test those that are right."""
    left, rest = list(sides[0]), list(sides[1])
    count.written += len(left)
    for test in tests:
        for fact in list(left):
            other = next((row for row in rest if test(fact, row)), None)
            if other is None:
                continue
            left.remove(fact)
            rest.remove(other)
            if test is tests[0]:
                count.right += 1
            else:
                count.wrong += 1
                note("wrong", fact)
    count.missing += len(left)
    count.invented += len(rest)
    for fact in left:
        note("missing", fact)
    for row in rest:
        note("invented", row)


def _same_number(written: Row, read: Row) -> bool:
    if written["measure"] != read["measure"] or _fold(written["unit_measure"]) != _fold(read["unit_measure"]):
        return False
    mine, other = (
        Decimal(str(row["obs_value"])).scaleb(int(row["unit_mult"] or 0)) for row in (written, read)
    )
    return abs(mine - other) <= abs(mine) * Decimal("1e-9")


def _same_frame(names: Mapping[str, str], written: Row, read: Row) -> bool:
    area, other = str(written["ref_area"]), str(read["ref_area"])
    return (
        written["indicator"] == read["indicator"]
        and period_key(str(written["time_period"])) == period_key(str(read["time_period"]))
        and (area == other or _fold(names.get(area, area)) == _fold(other))
    )


def _same_statement(names: Mapping[str, str], written: Row, read: Row) -> bool:
    return _same_number(written, read) and _same_frame(names, written, read)


def _same_slot(names: Mapping[str, str], written: Row, read: Row) -> bool:
    return bool(written["measure"] == read["measure"]) and _same_frame(names, written, read)


def period_key(period: str) -> str:
    """Return one spelling of a period: 3, 6 and 12 months from January are quarter, half and year."""
    match = re.fullmatch(r"(\d{4})-01-01/P(3|6|12)M", period)
    return match.group(1) + {"3": "-Q1", "6": "-S1", "12": ""}[match.group(2)] if match else period


def _same_meeting(written: Row, read: Row) -> bool:
    return _day(written) == _day(read) and _same_body(written, read)


def _near_meeting(written: Row, read: Row) -> bool:
    return _day(written) == _day(read) or _same_body(written, read)


def _day(row: Row) -> str:
    return str(row["start_date"] or "")[:10]


def _same_body(written: Row, read: Row) -> bool:
    mine, other = set(_fold(written["organization"]).split()), set(_fold(read["organization"]).split())
    return bool(mine and other) and len(mine & other) / min(len(mine), len(other)) >= 0.6


_MARKS = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


def _fold(text: object) -> str:
    """Lower case without tone marks, so that hoà and hòa are equal; words joined by single blanks."""
    plain = unicodedata.normalize("NFD", str(text or "").lower())
    plain = unicodedata.normalize("NFC", "".join(c for c in plain if c not in _MARKS))
    plain = plain.replace("hội đông nhân dân", "hđnd").replace("uy ban nhân dân", "ubnd")
    return " ".join(re.findall(r"\w+", plain))


def _headline(row: Row) -> str:
    return str(row["article"]["headline"])


def _meeting_words(row: Row) -> str:
    return f"{row.get('name') or row.get('organization')} {_day(row)}"


def _indicator_words(row: Row) -> str:
    return (
        f"{row['indicator']} {row['measure']} {row['obs_value']} (10^{row['unit_mult']}) "
        f"{row['unit_measure']} {row['time_period']} {row['ref_area']} «{row.get('quote') or ''}»"
    )
