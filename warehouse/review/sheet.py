"""A sample as a CSV file that a person fills in, and back."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from scraper.errors import UsageError
from warehouse.review.precision import ANSWERS, Judgement
from warehouse.review.sample import Drawn
from warehouse.spreadsheet import spreadsheet_cell

_COLUMNS = (
    "fact_id", "right", "reason", "kind", "says", "before", "quote", "after", "headline", "date_published",
    "url", "confidence", "rule",
)  # fmt: skip
_MEANINGS = {"y": "y", "yes": "y", "n": "n", "no": "n", "s": "skip", "skip": "skip"}


def write_sheet(file: Path, sample: Iterable[Drawn], answers: Mapping[str, Judgement]) -> None:
    """Write the sample with the answers that there are; `right` is y, n, skip or still empty.

    An answer to what is not in the sample stays, so that no judgement is lost.
    """
    shown: set[str] = set()
    part = file.with_name(file.name + ".part")
    try:
        with part.open("w", encoding="utf-8-sig", newline="") as written:
            writer = csv.writer(written, lineterminator="\n")
            writer.writerow(_COLUMNS)
            for fact in sample:
                judgement = answers.get(fact.fact_id, Judgement("", ""))
                says = "; ".join(f"{name}={value}" for name, value in fact.fields.items())
                cells = [fact.fact_id, judgement.answer, judgement.reason, fact.kind, says]
                cells += [fact.before, fact.quote, fact.after, fact.headline, fact.date_published or ""]
                cells += [fact.url, f"{fact.confidence}", fact.rule]
                writer.writerow(map(spreadsheet_cell, cells))
                shown.add(fact.fact_id)
            for fact_id, judgement in answers.items():
                if fact_id not in shown:
                    writer.writerow((fact_id, judgement.answer, spreadsheet_cell(judgement.reason)))
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def read_answers(file: Path) -> dict[str, Judgement | None]:
    """Return the judgement of each fact of a sheet, None where it has none yet.

    Raises UsageError where the file is no such sheet, or an answer is none of y, n and skip.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except FileNotFoundError:
        raise UsageError(f"there is no file {file}: `review --sample 50 --answers {file}` makes it") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{file} cannot be read as CSV in UTF-8: {error}") from None
    answers: dict[str, Judgement | None] = {}
    for number, row in enumerate(rows, start=2):
        if not row.get("fact_id") or row.get("right") is None:
            raise UsageError(f"{file}, line {number}: the columns fact_id and right are missing")
        said = row["right"].strip().lower()
        if said and said not in _MEANINGS:
            raise UsageError(f"{file}, line {number}: {said!r} is none of {', '.join(ANSWERS)}")
        reason = (row.get("reason") or "").strip()
        answers[row["fact_id"]] = Judgement(_MEANINGS[said], reason) if said else None
    return answers
