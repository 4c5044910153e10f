"""An archive of the replica's pages, crawled by nobody: three files, made once and copied for each test."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scraper.archive.reader import ArchiveWriter, Captured, Revisit, archive_files, read_archive
from scraper.archive.writer import SAME_PAYLOAD, payload_digest
from scraper.replica import Replica
from scraper.replica.exchange import Request
from scraper.replica.routes import Router

SLUG = "demo-thanhpho"
BEGAN = datetime(2026, 11, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal's folder: pages of 60 KB, one of them looked at twice, a listing and robots.txt."""
    folder = tmp_path_factory.mktemp("archive") / SLUG / "archive"
    replica = Replica(articles=150)
    router = Router(replica, heavy=True)
    paths = [entry.path for entry in replica.entries if entry.site.slug == SLUG]
    kinds = ["robots", "listing", *("article" for _ in paths)]
    host = "thanhpho.haicang.test"
    asked = [*zip(kinds, ["/robots.txt", "/", *paths], strict=True)]
    with ArchiveWriter(folder, max_bytes=500_000) as writer:
        for number, (kind, path) in enumerate([*asked, asked[5]]):
            answer = router.answer(Request("GET", host, path, {}))
            is_again = number == len(asked)
            first = BEGAN + timedelta(minutes=5)
            writer.append(
                f"http://{host}{path}",
                fetched_at=BEGAN + timedelta(minutes=number, days=is_again),
                request_headers=[("User-Agent", "CityLedger/0"), ("Host", host)],
                status=answer.status,
                headers=[("Content-Type", answer.content_type), *answer.headers.items()],
                body=answer.body,
                kind=kind,
                outcome="not_modified" if is_again else "ok",
                key=f"k{number}",
                revisit=Revisit(SAME_PAYLOAD, payload_digest(answer.body), first) if is_again else None,
            )
    assert len(archive_files(folder)) >= 3
    return folder


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "home" / SLUG / "archive"))


def captures(folder: Path) -> list[Captured]:
    """Everything in an archive, with its places."""
    return [one for file in archive_files(folder) for one in read_archive(folder, SLUG, file.name)]
