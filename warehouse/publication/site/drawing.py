"""The page's charts while they are gathered: panels of points, and the articles that the points lead to."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from scraper.vietnamese.format import format_date
from warehouse.publication.site import addresses
from warehouse.publication.site.charts import Spec
from warehouse.publication.site.wording import Both
from warehouse.spreadsheet import spreadsheet_cell

Row = dict[str, Any]
"""One point: x, y, and shown as v value, n name, a area, p period, q quote, r article, m meetings."""


_HEADINGS = ("place", "what", "period", "value", "status", "sentence", "headline", "url", "published")
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Before the first heading: without it Excel takes UTF-8 for the machine's old code page."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawing: its place on the page, its specification, its points."""

    id: str
    spec: str
    rows: list[Row]
    title: str = ""
    title_vi: str = ""
    title_en: str = ""
    note_vi: str = ""
    note_en: str = ""
    key: list[tuple[str, str]] = field(default_factory=list)
    """Name and colour of each line."""
    name: Both | None = None
    """What the points are figures of, where a point does not say so itself."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Drawings that stand together over one strip of evidence."""

    id: str
    panels: list[Panel]
    key: list[tuple[str, str, str]] = field(default_factory=list)
    """Vietnamese, English, colour."""
    last_year: int | None = None


@dataclass(slots=True)
class Drawing:
    """All charts of the page while they are gathered."""

    figures: list[Figure] = field(default_factory=list)
    specs: dict[str, Spec] = field(default_factory=dict)
    articles: list[dict[str, str]] = field(default_factory=list)
    _places: dict[str, int] = field(default_factory=dict)

    def article(self, headline: str, url: str, day: date | None) -> int:
        """Give the place of an article among those that points refer to."""
        if url not in self._places:
            self._places[url] = len(self.articles)
            self.articles.append({"h": headline, "u": url, "d": format_date(day) if day else ""})
        return self._places[url]

    def data(self) -> dict[str, object]:
        """Give what `assets/site.js` reads, as plain JSON values."""
        return {
            "articles": self.articles,
            "specs": self.specs,
            "figures": [
                {
                    "id": figure.id,
                    "panels": [
                        {"id": panel.id, "spec": panel.spec, "name": panel.name, "rows": panel.rows}
                        for panel in figure.panels
                    ],
                }
                for figure in self.figures
            ],
        }

    def tables(self, address: str) -> dict[str, str]:
        """Give each figure's points as CSV, by the address of its file; `address` is the page's."""
        return {addresses.table(address, figure.id): self._table(figure) for figure in self.figures}

    def _table(self, figure: Figure) -> str:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow((_MARK + _HEADINGS[0], *_HEADINGS[1:]))
        for panel in figure.panels:
            for row in panel.rows:
                if "v" in row:
                    writer.writerow([spreadsheet_cell(cell) for cell in self._cells(row, panel)])
        return text.getvalue()

    def _cells(self, row: Row, panel: Panel) -> list[object]:
        article = self.articles[row["r"]] if "r" in row else {"h": "", "u": "", "d": ""}
        name = row.get("n") or panel.name or ("", "")
        return [
            row.get("a", ""),
            name[0],
            row["p"][1] if "p" in row else "",
            row["v"][0],
            row.get("s", ""),
            "".join(row.get("q", ())),
            *(article[key] for key in ("h", "u", "d")),
        ]
