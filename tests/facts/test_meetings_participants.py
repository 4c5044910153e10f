"""Meetings: who took part, with which post, and what each did there."""

from __future__ import annotations

import pytest

from tests.facts.meetings_of import meetings_in

HELD = "Sáng 11/4, Quận ủy Lê Chân tổ chức Hội nghị lần thứ 13. "


@pytest.mark.parametrize(
    ("said", "notes"),
    [
        ("Bí thư Quận ủy Trần Thu Hương chủ trì Hội nghị.", {"Trần Thu Hương": "chair"}),
        (
            "Dự và chủ trì Hội nghị có các đồng chí: Trần Thu Hương, Bí thư Quận ủy; Lê Trung Kiên.",
            {"Trần Thu Hương": "chair", "Lê Trung Kiên": "chair"},
        ),
        (
            "Các đồng chí: Trần Thu Hương, Bí thư Quận ủy; Lê Trung Kiên, Chủ tịch UBND quận đồng chủ trì.",
            {"Trần Thu Hương": "chair", "Lê Trung Kiên": "chair"},
        ),
        (
            "Chủ trì hội nghị có đồng chí Trần Thu Hương, Bí thư Quận ủy và đồng chí Lê Trung Kiên.",
            {"Trần Thu Hương": "chair", "Lê Trung Kiên": "chair"},
        ),
        ("Chủ trì: Thượng tá Phạm Viết Dũng - Trưởng Công an quận.", {"Phạm Viết Dũng": "chair"}),
        (
            "Đoàn Chủ tịch gồm các đồng chí: Trần Thu Hương, Bí thư Quận ủy; Lê Trung Kiên.",
            {"Trần Thu Hương": "chair", "Lê Trung Kiên": "chair"},
        ),
        (
            "Hội nghị diễn ra dưới sự điều hành của ông Nguyễn Nho Khiêm, Phó Bí thư.",
            {"Nguyễn Nho Khiêm": "chair"},
        ),
        ("Dự và chỉ đạo Hội nghị có đồng chí Đỗ Mạnh Hiến, Phó Bí thư Thành ủy.", {"Đỗ Mạnh Hiến": "direct"}),
        ("Phó Chủ tịch UBND thành phố Nguyễn Đức Thọ dự, phát biểu chỉ đạo.", {"Nguyễn Đức Thọ": "direct"}),
        (
            "Dự hội nghị có ông Đỗ Mạnh Hiến; cùng dự có bà Lê Thị Hoa.",
            {"Đỗ Mạnh Hiến": "attend", "Lê Thị Hoa": "attend"},
        ),
        (
            "Báo cáo do Phó Bí thư Quận ủy Phạm Văn Tân trình bày cho thấy kết quả tốt.",
            {"Phạm Văn Tân": "report"},
        ),
        ("Theo Chánh Văn phòng Lưu Thị Nga báo cáo, thu ngân sách tăng.", {"Lưu Thị Nga": "report"}),
        ("Phát biểu tại hội nghị, đồng chí Phạm Trí Tuệ nhắc quận lưu ý tiến độ.", {"Phạm Trí Tuệ": "speak"}),
        ("Đồng chí Phạm Trí Tuệ dự; sau đó ông Tuệ báo cáo kết quả.", {"Phạm Trí Tuệ": "report"}),
        ("Hội nghị bầu đồng chí Nguyễn Văn Bình giữ chức Phó Bí thư, thay ông Trần Văn Cứng nghỉ hưu.", {}),
        ("Dịp này, bà Lê Thị Hoa được tặng Bằng khen.", {}),
        ("Thay mặt Đoàn Chủ tịch, đồng chí Lê Thanh Lụa trình bày báo cáo.", {"Lê Thanh Lụa": "report"}),
        ("Cử tri Ngô Ngọc Ngân lo lắng trước tiếng ồn của các xưởng.", {"Ngô Ngọc Ngân": "speak"}),
        ("Trong khi đó, cử tri Ngô Ngọc Ngân quan tâm tình trạng ngập.", {"Ngô Ngọc Ngân": "speak"}),
        ("Phần hỏi đáp sôi nổi khi đại biểu Trần Khắc Nghị đề cập giá điện.", {"Trần Khắc Nghị": "speak"}),
        ("Đồng chí Hoàng Diệu Oanh nêu rõ việc nào cần lộ trình.", {"Hoàng Diệu Oanh": "speak"}),
        (
            "Đại biểu Cao Gia Hùng nêu rõ nước thải của cơ sở giết mổ; chủ tọa yêu cầu giải trình.",
            {"Cao Gia Hùng": "speak"},
        ),
        ("Quận luôn quan tâm tới gia đình bà Lê Thị Hoa.", {}),
    ],
)
def test_participants_and_their_notes(said: str, notes: dict[str, str]) -> None:
    (meeting,) = meetings_in(HELD + said)
    assert {p.name: p.note for p in meeting.participants} == notes


def test_a_caption_names_a_participant() -> None:
    (meeting,) = meetings_in(
        HELD, captions=("Đồng chí Phạm Văn Tân, Phó Bí thư Quận ủy báo cáo tại Hội nghị.",)
    )
    (person,) = meeting.participants
    assert (person.name, person.roles, person.note) == ("Phạm Văn Tân", ("Phó Bí thư Quận ủy",), "report")
