"""What one client, one request and one statement may cost the service."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

MAX_ROWS = 1_000
"""Rows of one answer; more come page by page."""
MAX_ADDRESS = 4_000
"""Bytes of a path and its parameters."""
MAX_BODY = 64 * 1024
"""Bytes of a request's body."""
MAX_ANSWER = 16 * 1024 * 1024
"""Bytes of the answer to a statement of a client's own."""
MAX_CONNECTIONS = 200
"""Open at a time; a client that comes later gets 503."""
BODY_SECONDS = 10.0
"""For a body to arrive in."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What whoever starts the service may set."""

    rate: int = 600
    """Requests a minute from one client address; a sixth of them may come at once."""
    seconds: float = 10.0
    """For one statement."""
    memory: int = 256
    """Megabytes for one statement of a client's own."""
    statements: int = 8
    """That are answered at the same time; those of a client's own, two at a time, are counted apart."""
    own_statements: int = 2
    """Of clients' own, at the same time."""


class Buckets:
    """A token bucket a client: `rate` tokens a minute drip into it, a sixth of that is all that it holds."""

    _MOST_CLIENTS = 10_000

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = rate / 60
        self._most = max(rate / 6, 1.0)
        self._clock = clock
        self._lock = Lock()
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """Take a token; return 0, or the seconds until there is one where there is none."""
        now = self._clock()
        with self._lock:
            tokens, since = self._held.pop(client, (self._most, now))
            tokens = min(self._most, tokens + (now - since) * self._per_second)
            is_let_in = tokens >= 1
            self._held[client] = (tokens - 1 if is_let_in else tokens, now)
            # Who was not heard of for longest has a full bucket again, or is one of very many.
            if len(self._held) > self._MOST_CLIENTS:
                self._held.popitem(last=False)
        return 0.0 if is_let_in else (1 - tokens) / self._per_second
