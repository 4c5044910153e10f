"""The documents that the replica's articles link to: PDF, DOCX and XLSX with figures known beforehand.

The PDF is written by hand: a text layer in a font that is not embedded, a ruled table, and nothing else.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from hashlib import blake2b
from io import BytesIO
from typing import NamedTuple

from docx import Document
from openpyxl import Workbook


class Figure(NamedTuple):
    """A row of the table of a document."""

    name: str
    unit: str
    value: int
    period: str
    """As facts.md writes it."""


_ROWS = (
    ("Thu ngân sách nhà nước trên địa bàn", "tỷ đồng", 9_000),
    ("Kim ngạch xuất khẩu", "triệu USD", 2_400),
    ("Khách du lịch", "nghìn lượt", 700),
)
_MONTH = re.compile(r"/(\d{4})_(\d{2})/")
_WIDTH, _HEIGHT, _ROW = 595, 842, 22
_COLUMNS = (40, 280, 370, 560)


def figures_of(path: str) -> tuple[Figure, ...]:
    """Return what the document at a path reports: figures of its folder's month; none without a month."""
    month = _MONTH.search(path)
    if month is None:
        return ()
    noise = blake2b(path.encode(), digest_size=len(_ROWS)).digest()
    period = f"{month[1]}-{month[2]}"
    rows = zip(_ROWS, noise, strict=True)
    return tuple(Figure(name, unit, base + shift, period) for (name, unit, base), shift in rows)


def document(path: str, is_scan: bool = False) -> bytes | None:
    """Return the document at a path by its ending, None where it has none that is made here.

    `is_scan`: a PDF without a text layer.
    """
    if is_scan:
        return pdf("", ())
    figures = figures_of(path)
    title = "Biểu số liệu kinh tế - xã hội" if figures else "Tài liệu kèm theo"
    rows = [("Chỉ tiêu", "Đơn vị tính", f"Thực hiện tháng {_said(figures[0].period)}")] if figures else []
    rows += [(one.name, one.unit, f"{one.value:,}".replace(",", ".")) for one in figures]
    ending = path.rpartition(".")[2].lower()
    if ending == "pdf":
        return pdf(title, rows)
    if ending == "docx":
        return _docx(title, rows)
    return _xlsx(title, rows) if ending == "xlsx" else None


def pdf(title: str, rows: Sequence[Sequence[str]]) -> bytes:
    """Return a PDF of one page with a heading and a ruled table; without both, a page as a scan has it."""
    drawn: list[str] = []
    codes: dict[str, int] = {}

    def write(x: int, y: int, words: str) -> None:
        text = "".join(f"{codes.setdefault(letter, len(codes) + 1):04x}" for letter in words)
        drawn.append(f"BT /F1 11 Tf {x} {y} Td <{text}> Tj ET")

    if title:
        write(_COLUMNS[0], _HEIGHT - 60, title)
    top = _HEIGHT - 90
    for number, row in enumerate(rows):
        for x, words in zip(_COLUMNS, row, strict=False):
            write(x + 4, top - number * _ROW - 15, words)
    bottom = top - len(rows) * _ROW
    if rows:
        drawn += [f"{x} {top} m {x} {bottom} l S" for x in _COLUMNS]
        drawn += [f"{_COLUMNS[0]} {y} m {_COLUMNS[-1]} {y} l S" for y in range(bottom, top + 1, _ROW)]
    return _assembled("\n".join(drawn), codes)


def _assembled(drawn: str, codes: dict[str, int]) -> bytes:
    pairs = "\n".join(f"<{code:04x}> <{ord(letter):04x}>" for letter, code in codes.items())
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{pairs}\nendbfchar\nendcmap end end"
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {_WIDTH} {_HEIGHT}]/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>>>>>".encode(),
        _stream(drawn),
        b"<</Type/Font/Subtype/Type0/BaseFont/Arial/Encoding/Identity-H/DescendantFonts[6 0 R]"
        b"/ToUnicode 7 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Arial/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/FontDescriptor 8 0 R/DW 520>>",
        _stream(to_unicode),
        b"<</Type/FontDescriptor/FontName/Arial/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900"
        b"/Descent -200/CapHeight 700/StemV 80>>",
    ]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _stream(text: str) -> bytes:
    packed = zlib.compress(text.encode())
    return b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed)


def _docx(title: str, rows: Sequence[Sequence[str]]) -> bytes:
    out, made = BytesIO(), Document()
    made.add_paragraph(title)
    if rows:
        table = made.add_table(len(rows), len(rows[0]))
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, words in zip(cells.cells, row, strict=True):
                cell.text = words
    made.save(out)
    return out.getvalue()


def _xlsx(title: str, rows: Sequence[Sequence[str]]) -> bytes:
    out, book = BytesIO(), Workbook()
    sheet = book.active
    sheet.title = title[:30]
    for number, row in enumerate(rows):
        sheet.append([*row[:-1], int(row[-1].replace(".", "")) if number else row[-1]])
    book.save(out)
    return out.getvalue()


def _said(period: str) -> str:
    year, _, month = period.partition("-")
    return f"{int(month)}/{year}"
