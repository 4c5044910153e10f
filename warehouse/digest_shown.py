"""What a publication holds, shown to a person at the end of a demo."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from scraper.console import out, print_pairs, print_table, say
from scraper.vietnamese.format import format_date, format_number, format_period, format_quantity
from warehouse.publication.shelf import published_folder

_FIRST_QUESTION = (
    "select area_name, time_period, value, quote from indicator_series"
    " where indicator = 'poverty_rate' and measure = 'share' and obs_status = 'A' order by all limit 9"
)


def show_digest(home: Path) -> Path:
    """Print what a home's publication holds and three of its lines over time; return its folder.

    Raises PublicationError where nothing is published.
    """
    from warehouse.publication.digest import counts, long_lines, put_right

    published = published_folder(home)
    found = counts(published)
    days = " – ".join(format_date(found[key]) for key in ("first_published", "last_published") if found[key])
    out.rule("What was found")
    print_pairs(
        {
            "articles": f"{format_number(found['articles'])}, published {days}; "
            f"{found['edited']} edited, {found['retracted']} taken down since",
            "districts": f"{found['districts']} areas that articles are about",
            "meetings": format_number(found["meetings"]),
            "figures": format_number(found["figures"]),
            "points of series": format_number(found["points"]),
            "contradictions": format_number(found["contradictions"]),
        }
    )
    out.rule("Three figures over time")
    for line in long_lines(published):
        print_table(
            ["period", "value", "sentence"],
            [
                (
                    format_period(point.time_period),
                    _scaled(point.value, point.base_unit) + (" (ước)" if point.obs_status == "E" else ""),
                    f"“{point.quote}”",
                )
                for point in line.points
            ],
            title=f"{line.label}, {line.area_name}",
            styles={"value": "right"},
        )
    if found_otherwise := put_right(published):
        out.rule("Figures that were said otherwise before")
        print_table(
            ["figure", "period", "before", "now", "how"],
            [
                (
                    f"{figure.label}, {figure.area_name}",
                    format_period(figure.time_period),
                    _scaled(figure.before, figure.base_unit),
                    _scaled(figure.after, figure.base_unit),
                    figure.how,
                )
                for figure in found_otherwise
            ],
            styles={"before": "right", "now": "right"},
        )
    return published


def _scaled(value: Decimal, unit: str) -> str:
    mult = 0 if unit != "VND" or value < 10**6 else 9 if value >= 10**9 else 6
    return format_quantity(value / 10**mult, unit, mult)


def show_where(home: Path, published: Path) -> None:
    """Print where a home's publication lies, and a first question to ask it."""
    print_pairs(
        {
            "tables": str(published / "cityledger.duckdb"),
            "files": f"{published}/parquet, {published}/csv",
            "page": str(published / "site" / "index.html"),
        }
    )
    asked = f'ask: .venv/bin/cityledger query --home {home} "{_FIRST_QUESTION}"'
    say(asked)
