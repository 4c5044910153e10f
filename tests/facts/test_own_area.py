"""Which unit an article is about where its clauses name none: headline, lead, offices, homes, the country."""

from __future__ import annotations

import pytest

from scraper.facts.districts import AreaReading, read_areas
from scraper.facts.indicators import read_indicators
from scraper.items import Article


def _read(
    headline: str, body: str, day: str = "2023-04-11", url: str = "https://x.test/", home: str | None = None
) -> AreaReading:
    article = Article(url=url, canonical_url=url, headline=headline, body_text=body, date_published=day)
    return read_areas(article, home)


def _areas(
    body: str, headline: str = "Tin kinh tế", day: str = "2023-04-11", url: str = "https://x.test/"
) -> list[str]:
    article = Article(url=url, canonical_url=url, headline=headline, body_text=body, date_published=day)
    reading = read_areas(article)
    return [reading.name_of(o.ref_area) for o in read_indicators(article, reading)[0]]


@pytest.mark.parametrize(
    ("headline", "body", "day", "area"),
    [
        # the headline's unit, whoever gives its plan or sends a guest
        ("Đak Pơ: Thu đạt 41% kế hoạch tỉnh giao", "Ngày 5-7, UBND huyện Đak Pơ (tỉnh Gia Lai) họp. Dự toán "
         "tỉnh giao, kế hoạch tỉnh giao, chỉ tiêu tỉnh giao.", "2023-07-05", "huyện Đak Pơ"),
        ("Đại hội Đảng bộ xã Hưng Thịnh (Hưng Nguyên)", "Dự có Phó Chủ tịch UBND huyện, Bí thư Huyện ủy. Báo "
         "Nghệ An đưa tin.", "2020-05-27", "xã Hưng Thịnh"),
        ("Chủ tịch UBND thành phố làm việc với huyện Vĩnh Bảo", "Huyện Vĩnh Bảo có 6 xã. TP Hải Phòng giao.",
         "2021-08-19", "huyện Vĩnh Bảo"),
        ("Lãnh đạo thành phố làm việc tại phường An Dương", "Chiều 26/3, UBND thành phố Hải Phòng làm việc "
         "với phường An Dương. Đồng chí Vũ A, Phó Chủ tịch UBND thành phố chủ trì. Thu đạt 18% kế hoạch. "
         "UBND thành phố yêu cầu phường cố gắng.", "2026-03-27", "phường An Dương"),
        # a venue in the headline is none who is visited
        ("Lãnh đạo thành phố làm việc tại trụ sở phường An Dương", "Sáng 26/3, UBND thành phố Hải Phòng họp. "
         "UBND thành phố giao. Toàn thành phố thu 5 tỷ. Toàn thành phố chi 4 tỷ. Hải Phòng dẫn đầu.",
         "2026-03-27", "thành phố Hải Phòng"),
        ("Vũng Tàu: Thu ngân sách đạt khá", "Thu đạt 3.115 tỷ đồng.", "2022-10-28", "thành phố Vũng Tàu"),
        # after 2025-07-01: special zones by their name alone, communes named with their kind, merged areas
        ("Phú Quốc đón 5,2 triệu lượt khách", "Phú Quốc đón khách. Thông tin từ Sở Du lịch tỉnh An Giang.",
         "2025-08-05", "đặc khu Phú Quốc"),
        ("Phường Hà Đông: Thu đạt 98% dự toán", "Đảng ủy phường họp. Thành phố Hà Nội giao thu.",
         "2025-10-20", "phường Hà Đông"),
        ("Bến Tre: Giải ngân thấp", "Chiều 25/11, UBND tỉnh Vĩnh Long họp. Toàn tỉnh giải ngân 61,2%.",
         "2025-11-25", "tỉnh Vĩnh Long"),
        # several units of one kind, none in the headline: what lies above
        ("Công nghiệp tăng trưởng", "Theo công bố của Tổng cục Thống kê, chỉ số của cả nước ước tăng 7%."
         "\n\nTỉnh Quảng Nam tăng 29,2%; Thái Nguyên tăng 26,6%; Hải Phòng tăng 16,6%.", "2016-11-02",
         "Việt Nam"),
        # a national office opens it; a province is told of below
        ("Hàng qua cảng biển tăng 2%", "Cục Hàng hải Việt Nam vừa có báo cáo 10 tháng. Hàng qua cảng tăng 2%."
         "\n\nHà Tĩnh tăng 27%, lên 36,7 triệu tấn; Hà Tĩnh dẫn đầu.", "2021-11-02", "Việt Nam"),
        ("Hàng qua cảng tăng", "Cục Hàng hải Việt Nam làm việc với tỉnh Hà Tĩnh. Hàng qua cảng tăng 27%.",
         "2021-11-02", "tỉnh Hà Tĩnh"),
        # units that headline or lead count, and the town that they meet in
        ("Công an 6 địa phương miền núi khám phá 98 vụ", "Hội nghị của công an các huyện miền núi "
         "tổ chức tại Phước Sơn sáng 1.7.\n\nXảy ra 107 vụ. Riêng huyện Nam Trà My không có; "
         "huyện Phước Sơn có 5 vụ. Công an tỉnh đề nghị nắm chắc địa bàn.", "2021-07-02", "tỉnh Quảng Nam"),
        # "các phường TPHCM" names no ward
        ("Đại hội các phường TPHCM", "Sáng 21/8, Đảng bộ phường Xuân Hòa, TPHCM tổ chức đại hội. "
         "Phường Xuân Hòa có 41 khu phố.", "2025-08-21", "phường Xuân Hòa"),
        # the province that acts, not the town that it meets in
        ("Sơ kết công tác", "Ngày 5/7, tại thành phố Hạ Long, UBND tỉnh Quảng Ninh họp. Toàn tỉnh thu 5 tỷ.",
         "2019-07-05", "tỉnh Quảng Ninh"),
        ("Thu ngân sách khá", "Cục Thuế tỉnh Đắk Lắk họp. Chi cục Thuế khu vực Buôn Đôn thu 320 tỷ đồng.",
         "2024-01-15", "tỉnh Đắk Lắk"),
    ],
)  # fmt: skip
def test_the_unit_of_an_article(headline: str, body: str, day: str, area: str) -> None:
    reading = _read(headline, body, day)
    assert reading.name_of(reading.ref_area) == area


