"""Which words of a clause carry meaning of their own, and which only join, measure or date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scraper.vietnamese.periods import Period

_FUNCTION = frozenset(
    "đạt ước được là có còn bằng vượt tăng giảm chiếm khoảng gần trên hơn dưới với và trong riêng gồm cả đã mới chỉ hiện nay toàn thành phố quận huyện tỉnh xã"
    " phường thị tx tp cùng kỳ so từ lên xuống tới đến ở mức bình quân tổng số cộng dồn lũy kế tính chung nhẹ mạnh cao thấp nhiều ít tương đương thì đều cũng vẫn"
    " tiếp tục đồng thời đưa nâng xấp xỉ tối thiểu không quá năm thực tỷ lệ ứng này đó các những một tại địa bàn khi do để sẽ phải cho vào của theo nếu thể trước"
    " sau cuối đầu tháng quý hết đây gấp thêm khá sâu nhất hoặc như giữ duy trì ngay lần lượt nhưng song việc trung chưa qua rồi mỗi ngày luôn vỏn vẹn đáng bị làm"
    " hiện phấn đấu mục tiêu kế hoạch kh nq chỉ dự toán ra đề bộ tế phát ghi nhận xảy hoàn thêm kéo ước dịp nhân tuy dù bởi mà còn giai đoạn kiến".split()
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
CLOSED = re.compile(r"\([^()]*\)")
"""A bracket that is closed again."""

NEW_THING = re.compile(
    r"(?<!\w)(?:thiệt hại|tổng kinh phí|kinh phí|với số tiền|số tiền|trị giá|bị thương|tài sản|thu giữ|phạt tiền|xử phạt|trọng lượng|đối tượng"
    r"|tổng vốn|số vốn|lãi|đóng góp|hiến|chi trả|cho vay|hỗ trợ|tiêu hủy|truy thu|giảm lỗ|hoàn thuế|tổng tiền|số người|phạt|thu hồi|kiểm tra|thanh tra)(?!\w)"
)
"""Words that begin a thing of their own, whatever was spoken of before."""


def residue(plain: str, start: int, end: int, periods: Sequence[Period], taken: Sequence[tuple[int, int]]) -> str:
    """Give the words of a stretch that are neither function words, periods, closed brackets nor the taken stretches."""
    if end - start < 2:
        return ""
    text = plain[start:end]
    cuts = [(p.start, p.end) for p in periods if p.start < end and p.end > start]
    cuts += [span for span in taken if span[0] < end and span[1] > start]
    if cuts:
        letters = list(text)
        for first, last in cuts:
            for position in range(max(first, start), min(last, end)):
                letters[position - start] = " "
        text = "".join(letters)
    if "(" in text:
        text = CLOSED.sub(" ", text)
    return " ".join(word for word in _LETTERS.findall(text) if word not in _FUNCTION)


_EDGES = re.compile(
    r"(?:\s|^)(?:đạt|ước|được|là|có|còn|bằng|tăng|giảm|chiếm|khoảng|gần|trên|hơn|dưới|với|đã|mới|chỉ|ước đạt|xảy ra|lên|tới|đến|từ|ở mức|tổng số|=)$",
    re.IGNORECASE,
)


def tidy(text: str) -> str:
    """Give the words of a name without signs around them and without the verb that leads to the number."""
    words = re.sub(r"[\s,;:()\"“”]+", " ", text).strip(" -–=")
    while (shorter := _EDGES.sub("", words).strip()) != words:
        words = shorter
    return words
