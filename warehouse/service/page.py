"""The page that tells a person what the API takes: one file of ours, nothing loaded from anywhere."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from html import escape
from typing import Any

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}"
    "h2{margin-top:2rem;font-size:1.1rem}code{font-family:ui-monospace,monospace}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;"
    "padding:.2rem .8rem .2rem 0;border-bottom:1px solid #d8dee4}"
)
_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; frame-ancestors 'none'; base-uri 'none'"
"""The page's Content-Security-Policy."""


def front_page(description: Mapping[str, Any], version: str, notices: Sequence[str]) -> str:
    """Draw the page of an OpenAPI description.

    Args:
        description: As /openapi.json gives it.
        version: Of the publication.
        notices: What must be said wherever its data is shown.
    """
    said = "".join(f"<p><strong>{escape(notice)}</strong></p>" for notice in notices)
    routes = "".join(
        _route(method.upper(), path, operation)
        for path, operations in description["paths"].items()
        for method, operation in operations.items()
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>CityLedger API</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>'
        f"<h1>CityLedger API</h1>{said}<p>Publication {escape(version)}. The description for machines is "
        f'<a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).</p>{routes}</body></html>'
    )


def _route(method: str, path: str, operation: Mapping[str, Any]) -> str:
    rows = "".join(map(_parameter, operation.get("parameters", ())))
    shown = escape(path)
    is_open = (
        method == "GET"
        and "{" not in path
        and not any(one["required"] for one in operation.get("parameters", ()))
    )
    address = f'<a href="{shown}">{shown}</a>' if is_open else shown
    table = f"<table><tr><th>parameter</th><th>what</th></tr>{rows}</table>" if rows else ""
    return f"<h2><code>{method} {address}</code></h2><p>{escape(operation['summary'])}</p>{table}"


def _parameter(said: Mapping[str, Any]) -> str:
    name = f"<code>{escape(said['name'])}</code>" + (" (needed)" if said["required"] else "")
    return f"<tr><td>{name}</td><td>{escape(said.get('description', ''))}</td></tr>"
