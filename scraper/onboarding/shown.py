"""What onboarding found, as plain data for a machine and as lines for a person."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scraper.console import out, print_pairs, print_styled, print_table, say
from scraper.onboarding.examine import Look
from scraper.onboarding.health import Health
from scraper.onboarding.sources import Source
from scraper.onboarding.survey import Survey

_BEGINNING = 140
"""Characters of a body that a person is shown."""


def survey_json(survey: Survey, written: Path | None, recorded: Sequence[Path]) -> dict[str, Any]:
    """Return what a survey found."""
    readings = survey.readings
    return {
        "portal": survey.draft.slug,
        "file": str(written) if written else None,
        "toml": survey.draft.text(),
        "family": survey.draft.family,
        "recognised": [
            {"family": family, "confidence": confidence, "signs": list(signs)}
            for family, confidence, signs in survey.recognised
        ],
        "discovery": [_source_json(source) for source in survey.sources],
        "articles": [look_json(look) for look in readings.looks] if readings else [],
        "refused": list(readings.refused) if readings else [],
        "recorded": [str(path) for path in recorded],
        "notes": survey.notes,
        "suggested_selectors": survey.suggested,
        "requests": survey.requests,
    }


def health_json(health: Health) -> dict[str, Any]:
    """Return what a live check found."""
    readings = health.readings
    return {
        "portal": health.portal.slug,
        "family": health.portal.family,
        "is_good": health.is_good,
        "points": [{"what": p.what, "is_good": p.is_good, "said": p.said} for p in health.points],
        "discovery": [_source_json(source) for source in health.sources],
        "articles": [look_json(look) for look in readings.looks] if readings else [],
        "requests": health.requests,
    }


def look_json(look: Look) -> dict[str, Any]:
    """Return what was read of one page."""
    return {
        "url": look.url,
        "layout": look.article.layout,
        "content_kind": look.article.content_kind,
        "fields": {
            field.name: {
                "value": field.value,
                "characters": len(field.value or ""),
                "way": field.way,
                "confidence": field.confidence,
                "generic_agrees": field.agrees,
            }
            for field in look.fields
        },
        "selectors": [{"part": s.part, "css": s.css, "found": s.found} for s in look.selectors],
        "meetings": [
            {"name": one.name, "confidence": one.confidence, "rule": one.rule} for one in look.facts.meetings
        ],
        "figures": [
            {
                "indicator": one.indicator,
                "quote": one.evidence.quote,
                "confidence": one.confidence,
                "rule": one.rule,
            }
            for one in look.facts.indicators
        ],
        "problems": [
            {"kind": p.kind, "detail": p.detail} for p in (*look.article.problems, *look.facts.problems)
        ],
    }


def _source_json(source: Source) -> dict[str, Any]:
    return {
        "kind": source.kind,
        "path": source.path,
        "works": source.works,
        "articles": len(source.articles),
        "by_listing_links": source.by_selector,
        "said": source.said,
    }


def show_survey(survey: Survey, written: Path | None, recorded: Sequence[Path]) -> None:
    """Print what a survey found, the draft last."""
    told = [one for one in survey.recognised if one[0] == survey.draft.family]
    family, confidence, signs = told[0] if told else (survey.draft.family, 0.0, ())
    seen = (
        f"{family} ({confidence:.2f}: {', '.join(signs[:4])})" if signs else f"{family} (no sign of a system)"
    )
    print_pairs({"site": survey.draft.name, "family": seen, "requests": str(survey.requests)})
    print_table(
        ["where articles are found", "", "what it names"],
        [(f"{one.kind} {one.path}", "ok" if one.works else "-", one.said) for one in survey.sources],
    )
    readings = survey.readings
    for look in readings.looks if readings else ():
        show_look(look)
    for line in readings.refused if readings else ():
        _say("not read", line)
    for note in survey.notes:
        _say("note", note)
    out.print()
    if written is None:
        out.print(survey.draft.text(), end="", markup=False, highlight=False)
        return
    say(f"{written}:")
    out.print(survey.draft.text(), end="", markup=False, highlight=False)
    for path in recorded:
        say(f"recorded {path}")


def show_look(look: Look) -> None:
    """Print what was read of one page: each field with its way and its confidence."""
    out.print()
    say(look.url)
    for field in look.fields:
        if field.value is None:
            print_styled([(f"  {field.name:<9}", "bold"), ("not found\n", "yellow")])
            continue
        value = field.value
        if field.name == "body":
            value = f"{' '.join(value[:_BEGINNING].split())}… ({len(value):,} characters)"
        doubt = "; the generic reading differs" if field.agrees is False else ""
        way = f"  [{field.way}, {field.confidence:.2f}{doubt}]"
        print_styled([(f"  {field.name:<9}", "bold"), (value, ""), (f"{way}\n", "dim")])
    meetings, figures = look.facts.meetings, look.facts.indicators
    sure = [one.confidence for one in meetings] + [one.confidence for one in figures]
    told = f"{len(meetings)} meetings, {len(figures)} figures"
    told += f"  [confidence {min(sure):.2f} to {max(sure):.2f}]" if sure else ""
    print_styled([("  facts    ", "bold"), (f"{told}\n", "")])
    for line in look.missed:
        _say("missed", line)


def show_health(health: Health) -> None:
    """Print a live check, point by point."""
    out.print(f"{health.portal.slug} ({health.portal.family}), {health.requests} requests", highlight=False)
    for point in health.points:
        mark, style = ("ok", "green") if point.is_good else ("FAULT", "bold red")
        print_styled([(f"  {mark:<6}", style), (f"{point.what}: {point.said}\n", "")])
    for look in health.readings.looks if health.readings else ():
        show_look(look)


def _say(what: str, line: str) -> None:
    print_styled([(f"{what}: ", "yellow"), (f"{line}\n", "")])
