"""An archive given away as one WACZ file (Web Archive Collection Zipped 1.1.1), for any replay tool."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from scraper.archive.cdx import Capture, captures_of
from scraper.archive.compacted import open_compacted
from scraper.archive.compaction import write_gzip
from scraper.archive.files import archive_names
from scraper.errors import HomeError, UsageError
from scraper.items import Progress
from scraper.portal import Portal
from scraper.version import SOFTWARE


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    path: Path
    files: int
    captures: int
    pages: int
    bytes: int


def export_wacz(portal: Portal, folder: Path, target: Path, progress: Progress | None = None) -> Exported:
    """Write a portal's archive as a WACZ file: WARC files, CDXJ index, list of pages, digests of all.

    Compacted files go in as `.warc.gz`. The file appears under its name only when it is whole. Raises
    UsageError where the archive is empty, ArchiveError where it is damaged, HomeError where the disk refuses.
    """
    names = archive_names(folder)
    if not names:
        raise UsageError(f"{folder} holds no archive yet: `crawl {portal.slug}` makes one")
    part = target.with_name(target.name + ".part")
    captures: list[Capture] = []
    try:
        with ZipFile(part, "w", ZIP_STORED, allowZip64=True) as archive:
            package = _Package(archive)
            for number, name in enumerate(names):
                package.add(f"archive/{name}", partial(_copy, folder / name), packed=False)
                captures += [capture for capture, _ in captures_of(folder, portal.slug, name)]
                if progress:
                    progress(f"export {portal.slug}", number + 1, len(names))
            lines = sorted(capture.line() for capture in captures)
            package.add("indexes/index.cdxj", lambda file: _write_lines(file, lines))
            pages = _pages(portal, captures)
            package.add("pages/pages.jsonl", lambda file: _write_lines(file, pages))
            package.close(portal)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise HomeError(
            f"{target} cannot be written: {error.strerror or error}; give another --output, or free space"
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return Exported(target, len(names), len(captures), len(pages) - 1, target.stat().st_size)


class _Package:
    """Files on their way into the zip, with what `datapackage.json` says of them."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._resources: list[dict[str, Any]] = []

    def add(self, path: str, write: Callable[[BinaryIO], None], packed: bool = True) -> bytes:
        with TemporaryFile() as file:
            write(file)
            size = file.tell()
            file.seek(0)
            digest = sha256()
            while block := file.read(1 << 20):
                digest.update(block)
            file.seek(0)
            info = ZipInfo(path, datetime.now(UTC).timetuple()[:6])
            info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
            info.file_size = size
            with self._archive.open(info, "w") as entry:
                shutil.copyfileobj(file, entry, 1 << 20)
        name, sha = path.rsplit("/", 1)[-1], f"sha256:{digest.hexdigest()}"
        self._resources.append({"name": name, "path": path, "hash": sha, "bytes": size})
        return sha.encode()

    def close(self, portal: Portal) -> None:
        said = {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "title": portal.name,
            "description": f"{portal.name}, {portal.base_url}",
            "created": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "software": SOFTWARE,
            "mainPageUrl": portal.base_url,
            "resources": list(self._resources),
        }
        content = json.dumps(said, ensure_ascii=False, indent=2).encode()
        sha = self.add("datapackage.json", lambda file: _write(file, content))
        digest = json.dumps({"path": "datapackage.json", "hash": sha.decode()}).encode()
        self.add("datapackage-digest.json", lambda file: _write(file, digest))


def _copy(path: Path, target: BinaryIO) -> None:
    compacted = open_compacted(path)
    if compacted is not None:
        write_gzip(compacted, target)
        return
    with path.open("rb") as source:
        shutil.copyfileobj(source, target, 1 << 20)


def _pages(portal: Portal, captures: list[Capture]) -> list[str]:
    """Return the lines of `pages.jsonl`: a head, and each HTML page that came whole, newest capture."""
    newest: dict[str, Capture] = {}
    for capture in captures:
        if capture.status == 200 and capture.mime in ("text/html", "application/xhtml+xml"):
            known = newest.get(capture.key, capture)
            newest[capture.key] = capture if capture.timestamp >= known.timestamp else known
    head = {"format": "json-pages-1.0", "id": "pages", "title": portal.name}
    rows = [
        {
            "id": sha256(one.key.encode()).hexdigest()[:20],
            "url": one.url,
            "ts": f"{datetime.strptime(one.timestamp, '%Y%m%d%H%M%S'):%Y-%m-%dT%H:%M:%SZ}",  # noqa: DTZ007
        }
        for one in sorted(newest.values(), key=lambda one: one.key)
    ]
    return [json.dumps(row, ensure_ascii=False) for row in (head, *rows)]


def _write_lines(file: IO[bytes], lines: list[str]) -> None:
    for line in lines:
        file.write(line.encode() + b"\n")


def _write(file: IO[bytes], content: bytes) -> None:
    file.write(content)
