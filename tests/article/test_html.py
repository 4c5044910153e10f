"""The HTML door: decoding, strict selectors, links, and blocks of pasted markup."""

from __future__ import annotations

import unicodedata

import pytest

from scraper.errors import SelectorError
from scraper.html import blocks, decode, is_selector, links, many, next_page, one, parse, text

WORDS = "Hội nghị Quận ủy Lê Chân lần thứ mười ba, đánh giá quý I/2023"
TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


def in_cp1258(words: str) -> bytes:
    """Write Vietnamese as Windows did: vowels with their shape, tones as marks after them."""
    out = []
    for char in words:
        marks = unicodedata.normalize("NFD", char)
        tones = "".join(mark for mark in marks if mark in TONES)
        out.append(unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES)) + tones)
    return "".join(out).encode("cp1258")


def as_windows_1252(words: str) -> str:
    """Encode a text once more, as a database that takes UTF-8 for windows-1252 does."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in words.encode())


TWICE = as_windows_1252(f"<p>{WORDS}</p>")
META = '<meta charset="windows-1258">'
MOJIBAKE = f"<p>{WORDS}. {WORDS}</p>".encode().decode("cp1252", errors="replace")
DECODED = {
    "utf-8": (WORDS.encode(), None, WORDS),
    "utf-8 with a mark": (b"\xef\xbb\xbf" + WORDS.encode(), None, WORDS),
    "utf-8 under a wrong header": (WORDS.encode(), "text/html; charset=iso-8859-1", WORDS),
    "utf-8 under a wrong meta": (META.encode() + WORDS.encode(), None, META + WORDS),
    "utf-8 cut in a letter": (WORDS.encode() + "ậ".encode()[:2], None, WORDS + "\ufffd"),
    "utf-8 with a stray byte": (WORDS.encode() + b"\xff" + WORDS.encode(), None, WORDS + "\ufffd" + WORDS),
    "windows-1258 by header": (in_cp1258(WORDS), 'text/html; charset="windows-1258"', WORDS),
    "windows-1258 by meta": (META.encode() + in_cp1258(WORDS), "text/html", META + WORDS),
    "windows-1258 untold": (in_cp1258(WORDS), None, WORDS),
    "windows-1258 under an unknown name": (in_cp1258(WORDS), "text/html; charset=x-vietnam", WORDS),
    "utf-16 with a mark": (WORDS.encode("utf-16"), None, WORDS),
    "utf-16 without a mark": (f"<html><p>{WORDS}".encode("utf-16-le"), None, f"<html><p>{WORDS}"),
    "ascii": (b"<p>abc</p>", "text/html; charset=us-ascii", "<p>abc</p>"),
    "nothing": (b"", None, ""),
    "a codec that is no charset": (b"caf\xe9 \xe0", "text/html; charset=rot13", "café à"),
    "encoded twice": (
        f"<p>{WORDS}. {WORDS}</p>".encode().decode("latin-1").encode(),
        "text/html; charset=utf-8",
        f"<p>{WORDS}. {WORDS}</p>",
    ),
    "encoded twice within a page that is not": (
        f"<h1>Cổng</h1>{TWICE}".encode(),
        None,
        f"<h1>Cổng</h1><p>{WORDS}</p>",
    ),
    "encoded three times": (as_windows_1252(TWICE).encode(), None, f"<p>{WORDS}</p>"),
    "capitals before a hard space": (
        "XÃ\u00a0ĐẠI HỢP ĐÃ\u00a0HỌP ".encode() * 9,
        None,
        "XÃ\u00a0ĐẠI HỢP ĐÃ\u00a0HỌP " * 9,
    ),
}


@pytest.mark.parametrize(("body", "content_type", "wanted"), DECODED.values(), ids=DECODED.keys())
def test_decode(body: bytes, content_type: str | None, wanted: str) -> None:
    assert unicodedata.normalize("NFC", decode(body, content_type)) == unicodedata.normalize("NFC", wanted)


def test_one_is_strict() -> None:
    root = parse("<h1>A  b</h1><p>x</p><p>y</p><b>z</b><b> z </b>")
    assert text(one(root, "h1")) == "A b"
    assert text(one(root, "b")) == "z"
    with pytest.raises(SelectorError, match="h2: nothing found"):
        one(root, "h2")
    with pytest.raises(SelectorError, match="p: 2 elements found"):
        one(root, "p")
    with pytest.raises(SelectorError, match="no CSS selector"):
        many(root, "p[")


def test_text_leaves_scripts_out() -> None:
    assert text(one(parse("<div>a<script>b()</script><style>c{}</style><i>d</i></div>"), "div")) == "ad"


@pytest.mark.parametrize(
    ("css", "valid"), [("h1.a, #b > p", True), ("h1[", False), ("", False), ("p:has(img)", True)]
)
def test_is_selector(css: str, valid: bool) -> None:
    assert is_selector(css) is valid


def test_links_are_absolute_and_each_once() -> None:
    html = b"""<a href="/a.html">1</a> <a href=b.html>2</a><a href="/a.html#x">3</a>
        <a href="mailto:x@y.vn">4</a>
        <a href="javascript:void(0)">5</a><a href="//other.vn/c d.html">6</a><a href="http://[bad">7</a><a>8</a>
        <div class="l"><a href="?page=2">9</a></div><area href="/m.html"><a href="#top">10</a>"""
    base = "https://a.vn/tin/"
    assert links(html, base) == [
        "https://a.vn/a.html",
        "https://a.vn/tin/b.html",
        "https://other.vn/c%20d.html",
        "https://a.vn/tin/?page=2",
        "https://a.vn/m.html",
    ]
    assert links(html, base, ".l") == ["https://a.vn/tin/?page=2"]
    assert links(html, base, ".l a") == ["https://a.vn/tin/?page=2"]
    assert links(b"", base) == []
    assert links(b'<base href="/x/"><a href="y">z</a>', base) == ["https://a.vn/x/y"]


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ('<link rel="next" href="/tin/page/2">', "https://a.vn/tin/page/2"),
        ('<a class="next page-numbers" href="/tin/page/2">Sau</a>', "https://a.vn/tin/page/2"),
        ('<ul><li class="next"><a href="?p=2">x</a></li></ul>', "https://a.vn/tin?p=2"),
        ('<a href="?p=2">Trang sau »</a>', "https://a.vn/tin?p=2"),
        ('<a href="?p=2">Tiếp theo</a>', "https://a.vn/tin?p=2"),
        ('<a href="?p=2">&gt;</a>', "https://a.vn/tin?p=2"),
        ('<a href="/tin">Sau</a>', None),
        ('<a href="/x">Sau hội nghị, quận triển khai</a>', None),
        ('<a href="/x"><img src="i.png"></a>', None),
        ("", None),
    ],
)
def test_next_page(html: str, wanted: str | None) -> None:
    assert next_page(html.encode(), "https://a.vn/tin") == wanted


BLOCKS = {
    "word": (
        '<p class="MsoNormal">Chiều\r\nnay,&nbsp;&nbsp;<span lang="VI">quận</span><o:p></o:p></p><p> </p>',
        ["text Chiều nay, quận"],
    ),
    "comments and xml": (
        "<!--[if gte mso 9]><xml>a</xml><![endif]--><xml>b</xml><p>c</p><style>d</style>",
        ["text c"],
    ),
    "two breaks part, one joins": ("Một<br>hai<br><br />ba", ["text Một hai", "text ba"]),
    "one break parts sentences": ("Một câu.<br>Hai câu.<br>- ý một<br>- ý hai", None),
    "divs": ("<div>a<div>b</div>c</div>", ["text a", "text b", "text c"]),
    "lists": ("<ul><li>a</li><li>b <b>c</b></li></ul>", ["text a", "text b c"]),
    "table": (
        "<table><tr><th>A<th>B<tr><td>x<br>y<td>9<b>1,2</b><tr><td>z<td></table>",
        ["row A | B", "row x y | 91,2", "row z"],
    ),
    "empty cell within": (
        "<table><tr><td>a<td><td>c<tr><td>d<td>e<td>f</table>",
        ["row a |  | c", "row d | e | f"],
    ),
    "table of one column": ("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", ["text a", "text b"]),
    "table inside a table": (
        "<table><tr><td><table><tr><td>a<td>b</tr></table></td></tr></table>",
        ["row a | b"],
    ),
    "picture table": (
        "<table><tr><td><img alt='m'></td></tr><tr><td>n</td></tr></table>",
        ["image m", "caption n"],
    ),
    "furniture": (
        '<p>a</p><div class="sharedaddy">b</div><p class="post-views">9</p><nav>c</nav>',
        ["text a"],
    ),
    "hidden": ('<p style="display: none">a</p><p hidden>b</p><p>c</p>', ["text c"]),
    "no script": ("<p>a</p><noscript><img src=x></noscript><script>b</script>", ["text a"]),
    "lost letters stay": ("<p>XXIV,nhiệm kỳ  2020-2025</p>", ["text XXIV,nhiệm kỳ 2020-2025"]),
    "NFD": (unicodedata.normalize("NFD", "<p>Quận ủy</p>"), ["text Quận ủy"]),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("html", "wanted"), BLOCKS.values(), ids=BLOCKS.keys())
def test_blocks(html: str, wanted: list[str] | None) -> None:
    wanted = (
        wanted if wanted is not None else ["text Một câu.", "text Hai câu.", "text - ý một", "text - ý hai"]
    )
    assert [f"{block.kind} {block.text}" for block in blocks(html)] == wanted
