"""A TOML file read strictly: every value is taken by key and type, and what is left over is an error."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from scraper.errors import PortalError


def read_toml(path: Path) -> Table:
    """Read one TOML file; raise PortalError naming the file where it is no readable TOML."""
    try:
        return Table(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise PortalError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise PortalError(f"{path.name}: no valid TOML: {' '.join(str(error).split())}") from error


class Table:
    """One table of a TOML file: each getter takes its key away, `finish` refuses the keys that are left."""

    def __init__(self, file: str, values: Mapping[str, Any], prefix: str = "") -> None:
        self.file = file
        self._values = dict(values)
        self._prefix = prefix
        self._known: list[str] = []

    def error(self, key: str, reason: str) -> PortalError:
        """Return the error that names this file and the key."""
        return PortalError(f"{self.file}: {self._prefix}{key}: {reason}")

    def has(self, key: str) -> bool:
        """Tell whether the key is given and was not taken yet."""
        return key in self._values

    def text(self, key: str) -> str | None:
        """Take a non-empty string."""
        value = self._take(key, str, "a string")
        if value is None:
            return None
        if not value.strip():
            raise self.error(key, "must not be empty")
        return str(value)

    def required(self, key: str) -> str:
        """Take a non-empty string that must be there."""
        value = self.text(key)
        if value is None:
            raise self.error(key, "is missing")
        return value

    def texts(self, key: str) -> tuple[str, ...] | None:
        """Take a list of non-empty strings."""
        value = self._take(key, list, "a list of strings")
        if value is None:
            return None
        for item in value:
            if not isinstance(item, str) or not item.strip():
                raise self.error(key, f"must hold non-empty strings, not {item!r}")
        return tuple(value)

    def flag(self, key: str) -> bool | None:
        """Take true or false."""
        value: bool | None = self._take(key, bool, "true or false")
        return value

    def whole(self, key: str) -> int | None:
        """Take a whole number."""
        value: int | None = self._take(key, int, "a whole number")
        return value

    def number(self, key: str) -> float | None:
        """Take a number."""
        value = self._take(key, (int, float), "a number")
        return None if value is None else float(value)

    def day(self, key: str) -> date | None:
        """Take a date written without quotes, such as 2025-07-01."""
        value = self._take(key, date, "a date like 2025-07-01, without quotes")
        if isinstance(value, datetime):
            raise self.error(key, "must be a date without a time")
        return value  # type: ignore[no-any-return]

    def table(self, key: str) -> Table:
        """Take a sub-table; an empty one where it is not given."""
        value = self._take(key, dict, "a table")
        return Table(self.file, value or {}, f"{self._prefix}{key}.")

    def tables(self, key: str) -> list[Table]:
        """Take an array of tables, `[[key]]`."""
        value = self._take(key, list, f"tables, [[{key}]]") or []
        for item in value:
            if not isinstance(item, dict):
                raise self.error(key, f"must be tables, [[{key}]]")
        return [Table(self.file, item, f"{self._prefix}{key}[{index}].") for index, item in enumerate(value)]

    def finish(self) -> None:
        """Raise PortalError for the first key that is not known here."""
        for key in self._values:
            raise self.error(key, f"unknown key; known are {', '.join(sorted(set(self._known)))}")

    def _take(self, key: str, kind: type | tuple[type, ...], what: str) -> Any:  # noqa: ANN401 - TOML is untyped
        self._known.append(key)
        if key not in self._values:
            return None
        value = self._values.pop(key)
        # bool is an int to Python, and is none in a portal's file.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.error(key, f"must be {what}, not {value!r}")
        return value


_DIRECTIVE = re.compile(r"%(.)")
_DATE_PARTS = {
    "d": r"(?P<d>\d{1,2})",
    "m": r"(?P<m>\d{1,2})",
    "Y": r"(?P<Y>\d{4})",
    "H": r"(?P<H>\d{1,2})",
    "M": r"(?P<M>\d{2})",
    "S": r"(?P<S>\d{2})",
    "p": r"(?P<p>[AaPp][Mm]|SA|CH)",
}


def date_pattern(date_format: str) -> re.Pattern[str]:
    """Turn a strptime format into a pattern with a group per directive, to be searched in a printed line.

    Known are %d %m %Y %H %M %S %p; day, month and year must be there. Raises ValueError otherwise.
    """
    seen: list[str] = []
    parts: list[str] = []
    position = 0
    for match in _DIRECTIVE.finditer(date_format):
        letter = match.group(1)
        if letter not in _DATE_PARTS:
            raise ValueError(
                f"%{letter} is not known; known are {' '.join('%' + key for key in _DATE_PARTS)}"
            )
        if letter in seen:
            raise ValueError(f"%{letter} stands twice")
        seen.append(letter)
        parts += [_literal(date_format[position : match.start()]), _DATE_PARTS[letter]]
        position = match.end()
    missing = [key for key in "dmY" if key not in seen]
    if missing:
        raise ValueError(f"%{missing[0]} is missing")
    return re.compile(rf"(?<!\d){''.join(parts)}{_literal(date_format[position:])}(?!\d)")


def _literal(text: str) -> str:
    return r"\s*".join(re.escape(word) for word in re.split(r"\s+", text))
