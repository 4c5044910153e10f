"""Loading: every revision with the days it was seen, and what gone, back and not modified mean."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from scraper.items import Harvest
from tests.warehouse.harvests import (
    EDITED,
    PORTALS,
    bare,
    batch_of,
    batches_of,
    day,
    misread,
    moved,
    page,
    unmodified,
)
from tests.warehouse.tables import contents, rows
from warehouse.connect import warehouse_path
from warehouse.load import load


def test_an_edited_article_has_two_revisions_with_the_days_each_was_seen(tmp_path: Path) -> None:
    first, edit = page(0, 1, day(1)), page(2, 1, day(3), EDITED)
    captures = [first, unmodified(1, 1, day(2), first), edit, unmodified(3, 1, day(4), edit)]
    load(tmp_path, PORTALS, batches_of(captures))
    assert rows(tmp_path, "select body_text, first_seen, last_seen from raw.article order by first_seen") == [
        (page(0, 1, day(1)).article.body_text, day(1), day(2)),  # type: ignore[union-attr]
        (EDITED, day(3), day(4)),
    ]
    assert rows(tmp_path, "select first_seen, last_seen, gone_at from raw.article_state") == [
        (day(1), day(4), None)
    ]
    assert rows(tmp_path, "select count(distinct revision_id), count(*) from raw.observation") == [(2, 2)]


def test_edits_are_counted_apart_from_new_articles(tmp_path: Path) -> None:
    load(tmp_path, PORTALS, batches_of([page(0, 1, day(1))]))
    report = load(
        tmp_path, PORTALS, [batch_of([page(1, 1, day(2), EDITED), page(2, 9, day(2))], start=1_000)]
    )
    assert (report.new_articles, report.new_revisions) == (1, 1)


def test_furniture_that_changes_makes_no_revision(tmp_path: Path) -> None:
    first, later = page(0, 1, day(1)), page(1, 1, day(2))
    assert later.article is not None
    later = replace(later, article=replace(later.article, date_modified="2026-03-02", section=("Mới",)))
    load(tmp_path, PORTALS, batches_of([first, later]))
    assert rows(tmp_path, "select date_modified, section, last_seen from raw.article") == [
        (None, ["Tin tức", "Kinh tế"], day(2))
    ]


def test_an_article_that_is_gone_keeps_its_history(tmp_path: Path) -> None:
    load(
        tmp_path,
        PORTALS,
        batches_of([page(0, 1, day(1)), bare(1, 1, day(3), "gone"), bare(2, 1, day(5), "gone")]),
    )
    assert rows(tmp_path, "select last_seen, gone_at from raw.article_state") == [(day(1), day(3))]
    assert rows(tmp_path, "select first_seen, last_seen from raw.article") == [(day(1), day(1))]
    assert rows(tmp_path, "select count(*) from raw.observation") == [(1,)]


def test_an_article_that_comes_back_is_not_gone(tmp_path: Path) -> None:
    captures = [page(0, 1, day(1)), bare(1, 1, day(3), "gone"), page(2, 1, day(5))]
    load(tmp_path, PORTALS, batches_of(captures))
    assert rows(tmp_path, "select first_seen, last_seen, gone_at from raw.article_state") == [
        (day(1), day(5), None)
    ]
    load(tmp_path, PORTALS, [batch_of([bare(3, 1, day(6), "gone")], start=3_000)])
    assert rows(tmp_path, "select last_seen, gone_at from raw.article_state") == [(day(5), day(6))]


OK, ERROR_PAGE = page(0, 1, day(1)), misread(1, 1, day(3), "gone")


CHALLENGE, BLOCKED = misread(1, 1, day(3), "challenge"), bare(1, 1, day(3), "challenge")


BACK = page(3, 1, day(7))


MEANINGS = {
    "an error page stays one": (
        [OK, ERROR_PAGE, unmodified(2, 1, day(5), ERROR_PAGE)],
        (day(1), day(1), day(3)),
    ),
    "an error page that the text took the place of": (
        [OK, ERROR_PAGE, unmodified(2, 1, day(5), ERROR_PAGE), BACK, unmodified(4, 1, day(8), BACK)],
        (day(1), day(8), None),
    ),
    "a challenge stays one": (
        [OK, CHALLENGE, unmodified(2, 1, day(5), CHALLENGE)],
        (day(1), day(1), None),
    ),
    "a challenge that came before the page was gone": (
        [OK, CHALLENGE, unmodified(2, 1, day(5), CHALLENGE), bare(3, 1, day(6), "gone")],
        (day(1), day(1), day(6)),
    ),
    "the text behind a challenge that the crawl knew": (
        [OK, BLOCKED, unmodified(2, 1, day(5), OK)],
        (day(1), day(5), None),
    ),
    "the text after it was not to be found": (
        [OK, bare(1, 1, day(3), "gone"), unmodified(2, 1, day(5), OK)],
        (day(1), day(5), None),
    ),
    "a text that the archive does not hold": (
        [OK, bare(2, 1, day(5), "not_modified")],
        (day(1), day(1), None),
    ),
}


@pytest.mark.parametrize(("captures", "seen"), MEANINGS.values(), ids=MEANINGS.keys())
def test_what_was_not_modified_means_what_its_payload_meant_in_every_order(
    tmp_path: Path, captures: list[Harvest], seen: tuple[datetime, datetime, datetime | None]
) -> None:
    files = [moved([harvest], f"{place}.warc.gz") for place, harvest in enumerate(captures)]
    load(tmp_path / "straight", PORTALS, map(batch_of, files))
    straight = contents(tmp_path / "straight")
    assert rows(tmp_path / "straight", "select first_seen, last_seen, gone_at from raw.article_state") == [
        seen
    ]
    assert rows(tmp_path / "straight", "select first_seen, last_seen from raw.article") == [seen[:2]]
    if len(files) < 5:
        load_in_every_order(tmp_path / "orders", files, straight)
    else:
        for file in files[::-1]:
            load(tmp_path / "backwards", PORTALS, [batch_of(file)])
        assert contents(tmp_path / "backwards") == straight


def load_in_every_order(
    home: Path, files: Sequence[Sequence[Harvest]], expected: dict[str, list[str]]
) -> None:
    """Load the files in each order there is, those that begin alike from copies of one home."""
    for place, file in enumerate(files):
        after = home / str(place)
        after.mkdir(parents=True)
        if warehouse_path(home).is_file():
            shutil.copyfile(warehouse_path(home), warehouse_path(after))
        load(after, PORTALS, [batch_of(file)])
        rest = [*files[:place], *files[place + 1 :]]
        if rest:
            load_in_every_order(after, rest, expected)
        else:
            assert contents(after) == expected


def test_an_error_page_that_was_never_an_article_is_none_however_often_it_is_confirmed(
    tmp_path: Path,
) -> None:
    page_404 = misread(0, 1, day(1), "gone")
    load(tmp_path, PORTALS, batches_of([page_404, unmodified(1, 1, day(2), page_404)]))
    assert rows(tmp_path, "select count(*) from raw.article_state") == [(0,)]


def test_an_article_that_reading_anew_shows_to_be_an_error_page_is_none(tmp_path: Path) -> None:
    load(tmp_path, PORTALS, batches_of([page(0, 1, day(1), "Trang không tồn tại, hoặc nội dung đã bị xóa")]))
    load(tmp_path, PORTALS, batches_of([misread(0, 1, day(1), "gone")]))
    assert rows(tmp_path, "select count(*) from raw.article_state") == [(0,)]
    assert rows(tmp_path, "select count(*) from raw.article") == [(0,)]


def test_an_address_that_never_held_an_article_is_none(tmp_path: Path) -> None:
    load(tmp_path, PORTALS, batches_of([bare(0, 1, day(1), "gone")]))
    assert rows(tmp_path, "select count(*) from raw.article_state") == [(0,)]
    assert rows(tmp_path, "select outcome from raw.fetch") == [("gone",)]
