"""How the replica misbehaves on order: a registry of faults, functions from an answer to a delivery."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock


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
    """The connection closes after so many bytes of the body, whatever Content-Length promised."""


Option = str | int | float
Kind = Callable[[Request, Answer, Mapping[str, Option]], Delivery]

CHALLENGE_COOKIE = "D1N=0f1e2d3c4b5a69788796a5b4c3d2e1f0"


def _unavailable(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    body = b"<html><body><h1>503 Service Unavailable</h1></body></html>"
    return Delivery(
        Answer(
            int(options.get("status", 503)), body, headers={"Retry-After": str(options.get("retry_after", 1))}
        )
    )


def _slow(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    return Delivery(answer, delay=float(options.get("seconds", 2.0)))


def _truncated(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    return Delivery(answer, cut_at=int(len(answer.body) * float(options.get("share", 0.5))))


def _challenge(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    if CHALLENGE_COOKIE in request.headers.get("cookie", ""):
        return Delivery(answer)
    script = (
        f'<html><body><script>document.cookie="{CHALLENGE_COOKIE}"'
        '+"; expires=Fri, 31 Dec 2099 23:59:59 GMT; path=/";'
        "window.location.reload(true);</script></body></html>"
    )
    return Delivery(Answer(200, script.encode()))


def _error_page(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    body = (
        '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Thông báo</title>'
        '<meta name="robots" content="noindex"></head><body><h1>Không tìm thấy trang</h1>'
        "<p>Nội dung bạn yêu cầu không tồn tại hoặc đã bị gỡ bỏ. Vui lòng quay lại trang chủ.</p>"
        "</body></html>"
    )
    return Delivery(Answer(200, body.encode()))


def _redirect(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    return Delivery(
        Answer(int(options.get("status", 302)), headers={"Location": str(options.get("to", "/"))})
    )


def _gone(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    return Delivery(Answer(410, b"<html><body>Gone</body></html>"))


def _charset(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    return Delivery(replace(answer, content_type=f"text/html; charset={options.get('name', 'iso-8859-1')}"))


KINDS: dict[str, Kind] = {
    "unavailable": _unavailable,
    "slow": _slow,
    "truncated": _truncated,
    "challenge": _challenge,
    "error_page": _error_page,
    "redirect": _redirect,
    "gone": _gone,
    "charset": _charset,
}


@dataclass(slots=True)
class Fault:
    """A fault in force: its kind, which requests it meets and how often yet."""

    kind: str
    host: str | None
    path: re.Pattern[str]
    times: int | None
    options: dict[str, Option]
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
        **options: Option,
    ) -> Fault:
        """Put a fault in force.

        Args:
            kind: unavailable (retry_after, status), slow (seconds), truncated (share of the body), challenge,
                error_page, redirect (to, status), gone or charset (name).
            host: only this host; None: all.
            path: regular expression searched in path and query.
            times: so many requests; None: until cleared.
            **options: of the kind.

        Raises:
            KeyError: there is no such kind.
        """
        fault = Fault(kind, host, re.compile(path), times, options)
        KINDS[kind]
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
                if fault.times is not None and fault.met >= fault.times:
                    continue
                if (fault.host is None or fault.host == request.host) and fault.path.search(request.path):
                    fault.met += 1
                    return KINDS[fault.kind](request, answer, fault.options)
        return Delivery(answer)
