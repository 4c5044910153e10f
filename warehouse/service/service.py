"""Answering: whose turn it is, what is asked of the publication, and the answer's form and headers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import format_datetime
from threading import BoundedSemaphore
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import Response

from scraper.version import VERSION
from warehouse.service import listings
from warehouse.service.asked import Form, PageAsked, StatementAsked
from warehouse.service.current import Following, Published
from warehouse.service.description import ONE
from warehouse.service.limits import Limits
from warehouse.service.listings import Listing, Part, page, tables, whole
from warehouse.service.problems import Refused
from warehouse.service.rendering import CSV, JSON, csv_text, json_text
from warehouse.service.statement import Own, run_apart

_PATIENCE = 2.0
"""Seconds that a request waits for its turn before it is told to come back."""


class Service:
    """A serving publication and what it may cost."""

    def __init__(self, following: Following, limits: Limits, takes_sql: bool) -> None:
        self.following = following
        self.limits = limits
        self.takes_sql = takes_sql
        self._turns = BoundedSemaphore(limits.statements)
        self._own_turns = BoundedSemaphore(limits.own_statements)

    @contextmanager
    def turn(self, *, is_own: bool = False) -> Iterator[Published]:
        """Give the current publication to one of few requests at a time.

        Raises:
            Refused: Too many are being answered already.
        """
        turns = self._own_turns if is_own else self._turns
        if not turns.acquire(timeout=_PATIENCE):
            raise Refused(503, "too many requests at the same time: come back later", {"Retry-After": "2"})
        try:
            with self.following.lent() as published:
                yield published
        finally:
            turns.release()

    def listed(self, request: Request, asked: PageAsked, listing: Listing | None = None) -> Response:
        """Answer with one page of a listing; None for the series of a past day."""
        form = _form(request, asked.format)
        given = asked.model_dump(by_alias=True)
        with self.turn() as published:
            if asked.publication not in (None, published.version):
                raise Refused(
                    409, f"publication {published.version} is current by now: start again at the first page"
                )
            what = listing or listings.series_as_of(published)
            found = page(published, what, given, asked.limit, asked.offset, self.limits.seconds)
            following = _next(request, asked, published.version, found.total)
            headers = {"Link": f'<{following}>; rel="next"'} if following else {}
            if form is Form.csv:
                text = csv_text(found.rows.columns, found.rows.rows)
                return answered(request, published, text, CSV, headers)
            said = {"total": found.total, "next": following, "data": found.rows.records()}
            return answered(request, published, json_text(_head(published) | said), JSON, headers)

    def looked_up(self, request: Request, what: Mapping[str, Part], identity: str) -> Response:
        """Answer with one thing and all that belongs to it."""
        with self.turn() as published:
            found = whole(published, what, identity, self.limits.seconds)
            said: dict[str, object] = {"cut": found.cut}
            said |= {name: rows[0] if name in ONE else rows for name, rows in found.parts.items()}
            return answered(request, published, json_text(_head(published) | said), JSON)

    def overview(self, request: Request) -> Response:
        """Answer with what is published, how new it is, and where it comes from."""
        with self.turn() as published:
            seconds = self.limits.seconds
            newest = published.ask("select max(reported_at) from marts.articles", {}, seconds).rows[0][0]
            portals = published.ask("from marts.portals order by portal", {}, seconds).records()
            said = {
                "published_at": published.published_at,
                "newest_article_at": newest,
                "portals": portals,
                "tables": tables(published, seconds),
            }
            return answered(request, published, json_text(_head(published) | said), JSON)

    def own_statement(self, request: Request, asked: StatementAsked, form: Form | None) -> Response:
        """Answer a client's own SQL.

        Raises:
            Refused: SQL is switched off, or the statement is refused.
        """
        if not self.takes_sql:
            raise Refused(403, "SQL is switched off here: whoever runs the service starts it with --sql")
        chosen = _form(request, form)
        with self.turn(is_own=True) as published:
            limits = self.limits
            own = Own(
                file=str(published.file),
                version=published.version,
                sql=asked.sql,
                limit=asked.limit,
                form=chosen,
                seconds=limits.seconds,
                memory=limits.memory,
            )
            body = run_apart(own)
        return Response(
            body, media_type=CSV if chosen is Form.csv else JSON, headers={"Cache-Control": "no-store"}
        )


def _head(published: Published) -> dict[str, object]:
    return {"publication": published.version, "notices": published.notices}


def _form(request: Request, asked: Form | None) -> Form:
    """Return the form that is asked for, by the parameter or by the Accept header."""
    if asked is not None:
        return asked
    accepted = [part.partition(";")[0].strip() for part in request.headers.get("accept", "").split(",")]
    return Form.csv if "text/csv" in accepted and JSON not in accepted else Form.json


def _next(request: Request, asked: PageAsked, version: str, total: int) -> str | None:
    """Return the address of the next page, on the publication that this one comes from."""
    after = asked.offset + asked.limit
    if after >= total:
        return None
    given = dict(request.query_params)
    given |= {"limit": str(asked.limit), "offset": str(after), "publication": version}
    return f"{request.url.path}?{urlencode(given)}"


def answered(
    request: Request,
    published: Published,
    body: str,
    media_type: str,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer with data of a publication, or that the client has it already."""
    mark = f'W/"{published.version}-{VERSION}"'
    kept = {
        "ETag": mark,
        "Last-Modified": format_datetime(published.published_at, usegmt=True),
        "Cache-Control": "public, no-cache",
        "Vary": "Accept",
        **(headers or {}),
    }
    known = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    if mark in known or mark.removeprefix("W/") in known or "*" in known:
        return Response(status_code=304, headers=kept)
    return Response(body, media_type=media_type, headers=kept)
