"""One page into one article: a portal's selectors first, the generic way where they fail or are not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from scraper.errors import PageRefused, SelectorError
from scraper.html import (
    Node,
    absolute,
    attribute,
    base_of,
    mangled,
    many,
    one_of,
    parse,
    text,
)
from scraper.identity import is_allowed, native_id, normalise_url
from scraper.items import Article, Problem
from scraper.page import beside, generic
from scraper.page.body import content_kind, read_body, second_opinion
from scraper.page.bylines import Byline, signature, source_of
from scraper.page.dates import PageDate, iso_datetime, printed_date, url_date
from scraper.page.headline import headline_of
from scraper.page.kinds import kind_of
from scraper.page.metadata import Metadata, breadcrumb, is_person, read_metadata
from scraper.portal import Layout, Portal
from scraper.vietnamese.text import fold

_ATTACHMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|rar|zip)(?:$|\?)", re.IGNORECASE)
_DOCUMENT_NAMED = re.compile(rb"\.(?:pdf|docx|xlsx)\b", re.IGNORECASE)
_ERROR_TITLE = re.compile(
    r"(?:loi )?(?:404|403|500|503)\b.*|(?:khong tim thay|page not found|not found|access denied"
    r"|trang khong ton tai)\b.*"
    r"|(?:trang|bai viet|noi dung)\b.{0,30} khong (?:ton tai|tim thay).*|error"
)
_CHALLENGE = re.compile(r"document\.cookie\s*=.{0,400}location\.(?:reload|href|replace)", re.DOTALL)
_LAYOUT_PARTS = ("headline", "body")


def read_article(
    html: bytes,
    url: str,
    portal: Portal | None = None,
    fetched_at: datetime | None = None,
    content_type: str | None = None,
) -> Article:
    """Read one page as an article; pure, and bounded on hostile pages.

    `fetched_at` picks the layouts that were in use then (None: all of them). Raises PageRefused where the
    bytes are no article page: empty, binary, too large, nested too deep, an error page or a challenge. What a
    layout promised and the page does not hold is in the article's `problems`.
    """
    root = parse(html, content_type)
    page = _Page(root, url, portal, read_metadata(root), fetched_at)
    _refuse_challenge(html, page)
    layout = page.choose_layout()
    selected, body_node, headline, headline_node = page.framed(layout)
    region = generic.region(root, headline_node, body_node)
    signed = page.signed(layout, region, body_node)
    description_node = page.optional(layout.description) if layout else beside.lead(region, body_node)
    published = page.published(layout, headline_node, body_node)
    section = breadcrumb(root, layout.section if layout else None, headline) or page.metadata.section()
    canonical = page.canonical()
    description = text(description_node) if description_node is not None else page.metadata.description()
    attachments = page.attachments(layout, region, body_node)
    outside = page.captions_outside(layout, region, body_node)
    body = read_body(body_node, layout, headline, description_node)
    if selected is None:
        body = second_opinion(root, body, headline)
    paragraphs, byline = body.paragraphs, body.byline
    captions = tuple(dict.fromkeys([*outside, *body.captions]))
    if _is_error_page(headline, paragraphs):
        raise PageRefused(f"an error page with status 200: {headline[:80]!r}", "error_page")
    if not headline and not paragraphs and not captions and not attachments:
        raise PageRefused("the page holds no article: neither headline nor text")
    published = page.earlier(published, byline)
    body_text = "\n\n".join(paragraphs)
    page.report_mangled(headline, body_text)
    substance = content_kind(replace(body, captions=captions), attachments)
    return Article(
        url=url,
        canonical_url=canonical,
        headline=headline,
        body_text=body_text,
        portal=portal.slug if portal else None,
        native_id=page.native_id(),
        description=_description(description, description_node is not None, paragraphs, headline),
        date_published=published.iso if published else None,
        date_source=published.source if published else None,
        date_confidence=published.confidence if published else None,
        date_modified=page.metadata.modified(),
        authors=byline.authors or page.authors(signed),
        source=byline.source or signed.source,
        section=section,
        captions=captions,
        attachments=attachments,
        content_kind=substance,
        kind=kind_of(headline, section, paragraphs, substance),
        layout=layout.name if layout else "generic",
        problems=tuple(page.problems),
    )


def attachment_links(
    html: bytes, url: str, portal: Portal | None, fetched_at: datetime, content_type: str | None = None
) -> tuple[str, ...]:
    """Return the documents that `read_article` finds in a page, by the layout in use then.

    Meant for the crawl: a page whose bytes name no document is not parsed, a broken one names none.
    """
    if not _DOCUMENT_NAMED.search(html):
        return ()
    try:
        root = parse(html, content_type)
        page = _Page(root, url, portal, read_metadata(root), fetched_at)
        layout = page.choose_layout()
        _, body_node, _, headline_node = page.framed(layout)
    except (PageRefused, SelectorError):
        return ()
    return page.attachments(layout, generic.region(root, headline_node, body_node), body_node)


@dataclass(slots=True)
class _Page:
    """One page while it is read: what is known of it, and what was amiss."""

    root: Node
    url: str
    portal: Portal | None
    metadata: Metadata
    fetched_at: datetime | None
    problems: list[Problem] = field(default_factory=list)
    found: dict[str, list[Node]] = field(default_factory=dict)
    """What selectors found on the whole page."""

    def find(self, css: str) -> list[Node]:
        """Return what a selector finds on the whole page, asked once."""
        if css not in self.found:
            self.found[css] = many(self.root, css)
        return self.found[css]

    def problem(self, kind: str, detail: str, quote: str | None = None) -> None:
        self.problems.append(Problem("article", kind, detail, quote))

    def report_mangled(self, headline: str, body_text: str) -> None:
        """Say where letters were encoded twice and could not be told apart any more."""
        found = mangled(f"{headline}\n{body_text}")
        if found:
            detail = (
                f"{len(found)} letters were encoded twice before they came to us, and a part of them is lost"
            )
            self.problem("mojibake", detail, found[0])

    def choose_layout(self) -> Layout | None:
        """Return the layout that finds most on the page, of those in use when it was fetched."""
        layouts = layouts_on(self.portal, self.fetched_at)
        best: Layout | None = None
        best_found = 0
        for layout in layouts:
            if layout.article is not None and not self.find(layout.article):
                continue
            found = sum(1 for css in (layout.headline, layout.body) if css is not None and self.find(css))
            if found > best_found:
                best, best_found = layout, found
            if found == len(_LAYOUT_PARTS):
                break
        if best is None and layouts:
            names = ", ".join(layout.name for layout in layouts)
            quote = "; ".join(layout.body or "" for layout in layouts)
            self.problem(
                "layout_missed", f"no layout fits the page ({names}); it was read the generic way", quote
            )
        return best

    def scope(self, layout: Layout) -> Node:
        node = self.root.css_first(layout.article) if layout.article else None
        return node if node is not None else self.root

    def required(self, layout: Layout | None, part: str) -> Node | None:
        """Return what the layout's selector promises, or None with a problem that names the selector."""
        css: str | None = getattr(layout, part) if layout else None
        if layout is None or css is None:
            return None
        try:
            return one_of(self.find(css) if layout.article is None else many(self.scope(layout), css), css)
        except SelectorError as error:
            self.problem("selector_missed", f"{layout.name}.{part}: {error}", css)
            return None

    def optional(self, css: str | None) -> Node | None:
        return next(iter(self.find(css)), None) if css else None

    def headline(self, layout: Layout | None, body: Node | None) -> tuple[str, Node | None]:
        node = self.required(layout, "headline")
        if node is not None and (line := text(node)):
            return line, node
        return headline_of(self.root, self.metadata, body)

    def published(self, layout: Layout | None, headline: Node | None, body: Node | None) -> PageDate | None:
        """Return the date of publication: by the layout, by metadata, by the page's lines, by its address."""
        found = self._selected_date(layout) if layout is not None and layout.date else None
        fetched_on = self.fetched_at.date() if self.fetched_at is not None else None
        found = found or self.metadata.published() or beside.date_near(self.root, headline, body, fetched_on)
        found = beside.timed(self.root, found or beside.time_element(self.root) or url_date(self.url))
        if found is None:
            self.problem("date_missing", "the page prints no date of publication that can be trusted")
            return None
        if self.fetched_at is not None and found.day > self.fetched_at.date() + timedelta(days=2):
            self.problem("date_in_future", f"the page says {found.iso}, after it was fetched", found.iso)
            return None
        return found

    def _selected_date(self, layout: Layout) -> PageDate | None:
        css = layout.date or ""
        nodes = self.find(css) if layout.article is None else many(self.scope(layout), css)
        for node in nodes:
            line = text(node)
            iso = iso_datetime(attribute(node, "datetime") or attribute(node, "content") or line)
            if iso:
                return PageDate(iso, "itemprop" if attribute(node, "itemprop") else "time-element", 0.95)
            iso = printed_date(line, layout.date_formats)
            if iso:
                return PageDate(iso, "print-line", 0.95)
        reason = "nothing found" if not nodes else f"no date in {text(nodes[0])[:60]!r}"
        self.problem("selector_missed", f"{layout.name}.date: {css}: {reason}", css)
        return None

    def earlier(self, published: PageDate | None, byline: Byline) -> PageDate | None:
        """Take the byline's day where it is earlier: migrated articles carry the migration's day."""
        if byline.date is None or (published is not None and byline.date >= published.iso[:10]):
            return published
        if published is not None:
            self.problem(
                "date_of_migration", f"printed {published.iso}, the byline says {byline.date}", byline.date
            )
        return PageDate(byline.date, "byline", 0.85)

    def signed(self, layout: Layout | None, region: Node, body: Node | None) -> Byline:
        """Return authors and source where the page marks them outside the text."""
        if layout is None:
            return signature(beside.signature_lines(region, body))
        authors = [text(node) for node in self.find(layout.author)] if layout.author else []
        found = signature(authors)
        if layout.source is None:
            return found
        lines = [text(node) for node in self.find(layout.source)]
        told = signature(lines).source or (
            source_of(lines[0]) if lines and layout.source != layout.author else None
        )
        return Byline(found.authors, told)

    def authors(self, signed: Byline) -> tuple[str, ...]:
        """Return the authors that stand outside the text: as signed, else by metadata; logins are none."""
        return tuple(name for name in signed.authors if is_person(name)) or self.metadata.authors()

    def canonical(self) -> str:
        own = normalise_url(self.url)
        node = self.root.css_first("link[rel=canonical]")
        href = node.attributes.get("href") if node is not None else None
        told = absolute(href, self.url) if href != self.url else None
        if told is None:
            return own
        told = normalise_url(told)
        if told == own:
            return own
        if self.portal is not None:
            if not is_allowed(told, self.portal):
                return own
            mine, theirs = native_id(own, self.portal), native_id(told, self.portal)
            if mine and mine != theirs:
                self.problem("canonical_conflict", f"the page names {told} its canonical address", told)
                return own
        elif urlsplit(told).hostname != urlsplit(own).hostname:
            return own
        return told if urlsplit(told).path not in ("", "/") else own

    def native_id(self) -> str | None:
        """Return the article's own id: of its address, else WordPress's post number that the page prints."""
        found = native_id(self.url, self.portal) if self.portal else None
        if found:
            return found
        short = self.root.css_first("link[rel=shortlink]")
        marks = [short.attributes.get("href") or "" if short is not None else ""]
        body = self.root.css_first("body")
        marks.append(body.attributes.get("class") or "" if body is not None else "")
        match = re.search(r"[?&]p=(\d+)$|(?:^|\s)postid-(\d+)(?:\s|$)", "\n".join(marks), re.MULTILINE)
        return next((group for group in match.groups() if group), None) if match else None

    def framed(self, layout: Layout | None) -> tuple[Node | None, Node | None, str, Node | None]:
        """Return the body that the layout selects, the one that is read, the headline and its node."""
        selected = self.required(layout, "body")
        body_node = selected if selected is not None else generic.densest(self.root)
        headline, headline_node = self.headline(layout, body_node)
        if selected is None and headline_node is not None:
            body_node = generic.main_part(body_node, headline_node)
        return selected, body_node, headline, headline_node

    def attachments(self, layout: Layout | None, region: Node, body: Node | None) -> tuple[str, ...]:
        """Return the linked documents of the body, and those that the layout or a block's name marks."""
        inside = [node.attributes.get("href") for node in (many(body, "a[href]") if body else [])]
        nodes: Iterable[Node] = []
        if layout is None:
            nodes = beside.attachment_links(region)
            inside += beside.document_links(region, _ATTACHMENT)
        elif layout.attachment is not None:
            nodes = self.find(layout.attachment)
        marked = [node.attributes.get("href") for node in nodes]
        if not inside and not marked:
            return ()
        base = base_of(self.root, self.url)
        inside, marked = ([absolute(href, base) for href in hrefs] for hrefs in (inside, marked))
        documents = [link for link in inside if link and _ATTACHMENT.search(link)]
        return tuple(dict.fromkeys([*documents, *(link for link in marked if link)]))

    def captions_outside(self, layout: Layout | None, region: Node, body: Node | None) -> tuple[str, ...]:
        """Return the captions of pictures that the template sets beside the body."""
        if layout is None:
            return tuple(line for node in beside.captions(region, body) if (line := text(node)))
        if layout.caption is None:
            return ()
        nodes = many(self.scope(layout), layout.caption)
        outer = [node for node in nodes if body is None or not generic.holds(body, node)]
        return tuple(line for node in outer if not generic.in_furniture(node) and (line := text(node)))