@pytest.mark.parametrize(
    ("headline", "body", "area"),
    [
        # none of these may take the article from its own unit
        ("Huyện Đức Trọng họp", "Ông A, quê huyện Di Linh, nguyên Chủ tịch huyện Lâm Hà, dự.",
         "huyện Đức Trọng"),
        ("Huyện Đức Trọng họp", "So với cả nước, huyện đứng thứ ba. Mặt trận Tổ quốc Việt Nam dự.",
         "huyện Đức Trọng"),
        ("Quảng Ninh dẫn đầu cả nước", "Tỉnh Quảng Ninh tăng 11%, cao nhất cả nước.", "tỉnh Quảng Ninh"),
        ("UBND huyện Hà Trung họp", "Theo Bộ Tài chính, huyện Hà Trung thu khá.", "huyện Hà Trung"),
    ],
)  # fmt: skip
def test_what_an_article_is_not_about(headline: str, body: str, area: str) -> None:
    reading = _read(headline, body, "2023-07-05")
    assert reading.name_of(reading.ref_area) == area


@pytest.mark.parametrize(
    ("url", "day", "area"),
    [
        ("https://baohaiduong.vn/x", "2024-05-28", "30"),
        ("https://baohaiduong.vn/x", "2025-09-01", "31"),
        ("https://baosoctrang.org.vn/x", "2026-01-05", "92"),
        ("https://baoapbac.vn/x", "2023-01-05", "82"),
        ("https://kinhtedothi.vn/x", "2023-01-05", "01"),
        ("https://huyenkimson.ninhbinh.gov.vn/x", "2023-01-05", "376"),
        ("https://nhandan.vn/x", "2023-01-05", "Việt Nam"),
        ("https://hanam-media.test/x", "2023-01-05", "35"),
    ],
)
def test_the_home_of_a_portal(url: str, day: str, area: str) -> None:
    assert _read("Tin kinh tế", "Hội nghị diễn ra.", day, url).ref_area == area


