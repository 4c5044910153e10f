"""The site over HTTP: the files of the current publication, each under the policy that it can bear.

A page may run the site's own scripts and nothing else: none inline, none from elsewhere, no text as code.
The SQL page alone may compile WebAssembly. What is no page of the site stands in a sandbox, with an origin
that is nobody's.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.staticfiles import StaticFiles

from scraper.errors import PublicationError
from warehouse.publication.manifest import DATABASE
from warehouse.publication.shelf import Shelf, is_version, published_folder
from warehouse.service.gate import App, Message, Receive, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

_PAGE = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# The engine is unpacked in the page and handed to its worker as a blob, which is under its answer's policy.
_ENGINE = {"script-src": "'self' 'wasm-unsafe-eval'", "worker-src": "'self'", "connect-src": "'self' blob:"}
_APART = {
    "sandbox": "allow-downloads allow-popups",
    "default-src": "'none'",
    "style-src": "'unsafe-inline'",
    "img-src": "data:",
    "frame-ancestors": "'none'",
}
# dbt's documentation is one page of inline scripts; what it holds is our own words, none of a portal's.
_DOCUMENTATION = {
    **_APART,
    "sandbox": "allow-scripts allow-downloads allow-popups",
    "script-src": "'unsafe-inline' 'unsafe-eval'",
    "font-src": "data:",
}
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    # Asked again each time, and mostly answered "not modified": a new publication is seen at once.
    "cache-control": "no-cache",
}
_ENGINES_PAGES = frozenset({"/site/sql.html", "/site/assets/duckdb/duckdb-worker.js"})


def policy_of(path: str) -> str:
    """Give the Content-Security-Policy that a path is answered with."""
    if path in _ENGINES_PAGES:
        rules = _PAGE | _ENGINE
    elif path.startswith("/site/"):
        rules = _PAGE
    else:
        rules = _DOCUMENTATION if path.startswith("/docs/") else _APART
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class SiteApp:
    """ASGI: GET and HEAD of the files of a home's current publication, ranges of bytes too.

    The database can be asked for with `?version=`, so that whoever reads it piece by piece never gets pieces
    of two publications.
    """

    def __init__(self, home: Path, *, is_open: bool) -> None:
        """Raises PublicationError where nothing is published yet.

        Args:
            home: Whose publications.
            is_open: To whatever name leads here; else only to names of the loopback (DNS rebinding).
        """
        published_folder(home)
        self._home = home
        self._is_open = is_open

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer a request, under the headers of its path."""
        if scope["type"] != "http":
            return

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = _HEADERS | {"content-security-policy": policy_of(scope["path"])}
                more = [(name.encode(), value.encode()) for name, value in said.items()]
                message["headers"] = [*message["headers"], *more]
            await send(message)

        try:
            await self._answer(scope)(scope, receive, answered)
        except HTTPException as refused:
            await PlainTextResponse(refused.detail, refused.status_code)(scope, receive, answered)

    def _answer(self, scope: MutableMapping[str, Any]) -> App:
        if not self._is_open and _host(scope) not in LOOPBACK:
            return PlainTextResponse("The site answers to its own address alone.", 403)
        if scope["path"] in {"/", "/index.html"}:
            return RedirectResponse("/site/", 307)
        if ".." in scope["path"].split("/"):
            # What is below another folder than the path begins with would have that one's policy.
            return PlainTextResponse("Not Found", 404)
        try:
            folder = self._folder(scope)
        except PublicationError as error:
            return PlainTextResponse(str(error), 503)
        return _files(folder)

    def _folder(self, scope: MutableMapping[str, Any]) -> Path:
        asked: str = parse_qs(scope["query_string"].decode("latin-1")).get("version", [""])[0]
        if asked and scope["path"] == f"/{DATABASE}":
            folder = Shelf.of(self._home).folder / asked
            if not is_version(asked) or not folder.is_dir():
                raise PublicationError("That publication is not kept any more: load the page anew.")
            return folder
        return published_folder(self._home)


@lru_cache(maxsize=8)
def _files(folder: Path) -> App:
    return StaticFiles(directory=folder, html=True)


def _host(scope: MutableMapping[str, Any]) -> str | None:
    headers: dict[bytes, bytes] = dict(scope["headers"])
    try:
        return urlsplit(f"//{headers.get(b'host', b'').decode('latin-1')}").hostname
    except ValueError:
        return None
