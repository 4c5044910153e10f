"""What another tool archived is taken in once, the portal's hosts alone, as if it had been crawled."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scraper.archive.compacted import Packed, Packer, write_compacted
from scraper.archive.importing import import_files
from scraper.archive.reader import archive_files, archive_folder, read_archive
from scraper.archive.verify import verify
from scraper.archive.wacz import export_wacz
from scraper.crawl.frontier import Frontier
from scraper.crawl.recorder import Recorder
from scraper.errors import UsageError
from scraper.harvest.harvest import harvest_all, tasks_of
from scraper.portal import Portal
from scraper.portal_catalogue import load_portals
from scraper.portal_choice import held_portal
from scraper.replica.home import DEMO_PORTALS
from scraper.replica.portal_files import write_portals
from tests.archive.conftest import SLUG, captures
from warehouse.load import load, progress_marks

HOST = "thanhpho.haicang.test"
PAGE = "<html><h1>Hội nghị ở quận</h1><p>Ngày 11/4, quận họp.</p></html>".encode()


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    write_portals(tmp_path / "portals", "127.0.0.1:9")
    return load_portals(tmp_path / "portals")[SLUG]


def foreign(is_packed: bool = False) -> bytes:
    """What wget keeps: chunked and packed answers, other hosts' pages, a revisit."""
    target = BytesIO()
    writer = WARCWriter(target, gzip=is_packed, warc_version="1.1")
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    packed = gzip.compress(PAGE, mtime=0)
    html = ("Content-Type", "text/html; charset=utf-8")
    for url, day, status, headers, body in (
        (f"http://{HOST}/bai-mot.html", 1, "200 OK", [html, ("Transfer-Encoding", "chunked")], chunks),
        (f"https://www.{HOST}/bai-hai.html", 2, "200 OK", [html, ("Content-Encoding", "gzip")], packed),
        (f"http://{HOST}/bai-ba.html", 3, "404 Not Found", [html], b"khong co"),
        (f"http://{HOST}/wp-content/anh.jpg", 4, "200 OK", [("Content-Type", "image/jpeg")], b"\xff\xd8"),
        ("https://ads.example.com/track.html", 5, "200 OK", [html], PAGE),
    ):
        answer = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        date = {"WARC-Date": f"2019-03-0{day}T02:00:00Z"}
        writer.write_record(
            writer.create_warc_record(
                url, "response", payload=BytesIO(body), http_headers=answer, warc_headers_dict=date
            )
        )
    first = writer.create_warc_record(
        f"http://{HOST}/bai-mot.html",
        "response",
        payload=BytesIO(chunks),
        http_headers=StatusAndHeaders("200 OK", [], protocol="HTTP/1.1"),
    )
    writer.ensure_digest(first, block=False, payload=True)
    writer.write_record(
        writer.create_revisit_record(
            f"http://{HOST}/bai-mot.html",
            first.rec_headers.get_header("WARC-Payload-Digest"),
            f"http://{HOST}/bai-mot.html",
            "2019-03-01T02:00:00Z",
            http_headers=StatusAndHeaders("200 OK", [html], protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": "2019-03-08T02:00:00Z"},
        )
    )
    return target.getvalue()


@pytest.mark.parametrize("ending", [".warc", ".warc.gz", ".warc.zst"])
def test_the_portals_captures_are_taken_in_once(tmp_path: Path, portal: Portal, ending: str) -> None:
    content = foreign(is_packed=ending == ".warc.gz")
    if ending == ".warc.zst":
        packer, target = Packer(b""), BytesIO()
        write_compacted(target, b"", [Packed(packer.frame(content), 1)])
        content = target.getvalue()
    path = tmp_path / f"wget{ending}"
    path.write_bytes(content)
    folder = archive_folder(tmp_path, SLUG)
    told = import_files([path], portal, folder)
    assert (told.taken, told.articles, told.foreign, told.known) == (5, 4, 1, 0)
    found = captures(folder)
    assert [(one.fetch.url, one.fetch.outcome, one.fetch.kind) for one in found] == [
        (f"http://{HOST}/bai-mot.html", "ok", "article"),
        (f"https://www.{HOST}/bai-hai.html", "ok", "article"),
        (f"http://{HOST}/bai-ba.html", "gone", "article"),
        (f"http://{HOST}/wp-content/anh.jpg", "ok", "other"),
        (f"http://{HOST}/bai-mot.html", "not_modified", "article"),
    ]
    assert found[0].body == found[1].body == PAGE
    assert found[0].fetch.fetched_at == datetime(2019, 3, 1, 2, tzinfo=UTC)
    assert (found[4].is_revisit, found[4].fetch.payload_digest) == (True, found[0].fetch.payload_digest)
    assert [problem for one in verify(folder) for problem in one.problems] == []
    again = import_files([path], portal, folder)
    assert (again.taken, again.known) == (0, 5)
    assert captures(folder) == found


def test_a_wacz_is_taken_in_as_the_files_in_it(tmp_path: Path, portal: Portal) -> None:
    path, folder = tmp_path / "wget.warc", archive_folder(tmp_path, SLUG)
    path.write_bytes(foreign())
    import_files([path], portal, folder)
    wacz = tmp_path / "given.wacz"
    export_wacz(portal, folder, wacz)
    assert import_files([wacz], portal, folder).known == 5
    elsewhere = archive_folder(tmp_path / "other", SLUG)
    assert import_files([wacz], portal, elsewhere).taken == 5
    assert [one.body for one in captures(elsewhere)] == [one.body for one in captures(folder)]
    with ZipFile(tmp_path / "bomb.wacz", "w", ZIP_DEFLATED) as bomb:
        bomb.writestr("archive/a.warc", b"0" * 100_000)
    wacz.write_bytes(wacz.read_bytes()[:-100])
    for bad in (tmp_path / "bomb.wacz", wacz):
        with pytest.raises(UsageError, match=r"unpack its archive/\*\.warc\.gz"):
            import_files([bad], portal, folder)


def test_the_file_of_a_held_portal_is_found_or_asked_for(tmp_path: Path) -> None:
    archive_folder(tmp_path, SLUG).mkdir(parents=True)
    with pytest.raises(UsageError, match=f"holds {SLUG}, whose file is missing: give --portals-dir"):
        held_portal(SLUG, tmp_path, None)
    with pytest.raises(UsageError, match="there is no portal demo-khac"):
        held_portal("demo-khac", tmp_path, None)
    write_portals(tmp_path / DEMO_PORTALS, "127.0.0.1:9")
    assert held_portal(SLUG, tmp_path, None).slug == SLUG


def test_a_date_that_cannot_be_is_not_taken_in(tmp_path: Path, portal: Portal) -> None:
    path = tmp_path / "wget.warc"
    path.write_bytes(foreign().replace(b"2019-03-02", b"2999-03-02").replace(b"2019-03-03", b"1989-12-31"))
    folder = archive_folder(tmp_path, SLUG)
    told = import_files([path], portal, folder)
    assert (told.taken, told.misdated) == (3, 2)
    assert "2 dated in the future or before 1990 left out" in told.line
    assert {one.fetch.fetched_at.year for one in captures(folder)} == {2019}


def test_what_is_taken_in_is_loaded_without_a_crawl(tmp_path: Path) -> None:
    file = next(path for path in write_portals(tmp_path / "portals", "127.0.0.1:9") if path.stem == SLUG)
    file.write_text(f"paused = true\n{file.read_text('utf-8')}", encoding="utf-8")
    portal = load_portals(tmp_path / "portals")[SLUG]
    path, folder = tmp_path / "wget.warc", archive_folder(tmp_path, SLUG)

    def loaded() -> tuple[int, int]:
        records = {SLUG: portal.record()}
        tasks = tasks_of([portal], tmp_path, progress_marks(tmp_path))
        return load(tmp_path, records, harvest_all(tasks, 0)).records, len(tasks)

    path.write_bytes(foreign())
    import_files([path], portal, folder)
    Recorder(portal, tmp_path, 1_700_000_000).close()
    assert loaded() == (4, 1)
    path.write_bytes(foreign().replace(b"2019-03-0", b"2020-03-0"))
    import_files([path], portal, folder)
    with Frontier(tmp_path / SLUG / "frontier.sqlite") as frontier:
        assert frontier.archived_to() == (archive_files(folder)[-1].name, archive_files(folder)[-1].size)
    assert loaded() == (4, 1)
    assert loaded() == (0, 0)
    Recorder(portal, tmp_path, 1_700_000_100).close()
    assert loaded() == (0, 0)


def test_nothing_is_taken_in_behind_a_lost_end(tmp_path: Path, portal: Portal) -> None:
    path, folder = tmp_path / "wget.warc", archive_folder(tmp_path, SLUG)
    path.write_bytes(foreign())
    import_files([path], portal, folder)
    Recorder(portal, tmp_path, 1_700_000_000).close()
    (first,) = archive_files(folder)
    last = captures(folder)[-2].fetch.warc_offset
    with (folder / first.name).open("r+b") as file:
        file.truncate(last)
    path.write_bytes(foreign().replace(b"2019-03-0", b"2020-03-0"))
    assert import_files([path], portal, folder).lost == (first.name,)
    kept, _ = archive_files(folder)
    assert kept.size == last


def test_what_is_no_warc_is_refused(tmp_path: Path, portal: Portal) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    with pytest.raises(UsageError, match="no WARC file"):
        import_files([path], portal, archive_folder(tmp_path, SLUG))
    with pytest.raises(UsageError, match="there is no file"):
        import_files([tmp_path / "none.warc"], portal, archive_folder(tmp_path, SLUG))


def test_the_next_crawl_knows_what_was_taken_in_and_forgets_nothing_newer(
    tmp_path: Path, portal: Portal
) -> None:
    path = tmp_path / "wget.warc"
    path.write_bytes(foreign())
    folder = archive_folder(tmp_path, SLUG)
    Recorder(portal, tmp_path, 1_700_000_000).close()
    import_files([path], portal, folder)
    recorder = Recorder(portal, tmp_path, 1_700_000_100)
    recorder.close()
    assert recorder.report.problems == []
    with Frontier(tmp_path / SLUG / "frontier.sqlite") as frontier:
        (known,) = [key for key, place in frontier.captures() if "hai" in key]
        visit = frontier.visit(known)
        assert visit is not None
        assert visit.state == "done"
        assert frontier.archived_to() == (archive_files(folder)[0].name, archive_files(folder)[0].size)
        import_files([path], portal, folder)
    late = foreign().replace(b"2019-03-02", b"2018-03-02")
    path.write_bytes(late)
    import_files([path], portal, folder)
    Recorder(portal, tmp_path, 1_700_000_200).close()
    with Frontier(tmp_path / SLUG / "frontier.sqlite") as frontier:
        assert frontier.visit(known) == visit
    assert len(list(read_archive(folder, SLUG, archive_files(folder)[0].name))) == 6


def test_verify_tells_what_is_wrong(folder: Path) -> None:
    assert [one.problems for one in verify(folder)] == [()] * len(archive_files(folder))
    path = sorted(folder.iterdir())[0]
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    path.write_bytes(damaged)
    wrong = {one.warc_file: one.problems for one in verify(folder) if one.problems}
    assert list(wrong) == [path.name]
    path.unlink()
    # Whose payload was in the lost file, that revisit stands for nothing.
    assert any("not archived" in problem for one in verify(folder) for problem in one.problems)
