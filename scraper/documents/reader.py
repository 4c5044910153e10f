"""A document's bytes into its text and tables, in a process that may fail as it likes.

Whoever sent the file may want it to loop, to grow or to crash its reader: it is read by a child with bounds
on memory and processor time that can write no file, and given up when its time is over.
"""

from __future__ import annotations

from scraper.documents.apart import read_apart
from scraper.documents.limits import SECONDS
from scraper.items import Document, Problem

KINDS = ("pdf", "docx", "xlsx")


def kind_of(content: bytes) -> str | None:
    """Return pdf, docx or xlsx by what the bytes are, whatever the file is called; None for anything else."""
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if not content.startswith(b"PK\x03\x04"):
        return None
    # A package's directory is at its end; part names stand there unpacked.
    names = content[-65_536:] + content[:4_096]
    if b"word/document" in names:
        return "docx"
    return "xlsx" if b"xl/workbook" in names else None


def read_document(content: bytes, url: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """Return a document's text, a table's row a paragraph with its cells joined by ' | ', and what is amiss.

    Args:
        content: The file.
        url: Where it was had, for the problems.

    A document without a text layer (a scan) has an empty text and a problem that says so. None where nothing
    can be read: no such file, protected, damaged, or beyond the limits.
    """
    kind = kind_of(content)
    if kind is None:
        detail = f"{url} is no PDF, DOCX or XLSX file, whatever it is called"
        return None, (Problem("article", "attachment_not_a_document", detail),)
    said = read_apart(kind, content)
    if "late" in said:
        detail = f"{url}: reading the {kind} took more than {2 * SECONDS} seconds"
        return None, (Problem("article", "attachment_took_too_long", detail),)
    if "crashed" in said:
        detail = f"{url}: the {kind} killed the process that read it (exit code {said['crashed']})"
        return None, (Problem("article", "attachment_reader_crashed", detail),)
    if "error" in said:
        return None, (Problem("article", "attachment_unreadable", f"{url}: the {kind}: {said['error']}"),)
    document = Document(url, kind, said["pages"], said["text"], said["cut"])
    problems = []
    if not document.text.strip():
        detail = f"{url}: {document.pages} pages without a text layer, as scans have none: nothing is read"
        problems.append(Problem("article", "attachment_without_text", detail))
    if document.cut:
        problems.append(Problem("article", "attachment_cut", f"{url}: {document.cut}; the rest is not read"))
    return document, tuple(problems)
