"""Which page an address means: one key for all the forms in which portals print it.

http and https, with and without www., /amp and ?amp=1, print pages, tracking parts, escaped letters and
the many orders of Liferay's parameters are the same page.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

from scraper.portal import Portal

MAX_URL = 2_000
"""Characters; longer addresses are calendars and traps, never articles."""

_NO_ADDRESS = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
"""Controls, and half characters (JSON can spell them) that no database or wire takes."""

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_ga|_gl|zarsrc|zsrc|spm|share|nb|replytocom|like_comment"
    r"|amp|amp_js_v|noamp|outputtype|usqp|print|viewmode|inheritredirect|redirect|backurl|returnurl|controlpanelcategory"
    r"|p_p_(?:state(?:_rcv)?|mode|lifecycle|auth|col_id|col_pos|col_count|cacheability)|p_auth|p_l_back_url|doasuserid"
    r"|_\w+_(?:redirect|backurl|viewmode)|p_r_p_\d+_resetcur|_\w+_resetcur",
    re.IGNORECASE,
)
# "viewMode" and "print" are dropped only with the values that ask for another form of the same page.
_FORM_VALUES = {
    "print": {"", "1", "true", "yes", "print"},
    "viewmode": {"print", "view"},
    "outputtype": {"amp"},
    "share": {"facebook", "twitter", "email", "print", "linkedin", "telegram", "pinterest", "reddit"},
    "p_p_lifecycle": {"0"},
}
_FORM_SEGMENTS = {"amp", "print", "savefile"}
_SAFE = "/:@!$'()*,;-._~"
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|bmp|tiff?|css|js|json|xml|rss|mp[34]|m4[av]|avi|mov|wmv|flv|webm|wav|zip|rar|7z"
    r"|pdf|docx?|xlsx?|pptx?|odt|ods|txt|csv|exe|apk|woff2?|ttf)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def normalise_url(url: str) -> str:
    """Return the canonical form of an address: https, lower host without www., no fragment, tracking or /amp.

    Escapes are decoded, put into NFC and written again; parameters are sorted. What is no http(s) address
    comes back stripped of white space and otherwise as it was.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return url
    if parts.scheme.lower() not in ("http", "https") or not host:
        return url
    netloc = _host(host) + (f":{port}" if port not in (None, 80, 443) else "")
    query = _query(parts.query)
    return f"https://{netloc}{_path(parts.path)}{'?' if query else ''}{query}"


def url_key(url: str, portal: Portal) -> str:
    """Return the key of a page in the portal's frontier: equal for all forms of one page."""
    normal = normalise_url(url)
    found = _article(normal, portal)
    if found is None:
        return _without_scheme(normal)
    return f"id:{found.number}" if found.number else f"article:{found.local}"


def is_article(url: str, portal: Portal) -> bool:
    """Tell whether the address is one of the portal's articles, in any of its forms."""
    return is_allowed(url, portal) and _article(normalise_url(url), portal) is not None


def native_id(url: str, portal: Portal) -> str | None:
    """Return the id that the portal's address gives its article, where the pattern has a group `id`."""
    found = _article(normalise_url(url), portal)
    return None if found is None else found.number


def article_id(url: str, portal: Portal) -> str:
    """Return "a-" and 16 hex digits, the same for all forms of an article's address.

    They are hashed from the portal's slug and the native id, else from the canonical path and query.
    """
    normal = normalise_url(url)
    found = _article(normal, portal)
    own = _local_path(normal) if found is None else found.number or found.local
    return "a-" + blake2b(f"{portal.slug}\n{own}".encode(), digest_size=8).hexdigest()


def is_allowed(url: str, portal: Portal) -> bool:
    """Tell whether the address may be fetched for this portal: http(s), one of its hosts, not overlong.

    On the hosts of its files these are documents alone.
    """
    if len(url) > MAX_URL or _NO_ADDRESS.search(url.strip()):
        return False
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    if parts.scheme.lower() not in ("http", "https") or not host or parts.username is not None:
        return False
    if port not in (None, 80, 443, urlsplit(portal.base_url).port):
        return False
    return _host(host) in portal.hosts or _is_of_file_host(_host(host), parts.path, portal)


def _is_of_file_host(host: str, path: str, portal: Portal) -> bool:
    """Of a host that holds files alone, documents may be fetched, and the rules for who asks for them."""
    files = portal.attachments
    return files is not None and host in files.hosts and (portal.is_document(path) or path == "/robots.txt")


class _Found(NamedTuple):
    """An article's address as the portal's patterns read it."""

    number: str | None
    local: str
    """Path, with the query only where a pattern asks for it: other parameters are no part of an article."""


def _article(normal: str, portal: Portal) -> _Found | None:
    local = _local_path(normal)
    path = local.partition("?")[0]
    if _FILE.search(path):
        return None
    for candidate in dict.fromkeys((local, path)):
        plain = unquote(candidate)
        for pattern in portal.article:
            match = pattern.fullmatch(plain)
            if match:
                return _Found(match.groupdict().get("id"), candidate)
    return None


def _host(host: str) -> str:
    return host.lower().rstrip(".").removeprefix("www.")


def _without_scheme(normal: str) -> str:
    address = normal.removeprefix("https://")
    path, mark, query = address.partition("?")
    return path.rstrip("/") + mark + query


def _local_path(normal: str) -> str:
    """Return path and query without a closing slash: what patterns match and ids are hashed from."""
    _, slash, local = normal.removeprefix("https://").partition("/")
    path, mark, query = (slash + local).partition("?")
    return (path.rstrip("/") or "/") + mark + query


def _path(path: str) -> str:
    segments = [part for part in path.split("/") if part not in ("", ".")]
    kept: list[str] = []
    for segment in segments:
        if segment == "..":
            kept = kept[:-1]
        elif segment.lower() not in _FORM_SEGMENTS or len(segments) == 1:
            kept.append(_escape(segment))
    if not kept:
        return "/"
    # "<slug>.html/amp/" is the form of "<slug>.html": a file name has no closing slash of its own.
    closing = "/" if path.endswith("/") and "." not in kept[-1] else ""
    return "/" + "/".join(kept) + closing


def _escape(text: str) -> str:
    raw = unquote_to_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        plain = unicodedata.normalize("NFC", raw.decode("utf-8"))
    except UnicodeDecodeError:
        return quote(raw, safe=_SAFE.replace("/", ""))
    return quote(plain, safe=_SAFE.replace("/", ""))


def _query(query: str) -> str:
    kept: list[tuple[str, str]] = []
    for pair in query.replace("&amp;", "&").split("&"):
        name, mark, value = pair.partition("=")
        name, value = _escape(name.replace("+", " ")), _escape(value.replace("+", " "))
        if name and not _is_form(name, value):
            kept.append((name, mark + value))
    return "&".join(name + value for name, value in sorted(set(kept)))


def _is_form(name: str, value: str) -> bool:
    if not _TRACKING.fullmatch(name):
        return False
    values = _FORM_VALUES.get(name.lower())
    return values is None or value.lower() in values
