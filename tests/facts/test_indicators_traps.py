"""The stretches that masks take out, each with its reason, and what they must leave in."""

from __future__ import annotations

import pytest

from scraper.facts.masks import find_masks
from scraper.vietnamese.sentences import level


@pytest.mark.parametrize(
    ("text", "kind", "covered"),
    [
        ("Nghị quyết số 28-NQ/TU của", "document", "28-NQ/TU"),
        ("theo Nghị định 34/2018/NĐ-CP", "document", "34/2018/NĐ-CP"),
        ("Nghị quyết 18, 19 của Trung ương", "document", "Nghị quyết 18, 19"),
        ("đại dịch Covid -19", "covid", "Covid -19"),
        ("từ 22 giờ 30", "clock", "22 giờ 30"),
        ("trẻ dưới 1 tuổi", "age", "1 tuổi"),
        ("gọi 0273.3855.685", "phone", "0273.3855.685"),
        ("với 30/31 phiếu", "vote", "30/31 phiếu"),
        ("94 năm ngày thành lập", "anniversary", "94 năm ngày"),
        ("30.000 đồng/kg", "price", "30.000 đồng/kg"),
        ("tổng mức đầu tư 120 tỷ", "property", "tổng mức đầu tư 120"),
        ("tổ 14 phường", "label", "tổ 14"),
        ("đứng thứ 7/14 tỉnh vùng", "rank", "đứng thứ 7/14 tỉnh"),
        ("thắng Thanh Hóa 2-1 trên", "score", "thắng Thanh Hóa 2-1"),
        ("số xã đạt từ 10 tiêu chí trở lên", "threshold", "từ 10 tiêu chí trở lên"),
        ("mức thu 50.000 đồng", "rule", "mức thu 50.000 đồng"),
        ("tán thành đạt 98,5%", "vote", "tán thành đạt 98,5%"),
    ],
)
def test_masks(text: str, kind: str, covered: str) -> None:
    found = [(m.kind, text[m.start : m.end]) for m in find_masks(level(text))]
    assert any(name == kind and part.startswith(covered) for name, part in found), found


@pytest.mark.parametrize(
    "text",
    [
        "đạt 02/4 = 50% chỉ tiêu",
        "kỷ luật 19 đảng viên",
        "tăng 2,6% (NQ 2,5%)",
        "tổng số 45 vụ",
        "118/165 đồng chí",
        "72 triệu đồng/người/năm",
        "năng suất 70,3 tạ/ha",
        "kế hoạch 41%",
        "chỉ tiêu 31%",
        "mức thu nhập bình quân đầu người đạt 60 triệu đồng",
        "Khánh Hòa tăng 5-6%",
        "giao thông nông thôn 35 km",
        "toàn quận 45 vụ",
        "tăng 12% giá trị sản xuất",
        "thông qua chỉ tiêu tăng trưởng kinh tế đạt 8%",
        "đề án 30 tỷ đồng",
        "hỗ trợ từ ngân sách 35 tỷ đồng",
        "đội 250 người",
    ],
)
def test_figures_stay(text: str) -> None:
    assert find_masks(level(text)) == []
