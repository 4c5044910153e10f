"""What people decided in the story: corrections, removals, and citizens who are named in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.marts.raw_ledger import Ledger
from warehouse.decisions.corrections import COLUMNS, FILE
from warehouse.decisions.removals import keep_removal, removal_of_article, removal_of_person
from warehouse.decisions.sheet import append_line

CITIZEN = "Bùi Thị Sen"
FORGOTTEN = "Đào Trọng Tuệ"

_COUNT = {"indicator": "other", "unit_measure": "lượt"}
_HEARD = (
    f"Cử tri {CITIZEN} nêu 15 kiến nghị. Bí thư Quận ủy {FORGOTTEN} giải đáp. Bà Sen đồng tình với ông Tuệ."
)
_SAID = f"Cử tri {CITIZEN} nêu 15 kiến nghị"


def write_what_is_decided(ledger: Ledger) -> None:
    # A misprint in both texts of an article, and a second figure in the same sentence.
    for number, fact in (("1", "o-misprint"), ("2", "o-misprint-again")):
        revision = ledger.article(
            "misprinted", "2021-06-01", seen=f"2021-06-0{number}", revision=number, is_first=number == "1"
        )
        said = {**_COUNT, "indicator_name": "lượt tiêm", "quote": "tiêm 124 lượt và 3 đợt"}
        ledger.says(revision, "124", "2021-05", observation_id=fact, **said)
        ledger.says(revision, "3", "2021-05", **{**said, "indicator_name": "đợt tiêm"})
    # Read by another reader since it was decided: its id is a new one.
    reread = ledger.article("reread-decided", "2021-07-01", seen="2021-07-01")
    ledger.says(
        reread,
        "7",
        "2021-06",
        unit_mult=6,
        quote="chi ngân sách đạt 7 tỷ đồng",
        indicator="budget_expenditure",
    )
    ledger.says(reread, "8", "2021-06", observation_id="o-no-fact", quote="điều 8", indicator="grdp")
    session = ledger.article("session-decided", "2021-08-10", seen="2021-08-10")
    ledger.meets(session, "2021-08-09", organization="UBND phường Dư Hàng", meeting_id="m-decided", ordinal=4)

    withdrawn = ledger.article("to-forget", "2021-09-01", seen="2021-09-01")
    ledger.says(withdrawn, "5", "2021-08", **_COUNT, indicator_name="việc riêng")
    ledger.meets(withdrawn, "2021-08-31", organization="UBND phường An Biên")

    heard = ledger.article("voters", "2021-10-05", seen="2021-10-05", body=_HEARD)
    place = {"quote": _SAID, "quote_start": 0, "quote_end": len(_SAID)}
    ledger.says(heard, "15", "2021-10-04", **_COUNT, **place, indicator_name="kiến nghị")
    meeting = ledger.meets(
        heard,
        "2021-10-04",
        organization="HĐND quận Kiến An",
        ref_area="307",
        classification="voter_contact",
        **place,
    )
    ledger.attends(meeting, CITIZEN, "speak", "cử tri phường Dư Hàng")
    ledger.attends(meeting, FORGOTTEN, "direct", "Bí thư Quận ủy Kiến An")


def decide(home: Path) -> None:
    """Write the home's files of decisions, as its people would have."""
    common = {"reason": "misprint", "decided_on": "2026-11-20", "decided_by": "tester"}
    figure = {"fact": "observation", **common}
    lines = (
        {"fact_id": "o-misprint", "field": "obs_value", "wrong": "124", "right": "12.4"},
        {
            "fact_id": "o-of-an-older-reader", "article": "reread-decided", "quote": "Chi ngân sách đạt 7 tỷ",
            "obs_value": "7", "field": "unit_mult", "wrong": "6", "right": "9",
        },
        {"fact_id": "o-no-fact"},
        {"article": "https://city.test/reread-decided.html", "quote": "không còn nữa", "field": "base",
         "wrong": "(none)", "right": "annual_plan"},
        {"fact": "meeting", "fact_id": "m-decided", "field": "start_date", "wrong": "2021-08-09",
         "right": "2021-08-08"},
    )  # fmt: skip
    for line in lines:
        append_line(home / FILE, COLUMNS, {**figure, **line})
    said = ("asked by letter", date(2026, 11, 20), "tester")
    keep_removal(home, removal_of_article("to-forget", *said))
    keep_removal(home, removal_of_person(FORGOTTEN, *said))
