"""A file of decisions: CSV in UTF-8 that a person may also write by hand, read strictly."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scraper.errors import ConfigError, HomeError
from scraper.vietnamese.text import squeeze
from warehouse.spreadsheet import spreadsheet_cell


@dataclass(frozen=True, slots=True)
class Line:
    """One line of such a file, its cells in NFC with white space evened out."""

    file: Path
    number: int
    cells: Mapping[str, str]

    @property
    def place(self) -> str:
        """The file and line, for a person to find it."""
        return f"{self.file}, line {self.number}"

    def wrong(self, what: str) -> ConfigError:
        """Return the error that says what is wrong here and that nothing was changed by it."""
        return ConfigError(f"{self.place}: {what}. What is published stays as it is.")

    def required(self, column: str) -> str:
        """Return a cell; raise ConfigError where it is empty."""
        if not self.cells[column]:
            raise self.wrong(f"{column} is empty: write it in")
        return self.cells[column]

    def day(self, column: str) -> date:
        """Return a cell as a day; raise ConfigError where it is none."""
        try:
            return date.fromisoformat(self.required(column))
        except ValueError:
            raise self.wrong(
                f"{column} {self.cells[column]!r} is no day: write it as in 2026-11-23"
            ) from None


def read_lines(file: Path, columns: Sequence[str]) -> Iterator[Line]:
    """Yield the lines of a file that has exactly these columns; none where there is no file.

    Raises ConfigError naming the line where the file is no such CSV in UTF-8.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ConfigError(f"{file}: cannot be read as UTF-8: {reason}: mend or move it") from error
    rows = csv.reader(io.StringIO(text), strict=True)
    heading: list[str] = []
    try:
        for row in rows:
            if not any(map(str.strip, row)):
                continue
            if not heading:
                heading = [squeeze(cell) for cell in row]
                if sorted(heading) != sorted(columns):
                    raise ConfigError(
                        f"{file}, line {rows.line_num}: its columns must be {','.join(columns)}"
                    )
                continue
            if len(row) != len(heading):
                raise ConfigError(
                    f"{file}, line {rows.line_num}: has {len(row)} cells, the heading {len(heading)}:"
                    " put cells with a comma into quotation marks"
                )
            cells = (squeeze(_plain(cell)) for cell in row)
            yield Line(file, rows.line_num, dict(zip(heading, cells, strict=True)))
    except csv.Error as error:
        raise ConfigError(f"{file}, line {rows.line_num}: is no CSV: {error}: mend the line") from error


def append_line(file: Path, columns: Sequence[str], cells: Mapping[str, str]) -> None:
    """Add a line to a file of decisions, made with its heading where there is none; whole or not at all.

    Raises HomeError where it cannot be written.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    part = file.with_name(f"{file.name}.part")
    try:
        before = file.read_text(encoding="utf-8-sig") if file.exists() else ""
        if not before.strip():
            before = ""
            writer.writerow(columns)
        elif not before.endswith("\n"):
            written.write("\n")
        writer.writerow([spreadsheet_cell(cells.get(column, "")) for column in columns])
        file.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8", newline="") as whole:
            whole.write(before + written.getvalue())
            whole.flush()
            os.fsync(whole.fileno())
        part.replace(file)
    except OSError as error:
        raise HomeError(f"{file}: cannot be written: {error.strerror}: free the home") from error
    finally:
        part.unlink(missing_ok=True)


def _plain(cell: str) -> str:
    """Take away the apostrophe by which a spreadsheet is kept from running the cell."""
    return cell[1:] if cell.startswith("'") and spreadsheet_cell(cell[1:]) == cell else cell
