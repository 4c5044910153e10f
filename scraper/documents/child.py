"""The process that reads documents, each in a fork of its own. See `scraper.documents.reader`.

It imports what reads a kind of file once, and forks for each file: the fork takes the limits, reads, says
what it found through a pipe, and is gone. What a hostile file does to its fork touches nothing else.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
import warnings
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from scraper.documents import limits
from scraper.documents.text import Text

_SECONDS = 2 * limits.SECONDS
"""Of wall time for one document."""


def main() -> None:
    """Answer requests on standard input until it ends: a line of kind and size, then the file's bytes.

    Each answer is one line of JSON: what was read, `error`, `crashed` (an exit code) or `late`.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Whoever asks is told, and closes our input.
    warnings.simplefilter("ignore")
    while line := sys.stdin.buffer.readline():
        kind, _, size = line.decode().strip().partition(" ")
        content = sys.stdin.buffer.read(int(size))
        said = _read_apart(content, _reader_of(kind), is_package=kind != "pdf")
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


def _reader_of(kind: str) -> Callable[[bytes], Text]:
    if kind == "pdf":
        from scraper.documents.pdf import read_pdf

        return read_pdf
    if kind == "docx":
        from scraper.documents.docx import read_docx

        return read_docx
    from scraper.documents.xlsx import read_xlsx

    return read_xlsx


def _read_apart(content: bytes, read: Callable[[bytes], Text], is_package: bool) -> dict[str, Any]:
    """Read a document in a fork and return what that says; it is killed when its time is over."""
    source, target = os.pipe()
    child = os.fork()
    if not child:
        os.close(source)
        _be_the_fork(content, read, is_package, target)
    os.close(target)
    said, is_late = _gathered(source)
    os.close(source)
    if is_late:
        os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if is_late:
        return {"late": True}
    try:
        told: dict[str, Any] = json.loads(said)
    except ValueError:
        return {"crashed": code}
    return told


def _gathered(source: int) -> tuple[bytes, bool]:
    """Return what comes through a pipe until it is closed, and whether that took too long."""
    parts: list[bytes] = []
    until = time.monotonic() + _SECONDS
    while True:
        if not select.select([source], [], [], max(0.0, until - time.monotonic()))[0]:
            return b"", True
        part = os.read(source, 1 << 16)
        if not part:
            return b"".join(parts), False
        parts.append(part)


def _be_the_fork(content: bytes, read: Callable[[bytes], Text], is_package: bool, target: int) -> None:
    """Read under limits, write what was found as JSON, and end this process; nothing of it comes back."""
    try:
        # The libraries print what they think of a file; our own pipes are not theirs.
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nowhere, number)
        limits.take_limits()
        with os.fdopen(target, "wb") as out:
            out.write(json.dumps(_said(content, read, is_package)).encode())
    finally:
        os._exit(0)


def _said(content: bytes, read: Callable[[bytes], Text], is_package: bool) -> dict[str, Any]:
    try:
        if is_package:
            _refuse_bomb(content)
        text = read(content)
        return {"pages": text.pages, "text": text.joined(), "cut": text.cut}
    except MemoryError:
        return {"error": "reading it needs more memory than a document may take"}
    except Exception as error:  # whatever a library makes of a hostile file
        reason = " ".join(str(error).split())[:200]
        fault = f"{type(error).__name__}: {reason}" if reason else type(error).__name__
        return {"error": f"it is damaged, protected or not what it says ({fault})"}


def _refuse_bomb(content: bytes) -> None:
    with ZipFile(BytesIO(content)) as package:
        parts = package.infolist()
        if len(parts) > limits.PARTS or sum(part.file_size for part in parts) > limits.UNPACKED:
            raise BadZipFile("it unpacks to more than a document may")


if __name__ == "__main__":
    main()
