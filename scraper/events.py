"""What a run says of itself as lines of JSON on standard error, where a machine reads it and no person.

One line an event: `ts`, `level`, `event`, what is known of the run (`command`, `run_id`, `stage`, `portal`),
`message`, and what else the event is about. docs/operations.md lists them. Secrets are struck out: what the
environment holds under a name that says so, and passwords of addresses, connections and headers.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from threading import Lock
from typing import Any

STRUCK = "***"

_SECRET_NAME = re.compile(
    r"PASS|PWD$|SECRET|TOKEN|CREDENTIAL|(?:^|_)(?:API_?|ACCESS_|PRIVATE_)?KEY$|DSN$", re.IGNORECASE
)
_NO_SECRETS = frozenset({"PWD", "OLDPWD"})
"""The shell's folders, whatever their names sound like: paths of messages begin with them."""
_PASSWORDS = (
    re.compile(r"(?<=://)([^\s/:@]*):[^\s/@]+(?=@)"),
    re.compile(
        r"\b(\w*(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key))(['\"]?\s*[=:]\s*)"
        r"('[^']*'|\"[^\"]*\"|[^\s,;&'\"]+)",
        re.IGNORECASE,
    ),
    re.compile(r"\b(authorization\s*:\s*(?:bearer|basic|token)?\s*)[^\s'\"]+", re.IGNORECASE),
)
_REPLACED = (rf"\1:{STRUCK}", rf"\1\2{STRUCK}", rf"\1{STRUCK}")
_SHORTEST_SECRET = 6
"""Letters: what is shorter would strike out common words."""


class Format(StrEnum):
    """How a run tells what it does."""

    text = "text"
    json = "json"


class Log:
    """Where events go, and what is known of the run that they are about."""

    def __init__(self) -> None:
        self.format = Format.text
        self._known: dict[str, str | None] = {"command": None, "run_id": None, "stage": None, "portal": None}
        self._writing = Lock()

    @property
    def is_json(self) -> bool:
        """Whether a machine reads what is said."""
        return self.format is Format.json

    def know(self, **known: str | None) -> None:
        """Note what the events from now on are about: command, run_id, stage."""
        self._known.update(known)

    def tell(self, event: str, message: str | None = None, level: str = "info", **fields: object) -> None:
        """Write an event, where a machine reads; a field that is None is left out."""
        if not self.is_json:
            return
        moment = datetime.now(UTC).isoformat(timespec="milliseconds")
        said: dict[str, object] = {"ts": moment, "level": level, "event": event, **self._known}
        said |= {"message": message, **fields}
        told = {name: value for name, value in struck_out(said).items() if value is not None}
        line = json.dumps(told, ensure_ascii=False, default=str)
        # A reader that went away must not end what it would have read about.
        with self._writing, suppress(OSError, ValueError):
            sys.stderr.write(line + "\n")
            sys.stderr.flush()


log = Log()
"""This process's."""


def struck_out(said: Mapping[str, Any], environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the fields of an event without the secrets that stand in their texts, at any depth.

    Args:
        said: By name; values are texts, numbers, lists and mappings.
        environment: Whose secrets are known; None: this process's.
    """
    environment = os.environ if environment is None else environment
    secrets = sorted(
        (value for name, value in environment.items() if _is_secret(name, value)), key=len, reverse=True
    )
    return {name: _without(value, secrets) for name, value in said.items()}


def _is_secret(name: str, value: str) -> bool:
    if name in _NO_SECRETS or len(value) < _SHORTEST_SECRET:
        return False
    return _SECRET_NAME.search(name) is not None


def _without(value: Any, secrets: list[str]) -> Any:  # noqa: ANN401 - whatever an event holds
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, STRUCK)
        for pattern, replaced in zip(_PASSWORDS, _REPLACED, strict=True):
            value = pattern.sub(replaced, value)
        return value
    if isinstance(value, Mapping):
        return {name: _without(inner, secrets) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without(inner, secrets) for inner in value]
    return value