def test_a_stretch_of_a_unit_that_is_no_more_keeps_its_name() -> None:
    body = "Thành phố Hải Phòng thu ngân sách 142 tỷ đồng. Khu vực Hải Dương cũ thu ngân sách 25 tỷ đồng."
    assert _areas(body, day="2025-10-28") == ["thành phố Hải Phòng", "tỉnh Hải Dương"]
    assert _areas(
        "Thành phố Hải Phòng thu ngân sách 142 tỷ đồng trên đường Hải Dương.", day="2025-10-28"
    ) == ["thành phố Hải Phòng"]


def test_how_the_own_area_was_found_is_told() -> None:
    titled = _read("Huyện Đức Trọng họp", "Huyện thu 5 tỷ đồng.", "2023-07-05")
    assert (titled.own_rule, titled.own_share) == ("titled", 1.0)
    assert _read("Tin", "Huyện Đức Trọng thu 5 tỷ đồng.").own_rule == "lead"
    assert _read("Tin", "Thu 5 tỷ đồng.", url="https://baonghean.vn/x").own_rule == "home"
    assert _read("Tin", "Thu 5 tỷ đồng.").own_rule == "none"


@pytest.mark.parametrize(
    ("body", "areas"),
    [
        # a paragraph that is but a name heads the ones below it
        ("Du lịch nhiều nơi tăng.\n\nQuảng Ninh\n\nTổng thu du lịch đạt 8.555 tỷ đồng.\n\nHà Nội\n\n"
         "Tổng thu du lịch đạt 21.500 tỷ đồng.", ["tỉnh Quảng Ninh", "thành phố Hà Nội"]),
        # one province after another, none of them the article's: each paragraph has its own
        ("Theo Sở GD - ĐT Bắc Giang, tỷ lệ tốt nghiệp đạt 99%. Toàn tỉnh có 12.647 học sinh.\n\n"
         "Tại Đắk Lắk, tỷ lệ tốt nghiệp đạt 96%.\n\nTỷ lệ tốt nghiệp của Bình Định đạt 98%. Tỉnh có 17.159 "
         "học sinh.", ["tỉnh Bắc Giang"] * 2 + ["tỉnh Đắk Lắk"] + ["tỉnh Bình Định"] * 2),
        ("Các tỉnh ĐBSCL thu hoạch 1,5 triệu ha lúa.", ["Đồng bằng sông Cửu Long"]),
        # "Trong đó" goes on with the area before it
        ("Huyện Hạ Lang thu ngân sách đạt 8 tỷ đồng. Trong đó, thu thuế ngoài quốc doanh đạt 2 tỷ đồng.",
         ["huyện Hạ Lang", "huyện Hạ Lang"]),
        # an abbreviation behind a name is no part of it
        ("FDI của Quảng Ninh đạt 3 tỷ USD; Hải Dương IIP tăng 14,2%.", ["tỉnh Quảng Ninh", "tỉnh Hải Dương"]),
        # what is said of the whole country
        ("Tỉnh Cà Mau họp. Tính chung cả nước, xuất khẩu đạt 371 tỷ USD. Xuất khẩu của tỉnh đạt 1,2 tỷ USD.",
         ["Việt Nam", "tỉnh Cà Mau"]),
        ("Tỉnh Cà Mau họp. Cả nước trong 7 tháng có 53.700 ca mắc tay chân miệng. Số thu của ngành Thuế cả "
         "nước lũy kế 4 tháng đạt 578.000 tỷ đồng. Tỉnh thu 1.200 tỷ đồng.",
         ["Việt Nam", "Việt Nam", "tỉnh Cà Mau"]),
        # a list of provinces is none of them; a split in brackets is each
        ("Theo Ban Chỉ đạo Trung ương, bão tại các tỉnh Hà Giang, Lào Cai, Yên Bái đã làm 172 căn nhà bị sập "
         "(Hà Giang 22 căn, Yên Bái 2 căn).", ["Việt Nam", "tỉnh Hà Giang", "tỉnh Yên Bái"]),
        # a region, by its printed name, where it is spoken of and not but lain in
        ("Các tỉnh Đồng bằng sông Hồng gieo cấy được khoảng 400.000 ha lúa. Tỉnh Thái Bình, thuộc vùng Đồng "
         "bằng sông Hồng, gieo cấy được 76.000 ha lúa.", ["Đồng bằng sông Hồng", "tỉnh Thái Bình"]),
        # the average of the country
        ("Tỉnh Cà Mau giải ngân đạt 36,3% kế hoạch, thấp hơn bình quân cả nước (37,85%).",
         ["tỉnh Cà Mau", "Việt Nam"]),
        # and what but compares with it
        ("Tỉnh Cà Mau họp. GRDP tăng 7,5%, cao hơn bình quân của cả nước.", ["tỉnh Cà Mau"]),
    ],
)  # fmt: skip
def test_the_area_of_a_figure(body: str, areas: list[str]) -> None:
    assert _areas(body) == areas


