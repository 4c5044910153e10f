"""Compacted files hold every record at its old place, other tools read them, and nothing stops half-way."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator

from scraper.archive import compaction
from scraper.archive.compaction import compact, undo
from scraper.archive.files import record_length
from scraper.archive.reader import ArchiveWriter, archive_files, read_archive, read_record
from scraper.archive.retention import thin
from scraper.archive.writer import Location
from scraper.crawl.lost import find_lost
from scraper.errors import ArchiveError, HomeError
from scraper.items import Problem
from tests.archive.conftest import BEGAN, SLUG, captures


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("sampled", [12_000_000, 1_200_000])
def test_every_record_keeps_its_place_and_a_third_of_its_bytes(
    folder: Path, sampled: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compaction, "_SAMPLED", sampled)  # All records, or a share of them.
    before, files, there = captures(folder), archive_files(folder), content(folder)
    told = compact(folder)
    newest = files[-1].name
    assert [one.warc_file for one in told] == [file.name for file in files[:-1]]
    assert {path.name for path in folder.iterdir()} == {
        newest, *(file.name.replace(".gz", ".zst") for file in files[:-1])
    }  # fmt: skip
    assert (captures(folder), archive_files(folder)) == (before, files)
    for one in before:
        place = one.fetch
        assert read_record(folder, SLUG, place.warc_file, place.warc_offset) == one
        assert record_length(folder, place.warc_file, place.warc_offset) == place.warc_length
    assert sum(one.after for one in told) <= 0.35 * sum(one.before for one in told)
    undo(folder)
    assert content(folder) == there


def test_another_tool_reads_it_and_finds_its_digests_right(folder: Path) -> None:
    wanted = [(one.fetch.url, one.body) for one in captures(folder) if not one.is_revisit]
    compact(folder, newest_too=True)
    found = []
    for path in sorted(folder.iterdir()):
        assert path.name.endswith(".warc.zst")
        with path.open("rb") as file:
            for record in ArchiveIterator(file, parse_http=True):
                if record.headers["WARC-Type"] == "response":
                    found.append((record.headers["WARC-Target-URI"], record.reader.read()))
        verified = subprocess.run(
            [sys.executable, "-m", "fastwarc.cli", "check", path], check=True, capture_output=True, text=True
        )
        assert "skipped" not in verified.stdout
    assert found == wanted


def test_the_crawl_goes_on_in_a_new_file_behind_compacted_ones(folder: Path) -> None:
    before = captures(folder)
    compact(folder, newest_too=True)
    with ArchiveWriter(folder) as writer:
        writer.append(
            "http://thanhpho.haicang.test/moi.html",
            fetched_at=BEGAN, request_headers={}, status=200, headers={}, body=b"moi",
            kind="article", outcome="ok",
        )  # fmt: skip
    after = captures(folder)
    assert (after[:-1], after[-1].body) == (before, b"moi")
    assert archive_files(folder)[-1].name > before[-1].fetch.warc_file


def test_holes_stay_holes_both_ways(folder: Path) -> None:
    limit = BEGAN + timedelta(days=9)
    kept = [one for one in captures(folder) if one.fetch.kind == "article"]
    compact(folder)
    told = thin(folder, SLUG, limit)
    assert len(told) == 1
    assert told[0].bytes > 0
    assert captures(folder) == kept
    assert thin(folder, SLUG, limit) == []
    undo(folder)
    assert captures(folder) == kept
    with (folder / told[0].warc_file).open("rb") as file:
        kinds = [record.headers["WARC-Type"] for record in ArchiveIterator(file)]
    assert kinds.count("metadata") == 1
    compact(folder)
    assert captures(folder) == kept


def middle_of_an_answer(compacted: bytes) -> int:
    """Give a place in the middle of the largest frame behind the dictionary's: no request is as large."""
    begins = [
        found.start() for found in re.finditer(re.escape(b"\x28\xb5\x2f\xfd"), compacted) if found.start() > 8
    ]
    sizes = [end - begin for begin, end in zip(begins, [*begins[1:], len(compacted)], strict=True)]
    largest = max(range(len(begins)), key=sizes.__getitem__)
    return begins[largest] + sizes[largest] // 2


def test_damage_is_told_and_costs_one_record(folder: Path) -> None:
    before = captures(folder)
    compact(folder)
    path = sorted(folder.glob("*.zst"))[0]
    damaged = bytearray(path.read_bytes())
    damaged[middle_of_an_answer(bytes(damaged))] ^= 0xFF
    path.write_bytes(damaged)
    problems: list[Problem] = []
    name = before[0].fetch.warc_file
    found = list(read_archive(folder, SLUG, name, 0, problems))
    here = [one for one in before if one.fetch.warc_file == name]
    lost = [one for one in here if one not in found]
    assert (len(lost), [problem.kind for problem in problems]) == (1, ["damaged_record"])
    with pytest.raises(ArchiveError, match="restore the file"):
        list(read_archive(folder, SLUG, name))
    places = [(one.key or "", Location(name, one.fetch.warc_offset, one.fetch.warc_length)) for one in here]
    told = find_lost(folder, SLUG, places, (name, here[-1].end), {name})
    assert told.keys == (lost[0].key,)
    path.write_bytes(damaged[:-20])
    assert archive_files(folder)[0].size == 0
    assert set(find_lost(folder, SLUG, places, None, set()).keys) == {key for key, _ in places}


def test_a_damaged_file_is_not_compacted(folder: Path) -> None:
    path = sorted(folder.iterdir())[0]
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    path.write_bytes(damaged)
    told = compact(folder)
    assert told[0].problem
    assert path.read_bytes() == damaged
    assert told[1].problem is None


KILLED = """
import os, signal, sys
from pathlib import Path
import scraper.archive.compaction as compaction
name, calls, action = sys.argv[2], int(sys.argv[3]), getattr(compaction, sys.argv[4])
real, left = getattr(os, name), [calls]
def killing(*arguments, **named):
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments, **named)
setattr(os, name, killing)
action(Path(sys.argv[1]))
"""


@pytest.mark.parametrize(
    ("action", "call", "after"),
    [("compact", "replace", 0), ("compact", "unlink", 0), ("undo", "fsync", 0), ("undo", "unlink", 0)],
)  # fmt: skip
def test_a_kill_at_any_step_loses_nothing(folder: Path, action: str, call: str, after: int) -> None:
    before, files = captures(folder), archive_files(folder)
    if action == "undo":
        compact(folder)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), call, str(after), action], check=False
    )
    assert killed.returncode == -9
    assert (captures(folder), archive_files(folder)) == (before, files)
    (compact if action == "compact" else undo)(folder)
    ending = ".warc.zst" if action == "compact" else ".warc.gz"
    assert sum(path.name.endswith(ending) for path in folder.iterdir()) == len(files) - (action == "compact")
    assert (captures(folder), archive_files(folder)) == (before, files)


def test_a_full_disk_leaves_the_file_as_it_was(folder: Path) -> None:
    there = content(folder)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(HomeError, match="nothing is lost"):
            compact(folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert content(folder) == there
