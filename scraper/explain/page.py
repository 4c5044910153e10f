"""The marked article as one HTML page that needs nothing but itself."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from scraper.explain.notes import Note, notes_of
from scraper.explain.passages import Passage, Piece, passages_of
from scraper.items import Article, Facts

_STYLE = """
:root { color-scheme: light dark; }
:root { --figure: #16a34a; --meeting: #2563eb; --person: #a21caf; --problem: #b45309; }
body { font: 17px/1.6 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
.text { white-space: pre-wrap; }
mark { background: none; color: inherit; border-bottom: 2px solid currentColor; }
.figure { --ink: var(--figure); } .meeting { --ink: var(--meeting); }
.person { --ink: var(--person); } .problem { --ink: var(--problem); }
mark { border-color: var(--ink); background: color-mix(in srgb, var(--ink) 14%, transparent); }
sup a, .note summary { color: var(--ink); text-decoration: none; }
.note { margin: .2rem 0 .2rem 1.5rem; font-size: .85em; overflow-wrap: anywhere; }
.note summary { cursor: pointer; }
.note:target { outline: 2px solid var(--ink); outline-offset: .2rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: .3rem 0 .6rem 1rem; }
dt { opacity: .7; } dd { margin: 0; }
.field { opacity: .6; font-size: .85em; }
""".strip()


def explained_page(article: Article, facts: Facts) -> str:
    """Give the whole page; every text of the article is escaped, and it runs and loads nothing."""
    notes = notes_of(article, facts)
    passages, elsewhere = passages_of(article, notes)
    return "\n".join(_lines(article, facts, notes, passages, elsewhere)) + "\n"


def _lines(
    article: Article, facts: Facts, notes: list[Note], passages: list[Passage], elsewhere: list[Note]
) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield (
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    )
    yield f"<title>{_escaped(article.headline)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>"
    yield f'<p class="field" lang="en">{_escaped(_summary(article, facts, notes))}</p>'
    for passage in passages:
        yield from _passage(passage)
    if elsewhere:
        yield '<h2 lang="en">Of the article as a whole</h2>'
        yield from map(_note, elsewhere)
    yield "</body>\n</html>"


def _summary(article: Article, facts: Facts, notes: list[Note]) -> str:
    counts = [(sum(note.kind == kind for note in notes), kind) for kind in ("figure", "meeting", "problem")]
    districts = ", ".join(f"{code} {facts.areas.get(code, '')}".strip() for code in facts.districts)
    said = [article.canonical_url, article.date_published or "no date printed"]
    said += [f"districts {districts}" if districts else "no district"]
    said += [f"{count} {kind}{'' if count == 1 else 's'}" for count, kind in counts]
    return " · ".join(filter(None, said))


def _passage(passage: Passage) -> Iterator[str]:
    tag = "h1" if passage.field == "headline" else "p"
    field = (
        "" if passage.field in ("headline", "body_text") else f'<span class="field">{passage.field}</span> '
    )
    yield f'<{tag} class="text">{field}{"".join(map(_piece, passage.pieces))}</{tag}>'
    yield from map(_note, passage.told)


def _piece(piece: Piece) -> str:
    text = _escaped(piece.text)
    for kind in ("problem", "person", "meeting", "figure"):
        here = [note for note in piece.notes if note.kind == kind]
        if here:
            titles = _escaped("\n".join(f"[{note.label}] {note.title}" for note in here))
            text = f'<mark class="{kind}" title="{titles}">{text}</mark>'
    links = "".join(
        f'<sup class="{note.kind}"><a href="#{_anchor(note)}">{_escaped(note.label)}</a></sup>'
        for note in piece.ends
    )
    return text + links


def _note(note: Note) -> str:
    told = [*note.fields]
    if note.rule:
        told += [("confidence", f"{note.confidence:.2f}"), ("rule", note.rule), *note.reasons]
    rows = "".join(f"<dt>{_escaped(name)}</dt><dd>{_escaped(value)}</dd>" for name, value in told)
    label, title = _escaped(note.label), _escaped(note.title)
    return (
        f'<details class="note {note.kind}" id="{_anchor(note)}"><summary>[{label}] {title}</summary>'
        f"<dl>{rows}</dl></details>"
    )


def _anchor(note: Note) -> str:
    return f"{note.kind}-{note.label.lstrip('MP?')}"


def _escaped(text: str) -> str:
    """Escape a text for content and attributes; what no HTML page may hold becomes a replacement sign."""
    shown = "".join(c if c.isprintable() or c in "\n\t" else "�" for c in text)
    return escape(shown, quote=True)
