"""The documents that the replica's articles link to: PDF, DOCX and XLSX with figures known beforehand.

The PDF is written by hand: a text layer in a font that is not embedded, a ruled table, and nothing else.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import NamedTuple

from scraper.replica import economy
from scraper.replica.figures import Period, plain, printed
from scraper.replica.records import Fact


class Figure(NamedTuple):
    """A row of the table of a document."""

    key: str
    """Of the indicator."""
    name: str
    value: Decimal
    period: str
    """As facts.md writes it."""


_CITY = ("31", "city")
"""Code and profile of the area that the documents report on."""
_ROWS = (
    ("budget_revenue", "Thu ngân sách nhà nước trên địa bàn"),
    ("exports", "Kim ngạch xuất khẩu"),
    ("tourist_arrivals", "Khách du lịch"),
)
_MONTH = re.compile(r"/(\d{4})_(\d{2})/(?:.*thang-(\d{1,2})(?!\d))?")
"""Of the folder, and of the file's name."""
_WIDTH, _HEIGHT, _ROW = 595, 842, 22
_COLUMNS = (40, 280, 370, 560)


def figures_of(path: str, seed: int = 7) -> tuple[Figure, ...]:
    """Return what the document at a path reports: the city's figures of a month, as its economy has them.

    The month is the one that its name tells, or its folder's; a document without a month reports none.
    """
    found = _MONTH.search(path)
    if found is None:
        return ()
    year, folder, month = int(found[1]), int(found[2]), int(found[3] or found[2])
    period = Period(year - (month > folder), month, single=True)
    return tuple(
        Figure(key, name, economy.value(seed, *_CITY, key, period), period.code) for key, name in _ROWS
    )


def facts_of(path: str, seed: int = 7) -> list[Fact]:
    """Return the known facts of the document at a path, as objects of `docs/standard/facts.md` §5."""
    return [
        {
            "indicator": one.key,
            "measure": "level",
            "obs_value": plain(one.value),
            "unit_measure": economy.BY_KEY[one.key].unit,
            "unit_mult": economy.BY_KEY[one.key].mult,
            "time_period": one.period,
            "ref_area": _CITY[0],
        }
        for one in figures_of(path, seed)
    ]


def document(path: str, is_scan: bool = False, seed: int = 7) -> bytes | None:
    """Return the document at a path by its ending, None where it has none that is made here.

    Args:
        path: Its address on the portal.
        is_scan: Whether it is a PDF without a text layer.
        seed: Of the city that it reports on.
    """
    if is_scan:
        return pdf("", ())
    figures = figures_of(path, seed)
    title = "Biểu số liệu kinh tế - xã hội" if figures else "Tài liệu kèm theo"
    rows = [("Chỉ tiêu", "Đơn vị tính", f"Thực hiện tháng {_said(figures[0].period)}")] if figures else []
    rows += [(one.name, economy.BY_KEY[one.key].printed, printed(one.value)) for one in figures]
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
    from docx import Document  # Every command's start would pay for it.

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
    from openpyxl import Workbook

    out, book = BytesIO(), Workbook()
    sheet = book.active
    sheet.title = title[:30]
    for number, row in enumerate(rows):
        value = row[-1].replace(".", "").replace(",", ".")
        sheet.append([*row[:-1], float(value) if number else row[-1]])
    book.save(out)
    return out.getvalue()


def _said(period: str) -> str:
    year, _, month = period.partition("-")
    return f"{int(month)}/{year}"
