"""Room is made in the archive without moving a record, and a kill leaves each file old or new."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from scraper.archive.holes import fill
from scraper.archive.members import member_length
from scraper.archive.reader import archive_files, read_archive, read_record
from scraper.archive.retention import thin
from scraper.archive.writer import ArchiveWriter

OLD = datetime(2026, 1, 5, 19, 0, tzinfo=UTC)


def archive(folder: Path, nights: int = 3) -> None:
    """A file of some nights, each with listings of 100 KB that no one can compress and two articles."""
    with ArchiveWriter(folder) as writer:
        for night in range(nights):
            when = OLD + timedelta(days=night)
            for number in range(4):
                kind = "article" if number % 2 else "listing"
                body = b"<p>tin</p>" * 50 if kind == "article" else os.urandom(100_000)
                if kind == "listing" and number == 0 and night == 1:
                    body = b"short"
                writer.append(
                    f"https://lechan.test/{kind}/{night}/{number}",
                    fetched_at=when,
                    request_headers=[("Host", "lechan.test")],
                    status=200,
                    headers=[("Content-Type", "text/html")],
                    body=body,
                    kind=kind,
                    outcome="ok",
                )


def two_files(folder: Path) -> Path:
    archive(folder)
    first = folder / archive_files(folder)[0].name
    (folder / "z-newest-000.warc.gz").write_bytes(first.read_bytes())
    return first


def captured(folder: Path, file: Path) -> dict[str, tuple[int, int, bytes]]:
    return {
        one.fetch.url: (one.fetch.warc_offset, one.fetch.warc_length, one.body)
        for one in read_archive(folder, "lechan", file.name)
    }


def test_old_discovery_pages_give_way_and_every_other_record_keeps_its_place(tmp_path: Path) -> None:
    file = two_files(tmp_path)
    before, size, room = captured(tmp_path, file), file.stat().st_size, file.stat().st_blocks
    newest = (tmp_path / "z-newest-000.warc.gz").read_bytes()
    limit = OLD + timedelta(days=2)
    told = thin(tmp_path, "lechan", limit, dry_run=True)
    assert file.stat().st_blocks == room
    assert thin(tmp_path, "lechan", limit) == told
    after = captured(tmp_path, file)
    assert after == {
        url: place
        for url, place in before.items()
        if "article" in url or "/2/" in url or url.endswith("listing/1/0")
    }
    for url, (offset, _, body) in after.items():
        assert (read_record(tmp_path, "lechan", file.name, offset).fetch.url, body) == (url, before[url][2])
    assert file.stat().st_size == size
    assert (room - file.stat().st_blocks) * 512 >= told[0].bytes > 250_000
    assert (tmp_path / "z-newest-000.warc.gz").read_bytes() == newest
    with file.open("rb") as stream:
        kinds = [record.rec_type for record in ArchiveIterator(stream, verify_http=False)]
    assert (kinds.count("response"), kinds.count("metadata"), kinds[0]) == (9, 3, "warcinfo")
    assert thin(tmp_path, "lechan", limit) == []
    thin(tmp_path, "lechan", OLD + timedelta(days=9))
    assert [url for url in captured(tmp_path, file) if "listing" in url] == [
        "https://lechan.test/listing/1/0"
    ]
    assert file.stat().st_blocks * 512 < 100_000


def test_a_damaged_file_is_left_as_it_is(tmp_path: Path) -> None:
    file = two_files(tmp_path)
    damaged = bytearray(file.read_bytes())
    damaged[150_000:150_100] = bytes(100)
    file.write_bytes(damaged)
    thin(tmp_path, "lechan", OLD + timedelta(days=9))
    assert file.read_bytes() == damaged


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
import scraper.archive.retention as retention
fill = retention.fill
def killed(*arguments):
    fill(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
retention.fill = killed
retention.thin(Path(sys.argv[1]), "lechan", datetime(2027, 1, 1, tzinfo=UTC))
"""


def test_a_kill_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    file = two_files(tmp_path)
    before = file.read_bytes()
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert [path.suffix for path in tmp_path.iterdir()].count(".part") == 1
    assert file.read_bytes() == before
    assert thin(tmp_path, "lechan", OLD + timedelta(days=9))
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("length", [8_192, 65_535, 65_558, 65_559, 131_098, 200_000])
def test_a_hole_of_any_length_is_one_whole_record(tmp_path: Path, length: int) -> None:

    path = tmp_path / "hole"
    with path.open("wb") as target:
        fill(target, 0, length, OLD)
    assert path.stat().st_size == length
    with path.open("rb") as file:
        assert member_length(file, 0) == length
        file.seek(0)
        told = [(record.rec_type, set(record.content_stream().read())) for record in ArchiveIterator(file)]
    assert told == [("metadata", {0})]
