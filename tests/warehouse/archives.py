"""Archives of a VNPT-like portal, written by the archive's own writer."""

from __future__ import annotations

import os
import signal
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from scraper.archive.reader import ArchiveWriter, Location, Revisit, archive_folder, payload_digest
from scraper.article import read_article
from scraper.harvest.harvest import Segment, harvest_segment
from scraper.items import Article, HarvestBatch
from scraper.portal import Portal
from scraper.portal_catalogue import load_portals

LE_CHAN: Portal = load_portals()["lechan"]
BASE = "https://lechan.haiphong.gov.vn"

_NEVER = "tin-chet"


def address(number: int, slug: str = "tin-hoi-nghi") -> str:
    return f"{BASE}/tin-tuc/{slug}-{700_000 + number}"


def article_html(number: int, percent: str = "27,1") -> bytes:
    return f"""<!doctype html><html lang="vi"><head><meta charset="utf-8">
<title>Tin {number}</title></head><body>
<h1 class="title-detail">Hội nghị Quận ủy Lê Chân lần thứ {number}</h1>
<div class="date-detail">11/04/2023 08:30</div>
<div class="content-detail">
<p>Sáng 11/4, Quận ủy Lê Chân tổ chức Hội nghị lần thứ {number} đánh giá tình hình quý I năm 2023.</p>
<p>Tổng thu ngân sách nhà nước quý I/2023 trên địa bàn quận đạt {percent}% kế hoạch thành phố giao.</p>
<p>Các đại biểu thảo luận, thống nhất nhiệm vụ trọng tâm của quý II và các giải pháp thực hiện.</p>
</div></body></html>""".encode()


class Archive:
    """Appends answers to the archive of the portal in a home."""

    def __init__(self, home: Path, max_bytes: int = 1 << 28) -> None:
        self.folder = archive_folder(home, LE_CHAN.slug)
        self._max_bytes = max_bytes

    def add(
        self,
        url: str,
        when: datetime,
        body: bytes = b"",
        *,
        status: int = 200,
        outcome: str = "ok",
        kind: str = "article",
        content_type: str = "text/html; charset=utf-8",
        revisit: Revisit | None = None,
    ) -> Location:
        with ArchiveWriter(self.folder, max_bytes=self._max_bytes) as writer:
            return writer.append(
                url,
                fetched_at=when,
                request_headers=[("Host", "lechan.haiphong.gov.vn")],
                status=status,
                headers=[("Content-Type", content_type)],
                body=body,
                kind=kind,
                outcome=outcome,
                revisit=revisit,
            )

    def add_unmodified(self, url: str, when: datetime, body: bytes) -> Location:
        profile = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
        revisit = Revisit(profile, payload_digest(body), None)
        return self.add(url, when, status=304, outcome="not_modified", revisit=revisit)


def harvest_without_memory(segment: Segment) -> HarvestBatch:
    """Read a segment as a worker does whose machine has no memory left for one of its pages."""

    def starved(body: bytes, *rest: Any) -> Article:
        if "lần thứ 4 " in body.decode():
            raise MemoryError
        return read_article(body, *rest)

    with patch("scraper.harvest.captures.read_article", starved):
        return harvest_segment(segment)


def harvest_or_die(segment: Segment) -> HarvestBatch:
    """Read a segment as a worker does, but die as a crash of a C library would on one page of it."""
    batch = harvest_segment(segment)
    if any(_NEVER in harvest.fetch.url for harvest in batch.harvests):
        os.kill(os.getpid(), signal.SIGKILL)
    return batch
