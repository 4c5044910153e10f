"""Stable ids: of a capture, a text and a fact, made of what they are and nothing else."""

from __future__ import annotations

from hashlib import blake2b

from scraper.items import Fetch


def hashed(*parts: object) -> str:
    """Return 16 hex digits hashed from the parts in their order."""
    text = "\x1f".join(["\x00" if part is None else str(part) for part in parts])
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def fetch_id(fetch: Fetch) -> str:
    """Return "f-" and 16 hex digits hashed from where the response lies in the archive."""
    return "f-" + hashed(fetch.portal, fetch.warc_file, fetch.warc_offset)


def revision_id(article_id: str, text_hash: str) -> str:
    """Return "r-" and 16 hex digits hashed from the article and its text."""
    return "r-" + hashed(article_id, text_hash)
