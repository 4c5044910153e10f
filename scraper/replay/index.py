"""Which captures of an address a home holds: sorted CDXJ files beside each archive, made when needed."""

from __future__ import annotations

import json
import mmap
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from scraper.archive.cdx import Capture, captures_of, sort_key
from scraper.archive.reader import archive_files, archive_folder
from scraper.errors import HomeError

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HEAD = b"!cityledger "
"""Sorts before every capture; how many bytes of the archive file are in the index follows."""


class Index:
    """The captures of a home's portals. Raises HomeError where the home cannot be written."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def portals(self) -> list[str]:
        """Return the slugs of the portals that have an archive."""
        return sorted(path.parent.name for path in self._home.glob("*/archive") if path.is_dir())

    def refresh(self, portal: str) -> None:
        """Take in what a portal's archive holds more than the index; cheap where that is nothing."""
        folder = archive_folder(self._home, portal)
        try:
            (self._home / portal / "index").mkdir(exist_ok=True)
            for file in archive_files(folder):
                if self._read_to(portal, file.name) != file.size:
                    self._take_in(folder, portal, file.name, file.size)
        except OSError as error:
            raise HomeError(f"{self._home / portal} cannot be written: {error.strerror or error}") from error

    def captures(self, portal: str, url: str) -> list[Capture]:
        """Return every capture of an address, oldest first; scheme and www. do not matter."""
        if not _SLUG.fullmatch(portal) or portal not in self.portals():
            return []
        wanted = f"{sort_key(url)} ".encode()
        paths = sorted((self._home / portal / "index").glob("*.cdxj"))
        found = [_parsed(line) for path in paths for line in _lines_from(path, wanted)]
        return sorted(found, key=lambda one: (one.timestamp, one.warc_file, one.offset))

    def near(self, portal: str, url: str, timestamp: str) -> Capture | None:
        """Return the capture of that time, else the last one before it, else the first one after."""
        found = self.captures(portal, url)
        if not found and portal in self.portals():
            self.refresh(portal)
            found = self.captures(portal, url)
        if not found:
            return None
        asked = timestamp.ljust(14, "9")
        before = [one for one in found if one.timestamp <= asked]
        exact = [one for one in before if one.timestamp == asked and one.status == 200]
        return (exact or before or found[:1])[-1]

    def payload_of(self, portal: str, capture: Capture) -> Capture | None:
        """Return the capture that holds a capture's payload: itself, or the one that a revisit stands for."""
        if not capture.is_revisit:
            return capture
        same = [
            one
            for one in self.captures(portal, capture.url)
            if one.digest == capture.digest and not one.is_revisit
        ]
        return same[-1] if same else None

    def _path(self, portal: str, warc_file: str) -> Path:
        return self._home / portal / "index" / f"{warc_file}.cdxj"

    def _read_to(self, portal: str, warc_file: str) -> int:
        try:
            with self._path(portal, warc_file).open("rb") as file:
                return int(file.readline().removeprefix(_HEAD))
        except (OSError, ValueError):
            return 0

    def _take_in(self, folder: Path, portal: str, warc_file: str, size: int) -> None:
        path, read_to = self._path(portal, warc_file), self._read_to(portal, warc_file)
        lines: list[str] = []
        if 0 < read_to <= size:
            lines = path.read_text(encoding="utf-8").splitlines()[1:]
        else:
            read_to = 0
        for capture, end in captures_of(folder, portal, warc_file, read_to):
            lines.append(capture.line())
            read_to = end
        part = path.with_name(path.name + ".part")
        text = "\n".join([_HEAD.decode() + str(read_to), *sorted(lines)])
        part.write_text(text + "\n", encoding="utf-8")
        part.replace(path)


def _lines_from(path: Path, prefix: bytes) -> Iterator[bytes]:
    """Yield the lines of a sorted file that begin with a prefix."""
    with path.open("rb") as file, closing(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)) as text:
        low, high = 0, len(text)
        while low < high:
            middle = (low + high) // 2
            start = text.rfind(b"\n", 0, middle) + 1
            if text[start : start + len(prefix)] < prefix:
                following = text.find(b"\n", middle)
                low = len(text) if following < 0 else following + 1
            else:
                high = start
        while low < len(text) and text[low : low + len(prefix)] == prefix:
            end = text.find(b"\n", low)
            end = len(text) if end < 0 else end
            yield text[low:end]
            low = end + 1


def _parsed(line: bytes) -> Capture:
    key, timestamp, said = line.decode("utf-8").split(" ", 2)
    fields = json.loads(said)
    return Capture(
        key, timestamp, fields["url"], fields["mime"], int(fields["status"]), fields["digest"],
        fields["filename"], int(fields["offset"]), int(fields["length"]),
    )  # fmt: skip
