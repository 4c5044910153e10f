"""Meetings merged over the articles that announce, report or move them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any


def test_an_announced_meeting_that_took_place_is_one_confirmed_meeting(built: Any) -> None:
    assert built.query(
        "select status, ordinal, part_of_day, location, was_announced, report_count, participant_count,"
        " announced_at < confirmed_at"
        " from marts.meetings where organization = 'HĐND quận Lê Chân'"
    ) == [("confirmed", 9, "morning", "Trung tâm hội nghị", True, 3, 2, True)]


def test_one_person_is_named_once_with_every_post_and_the_strongest_note(built: Any) -> None:
    assert built.query(
        "select person_name, roles, note, article_count from marts.meeting_participants"
        " where person_name like 'Nguyễn%' order by person_name"
    ) == [
        ("Nguyễn Thị Thúy", [], "attend", 1),
        ("Nguyễn Thị Thủy", ["Chủ tịch HĐND quận", "Thành ủy viên"], "chair", 2),
    ]


def test_a_meeting_that_was_moved_is_two(built: Any) -> None:
    assert built.query(
        "select start_date, status, was_announced, report_count, len(possibly_same_as) from marts.meetings"
        " where organization = 'HĐND quận Ngô Quyền' order by start_date"
    ) == [
        (date(2022, 7, 5), "cancelled", True, 2, 1),
        (date(2022, 7, 20), "confirmed", True, 2, 1),
    ]


def test_a_report_that_could_be_of_two_meetings_stays_apart_and_is_listed(built: Any) -> None:
    assert built.query(
        "select part_of_day, len(possibly_same_as) from marts.meetings"
        " where organization = 'UBND thành phố' order by part_of_day nulls last"
    ) == [("afternoon", 2), ("morning", 2), (None, 2)]


def test_meetings_of_one_body_and_day_with_different_names_stay_two(built: Any) -> None:
    assert built.query("select count(*) from marts.meetings where organization = 'Thành ủy Hải Phòng'") == [
        (2,)
    ]


def test_every_mention_leads_to_its_article_and_quote(built: Any) -> None:
    assert built.query(
        "select count(*), count(distinct mention_id), count(distinct article_id)"
        " from marts.meeting_articles inner join marts.meetings using (meeting_id)"
        " where organization = 'HĐND quận Lê Chân'"
    ) == [(3, 3, 3)]


def test_an_officeholder_is_one_person_in_one_post_of_one_body_over_time(built: Any) -> None:
    assert built.query(
        "select person_name, post, organization, area_name, printed_posts, meeting_count, article_count"
        " from marts.officeholders where person_name like 'Nguyễn%' order by post"
    ) == [
        ("Nguyễn Thị Thủy", "Chủ tịch", "HĐND quận", "quận Lê Chân", ["Chủ tịch HĐND quận"], 1, 2),
        (
            "Nguyễn Thị Thủy",
            "Ủy viên Ban Chấp hành",
            "Thành ủy",
            "thành phố Hải Phòng",
            ["Thành ủy viên"],
            1,
            1,
        ),
    ]


def test_a_meeting_leads_to_the_figures_that_its_articles_report(built: Any) -> None:
    assert built.query(
        "select value, is_sole_meeting, time_period, periods_reviewed from marts.meeting_figures"
        " inner join marts.meetings using (meeting_id)"
        " where organization = 'HĐND quận Lê Chân'"
    ) == [(Decimal(41), True, "2023-S1", ["2023-S1"])]
