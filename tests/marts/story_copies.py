"""One report in the forms in which portals print it after one another, and notices that only look alike."""

from __future__ import annotations

from tests.marts.raw_ledger import Ledger

LEAD = "Chiều 25/10, Thường trực Hội đồng nhân dân thành phố họp phiên thường kỳ, cho ý kiến về 5 nội dung."
MIDDLE = """Báo cáo tại phiên họp cho biết, 10 tháng qua tổng thu ngân sách nhà nước trên địa bàn đạt 76.452,3
tỷ đồng, bằng 81,4% dự toán; giải ngân vốn đầu tư công đạt 9.812 tỷ đồng, bằng 62,7% kế hoạch. Toàn
thành phố có 1.204 doanh nghiệp thành lập mới với tổng vốn đăng ký 15.330 tỷ đồng. Các đại biểu đề
nghị Ủy ban nhân dân thành phố tập trung tháo gỡ khó khăn trong giải phóng mặt bằng, rà soát từng dự
án chậm tiến độ, làm rõ trách nhiệm của người đứng đầu."""
END = (
    "Kết luận phiên họp, Chủ tịch Hội đồng nhân dân thành phố yêu cầu các ban chuẩn bị kỹ nội dung "
    "trình kỳ họp cuối năm."
)
OTHER_LEAD = (
    "Thường trực HĐND thành phố vừa tổ chức phiên họp tháng 10 dưới sự chủ trì của đồng chí Chủ tịch HĐND."
)
OTHER_END = (
    "Phiên họp cũng xem xét công tác chuẩn bị tiếp xúc cử tri trước kỳ họp thường lệ, theo đề nghị "
    "của các tổ đại biểu."
)

NOTICE = """Ủy ban nhân dân phường thông báo lịch tiếp công dân định kỳ tháng {month}. Thời gian: từ 8 giờ 00
đến 11 giờ 30 ngày {day}/{month}. Địa điểm: phòng tiếp công dân, trụ sở Ủy ban nhân dân phường.
Trong tháng trước, phường đã tiếp {people} lượt công dân, nhận {letters} đơn, giải quyết xong {done}
đơn, đạt {share}% tổng số đơn thuộc thẩm quyền. Đề nghị các tổ dân phố thông báo rộng rãi đến nhân
dân được biết."""


def write_copies(ledger: Ledger) -> None:
    ledger.portal("press", "31", precedence=2)
    report = "\n\n".join((LEAD, MIDDLE, END))
    ledger.article("press_first", "2019-10-25T16:59:00+07:00", portal="press", seen="2019-11-01", body=report)
    ledger.article("portal_later", "2019-10-25T17:02:00+07:00", seen="2019-11-01", body=f"{report}\n\nLMT")
    reprint = "\n\n".join((OTHER_LEAD, MIDDLE, END))
    ledger.article(
        "reprinted",
        "2019-10-25",
        portal="lechan",
        source="Cổng TTĐT thành phố",
        seen="2019-11-01",
        body=reprint,
    )
    again = "\n\n".join((OTHER_LEAD, MIDDLE, OTHER_END))
    ledger.article("reprinted_again", "2019-10-27", portal="old", seen="2019-11-01", body=again)
    ledger.article("year_later", "2020-10-27", portal="old", seen="2020-11-01", body=f"{LEAD}\n\n{MIDDLE}")
    for number, (portal, day, people, letters, done, share) in enumerate(
        [("lechan", 12, 47, 18, 15, "83,3"), ("old", 14, 52, 21, 19, "90,5")]
    ):
        body = NOTICE.format(month=5, day=day, people=people, letters=letters, done=done, share=share)
        ledger.article(
            f"notice_{number}", f"2019-05-0{day % 10}", portal=portal, seen="2019-06-01", body=body
        )
