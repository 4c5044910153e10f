"""A page's charts while they are gathered: panels of points, and the articles that the points lead to."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from scraper.vietnamese.format import format_date
from warehouse.publication.site import addresses
from warehouse.publication.site.wording import Both
from warehouse.spreadsheet import spreadsheet_cell

Row = dict[str, Any]
"""One point. Where it is drawn: see `charts.all_specs`. What it says:

`v` value as printed, `n` what of (where the panel does not say it), `a` area, `p` period, `q` quote in parts,
`r` place of its article; `k` flags (keys of `wording.FLAGS`); `o` other reports of it: each `v`, `q`, `r`,
`k`; `e` events: each `d` day, `t` name, `i` its page. A row without `v` is drawn and says nothing.
"""

HEADINGS = (
    "place",
    "what",
    "period",
    "value",
    "status",
    "flags",
    "sentence",
    "headline",
    "url",
    "published",
)
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Before the first heading: without it Excel takes UTF-8 for the machine's old code page."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawing: its place on the page, its specification, its points."""

    id: str
    spec: str
    """Name of one of `charts.all_specs`."""
    rows: list[Row]
    params: Mapping[str, float] = field(default_factory=dict)
    datasets: Mapping[str, list[Row]] = field(default_factory=dict)
    height: int = 104
    """In pixels, axis left out."""
    title: Both = ("", "")
    note: Both = ("", "")
    link: str | None = None
    """Page that the title leads to."""
    anchor: str | None = None
    """By which other pages lead to it."""
    key: list[tuple[str, str]] = field(default_factory=list)
    """Name and colour of each line."""
    name: Both | None = None
    """What the points are figures of, where a point does not say so itself."""
    area: str | None = None
    """Where they are figures of, likewise."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Drawings that stand together over one strip of evidence."""

    id: str
    panels: list[Panel]
    key: list[tuple[str, str, str]] = field(default_factory=list)
    """Vietnamese, English, colour."""
    flags: frozenset[str] = frozenset()
    """What its points are, so that the key explains what is there: E, T, revised, contradicted, break."""
    last_year: int | None = None


@dataclass(slots=True)
class Drawing:
    """All charts of a page while they are gathered."""

    figures: list[Figure] = field(default_factory=list)
    articles: list[dict[str, str]] = field(default_factory=list)
    _places: dict[str, int] = field(default_factory=dict)

    def article(
        self, article_id: str, headline: str, url: str, day: date | None, copy: str | None = None
    ) -> int:
        """Give the place of an article among those that points refer to."""
        place = self._places.get(article_id)
        if place is None:
            place = self._places[article_id] = len(self.articles)
            said = {"h": headline, "u": url, "i": addresses.article(article_id)}
            if day:
                said["d"] = format_date(day)
            if copy:
                said["c"] = copy
            self.articles.append(said)
        return place

    def figure(self, figure_id: str) -> Figure | None:
        """Give the figure of that name; None where the page has none."""
        return next((figure for figure in self.figures if figure.id == figure_id), None)

    def data(self) -> dict[str, object]:
        """Give what `assets/drawing.js` reads, as plain JSON values."""
        return {
            "articles": self.articles,
            "figures": [
                {
                    "id": figure.id,
                    "panels": [
                        {
                            "id": panel.id,
                            "spec": panel.spec,
                            "height": panel.height,
                            "params": panel.params,
                            "datasets": panel.datasets,
                            "name": panel.name,
                            "area": panel.area,
                            "rows": panel.rows,
                        }
                        for panel in figure.panels
                    ],
                }
                for figure in self.figures
            ],
        }

    def headings(self) -> list[object]:
        """Give what templates write around the drawings, as plain JSON values: titles, notes, links, keys."""
        return [
            [
                [figure.id, figure.key, sorted(figure.flags), figure.last_year],
                *([panel.title, panel.note, panel.link, panel.anchor, panel.key] for panel in figure.panels),
            ]
            for figure in self.figures
        ]

    def tables(self, address: str) -> dict[str, str]:
        """Give each figure's points as CSV, by the address of its file; `address` is the page's."""
        return {addresses.table(address, figure.id): self._table(figure) for figure in self.figures}

    def _table(self, figure: Figure) -> str:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow((_MARK + HEADINGS[0], *HEADINGS[1:]))
        for panel in figure.panels:
            for row in panel.rows:
                if "v" in row:
                    writer.writerow([spreadsheet_cell(cell) for cell in self._cells(row, panel)])
        return text.getvalue()

    def _cells(self, row: Row, panel: Panel) -> list[object]:
        article = self.articles[row["r"]] if "r" in row else {}
        name = row.get("n") or panel.name or ("", "")
        value = row["v"]
        return [
            row.get("a", panel.area or ""),
            name[0],
            row["p"][1] if "p" in row else "",
            value if isinstance(value, str) else value[0],
            row.get("s", ""),
            " ".join(row.get("k", ())),
            "".join(row.get("q", ())),
            *(article.get(key, "") for key in ("h", "u", "d")),
        ]
