"""A client of the service over real HTTP, of the standard library alone."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from http.client import HTTPConnection, HTTPMessage
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True)
class Got:
    """An answer."""

    status: int
    headers: HTTPMessage
    body: bytes

    def json(self) -> Any:
        """Give its JSON, numbers with a point as decimals."""
        return json.loads(self.body, parse_float=Decimal)

    def csv(self) -> list[dict[str, str]]:
        """Give its CSV, a row each."""
        return list(csv.DictReader(io.StringIO(self.body.decode("utf-8"), newline="")))


class Client:
    """Asks one service."""

    def __init__(self, address: str) -> None:
        self.address = address

    def get(
        self, path: str, /, *, method: str = "GET", headers: Mapping[str, str] | None = None, **said: Any
    ) -> Got:
        """Ask an address, with parameters (`from_` is `from`)."""
        asked = {name.rstrip("_"): value for name, value in said.items()}
        return self.send(method, f"{path}?{urlencode(asked)}" if asked else path, headers=headers)

    def sql(self, sql: str, form: str = "json", **more: Any) -> Got:
        """Ask a statement of one's own."""
        body = json.dumps({"sql": sql, **more}).encode()
        return self.send("POST", f"/v1/sql?format={form}", body, {"Content-Type": "application/json"})

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Got:
        """Send a request as it is."""
        connection = HTTPConnection(self.address.removeprefix("http://"), timeout=60)
        try:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            return Got(answer.status, answer.headers, answer.read())
        finally:
            connection.close()
