"""Tools of others read what we write: pywb replays it, wacz finds its export valid.

They live in an environment of their own (`make archive-tools`, or CITYLEDGER_ARCHIVE_TOOLS names one).
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from zipfile import ZipFile

import pytest
from warcio.checker import Checker

from scraper.archive.compaction import compact
from scraper.archive.reader import Captured
from scraper.archive.wacz import export_wacz
from scraper.portal_catalogue import load_portals
from scraper.replica.portal_files import write_portals
from tests.archive.conftest import SLUG, captures

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tools() -> Path:
    folder = Path(os.environ.get("CITYLEDGER_ARCHIVE_TOOLS") or ROOT / ".archive-tools") / "bin"
    if not (folder / "wayback").is_file():
        assert "CITYLEDGER_REQUIRE_ARCHIVE_TOOLS" not in os.environ, f"there is no {folder}/wayback"
        pytest.skip("pywb and wacz are not there: `make archive-tools` installs them")
    return folder


def test_warcio_finds_every_digest_right(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(path) for path in sorted(folder.iterdir())]
    checker = Checker(type("Args", (), {"inputs": files, "verbose": True})())
    checker.process_all()
    assert checker.exit_value == 0
    told = capsys.readouterr().out
    unchecked = sum(one.is_revisit for one in captures(folder))
    assert told.count("digest pass") == 2 * len(captures(folder)) + len(files) - unchecked


def test_pywb_replays_pages_and_revisits(folder: Path, tools: Path, tmp_path: Path) -> None:
    held = captures(folder)
    revisit = next(one for one in held if one.is_revisit)
    page = next(one for one in held if one.fetch.kind == "article")
    subprocess.run([tools / "wb-manager", "init", "our"], cwd=tmp_path, check=True, capture_output=True)
    subprocess.run(
        [tools / "wb-manager", "add", "our", *folder.iterdir()], cwd=tmp_path, check=True, capture_output=True
    )
    with serving(tools, tmp_path) as port:
        for one, body in ((page, page.body), (revisit, original(held, revisit))):
            path = f"/our/{one.fetch.fetched_at:%Y%m%d%H%M%S}id_/{one.fetch.url}"
            connection = HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("GET", path)
            answer = connection.getresponse()
            assert (answer.status, answer.read()) == (200, body)
            connection.close()


def original(held: list[Captured], revisit: Captured) -> bytes:
    digest = revisit.fetch.payload_digest
    return next(one.body for one in held if not one.is_revisit and one.fetch.payload_digest == digest)


@contextmanager
def serving(tools: Path, folder: Path) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [tools / "wayback", "-b", "127.0.0.1", "-p", str(port)],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, "pywb ended"
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_the_exported_archive_is_a_valid_wacz(folder: Path, tools: Path, tmp_path: Path) -> None:
    there = {path.name: path.read_bytes() for path in folder.iterdir()}
    compact(folder)
    write_portals(tmp_path / "portals", "127.0.0.1:9")
    portal = load_portals(tmp_path / "portals")[SLUG]
    told = export_wacz(portal, folder, tmp_path / "our.wacz")
    checked = subprocess.run(
        [tools / "wacz", "validate", "-f", told.path], check=False, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    with ZipFile(told.path) as wacz:
        assert {name: wacz.read(f"archive/{name}") for name in there} == there
        lines = wacz.read("indexes/index.cdxj").decode().splitlines()
        pages = [json.loads(line) for line in wacz.read("pages/pages.jsonl").decode().splitlines()]
        assert lines == sorted(lines)
        assert len(lines) == told.captures == len(captures(folder))
        assert len(pages) == told.pages + 1 > 40
        said = json.loads(lines[-1].split(" ", 2)[2])
        with wacz.open(f"archive/{said['filename']}") as file:
            file.seek(int(said["offset"]))
            assert file.read(3) == b"\x1f\x8b\x08"
