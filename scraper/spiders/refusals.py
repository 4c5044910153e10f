"""Why a request was not made or got no answer, and how that is said."""

from __future__ import annotations

from http.client import responses

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
)


class AddressRefused(IgnoreRequest):
    """The address is not one that may be connected to; asking again would not help."""


class Forbidden(IgnoreRequest):
    """robots.txt forbids the page."""


def said(error: BaseException) -> str:
    """Return what a failure says, in one line for a person."""
    if isinstance(error, DownloadTimeoutError):
        return "it took too long"
    if isinstance(error, DownloadConnectionRefusedError):
        return "connection refused"
    if isinstance(error, CannotResolveHostError):
        return "the name has no public address"
    if isinstance(error, DownloadCancelledError):
        return "the answer is too large"
    if "certificate verify failed" in str(error):
        return "the server's TLS certificate cannot be verified; `ca_bundle` takes what its chain lacks"
    if "Mismatch" in str(error) and "VerificationError" in str(error):
        return "the server's TLS certificate is another host's"
    if "HeadersTooLong" in str(error):
        return "its headers have no end"
    if isinstance(error, IgnoreRequest):
        return str(error)
    return f"{type(error).__name__}: {error}".partition("\n")[0][:300]


def said_status(status: int) -> str:
    """Return a status with its words."""
    return f"{status} {responses.get(status, '')}".strip()
