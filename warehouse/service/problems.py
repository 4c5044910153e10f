"""What is said to a client whose request is refused: problem details as RFC 9457 has them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from scraper.errors import UsageError

MEDIA_TYPE = "application/problem+json"


class Refused(UsageError):
    """A request that gets no data: its status, why, and what the client can do."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.headers = dict(headers or {})


def problem(status: int, detail: str, errors: list[dict[str, str]] | None = None) -> bytes:
    """Give the body of a refusal.

    Args:
        status: The HTTP status.
        detail: One sentence for the person behind the client.
        errors: What is wrong with which parameter: `parameter` and `detail`.
    """
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return json.dumps(said | ({"errors": errors} if errors else {}), ensure_ascii=False).encode()


SCHEMA = {
    "type": "object",
    "description": "Why a request was refused (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong and what to do."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["parameter", "detail"],
                "properties": {"parameter": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
"""The body of every refusal, for the description of the API."""
