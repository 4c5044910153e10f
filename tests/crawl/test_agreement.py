"""What the generic reader says of pages on which a portal's selectors found less."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from scraper.archive.reader import archive_folder
from scraper.archive.writer import ArchiveWriter
from scraper.harvest.agreement import generic_agreement
from scraper.portal_catalogue import load_portals

LE_CHAN = load_portals()["lechan"]
BODY = "Sáng 11/4, Quận ủy Lê Chân tổ chức hội nghị lần thứ 13 đánh giá tình hình quý I. " * 6
PAGE = f"""<html><head><meta property="article:published_time" content="2023-04-11T08:30:00+07:00"></head>
<body><h1 class="title-detail">Hội nghị Quận ủy Lê Chân lần thứ 13</h1>
<div class="moi-doi"><p>{BODY}</p><p>{BODY}</p></div></body></html>""".encode()


def test_it_is_said_what_the_generic_reader_finds_beside_the_layouts(tmp_path: Path) -> None:
    with ArchiveWriter(archive_folder(tmp_path, "lechan")) as writer:
        place = writer.append(
            "https://lechan.haiphong.gov.vn/tin-tuc/hoi-nghi-13",
            fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
            request_headers=[],
            status=200,
            headers=[("Content-Type", "text/html; charset=utf-8")],
            body=PAGE,
            kind="article",
            outcome="ok",
        )
    captures = [(place.warc_file, place.offset), ("lost.warc.gz", 0)]
    said = generic_agreement(LE_CHAN, tmp_path, captures)
    assert said == (
        "the generic reader, on 1 of these pages: agrees on the headline of 1, agrees on the date of 1,"
        " agrees on the body of 1"
    )
    wrong = replace(LE_CHAN.layouts[0], name="wrong", headline="h1", body="h1", article=None)
    misled = generic_agreement(replace(LE_CHAN, layouts=(wrong,)), tmp_path, captures)
    assert misled is not None
    assert "finds the body on 1 where the layout finds none" in misled
    assert generic_agreement(LE_CHAN, tmp_path, [("lost.warc.gz", 0)]) is None
