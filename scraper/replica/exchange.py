"""What is asked of the replica, what it answers, and how an answer goes over the wire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked."""

    method: str
    host: str
    """Lower case, without port and www."""
    path: str
    """Path and query as sent."""
    headers: Mapping[str, str]
    """By lower-case name."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a portal answers."""

    status: int
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delivery:
    """An answer and how it goes over the wire."""

    answer: Answer
    delay: float = 0.0
    """Seconds before the first byte."""
    cut_at: int | None = None
    """The connection closes after so many bytes of the body, whatever was promised."""
    is_reset: bool = False
    """It does not close in order but is reset (RST); `cut_at` None: before any byte of the answer."""
    is_chunked: bool = False
    """The body goes out in chunks, without a Content-Length; cut off, the last chunk is missing."""
    piece: int | None = None
    """Bytes that are sent at a time."""
    pause: float = 0.0
    """Seconds between the pieces."""
    stall: float = 0.0
    """Seconds that the connection stays open and silent where it is cut off."""
