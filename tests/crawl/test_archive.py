"""The archive gives back what was put in, to us and to other tools, and survives being cut off and
damaged."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from scraper.archive.members import whole_end
from scraper.archive.reader import (
    ArchiveWriter,
    Location,
    Revisit,
    archive_files,
    decode_body,
    payload_digest,
    read_archive,
    read_record,
)
from scraper.archive.writer import SAME_PAYLOAD
from scraper.errors import ArchiveError, HomeError
from scraper.items import Problem

WHEN = datetime(2026, 11, 23, 5, 0, 1, tzinfo=UTC)
BODY = "<html><body>Quận Lê Chân, ngày 11/4</body></html>".encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "le-chan" / "archive"


def put(writer: ArchiveWriter, number: int, body: bytes = BODY, **more: Any) -> Location:
    given: dict[str, Any] = {
        "fetched_at": WHEN,
        "request_headers": [("User-Agent", "CityLedger/0"), ("Host", "le-chan.test")],
        "status": 200,
        "headers": [
            ("Content-Type", "text/html; charset=utf-8"),
            ("ETag", '"a1"'),
            ("Set-Cookie", "a"),
            ("Set-Cookie", "b"),
        ],
        "kind": "article",
        "outcome": "ok",
        "key": f"id:{number}",
    }
    return writer.append(f"https://le-chan.test/bai-{number}?x=đ", body=body, **(given | more))


def write(folder: Path, count: int, **more: Any) -> list[Location]:
    with ArchiveWriter(folder) as writer:
        return [put(writer, number, BODY + b"%d" % number, **more) for number in range(count)]


def test_what_was_written_is_read_back(folder: Path) -> None:
    places = write(folder, 3)
    (file,) = archive_files(folder)
    captured = list(read_archive(folder, "le-chan", file.name))
    assert [(one.fetch.warc_offset, one.fetch.warc_length) for one in captured] == [
        (place.offset, place.length) for place in places
    ]
    one = captured[1]
    assert one.body == BODY + b"1"
    assert one.key == "id:1"
    assert one.headers["set-cookie"] == "a, b"
    fetch = one.fetch
    assert (fetch.url, fetch.kind, fetch.outcome, fetch.http_status) == (
        "https://le-chan.test/bai-1?x=đ",
        "article",
        "ok",
        200,
    )
    assert (fetch.fetched_at, fetch.etag, fetch.payload_bytes) == (WHEN, '"a1"', len(one.body))
    assert fetch.payload_digest == payload_digest(one.body)
    assert one == read_record(folder, "le-chan", file.name, places[1].offset)
    assert [two.key for two in read_archive(folder, "le-chan", file.name, one.end)] == ["id:2"]


def test_another_tool_reads_it(folder: Path) -> None:
    places = write(folder, 2)
    path = folder / places[0].warc_file
    with path.open("rb") as file:
        records = []
        iterator = ArchiveIterator(file)
        for record in iterator:
            content = record.content_stream().read()
            records.append(
                (record.rec_type, iterator.get_record_offset(), iterator.get_record_length(), record, content)
            )
    assert [kind for kind, *_ in records] == ["warcinfo", "request", "response", "request", "response"]
    _, offset, length, record, content = records[2]
    assert Location(path.name, offset, length) == places[0]
    assert content == BODY + b"0"
    assert record.http_headers.get_header("ETag") == '"a1"'
    assert record.rec_headers.get_header("CityLedger-Kind") == "article"
    assert record.rec_headers.get_header("CityLedger-Outcome") == "ok"
    request = records[1][3]
    assert request.http_headers.get_header("User-Agent") == "CityLedger/0"
    assert request.rec_headers.get_header("WARC-Concurrent-To") == record.rec_headers.get_header(
        "WARC-Record-ID"
    )
    member = path.read_bytes()[offset : offset + length]
    assert gzip.decompress(member).startswith(b"WARC/1.1\r\n")


def test_another_tool_finds_its_digests_right(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    places = write(folder, 2)
    checker = Checker(type("Args", (), {"inputs": [str(folder / places[0].warc_file)], "verbose": True})())
    checker.process_all()
    assert checker.exit_value == 0
    assert "digest pass" in capsys.readouterr().out


def test_a_revisit_names_the_capture_that_it_stands_for(folder: Path) -> None:
    revisit = Revisit(SAME_PAYLOAD, payload_digest(BODY), WHEN)
    with ArchiveWriter(folder) as writer:
        put(writer, 1)
        place = put(writer, 1, outcome="not_modified", revisit=revisit)
    again = read_record(folder, "le-chan", place.warc_file, place.offset)
    assert again.is_revisit
    assert (again.body, again.fetch.outcome) == (b"", "not_modified")
    assert again.fetch.payload_digest == payload_digest(BODY)


@pytest.mark.parametrize("cut", [1, 8, 9, 40, 200])
def test_a_torn_tail_is_not_read_and_is_cut_off(folder: Path, cut: int) -> None:
    places = write(folder, 3)
    path = folder / places[0].warc_file
    whole = path.read_bytes()
    path.write_bytes(whole[: places[2].end - cut])
    assert [one.key for one in read_archive(folder, "le-chan", path.name)] == ["id:0", "id:1"]
    with ArchiveWriter(folder) as writer:
        assert (
            writer.torn_bytes == places[2].length - cut if cut < places[2].length else writer.torn_bytes > 0
        )
        put(writer, 9)
    assert [one.key for one in read_archive(folder, "le-chan", path.name)] == ["id:0", "id:1", "id:9"]
    assert whole_end(path) == (path.stat().st_size, True)


def test_a_known_end_spares_reading_the_file_again(folder: Path) -> None:
    places = write(folder, 3)
    path = folder / places[0].warc_file
    data = bytearray(path.read_bytes())
    data[places[0].offset + 40] ^= (
        0xFF  # Before the known end nothing is looked at: damage there is the reader's.
    )
    path.write_bytes(bytes(data) + b"\x1f\x8b\x08torn")
    with ArchiveWriter(folder, known_end=(path.name, places[2].end)) as writer:
        assert writer.torn_bytes == 7
    assert path.stat().st_size == places[2].end


def test_damage_in_the_middle_is_told_and_skipped(folder: Path) -> None:
    places = write(folder, 4)
    path = folder / places[0].warc_file
    data = bytearray(path.read_bytes())
    for place in range(places[1].offset + 60, places[1].offset + 90):
        data[place] ^= 0x55
    path.write_bytes(data)
    problems: list[Problem] = []
    assert [one.key for one in read_archive(folder, "le-chan", path.name, 0, problems)] == [
        "id:0",
        "id:2",
        "id:3",
    ]
    assert [problem.kind for problem in problems] == ["damaged_record"]
    with pytest.raises(ArchiveError, match="damaged"):
        list(read_archive(folder, "le-chan", path.name))
    with ArchiveWriter(folder) as writer:
        assert writer.torn_bytes == 0
        assert put(writer, 9).warc_file > path.name
    assert path.read_bytes() == bytes(data)


def test_files_turn_over(folder: Path) -> None:
    with ArchiveWriter(folder, max_bytes=1500) as writer:
        places = [put(writer, number) for number in range(6)]
    names = [file.name for file in archive_files(folder)]
    assert len(names) > 1
    assert list(dict.fromkeys(place.warc_file for place in places)) == names
    keys = [one.key for name in names for one in read_archive(folder, "le-chan", name)]
    assert keys == [f"id:{number}" for number in range(6)]


def test_a_file_that_is_not_there_is_one_line(folder: Path) -> None:
    with pytest.raises(ArchiveError, match="no-such"):
        list(read_archive(folder, "le-chan", "no-such.warc.gz"))
    place = write(folder, 1)[0]
    with pytest.raises(ArchiveError, match="no whole record at byte 5"):
        read_record(folder, "le-chan", place.warc_file, 5)


def test_a_home_under_a_file_is_a_home_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(HomeError, match="cannot be written"):
        ArchiveWriter(tmp_path / "file" / "archive")


def test_headers_cannot_break_out_of_their_line(folder: Path) -> None:
    with ArchiveWriter(folder) as writer:
        place = put(writer, 1, headers=[("X", "a\r\nWARC-Type: request\r\n\r\n")], key="k\r\nWARC-Type: x")
    one = read_record(folder, "le-chan", place.warc_file, place.offset)
    assert one.body == BODY
    assert one.key == "k WARC-Type: x"


def test_content_encoding_is_kept_in_the_archive_and_undone_by_the_reader(folder: Path) -> None:
    packed = gzip.compress(BODY)
    with ArchiveWriter(folder) as writer:
        place = put(writer, 1, packed, headers={"Content-Encoding": "gzip"})
    one = read_record(folder, "le-chan", place.warc_file, place.offset)
    assert one.body == BODY
    assert one.fetch.payload_digest == payload_digest(packed)
    assert one.fetch.payload_bytes == len(packed)


def test_bodies_are_unpacked_within_bounds() -> None:
    bomb = gzip.compress(bytes(5_000_000))
    assert decode_body(bomb, "gzip", 1_000_000) == (b"", "too_large")
    assert decode_body(gzip.compress(BODY)[:-9], "gzip") == (b"", "truncated")
    assert decode_body(b"\x1f\x8b\x08nonsense", "gzip") == (b"", "truncated")
    assert decode_body(BODY, "gzip") == (BODY, None)
    assert decode_body(zlib.compress(BODY), "deflate") == (BODY, None)
    assert decode_body(zlib.compress(BODY)[2:-4], "Deflate") == (BODY, None)
    assert decode_body(BODY, "br") == (b"", "error")


@settings(max_examples=60, deadline=None)
@given(body=st.binary(max_size=400), encoding=st.sampled_from(["gzip", "deflate", "br", "", "x"]))
def test_no_body_makes_decoding_fail(body: bytes, encoding: str) -> None:
    decoded, fault = decode_body(body, encoding)
    assert fault in (None, "too_large", "truncated", "error")
    assert fault is None or decoded == b""


@settings(max_examples=40, deadline=None)
@given(share=st.floats(0, 1))
def test_a_file_cut_anywhere_gives_its_whole_records(
    share: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("cut") / "p" / "archive"
    places = write(folder, 4)
    path = folder / places[0].warc_file
    whole = path.read_bytes()
    cut = int(share * len(whole))
    path.write_bytes(whole[:cut])
    expected = [f"id:{number}" for number, place in enumerate(places) if place.end <= cut]
    assert [one.key for one in read_archive(folder, "p", path.name)] == expected
