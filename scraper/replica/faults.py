"""How the replica misbehaves on order: which faults are in force, and which requests they meet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from threading import Lock
from typing import Any

from scraper.replica.exchange import Answer, Delivery, Request
from scraper.replica.fault_kinds import KINDS, Option


@dataclass(slots=True)
class Fault:
    """A fault in force: its kind, which requests it meets and how often yet."""

    kind: str
    host: str | None
    path: re.Pattern[str]
    times: int | None
    every: int
    options: dict[str, Option]
    seen: int = 0
    """Requests that it could have met."""
    met: int = 0


class Faults:
    """The faults in force on one server; safe to change while it serves."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = Lock()

    def add(
        self,
        kind: str,
        *,
        host: str | None = None,
        path: str = "",
        times: int | None = None,
        every: int = 1,
        **options: Option,
    ) -> Fault:
        """Put a fault in force.

        Args:
            kind: One of `fault_kinds.KINDS`.
            host: Only this host; None: all.
            path: Regular expression searched in path and query.
            times: So many requests; None: until cleared.
            every: Only every so many-th request that it could meet, from the first on.
            **options: Of the kind.

        Raises KeyError where there is no such kind, and TypeError where it has no such option.
        """
        known = KINDS[kind].options
        for name in options:
            if name not in known:
                raise TypeError(f"{kind} has no option {name}; it has {', '.join(known) or 'none'}")
        fault = Fault(kind, host, re.compile(path), times, every, {**known, **options})
        with self._lock:
            self._faults.append(fault)
        return fault

    def clear(self) -> None:
        """End all faults."""
        with self._lock:
            self._faults.clear()

    def deliver(self, request: Request, answer: Answer) -> Delivery:
        """Return how the answer is delivered: by the first fault that the request meets, else as it is."""
        with self._lock:
            for fault in self._faults:
                if _meets(fault, request, answer):
                    fault.met += 1
                    return KINDS[fault.kind].deliver(request, answer, fault.options)
        return Delivery(answer)


def read_fault(words: str) -> tuple[str, dict[str, Any]]:
    """Read a fault as a command line names it, `NAME` or `NAME:key=value,key=value`, for `Faults.add`.

    Keys are the kind's options and host, path, times and every. Raises ValueError, saying what there is.
    """
    name, _, rest = words.partition(":")
    if name not in KINDS:
        raise ValueError(f"there is no fault {name!r}; there are {', '.join(KINDS)}")
    known = {"host": "", "path": "", "times": 1, "every": 1, **KINDS[name].options}
    given: dict[str, Any] = {}
    for pair in filter(None, rest.split(",")):
        key, mark, value = pair.partition("=")
        if not mark or key not in known:
            raise ValueError(f"{name} has no option {key!r}; it takes {', '.join(known)}")
        try:
            # An option that may be a number or a word (Retry-After) stays a word.
            given[key] = value if key == "retry_after" else type(known[key])(value)
        except ValueError as error:
            raise ValueError(f"{name}: {key} must be a number, not {value!r}") from error
    try:
        re.compile(str(given.get("path", "")))
    except re.error as error:
        raise ValueError(f"{name}: path is no regular expression: {error}") from error
    return name, given


def _meets(fault: Fault, request: Request, answer: Answer) -> bool:
    if fault.times is not None and fault.met >= fault.times:
        return False
    if fault.host not in (None, request.host) or not fault.path.search(request.path):
        return False
    if KINDS[fault.kind].is_of_pages and not (
        answer.status == 200 and answer.content_type.startswith("text/html")
    ):
        return False
    fault.seen += 1
    return (fault.seen - 1) % max(1, fault.every) == 0