def layouts_on(portal: Portal | None, fetched_at: datetime | None) -> list[Layout]:
    """Return the portal's layouts in use on the day of the fetch, all of them where it is unknown."""
    if portal is None:
        return []
    if fetched_at is None:
        return list(portal.layouts)
    return [layout for layout in portal.layouts if _in_use(layout, fetched_at.date())]


def _in_use(layout: Layout, day: date) -> bool:
    return (layout.valid_from is None or layout.valid_from <= day) and (
        layout.valid_to is None or day < layout.valid_to
    )


def _description(found: str | None, marked: bool, paragraphs: Sequence[str], headline: str) -> str | None:
    """Keep the lead that the page marks; an excerpt that the system cut from the text by itself is none."""
    if not found or fold(found) == fold(headline):
        return None
    if not marked and fold(" ".join(paragraphs[:3])[:400]).startswith(fold(found[:60])):
        return None
    return found


def _is_error_page(headline: str, paragraphs: Sequence[str]) -> bool:
    return bool(_ERROR_TITLE.fullmatch(fold(headline))) and sum(map(len, paragraphs)) < 600


def _refuse_challenge(html: bytes, page: _Page) -> None:
    if len(html) < 5_000 and not page.root.css_first("p, article, h1"):
        source = page.root.html or ""
        if _CHALLENGE.search(source):
            raise PageRefused("a cookie challenge, not the page", "challenge")
