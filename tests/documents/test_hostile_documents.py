"""Files that mean harm: read within limits, or given up with a problem; never a hang or a crash of ours."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from scraper.documents.reader import kind_of, read_document
from scraper.replica.attachments import document

URL = "https://thongke.test/a"
TYPES = "[Content_Types].xml"


def package(**parts: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def replaced(content: bytes, part: str, made: bytes) -> bytes:
    """Return a package with one part's content replaced."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as given, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in given.namelist():
            target.writestr(name, made if name == part else given.read(name))
    return out.getvalue()


def good(ending: str) -> bytes:
    content = document(f"/uploads/news/2024_03/bieu.{ending}")
    assert content is not None
    return content


def bomb_pdf() -> bytes:
    """A page whose stream unpacks to 1.2 gigabytes."""
    megabytes = 1_200
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = ((megabytes << 20) % 65_521 << 16) | 1
    stream = b"\x78\xda" + block * megabytes + b"\x03\x00" + checksum.to_bytes(4, "big")
    head = good("pdf").partition(b"4 0 obj")[0]
    page = b"4 0 obj\n<</Length %d/Filter/FlateDecode>>\nstream\n" % len(stream)
    page += stream + b"\nendstream\nendobj\n"
    return head + page + b"trailer\n<</Size 5/Root 1 0 R>>\n%%EOF"


ENTITIES = b"".join(
    b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"lol" * 10) for n in range(9)
)
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE d [' + ENTITIES + b"]>"
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    b"<w:t>&l8;</w:t></w:r></w:p></w:body></w:document>"
)
HOSTILE: dict[str, Callable[[], bytes]] = {
    "zeros": lambda: replaced(good("docx"), "word/document.xml", bytes(80 * 1024 * 1024)),
    "laughs": lambda: replaced(good("docx"), "word/document.xml", LAUGHS),
    "deep": lambda: replaced(good("docx"), "word/document.xml", b"<a>" * 200_000),
    "bomb": bomb_pdf,
    "many parts": lambda: package(**{f"word__document{n}": b"" for n in range(3_000)}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_would_grow_or_loop_is_given_up(name: str) -> None:
    found, problems = read_document(HOSTILE[name](), URL)
    assert found is None or len(found.text) < 1_000
    assert problems or found is not None


def test_a_damaged_file_costs_itself_alone() -> None:
    chance = random.Random(20261123)
    for ending in ("pdf", "docx", "xlsx"):
        content = bytearray(good(ending))
        for _ in range(10):
            content[chance.randrange(len(content))] = chance.randrange(256)
        found, problems = read_document(bytes(content), URL)
        assert found is not None or problems
        cut, problems = read_document(bytes(content[: len(content) // 2]), URL)
        assert cut is not None or problems


def test_what_it_is_called_does_not_matter() -> None:
    assert [kind_of(good(ending)) for ending in ("pdf", "docx", "xlsx")] == ["pdf", "docx", "xlsx"]
    found, problems = read_document(b"<html>dang nhap</html>", "https://thongke.test/a.pdf")
    assert (found, [problem.kind for problem in problems]) == (None, ["attachment_not_a_document"])
