"""What replay prints around an archived copy: our own pages, every word of the archive escaped."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from html import escape
from urllib.parse import quote

from scraper.archive.cdx import Capture
from scraper.items import VIETNAM

_STYLE = (
    "html,body{margin:0;height:100%;font:15px/1.45 system-ui,sans-serif;color:#1b1b1b;background:#fff}"
    "body{display:flex;flex-direction:column}"
    "header{padding:.6rem 1rem;background:#fff4d6;border-bottom:2px solid #c79a2b}"
    "main{padding:1rem}iframe{flex:1;border:0;width:100%}"
    "a{color:#0b4f8a}li{margin:.2rem 0}p{margin:.2rem 0;overflow-wrap:anywhere}"
)
STYLE_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
"""By which the policy of our pages knows their one style."""


def path_of(portal: str, timestamp: str, url: str, bare: bool = False) -> str:
    """Return where replay shows a capture; `bare`: without our banner."""
    return f"/{portal}/{timestamp}{'mp_' if bare else ''}/{quote(url, safe=_PLAIN)}"


_PLAIN = "/:?&=%+,;@!$'()*~#[]"


def said_time(timestamp: str) -> str:
    """Return fourteen digits in UTC as a time in Vietnam for a person."""
    moment = datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S} (UTC+7)"


def copy_page(portal: str, capture: Capture, shown: bool, note: str = "") -> str:
    """Return the page that says what a copy is and whence, with the copy in a frame where it can be shown."""
    url = capture.url
    live = _link(url, "the page as it is today")
    others = f'<a href="{escape(path_of(portal, "*", url))}">other captures</a>'
    bare = escape(path_of(portal, capture.timestamp, url, bare=True))
    words = (
        f"<p><strong>Archived copy</strong> of {escape(url)}</p>"
        f"<p>captured {escape(said_time(capture.timestamp))} by CityLedger from the portal {escape(portal)}, "
        f"status {capture.status} · {live} · {others}</p>"
    )
    if capture.is_revisit:
        words += "<p>That day the page was unchanged: what is shown came with an earlier capture.</p>"
    words += f"<p>{note}</p>" if note else ""
    if shown:
        body = f'<iframe sandbox referrerpolicy="no-referrer" title="Archived copy" src="{bare}"></iframe>'
    else:
        body = (
            f'<main><p><a href="{bare}" download>Download the bytes</a> ({escape(capture.mime)})</p></main>'
        )
    return _page(f"Archived copy of {url}", f"<header>{words}</header>{body}")


def list_page(portal: str, url: str, captures: Sequence[Capture]) -> str:
    """Return the list of an address's captures, newest first."""
    items = "".join(
        f'<li><a href="{escape(path_of(portal, one.timestamp, one.url))}">'
        f"{escape(said_time(one.timestamp))}</a>"
        f" status {one.status}{', unchanged' if one.is_revisit else ''}</li>"
        for one in reversed(captures)
    )
    return _page(f"Captures of {url}", f"<main><p>Captures of {_link(url, url)}</p><ul>{items}</ul></main>")


def front_page(portals: Sequence[str]) -> str:
    """Return the page that says what is served here."""
    items = "".join(f"<li>{escape(portal)}</li>" for portal in portals)
    return _page(
        "Archived copies",
        "<main><p><strong>Archived copies</strong>: "
        "/&lt;portal&gt;/&lt;YYYYMMDDhhmmss&gt;/&lt;address&gt; shows the capture of that time or the one "
        "before it, /&lt;portal&gt;/*/&lt;address&gt; lists all.</p>"
        f"<p>This home holds:</p><ul>{items}</ul></main>",
    )


def trouble_page(said: str) -> str:
    """Return a page with one sentence on it."""
    return _page("Not archived", f"<main><p>{escape(said)}</p></main>")


def _link(url: str, words: str) -> str:
    if not url.lower().startswith(("http://", "https://")):
        return escape(words)
    return f'<a href="{escape(url)}" rel="noreferrer noopener" target="_blank">{escape(words)}</a>'


def _page(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>{body}</body></html>"
    )
