"""What stands around every article: menus, banners, widgets, share bars, lists of other news, footers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from scraper.replica.content import Content, Entry
from scraper.replica.figures import WEEKDAYS
from scraper.replica.prose import chance, phrases
from scraper.replica.records import Caption, Story, Table, Text
from scraper.replica.sites import NOTICE, Site

_TEMPLATES = Path(__file__).parent / "templates"


def e(text: str) -> str:
    """Escape text for HTML."""
    return escape(text, quote=True)


@cache
def _template(name: str) -> Template:
    return Template((_TEMPLATES / f"{name}.html").read_text(encoding="utf-8").removesuffix("\n"))


def render(template: str, **slots: object) -> str:
    """Return `templates/<template>.html` with its slots filled; what is put in is HTML already."""
    return _template(template).substitute({slot: str(value) for slot, value in slots.items()})


@cache
def menu(site: Site) -> str:
    """Return the portal's menus as nested lists."""
    parts = ['<ul class="menu nav">', '<li><a href="/">Trang chủ</a></li>']
    for slug, name in site.categories:
        parts.append(f'<li><a href="{e(site.listing_path(slug))}">{e(name)}</a></li>')
    for title, items in phrases("menu").items():
        links = "".join(f'<li><a href="#muc-{n}">{e(item)}</a></li>' for n, item in enumerate(items))
        parts.append(f'<li class="dropdown"><a href="#">{e(title)}</a><ul class="sub-menu">{links}</ul></li>')
    return "".join([*parts, "</ul>"])


@cache
def assets(seed: int, heavy: bool) -> str:
    """Return inline style and script, as such systems bear; `heavy` makes a page of 30 to 60 KB."""
    rng = chance(seed, "assets")
    rules = "".join(
        f".w{n} .b{rng.randint(1, 99)}{{margin:{rng.randint(0, 30)}px;color:#{rng.getrandbits(24):06x}}}\n"
        for n in range(520 if heavy else 40)
    )
    script = "".join(
        f'_q.push(["set","k{rng.randint(100, 999)}","{rng.getrandbits(64):x}"]);'
        for _ in range(190 if heavy else 8)
    )
    return f"<style>\n{rules}</style>\n<script>var _q=[];{script}</script>"


def head(site: Site, title: str, extra: str, replica: Content, heavy: bool) -> str:
    """Return the document's head."""
    return render("head", title=e(title), extra=extra, assets=assets(replica.seed, heavy)) + "\n"


def article_meta(site: Site, entry: Entry, story: Story) -> str:
    """Return Open Graph and canonical links of an article."""
    return render(
        "meta",
        url=e(entry.url),
        headline=e(story.headline),
        lead=e(story.lead()[:150]),
        site=e(site.name),
        base=site.base_url,
        id=entry.native_id,
    )


def header(site: Site) -> str:
    """Return the banner and the menus."""
    return render("header", site=e(site.name), menu=menu(site)) + "\n"


def sidebar(replica: Content, site: Site) -> str:
    """Return widgets: newest articles with their dates, weather, a poll, links of other bodies."""
    return render("sidebar", newest=links(replica.of_site(site)[:5], "time", "%d/%m/%Y"))


def footer(site: Site) -> str:
    """Return the footer with the notice that all is invented."""
    return render("footer", notice=e(NOTICE), site=e(site.name), host=site.host) + "\n"


def share_bar() -> str:
    """Return the buttons that share an article."""
    return render("share")


def others(replica: Content, entry: Entry, count: int = 6) -> list[Entry]:
    """Return the newest other articles of the portal."""
    return [other for other in replica.of_site(entry.site)[: count + 1] if other is not entry][:count]


def links(entries: list[Entry], css: str, date_format: str) -> str:
    """Return list items that link to articles, each with its date."""
    return "".join(
        f'<li><a href="{e(entry.path)}">{e(entry.headline)}</a> '
        f'<span class="{css}">({entry.published:{date_format}})</span></li>'
        for entry in entries
    )


def files(story: Story) -> str:
    """Return list items that link to the story's documents."""
    return "".join(
        f'<li><a href="{e(path)}">{e(path.rsplit("/", 1)[1])}</a></li>' for path in story.attachments
    )


def byline(story: Story) -> str:
    """Return the authors as printed."""
    return e(" - ".join(story.authors))


def weekday(entry: Entry) -> str:
    """Return the weekday's name: Thứ hai … Chủ nhật."""
    return WEEKDAYS[entry.published.weekday()]


def table_html(table: Table) -> str:
    """Return a table as the editors paste it."""
    rows = "".join(
        "<tr>" + "".join(f"<td>{e(cell)}</td>" for cell in cells) + "</tr>" for cells, _ in table.rows
    )
    return f'<table border="1" cellspacing="0" cellpadding="4"><tbody>{rows}</tbody></table>'


def image(entry: Entry, number: int, caption: Caption) -> str:
    """Return an image tag."""
    source = f"/uploads/{entry.published:%Y/%m}/{entry.native_id}-{number}.jpg"
    return f'<img src="{source}" width="665" height="443" alt="{e(caption.text)}">'


def paragraph(text: Text, attributes: str = "") -> str:
    """Return a paragraph."""
    return f"<p{attributes}>{e(text.text)}</p>"


def pieces(
    entry: Entry,
    story: Story,
    captioned: Callable[[str, str], str],
    written: Callable[[Text], str] = paragraph,
    framed: Callable[[Table], str] = table_html,
) -> list[str]:
    """Return the blocks of a story one by one, as a system's editor puts them.

    Args:
        entry: The story's.
        story: Whose blocks.
        captioned: Makes a picture of its tag and its escaped caption.
        written: Makes a paragraph.
        framed: Makes a table.
    """
    made = []
    for number, block in enumerate(story.blocks):
        if isinstance(block, Caption):
            made.append(captioned(image(entry, number, block), e(block.text)))
        else:
            made.append(framed(block) if isinstance(block, Table) else written(block))
    return made


def pager(page: int, pages: int, link: str) -> str:
    """Return links to the pages around this one; `link` holds {page} twice."""
    return " ".join(link.format(page=n) for n in range(max(1, page - 2), min(pages, page + 2) + 1))
