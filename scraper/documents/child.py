"""The process that reads one document: bytes in, JSON out. See `scraper.documents.reader`."""

from __future__ import annotations

import json
import sys
import warnings
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from scraper.documents import limits
from scraper.documents.text import Text


def main() -> None:
    """Read standard input as the kind of file that the first argument names."""
    kind, content = sys.argv[1], sys.stdin.buffer.read()
    # The libraries print what they think of a file; only the JSON is wanted.
    out, sys.stdout = sys.stdout, sys.stderr
    warnings.simplefilter("ignore")
    limits.take_limits()
    try:
        if kind != "pdf":
            _refuse_bomb(content)
        text = _read(kind, content)
        said = {"pages": text.pages, "text": text.joined(), "cut": text.cut}
    except MemoryError:
        said = {"error": f"the {kind} needs more memory than reading a document may"}
    except Exception as error:  # whatever a library makes of a hostile file
        reason = " ".join(str(error).split())[:200]
        fault = f"{type(error).__name__}: {reason}" if reason else type(error).__name__
        said = {"error": f"the {kind} is damaged, protected or not what it says ({fault})"}
    json.dump(said, out)
    out.flush()


def _read(kind: str, content: bytes) -> Text:
    if kind == "pdf":
        from scraper.documents.pdf import read_pdf

        return read_pdf(content)
    if kind == "docx":
        from scraper.documents.docx import read_docx

        return read_docx(content)
    from scraper.documents.xlsx import read_xlsx

    return read_xlsx(content)


def _refuse_bomb(content: bytes) -> None:
    with ZipFile(BytesIO(content)) as package:
        parts = package.infolist()
        if len(parts) > limits.PARTS or sum(part.file_size for part in parts) > limits.UNPACKED:
            raise BadZipFile("it unpacks to more than a document may")


if __name__ == "__main__":
    main()
