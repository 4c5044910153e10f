"""A report that portals print after one another is one report; notices of one form of words are not."""

from __future__ import annotations

from typing import Any


def copies(built: Any, *articles: str) -> dict[str, str | None]:
    places = ", ".join("?" for _ in articles)
    return dict(
        built.query(
            f"select article_id, copy_of from marts.articles where article_id in ({places})", *articles
        )
    )


def test_another_byline_lead_or_sentence_makes_no_other_report(built: Any) -> None:
    assert copies(built, "portal_later", "press_first", "reprinted", "reprinted_again") == {
        "portal_later": None,
        "press_first": "portal_later",
        "reprinted": "portal_later",
        "reprinted_again": "portal_later",
    }


def test_t4_the_states_portal_is_the_origin_though_a_paper_was_minutes_earlier(built: Any) -> None:
    times = built.query(
        "select article_id from marts.articles where article_id in ('press_first', 'portal_later')"
        " order by reported_at"
    )
    assert times == [("press_first",), ("portal_later",)]
    assert copies(built, "press_first") == {"press_first": "portal_later"}


def test_one_form_of_words_with_other_figures_is_another_report(built: Any) -> None:
    assert copies(built, "notice_0", "notice_1") == {"notice_0": None, "notice_1": None}


def test_the_same_words_a_year_later_are_no_copy(built: Any) -> None:
    assert copies(built, "year_later") == {"year_later": None}
