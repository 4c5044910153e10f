"""A TOML file read strictly: a key that is not known is an error, and every value is taken by its type."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from scraper.errors import PortalError

T = TypeVar("T")


def read_toml(path: Path, known: Collection[str]) -> Table:
    """Read one TOML file; raise PortalError naming the file where it is no TOML or has a key not `known`."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PortalError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise PortalError(f"{path.name}: no valid TOML: {' '.join(str(error).split())}") from error
    return Table(path.name, values, known)


class Table:
    """One table of a TOML file.

    Args:
        file: The file's name, for errors.
        values: What it holds.
        known: Its keys; any other is refused at once, before one is missed that was misspelt.
        prefix: Where in the file the table stands, for errors.
    """

    def __init__(
        self, file: str, values: Mapping[str, Any], known: Collection[str], prefix: str = ""
    ) -> None:
        self.file = file
        self._values = values
        self._prefix = prefix
        for key in values:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(sorted(known))}"
                raise self.error(key, f"unknown key; {hint}")

    def error(self, key: str, reason: str) -> PortalError:
        """Return the error that names this file and the key."""
        return PortalError(f"{self.file}: {self._prefix}{key}: {reason}")

    def text(self, key: str) -> str | None:
        """Return a non-empty string."""
        value = self._value(key, str, "a string")
        if value is None:
            return None
        if not value.strip():
            raise self.error(key, "must not be empty")
        return str(value)

    def required(self, key: str) -> str:
        """Return a non-empty string that must be there."""
        value = self.text(key)
        if value is None:
            raise self.error(key, "is missing")
        return value

    def texts(self, key: str) -> tuple[str, ...] | None:
        """Return a list of non-empty strings."""
        value = self._value(key, list, "a list of strings")
        if value is None:
            return None
        for item in value:
            if not isinstance(item, str) or not item.strip():
                raise self.error(key, f"must hold non-empty strings, not {item!r}")
        return tuple(value)

    def flag(self, key: str) -> bool | None:
        """Return true or false."""
        value: bool | None = self._value(key, bool, "true or false")
        return value

    def whole(self, key: str) -> int | None:
        """Return a whole number."""
        value: int | None = self._value(key, int, "a whole number")
        return value

    def number(self, key: str) -> float | None:
        """Return a number."""
        value = self._value(key, (int, float), "a number")
        return None if value is None else float(value)

    def day(self, key: str) -> date | None:
        """Return a date written without quotes, such as 2025-07-01."""
        value = self._value(key, date, "a date like 2025-07-01, without quotes")
        if isinstance(value, datetime):
            raise self.error(key, "must be a date without a time")
        return value  # type: ignore[no-any-return]

    def table(self, key: str, known: Collection[str]) -> Table:
        """Return a sub-table of known keys; an empty one where it is not given."""
        value = self._value(key, dict, "a table")
        return Table(self.file, value or {}, known, f"{self._prefix}{key}.")

    def tables(self, key: str, known: Collection[str]) -> list[Table]:
        """Return an array of tables of known keys, `[[key]]`."""
        value = self._value(key, list, f"tables, [[{key}]]") or []
        for item in value:
            if not isinstance(item, dict):
                raise self.error(key, f"must be tables, [[{key}]]")
        place = f"{self._prefix}{key}"
        return [Table(self.file, item, known, f"{place}[{index}].") for index, item in enumerate(value)]

    def _value(self, key: str, kind: type | tuple[type, ...], what: str) -> Any:  # noqa: ANN401 - TOML is untyped
        if key not in self._values:
            return None
        value = self._values[key]
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


def given_or(value: T | None, default: T) -> T:
    """Return a value that a file gives, or else the default."""
    return default if value is None else value
