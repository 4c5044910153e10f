"""The site's questions to the published marts, one SQL file each."""

from __future__ import annotations

from pathlib import Path


def sql(name: str) -> str:
    """Read the query of that name, such as `latest_figures`."""
    return (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")


def points_sql(choice: str) -> str:
    """Read the query of that name that chooses among `points`, with what these are."""
    return f"with points as (\n{sql('points')})\n{sql(choice)}"


def links_sql(name: str) -> str:
    """Read the query of that name that asks for pages that stand, with which these are."""
    areas, indicators = sql("area_pages"), sql("indicator_pages")
    return f"with linked_areas as (\n{areas}),\nlinked_indicators as (\n{indicators})\n{sql(name)}"
