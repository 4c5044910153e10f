"""Stable ids: of a capture, a text and a fact, made of what they are and nothing else."""

from __future__ import annotations

import json
from hashlib import blake2b

from scraper.items import Fetch


def hashed(*parts: str | int | None) -> str:
    """Return 16 hex digits hashed from the parts in their order."""
    # JSON keeps parts apart whatever is in them, and escapes lone surrogates.
    return blake2b(json.dumps(parts).encode("ascii"), digest_size=8).hexdigest()


def fetch_id(fetch: Fetch) -> str:
    """Return "f-" and 16 hex digits hashed from where the response lies in the archive."""
    return "f-" + hashed(fetch.portal, fetch.warc_file, fetch.warc_offset)


def revision_id(article_id: str, text_hash: str) -> str:
    """Return "r-" and 16 hex digits hashed from the article and its text."""
    return "r-" + hashed(article_id, text_hash)
