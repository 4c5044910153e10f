"""Bodies as editors leave them: divisions, lines parted by breaks, Word's markup, pictures in tables."""

from __future__ import annotations

from scraper.replica.content import Entry
from scraper.replica.pages.furniture import e, image, paragraph, table_html
from scraper.replica.records import Caption, Story, Table

_WORD = "margin-top:6.0pt;text-align:justify;text-indent:36.0pt;line-height:150%"
_FONT = "font-size:14.0pt;line-height:150%;font-family:&quot;Times New Roman&quot;,&quot;serif&quot;"
_WIDTH = 70
"""Characters after which Word breaks a line of its source."""


def plain(entry: Entry, story: Story) -> str:
    """Return paragraphs, with captions in figures."""
    parts: list[str] = []
    for number, block in enumerate(story.blocks):
        if isinstance(block, Caption):
            caption = f"<figcaption>{e(block.text)}</figcaption>"
            parts.append(f"<figure>{image(entry, number, block)}{caption}</figure>")
        elif isinstance(block, Table):
            parts.append(table_html(block))
        else:
            parts.append(paragraph(block))
    return "\n".join(parts)


def divisions(entry: Entry, story: Story) -> str:
    """Return a division a paragraph with a zero-width space before it, as SharePoint's editor leaves them."""
    parts: list[str] = []
    for number, block in enumerate(story.blocks):
        if isinstance(block, Caption):
            parts.append(f'<div style="text-align:center">{image(entry, number, block)}<br></div>')
            parts.append(f'<div style="text-align:center"><em>{e(block.text)}</em></div>')
        elif isinstance(block, Table):
            parts.append(table_html(block))
        else:
            parts.append(f'<div style="text-align:justify">\u200b{e(block.text)}</div><div>&nbsp;</div>')
    return "".join(parts)


def breaks(entry: Entry, story: Story) -> str:
    """Return lines parted by two breaks each in one font element; no paragraph is an element of its own."""
    parts: list[str] = []
    for number, block in enumerate(story.blocks):
        if isinstance(block, Caption):
            parts.append(f"<center>{image(entry, number, block)}<br><i>{e(block.text)}</i></center>")
        elif isinstance(block, Table):
            parts.append(table_html(block))
        else:
            parts.append(f"{e(block.text)}<br><br>")
    return f'<font face="Arial" size="2">{"".join(parts)}</font>'


def word(entry: Entry, story: Story) -> str:
    """Return what Word puts on the clipboard: lines broken in mid-sentence, empty elements of its own."""
    parts: list[str] = []
    for number, block in enumerate(story.blocks):
        if isinstance(block, Caption):
            text = f"<i><span style='{_FONT}'>{e(block.text)}<o:p></o:p></span></i>"
            parts.append(f"<p class=MsoNormal align=center>{image(entry, number, block)}<o:p></o:p></p>")
            parts.append(f"<p class=MsoNormal align=center style='text-align:center'>{text}</p>")
        elif isinstance(block, Table):
            parts.append(table_html(block))
        else:
            text = f'<span lang=VI style="{_FONT}">{_wrapped(e(block.text))}<o:p></o:p></span>'
            parts.append(f'<p class=MsoNormal style="{_WORD}">{text}</p>')
            parts.append("<p class=MsoNormal><o:p>&nbsp;</o:p></p>")
    return "\n".join(parts)


def pictures_in_tables(entry: Entry, story: Story) -> str:
    """Return paragraphs, each picture with its caption in a table of two rows."""
    parts: list[str] = []
    for number, block in enumerate(story.blocks):
        if isinstance(block, Caption):
            cell = f'<tr><td class="pic">{image(entry, number, block)}</td></tr>'
            caption = f'<tr><td class="pic-note">{e(block.text)}</td></tr>'
            parts.append(f'<table class="picture" align="center">{cell}{caption}</table>')
        elif isinstance(block, Table):
            parts.append(table_html(block))
        else:
            parts.append(paragraph(block))
    return "".join(parts)


def _wrapped(text: str) -> str:
    lines, line = [], ""
    for each in text.split(" "):
        if len(line) + len(each) > _WIDTH:
            lines.append(line)
            line = each
        else:
            line = f"{line} {each}" if line else each
    return "\n".join([*lines, line])
