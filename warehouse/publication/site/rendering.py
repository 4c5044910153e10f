"""Templates to pages: the door to Jinja2. Everything that comes from a portal is escaped."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from scraper.vietnamese.format import format_number
from warehouse.publication.site import addresses
from warehouse.publication.site.english import english_number
from warehouse.publication.site.navigation import NAVIGATION
from warehouse.publication.site.page import Page
from warehouse.publication.site.settings import LOOPBACK
from warehouse.publication.site.wording import FLAGS, Both

TEMPLATES = Path(__file__).parent / "templates"


Notices = list[tuple[str, list[str]]]
"""What must be said of the data, each with the names of the portals that it holds for."""


def rendered(page: Page, notices: Notices, replay: str | None = None) -> str:
    """Write a page's HTML from its template.

    Args:
        page: What it says.
        notices: Said on every page.
        replay: The address at which readers reach archived copies; None where there is none.

    A template sees the page's context and, of every page, `address`, `root` (the way to the site's root,
    "" or "../"), `charts` (the script with its charts' data, or nothing), `drawing`, `notices`,
    `navigation` and `addresses`.
    """
    return (
        _environment(replay)
        .get_template(page.template)
        .render(
            **page.context,
            address=page.address,
            root=addresses.root(page.address),
            charts=addresses.data(page.address) if page.drawing else None,
            drawing=page.drawing,
            notices=notices,
        )
    )


def is_web_address(address: object) -> bool:
    """Say whether a text is an http(s) address with a host: the only kind that becomes a link."""
    if not isinstance(address, str):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def what_a_row_is(text: str | None) -> str:
    """Give the opening of a table's description, by rule what one row is, without its details."""
    plain = re.sub(r" \([^)]*\)|`", "", (text or "").strip())
    return re.split(r"[.:;](?:\s|$)", plain, maxsplit=1)[0]


def in_both_languages(vi: object, en: object) -> Markup:
    """Write a pair of words, of which the style sheet shows the chosen language; the `both` of the templates.

    Thirty and more stand on every page: a macro would take a third of the time of the whole site.
    """
    if vi == en:
        return escape(vi)
    return Markup(  # noqa: S704 - both are escaped
        f'<span class="vi" lang="vi">{escape(vi)}</span><span class="en" lang="en">{escape(en)}</span>'
    )


def pair_in_both_languages(pair: Both | None) -> Markup:
    """Write a pair as it is given, nothing where there is none; the filter `both` of the templates."""
    return in_both_languages(*pair) if pair else Markup()


def counted_in_both_languages(count: Decimal | int | float) -> Markup:
    """Write a number as readers of each language expect it; the filter `number` of the templates."""
    return in_both_languages(format_number(count), english_number(count))


@cache
def _environment(replay: str | None) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        navigation=NAVIGATION,
        addresses=addresses,
        flags=FLAGS,
        in_both_languages=in_both_languages,
        # Global, since macros see no context of the page.
        replay=replay,
        loopback=LOOPBACK,
    )
    environment.filters.update(
        both=pair_in_both_languages,
        number=counted_in_both_languages,
        number_vi=format_number,
        number_en=english_number,
        what_a_row_is=what_a_row_is,
    )
    environment.tests["web_address"] = is_web_address
    # `tojson` escapes <, >, & and '; Vietnamese letters stay letters, so that the page stays light.
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return environment
