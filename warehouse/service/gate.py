"""What every request passes before it is answered, and what every answer carries."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from scraper.console import warn
from warehouse.service.limits import BODY_SECONDS, MAX_ADDRESS, MAX_BODY, Buckets, Limits
from warehouse.service.problems import MEDIA_TYPE, problem

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"x-frame-options", b"DENY"),
]
_POLICY = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'")


class Gate:
    """ASGI middleware: the client's rate, the size of what it sends, the headers of what it gets."""

    def __init__(self, app: App, limits: Limits) -> None:
        self._app = app
        self._buckets = Buckets(limits.rate)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Let a request in, or say why not; no error of ours reaches a client as a traceback."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def answered(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                has_policy = any(name == _POLICY[0] for name, _ in message["headers"])
                message["headers"] = [*message["headers"], *_HEADERS, *([] if has_policy else [_POLICY])]
            await send(message)

        wait = self._buckets.wait((scope.get("client") or ("", 0))[0])
        if wait:
            after = {b"retry-after": str(math.ceil(wait)).encode()}
            await _refuse(answered, 429, "too many requests from this address: wait, then go on", after)
            return
        if len(scope.get("raw_path", b"")) + len(scope["query_string"]) > MAX_ADDRESS:
            await _refuse(answered, 414, f"an address may have {MAX_ADDRESS:,} bytes")
            return
        body = b""
        if scope["method"] in {"POST", "PUT", "PATCH"}:
            try:
                async with asyncio.timeout(BODY_SECONDS):
                    read = await _body(receive)
            except TimeoutError:
                await _refuse(answered, 408, "the body did not arrive in time", {b"connection": b"close"})
                return
            if read is None:
                detail = f"a body may have {MAX_BODY:,} bytes"
                await _refuse(answered, 413, detail, {b"connection": b"close"})
                return
            body = read
        # A HEAD is answered as the GET; the server leaves out the body.
        asked = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
        try:
            await self._app(asked, _replayed(body, receive), answered)
        except Exception as error:
            warn(f"a mistake in CityLedger itself: {type(error).__name__}: {error} at {scope['path']}")
            if not begun:
                await _refuse(answered, 500, "a mistake of the service's own; it was told to who runs it")


async def _body(receive: Receive) -> bytes | None:
    """Read a body; None where it is too long."""
    body: bytes = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > MAX_BODY:
            return None
        if not message.get("more_body"):
            return body


def _replayed(body: bytes, receive: Receive) -> Receive:
    is_given = False

    async def give() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return give


async def _refuse(send: Send, status: int, detail: str, headers: dict[bytes, bytes] | None = None) -> None:
    body = problem(status, detail)
    of_body = {b"content-type": MEDIA_TYPE.encode(), b"content-length": str(len(body)).encode()}
    start = {"type": "http.response.start", "status": status}
    await send({**start, "headers": list((of_body | (headers or {})).items())})
    await send({"type": "http.response.body", "body": body})
