"""Date lines as portals print them, and the clocks and sentences that are none."""

from __future__ import annotations

import pytest

from scraper.page.dates import date_line, iso_datetime, printed_date, url_date

LINES = [
    ("Print Thứ ba, 11/04/2023 10:55 Gốc", "2023-04-11T10:55:00+07:00"),
    ("Print Chủ nhật, 09/12/2018 07:05", "2018-12-09T07:05:00+07:00"),
    ("Ngày đăng 12/06/2020 | 09:15 | Lượt xem: 1.234", "2020-06-12T09:15:00+07:00"),
    ("Ngày đăng tin: 12/06/2020", "2020-06-12"),
    ("10:55 11/04/2023", "2023-04-11T10:55:00+07:00"),
    ("Thứ sáu - 29/06/2018 15:23", "2018-06-29T15:23:00+07:00"),
    ("Ngày 12/06/2020 09:15:33", "2020-06-12T09:15:00+07:00"),
    ("Thứ 5, ngày 12/06/2020 | 09:15 AM", "2020-06-12T09:15:00+07:00"),
    ("12.06.2020 | 09:15:33", "2020-06-12T09:15:00+07:00"),
    ("Ngày 12/06/2020-15:15:33 PM", "2020-06-12T15:15:00+07:00"),
    ("12/06/2020 9:15 CH", "2020-06-12T21:15:00+07:00"),
    ("12/06/2020 12:10 AM", "2020-06-12T00:10:00+07:00"),
    ("2020-06-12 09:15:33", "2020-06-12T09:15:00+07:00"),
    ("20/07/2021 15:21 | 0", "2021-07-20T15:21:00+07:00"),
    ("Thứ 2, 13/11/2023 | 10:01:00", "2023-11-13T10:01:00+07:00"),
    ("14h30 ngày 5/3/2023", "2023-03-05T14:30:00+07:00"),
    ("Cập nhật lúc 08:05, Thứ Năm, 12/01/2023 (GMT+7)", "2023-01-12T08:05:00+07:00"),
    ("Đăng ngày: 12/06/2020 bởi admin", "2020-06-12"),
    ("12/06/2020 29:75", "2020-06-12"),
    # no dates of an article
    ("Hải Phòng, ngày 18 tháng 10 năm 2019", None),
    ("Hà Nội, ngày 24-09-2021", None),
    ("Chủ nhật, 10/12/2023, 15:38[GMT+7]", None),
    ("Hôm nay: 10/12/2023 15:38", None),
    ("3 ngày trước", None),
    ("vừa xong", None),
    ("Sáng 11/04/2023, UBND quận Lê Chân tổ chức hội nghị giao ban", None),
    ("Quyết định số 12/06/2020 của UBND thành phố", None),
    ("31/02/2023 10:00", None),
    ("11/04/1899", None),
    ("Kỳ họp thứ 13", None),
    ("1/2/2023/4", None),
    ("", None),
    ("12/06/2020 " * 40, None),
]


@pytest.mark.parametrize(("line", "iso"), LINES)
def test_date_line(line: str, iso: str | None) -> None:
    found = date_line(line)
    assert (found.iso if found else None) == iso


def test_a_labelled_line_is_surer_than_a_bare_date() -> None:
    print_line, labelled, bare = (
        date_line(line) for line in ("Print Thứ ba, 11/04/2023 10:55", "Ngày đăng: 11/04/2023", "11/04/2023")
    )
    assert print_line is not None
    assert labelled is not None
    assert bare is not None
    assert print_line.confidence > labelled.confidence > bare.confidence


@pytest.mark.parametrize(
    ("text", "formats", "iso"),
    [
        ("Thứ ba, 11/04/2023 10:55", ("%d/%m/%Y %H:%M", "%d/%m/%Y"), "2023-04-11T10:55:00+07:00"),
        ("04-11-2023", ("%m-%d-%Y",), "2023-04-11"),
        ("lúc 10 giờ 55 ngày 11.4.2023", ("lúc %H giờ %M ngày %d.%m.%Y",), "2023-04-11T10:55:00+07:00"),
        ("11/04/2023   03:05 PM", ("%d/%m/%Y %H:%M %p",), "2023-04-11T15:05:00+07:00"),
        ("11/04/2023", ("%d.%m.%Y",), "2023-04-11"),
        ("Lê Chân, ngày 11/04/2023", ("%d/%m/%Y",), None),
        ("không có ngày", ("%d/%m/%Y",), None),
    ],
)
def test_printed_date_by_a_portals_formats(text: str, formats: tuple[str, ...], iso: str | None) -> None:
    assert printed_date(text, formats) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2023-04-11T03:55:00+00:00", "2023-04-11T10:55:00+07:00"),
        ("2023-04-11T03:55:00Z", "2023-04-11T10:55:00+07:00"),
        ("2023-04-11T23:55:00Z", "2023-04-12T06:55:00+07:00"),
        ("2023-04-11T10:55+0700", "2023-04-11T10:55:00+07:00"),
        ("2023-04-11 10:55:00", "2023-04-11T10:55:00+07:00"),
        ("2023-04-11", "2023-04-11"),
        ("2023-13-11", None),
        ("0001-01-01T00:00:00+00:00", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("hôm qua", None),
        ("", None),
        (None, None),
    ],
)
def test_iso_datetime(text: str | None, iso: str | None) -> None:
    assert iso_datetime(text) == iso


def test_url_date_is_weak() -> None:
    found = url_date("https://a.vn/2023/04/11/bai-viet/")
    assert found is not None
    assert (found.iso, found.source) == ("2023-04-11", "url")
    assert found.confidence < 0.6
    assert url_date("https://a.vn/2023/44/11/bai-viet/") is None
    assert url_date("https://a.vn/bai-viet-2023.html") is None
