"""Harvests made by hand: what the archive would have given, one record after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import blake2b

from scraper.items import (
    Article,
    Evidence,
    Facts,
    Fetch,
    Harvest,
    HarvestBatch,
    Meeting,
    Observation,
    Participant,
    PortalRecord,
    Problem,
)

DAY_ONE = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
RECORD_BYTES = 1_000

LE_CHAN = PortalRecord(
    portal="lechan",
    name="Quận Lê Chân",
    base_url="https://lechan.test",
    family="vnpt",
    ref_area="305",
    retired_on=None,
    is_verified=True,
    notice=None,
)
PORTALS = {"lechan": LE_CHAN}
EDITED = "Sáng 27/2, Quận ủy Lê Chân tổ chức hội nghị lần thứ 1.\n\nTổng thu đạt 29,4% kế hoạch năm nay."


def day(number: int) -> datetime:
    return DAY_ONE + timedelta(days=number - 1)


def fetch_at(
    place: int, url: str, when: datetime, outcome: str = "ok", warc_file: str = "a.warc.gz"
) -> Fetch:
    """The `place`-th record of its archive file."""
    return Fetch(
        portal="lechan",
        url=url,
        kind="article",
        fetched_at=when,
        http_status={"not_modified": 304, "gone": 404}.get(outcome, 200),
        outcome=outcome,
        content_type="text/html; charset=utf-8",
        payload_digest=f"sha256:{place:064x}",
        payload_bytes=60_000,
        warc_file=warc_file,
        warc_offset=place * RECORD_BYTES,
        warc_length=RECORD_BYTES,
    )


def id_of(number: int) -> str:
    return "a-" + blake2b(str(number).encode(), digest_size=8).hexdigest()


def article_of(number: int, text: str) -> Article:
    url = f"https://lechan.test/tin-tuc/{number}"
    return Article(
        url=url,
        canonical_url=url,
        headline=f"Quận Lê Chân thu ngân sách đợt {number}",
        body_text=text,
        portal="lechan",
        native_id=str(number),
        date_published="2026-03-01T08:00:00+07:00",
        date_source="meta",
        date_confidence=0.9,
        authors=("Minh Hảo",),
        section=("Tin tức", "Kinh tế"),
        captions=("Quang cảnh hội nghị",),
        attachments=(f"https://lechan.test/van-ban/{number}.pdf",),
    )


def facts_of(article: Article, value: str = "27.1") -> Facts:
    body = article.body_text
    meeting_quote, figure_quote = body[:20], body[-20:]
    return Facts(
        districts=("305",),
        meetings=(
            Meeting(
                name="Hội nghị Quận ủy lần thứ 13",
                classification="party_committee",
                organization="Quận ủy Lê Chân",
                ordinal=13,
                start_date="2026-02-27",
                end_date="2026-02-27",
                part_of_day="morning",
                location=None,
                ref_area="305",
                status="confirmed",
                participants=(
                    Participant("Phạm Tiến Du", ("Bí thư Quận ủy",), "chair"),
                    Participant("Lê Trí Vũ", ("Chủ tịch HĐND quận",), "attend"),
                ),
                evidence=Evidence(meeting_quote, 0, len(meeting_quote)),
            ),
        ),
        indicators=(
            Observation(
                indicator_name="thu ngân sách",
                indicator="budget_revenue",
                breakdown=None,
                measure="plan_ratio",
                base="assigned_plan",
                obs_value=Decimal(value),
                obs_value_upper=None,
                unit_measure="percent",
                unit_mult=0,
                bound="exact",
                obs_status="A",
                time_period="2026-Q1",
                ref_area="305",
                evidence=Evidence(figure_quote, len(body) - len(figure_quote), len(body)),
            ),
        ),
        areas={"305": "quận Lê Chân"},
        problems=(Problem("facts", "number_not_understood", "A number was left over", body[3:9]),),
    )


def page(place: int, number: int, when: datetime, text: str = "", warc_file: str = "a.warc.gz") -> Harvest:
    """A capture of article `number` whose text is `text`."""
    text = (
        text
        or f"Sáng 27/2, Quận ủy Lê Chân tổ chức hội nghị lần thứ {number}.\n\nTổng thu đạt 27,1% kế hoạch."
    )
    article = article_of(number, text)
    return Harvest(
        fetch=fetch_at(place, article.url, when, warc_file=warc_file),
        article_id=id_of(number),
        article=article,
        facts=facts_of(article),
        text_hash=blake2b(text.encode(), digest_size=16).hexdigest(),
    )


def bare(
    place: int, number: int, when: datetime, outcome: str, *problems: Problem, warc_file: str = "a.warc.gz"
) -> Harvest:
    """A capture of article `number` that gave no text."""
    fetch = fetch_at(place, f"https://lechan.test/tin-tuc/{number}", when, outcome, warc_file)
    return Harvest(fetch, id_of(number), None, None, problems)


def misread(place: int, number: int, when: datetime, outcome: str) -> Harvest:
    """A capture of status 200 whose page reading showed to be an error page (gone) or a challenge."""
    kind = {"gone": "error_page", "challenge": "challenge"}[outcome]
    found = bare(place, number, when, outcome, Problem("article", kind, "it is no article"))
    return replace(found, fetch=replace(found.fetch, http_status=200))


def unmodified(place: int, number: int, when: datetime, shown: Harvest) -> Harvest:
    """A capture of article `number` that says that its payload is still the one of the capture `shown`."""
    found = bare(place, number, when, "not_modified")
    return replace(found, fetch=replace(found.fetch, payload_digest=shown.fetch.payload_digest))


def batches_of(harvests: Iterable[Harvest], size: int = 3, start: int = 0) -> Iterator[HarvestBatch]:
    """Batches of one archive file whose records lie one after another from byte `start`."""
    pending: list[Harvest] = []
    for harvest in harvests:
        pending.append(harvest)
        if len(pending) == size:
            yield batch_of(pending, start)
            start, pending = end_of(pending), []
    if pending:
        yield batch_of(pending, start)


def batch_of(harvests: Sequence[Harvest], start: int = 0) -> HarvestBatch:
    fetch = harvests[0].fetch
    return HarvestBatch(fetch.portal, fetch.warc_file, start, end_of(harvests), tuple(harvests))


def end_of(harvests: Sequence[Harvest]) -> int:
    last = harvests[-1].fetch
    return last.warc_offset + last.warc_length


def moved(harvests: Sequence[Harvest], warc_file: str) -> list[Harvest]:
    """The same captures in another archive file."""
    return [
        replace(
            harvest,
            fetch=replace(harvest.fetch, warc_file=warc_file, warc_offset=place * RECORD_BYTES),
        )
        for place, harvest in enumerate(harvests)
    ]


def history() -> list[Harvest]:
    """A month of captures: new articles, an edit, an edit taken back, unmodified, gone, back, and trouble."""
    first, edit = page(0, 1, day(1)), page(4, 1, day(3), EDITED)
    return [
        first,
        page(1, 2, day(1)),
        page(2, 3, day(1)),
        unmodified(3, 1, day(2), first),
        edit,
        bare(5, 2, day(3), "gone"),
        unmodified(6, 1, day(4), edit),
        page(7, 1, day(5)),
        bare(8, 2, day(6), "gone"),
        page(9, 2, day(7)),
        bare(10, 3, day(8), "challenge", Problem("crawl", "challenge", "a cookie challenge came")),
        bare(11, 3, day(9), "gone"),
        bare(12, 4, day(9), "gone"),
        page(13, 5, day(9)),
    ]
