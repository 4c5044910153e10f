"""Bodies as editors leave them: divisions, lines parted by breaks, Word's markup, pictures in tables."""

from __future__ import annotations

from scraper.replica.content import Entry
from scraper.replica.pages.furniture import e, pieces
from scraper.replica.records import Story, Text

_WORD = "margin-top:6.0pt;text-align:justify;text-indent:36.0pt;line-height:150%"
_FONT = "font-size:14.0pt;line-height:150%;font-family:&quot;Times New Roman&quot;,&quot;serif&quot;"
_WIDTH = 70
"""Characters after which Word breaks a line of its source."""


def plain(entry: Entry, story: Story) -> str:
    """Return paragraphs, with captions in figures."""
    return "\n".join(
        pieces(entry, story, lambda image, text: f"<figure>{image}<figcaption>{text}</figcaption></figure>")
    )


def divisions(entry: Entry, story: Story) -> str:
    """Return a division a paragraph with a zero-width space before it, as SharePoint's editor leaves them."""

    def captioned(image: str, text: str) -> str:
        centred = '<div style="text-align:center">'
        return f"{centred}{image}<br></div>{centred}<em>{text}</em></div>"

    def written(text: Text) -> str:
        return f'<div style="text-align:justify">\u200b{e(text.text)}</div><div>&nbsp;</div>'

    return "".join(pieces(entry, story, captioned, written))


def breaks(entry: Entry, story: Story) -> str:
    """Return lines parted by two breaks each in one font element; no paragraph is an element of its own."""
    lines = pieces(
        entry,
        story,
        lambda image, text: f"<center>{image}<br><i>{text}</i></center>",
        lambda text: f"{e(text.text)}<br><br>",
    )
    return f'<font face="Arial" size="2">{"".join(lines)}</font>'


def word(entry: Entry, story: Story) -> str:
    """Return what Word puts on the clipboard: lines broken in mid-sentence, empty elements of its own."""

    def captioned(image: str, text: str) -> str:
        said = f"<i><span style='{_FONT}'>{text}<o:p></o:p></span></i>"
        return (
            f"<p class=MsoNormal align=center>{image}<o:p></o:p></p>\n"
            f"<p class=MsoNormal align=center style='text-align:center'>{said}</p>"
        )

    def written(text: Text) -> str:
        said = f'<span lang=VI style="{_FONT}">{_wrapped(e(text.text))}<o:p></o:p></span>'
        return f'<p class=MsoNormal style="{_WORD}">{said}</p>\n<p class=MsoNormal><o:p>&nbsp;</o:p></p>'

    return "\n".join(pieces(entry, story, captioned, written))


def pictures_in_tables(entry: Entry, story: Story) -> str:
    """Return paragraphs, each picture with its caption in a table of two rows."""

    def captioned(image: str, text: str) -> str:
        rows = f'<tr><td class="pic">{image}</td></tr><tr><td class="pic-note">{text}</td></tr>'
        return f'<table class="picture" align="center">{rows}</table>'

    return "".join(pieces(entry, story, captioned))


def _wrapped(text: str) -> str:
    lines, line = [], ""
    for each in text.split(" "):
        if len(line) + len(each) > _WIDTH:
            lines.append(line)
            line = each
        else:
            line = f"{line} {each}" if line else each
    return "\n".join([*lines, line])
