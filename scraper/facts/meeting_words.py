"""Words by which prose tells that a meeting was held, is planned or was put off, and where.

Every pattern is for levelled text (`scraper.vietnamese.sentences.level`).
"""

from __future__ import annotations

import re

from scraper.vietnamese.gates import gated

ORGANISE = re.compile(
    r"(?P<verb>tổ chức|triệu tập|tiến hành|khai mạc|bế mạc|khai giảng|mở|chủ trì|điều hành|họp"
    r"|đăng cai|tham dự|dự|hoãn|tạm hoãn"
    r"|(?<!nơi )(?<!gian )(?<!điểm )(?<!khi )(?<!lúc )(?<!dịp )(?<!trình )diễn ra"
    r"|có|kết thúc)\s+(?:lễ |buổi lễ )?(?:trọng thể |thành công |khai mạc |bế mạc |xong |lại |các "
    r"|cuộc |buổi |phiên |một |riêng |hai |2 )*$"
)
"""A verb that organises, right before a title: "tổ chức", "khai mạc", "chủ trì"."""
REFERENCE = re.compile(
    r"(?:tại|trước|sau|trong|kết quả|của|nội dung|báo cáo|trình|cho|về|đến|chuẩn bị|theo|ở|từ|phục vụ|việc"
    r"|kết luận|bên lề|với|giữa|kể từ)\s+(?:các |cuộc |buổi )?$"
)
"""Words before a title by which it is only referred to: "tại", "trước", "kết quả"."""
VERB_REFERENCE = re.compile(
    r"(?:tại|trước|sau|trong|kết quả|của|kết luận|bên lề|kể từ|việc)\s+(?:các |cuộc |buổi |đợt )?$"
)
"""The same before a title that is a verb itself ("làm việc với", "tiếp xúc cử tri")."""
TASK = gated(
    r"(?<!\w)(?:đề nghị|yêu cầu|giao|lưu ý|chỉ đạo|phấn đấu|nhắc|đôn đốc|xây dựng kế hoạch"
    r"|nhiệm vụ trọng tâm)(?!\w)"
)
"""Verbs of asking and assigning: what follows is a task, not an event."""
BARE_KINDS = ("session", "congress", "conference", "sitting", "training", "seminar", "working")
"""Kinds of title that, alone, mean the meeting named before."""
CANCEL = gated(
    r"(?<!\w)(?:hoãn|tạm hoãn|lùi(?! thời gian gpmb)|dời|hủy|tạm dừng|lẽ ra|không tổ chức|đình lại"
    r"|chưa tổ chức được)(?!\w)"
)
"""Words by which a meeting was put off or called off."""
MOVED = gated(
    r"(?:lùi|chuyển|dời|hoãn)(?: lại)?(?: thời gian)? (?:sang|đến|tới|vào)|họp lại|tổ chức lại"
    r"|thời gian (?:mới|tổ chức lại)"
)
"""Words before the new day of a meeting that was moved."""
PLANNED = gated(
    r"(?<!\w)(?:sẽ|dự kiến|theo kế hoạch|theo lịch|theo chương trình công tác|ấn định|sắp tới"
    r"|sáng mai|chiều mai|ngày mai|tới đây|được giao tổ chức|chuẩn bị tổ chức)(?!\w)"
)
"""Words by which a meeting is only planned."""
SOON = re.compile(r"^\)?\s*(?:tới|sắp tới|tới đây)(?!\w)")
""""tới" right behind a day: the day is still to come."""
DONE = gated(r"(?<!\w)(?:đã (?!hoãn|phải|được)|vừa qua|vừa)")
"""Words by which a meeting took place."""
JUST = gated(r"(?<!\w)(?:vừa|mới đây|vừa qua)(?!\w)")
""""vừa", "mới đây": it took place, on a day that is not printed."""
OTHER_DEED = gated(r"(?<!\w)(?:công bố|ban hành|ký|in trong|phát hành|đăng|gửi|nộp)(?!\w)")
"""What is done with what a meeting left: its day is not the meeting's."""
HABIT = gated(r"(?<!\w)(?:duy trì|(?:hằng|hàng) (?:ngày|tuần|tháng|quý)|thường xuyên|định kỳ)(?!\w)")
"""Words of what is held again and again: no one meeting."""
CONNECT = re.compile(
    r"(?<!\w)(?:sẽ|dự kiến|diễn ra|tổ chức|họp|kế hoạch|lịch|ấn định|khai mạc|bế mạc|lẽ ra|mở|vào"
    r"|trong|từ|được|hoãn|lùi|khai giảng|làm việc|kéo dài|ngày|trước đó)(?!\w)"
)
"""Words that may stand between a title and its day."""
DURATION = re.compile(r"(?:trong|diễn ra|kéo dài|thời gian)[^.;]{0,20}(?:\d+|hai|ba|bốn|năm) (?:ngày|buổi)")
"""How many days a meeting took."""
VENUE = re.compile(
    r"(?<!\w)(?:tại|ở)\s+(?!hội nghị|đại hội|kỳ họp|phiên|cuộc họp|buổi|đây|địa phương|các |\d+ "
    r"|cơ sở(?! \d| giáo dục| cai nghiện| y tế)|hội thảo|tọa đàm|lễ|chỗ|nơi|nhiều|một số|hai |mỗi"
    r"|xã này|những)"
)
""""tại" before a place, not before a meeting or a number of places."""
VENUE_END = re.compile(
    r"(?<!tp)[.;:\n]|,|\)|\s(?:và họp|đã|với|vào|do|để|nhằm|theo|về|trong|sau|có|họp|sẽ|phải|bế mạc"
    r"|khai mạc|tổ chức(?! hội nghị)|đang|cùng|kết nối|vì|ngày|sáng|chiều|tối|buổi|trước|từ ngày|nối"
    r"|được)(?!\w)"
)
"""Where the name of a place ends."""
HELD_AT = gated(
    r"(?:khai mạc|bế mạc|diễn ra|tổ chức|họp|mở)(?: trực tuyến)? (?:tại|ở) (?!hội nghị|đại hội|đây|các |\d)"
)
"""A verb of meeting with its place."""
HAPPENS = gated(
    r"[^.;:(]{0,60}?(?:\([^()]*\))?[^.;:(]{0,30}?(?<!\w)"
    r"(?:khai mạc|bế mạc|diễn ra|họp|được tổ chức|tiếp tục|kết thúc)(?!\w)"
)
"""What a meeting does, behind its title: it opens, takes place, closes."""
PASSIVE = re.compile(
    r"(?<!\w)được\s+(?:(?P<body>[^.;:()]{3,110}?)\s+)?(?:phối hợp [^.;:]{3,60} )?"
    r"(?:tổ chức|triệu tập|khai mạc|tiến hành|mở)"
    r"(?: (?:trực tuyến|trọng thể|thành công))?(?:,? (?:tại|ở) [^,.;:]{3,80})?,?\s+(?:vào |trong |hồi )?$"
)
"""By whom a meeting was held, before its day: "… được Quận ủy tổ chức" and then "sáng 11/4"."""
OPENER = re.compile(r"(?:(?:theo đó|trước đó|tiếp đó|vừa qua|mới đây|tại [^,.;:]{3,80}),\s*)?$")
"""What may stand before the subject of a sentence."""
NAMING = re.compile(
    r"\s*[(,]?\s*(?:thứ|lần|bất thường|chuyên đề|thường lệ|cuối|giữa|đầu|hđnd|hội đồng|quốc hội|đại biểu|đảng"
    r"|chi bộ|đoàn|hội|công đoàn|của|các|khóa|điểm)(?!\w)"
)
"""What makes a name of "kỳ họp" or "đại hội": without it, the one named before is meant."""
QUOTED = re.compile(r"\"[^\"\n]{2,200}\"")
"""A quoted stretch: a day in it is no event's."""