def test_of_several_units_in_the_headline_the_one_named_last() -> None:
    body = (
        "Phó Thủ tướng công nhận huyện Thanh Thủy (tỉnh Phú Thọ) và huyện Đô Lương (tỉnh Nghệ An).\n\n"
        "Sau 10 năm thực hiện chương trình, đến năm 2020, huyện Thanh Thủy có 10 xã đạt chuẩn nông thôn mới. "
        "Tỷ lệ hộ nghèo còn 2,9%.\n\nGiá trị sản xuất tăng 8,1%. Thu ngân sách của huyện đạt 272 tỷ đồng.\n\n"
        "Năm 2020, huyện Đô Lương kết nạp 96 đảng viên. Tỷ lệ hộ nghèo còn 1,7%."
    )
    found = _areas(body, "Công nhận huyện Thanh Thủy, huyện Đô Lương đạt chuẩn nông thôn mới", "2021-06-22")
    assert found == ["huyện Thanh Thủy"] * 4 + ["huyện Đô Lương"] * 2


@pytest.mark.parametrize(
    ("body", "areas"),
    [
        # the office that figures come from, and the kind word alone, are of the paragraph's unit
        ("Theo báo cáo của UBND huyện Hàm Yên, thu ngân sách đạt 61 tỷ đồng. Kết nạp 30 đảng viên.\n\n"
         "Toàn tỉnh thu 1.900 tỷ đồng.", ["huyện Hàm Yên", "huyện Hàm Yên", "tỉnh Tuyên Quang"]),
        ("Thu ngân sách huyện Na Hang đạt 21 tỷ đồng. Huyện giải ngân đạt 37%.", ["huyện Na Hang"] * 2),
        ("Theo UBND tỉnh, thu ngân sách đạt 1.900 tỷ đồng. Kết nạp 30 đảng viên.", ["tỉnh Tuyên Quang"] * 2),
        ("Huyện Na Hang thu 21 tỷ đồng, huyện Hàm Yên thu 61 tỷ đồng. Huyện nghèo còn 2 xã khó khăn.",
         ["huyện Na Hang", "huyện Hàm Yên", "tỉnh Tuyên Quang"]),
        ("Cùng Chủ tịch UBND huyện Na Hang, đoàn kiểm tra tiến độ. Thu ngân sách đạt 1.900 tỷ đồng.",
         ["tỉnh Tuyên Quang"]),
    ],
)  # fmt: skip
def test_the_area_of_a_paragraph_in_a_province_s_article(body: str, areas: list[str]) -> None:
    assert _areas(body, "Tỉnh Tuyên Quang: Kết quả 6 tháng", "2022-07-08") == areas
