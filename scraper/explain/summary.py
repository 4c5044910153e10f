"""An article and its facts in short, as tables."""

from __future__ import annotations

from scraper.console import print_pairs, print_styled, print_table
from scraper.explain.notes import STATUS_WORDS
from scraper.items import Article, Facts
from scraper.vietnamese.format import format_date, format_period, format_quantity


def show_summary(article: Article, facts: Facts) -> None:
    """Print an article and its facts in short, for a person."""
    print_pairs(
        {
            "headline": article.headline,
            "published": f"{article.date_published} (from {article.date_source})"
            if article.date_published
            else "not printed",
            "authors": ", ".join(article.authors) or None,
            "source": article.source,
            "section": " › ".join(article.section) or None,
            "address": article.canonical_url or None,
            "read by": f"{article.layout}, {article.content_kind}, {len(article.body_text)} characters",
            "captions": " / ".join(article.captions) or None,
            "attachments": ", ".join(article.attachments) or None,
            "districts": ", ".join(f"{facts.areas.get(code, code)} ({code})" for code in facts.districts)
            or None,
        }
    )
    for meeting in facts.meetings:
        when = " – ".join(dict.fromkeys(format_date(d) for d in (meeting.start_date, meeting.end_date) if d))
        print_styled([("\n", "")])
        print_pairs(
            {
                "meeting": meeting.name,
                "what": f"{meeting.classification}, {meeting.status}",
                "who": meeting.organization,
                "when": " ".join(filter(None, [when, meeting.part_of_day])) or None,
                "where": meeting.location,
                "area": facts.areas.get(meeting.ref_area or "", meeting.ref_area),
                "people": "\n".join(
                    f"{person.name} [{person.note}] {', '.join(person.roles)}"
                    for person in meeting.participants
                )
                or None,
                "sentence": f"“{meeting.evidence.quote}”",
            }
        )
    if facts.indicators:
        print_styled([("\n", "")])
        print_table(
            ["indicator", "value", "measure", "period", "area", "status", "sentence"],
            [
                (
                    o.indicator_name + (f" / {o.breakdown}" if o.breakdown else "") + f"\n{o.indicator}",
                    format_quantity(o.obs_value, o.unit_measure, o.unit_mult),
                    " ".join(filter(None, [o.measure, o.base])),
                    format_period(o.time_period),
                    facts.areas.get(o.ref_area, o.ref_area),
                    STATUS_WORDS[o.obs_status],
                    f"“{o.evidence.quote}”",
                )
                for o in facts.indicators
            ],
            styles={"value": "right"},
        )
    found = (
        f"{len(facts.districts)} districts, {len(facts.meetings)} meetings, {len(facts.indicators)} figures"
    )
    print_styled([(f"\n{found}\n", "")])
    for problem in (*article.problems, *facts.problems):
        print_styled([("not understood ", "yellow"), (f"{problem.kind}: {problem.detail}\n", "")])
