"""Why a request was not made or got no answer, and how that is said."""

from __future__ import annotations

from http.client import responses

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
)


class AddressRefused(IgnoreRequest):
    """The address is not one that may be connected to; asking again would not help."""


class Forbidden(IgnoreRequest):
    """robots.txt forbids the page."""


class Unanswered(DownloadFailedError):
    """No answer came, and there are words for why."""


def said(error: BaseException) -> str:
    """Return what a failure says, in one line for a person."""
    if isinstance(error, DownloadTimeoutError):
        return "it took too long"
    if isinstance(error, DownloadConnectionRefusedError):
        return "connection refused"
    if isinstance(error, CannotResolveHostError):
        return "the name has no public address"
    if isinstance(error, IgnoreRequest | Unanswered):
        return str(error)
    return f"{type(error).__name__}: {error}".partition("\n")[0][:300]


def said_status(status: int) -> str:
    """Return a status with its words."""
    return f"{status} {responses.get(status, '')}".strip()
