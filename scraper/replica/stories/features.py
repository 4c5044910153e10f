"""Stories without a meeting: festivals, sports, gifts, notices, a sector's figures, and a digest of several areas."""

from __future__ import annotations

from random import Random

from scraper.replica.desk import Brief, Desk
from scraper.replica.figures import Period
from scraper.replica.places import REFORM, areas_on
from scraper.replica.prose import pick
from scraper.replica.records import Block, Story, Text
from scraper.replica.statements import Reporter
from scraper.replica.stories.reports import topic_paragraph

_FESTIVALS = (
    "Lễ hội truyền thống Nữ tướng Lê Chân", "Lễ hội chọi trâu Đồ Sơn", "hội Minh Thề", "Lễ hội đền Trạng", "Lễ hội Hoa Phượng Đỏ",
    "hội làng đầu xuân", "Lễ hội đua thuyền rồng", "hội vật cầu truyền thống", "lễ hội đình làng", "hội hát đúm tổng Phục Lễ",
)  # fmt: skip
_CUPS = ("giải bóng đá thanh niên", "giải bơi lội thiếu niên", "giải việt dã mùa xuân", "Đại hội Thể dục thể thao", "giải cầu lông các lứa tuổi", "giải đua thuyền truyền thống", "giải cờ tướng mở rộng")  # fmt: skip


def _scene(desk: Desk, key: str) -> Text:
    rng = desk.rng
    return desk.line(
        "scenes", key,
        fest=Random(desk.brief.key).choice(_FESTIVALS), cup=_cup(desk), age=str(rng.randint(71, 94)),
        price=rng.choice(("50.000", "100.000", "200.000", "300.000", "500.000", "40.000")),
        score=f"{rng.randint(1, 4)} - {rng.randint(0, 3)}", phone=str(rng.randint(700000, 899999)),
        doc2=desk.document(), guest=desk.person(rng.choice(("vice", "front", "council_vice"))).name,
    )  # fmt: skip


def _cup(desk: Desk) -> str:
    return Random(desk.brief.key).choice(_CUPS)


def _gathered(desk: Desk, opening: str, body: str, paragraphs: int, topic: str) -> list[Block]:
    blocks: list[Block] = [_scene(desk, opening)]
    for _ in range(paragraphs):
        text = _scene(desk, body)
        if desk.rng.random() < 0.5:
            text.join(_scene(desk, body))
        blocks.append(text)
    if desk.rng.random() < 0.4:
        blocks.append(desk.filler(topic))
    for caption in desk.captions(desk.rng.choice((0, 1, 2))):
        blocks.insert(desk.rng.randint(1, len(blocks)), caption)
    return blocks


def festival(desk: Desk) -> Story:
    """A festival: names of heroines, streets and bridges that are no districts, no meeting, no figures."""
    area, rng = desk.area, desk.rng
    blocks = _gathered(desk, "festival_open", "festival_body", rng.randint(2, 4), "culture")
    mood = rng.choice(
        (
            "Rộn ràng ngày hội",
            "Sắc màu lễ hội",
            "Về với hội quê",
            "Đậm đà hồn quê trong ngày hội",
            "Náo nức mùa lễ hội",
        )
    )
    return desk.story(
        f"{mood} {rng.choice(('ở', 'trên đất', 'tại'))} {area.full} năm {desk.day.year}",
        _placed(desk, blocks),
    )


def sports(desk: Desk) -> Story:
    """A sports event: scores and prizes that are no indicators."""
    rng = desk.rng
    blocks = _gathered(desk, "sports_open", "sports_body", rng.randint(2, 3), "culture")
    return desk.story(
        f"{rng.choice(('Sôi nổi', 'Hấp dẫn', 'Kịch tính', 'Khai mạc', 'Bế mạc'))} {_cup(desk)} {desk.area.full} {desk.day.year}",
        _placed(desk, blocks),
    )


def charity(desk: Desk) -> Story:
    """Gifts and visits: prices of gifts and ages that are no indicators."""
    rng, area = desk.rng, desk.area
    blocks = _gathered(desk, "charity_open", "charity_body", rng.randint(2, 3), "culture")
    lead = rng.choice(
        (
            "Ấm áp nghĩa tình",
            "Sẻ chia yêu thương",
            "Tri ân người có công",
            "Tiếp sức học sinh nghèo",
            "Trao quà cho hộ khó khăn",
        )
    )
    return desk.story(
        f"{lead} {rng.choice(('tại', 'ở'))} {area.full} {rng.choice(('', 'những ngày cuối tháng', 'dịp này'))} {desk.day.month}/{desk.day.year}".replace(
            "  ", " "
        ),
        _placed(desk, blocks),
    )


def _placed(desk: Desk, blocks: list[Block], lines: tuple[str, ...] | None = None) -> list[Block]:
    """See to it that the area is named once with its kind."""
    full, government = desk.area.full, desk.area.government
    lines = lines or (f" Đây là hoạt động thường niên của {full}.", f" Sự kiện do {government} chỉ đạo, phối hợp thực hiện.",
                      f" Hoạt động nằm trong chuỗi sự kiện của {full}.")  # fmt: skip
    text = next(b for b in blocks if isinstance(b, Text))
    if desk.area.full not in text.text:
        text.add(desk.rng.choice(lines))
    return blocks


def notice(desk: Desk) -> Story:
    """A short notice with a document to download: document and telephone numbers, nothing else."""
    rng, area = desk.rng, desk.area
    blocks: list[Block] = [_scene(desk, "notice_body") for _ in range(rng.choice((1, 2, 3)))]
    number = rng.randint(100, 3999)
    subject = rng.choice(
        (
            "điều chỉnh tổ chức giao thông",
            "lịch tiếp công dân",
            "danh mục thủ tục hành chính",
            "kế hoạch tuyển dụng viên chức",
            "công khai dự toán",
        )
    )
    story = desk.story(f"{area.full[0].upper()}{area.full[1:]}: Thông báo {subject} tháng {desk.day.month}/{desk.day.year}",
                       _placed(desk, blocks, (f" Văn bản áp dụng trên địa bàn {area.full}.", f" Nội dung được công khai tại trụ sở {area.government}.")))  # fmt: skip
    files = [f"/vanban/{desk.day:%Y/%m}/quyet-dinh-{number}.pdf"]
    if rng.random() < 0.4:
        files.append(f"/vanban/{desk.day:%Y/%m}/phu-luc-{number}.docx")
    story.attachments = tuple(files)
    return story


def sector_figures(desk: Desk) -> Story:
    """Figures of one or two sectors without a meeting."""
    rng, area, period = desk.rng, desk.area, desk.period
    topics = [
        t for t in ("tourism", "agriculture", "economy", "budget", "administration", "culture", "urban") if t
    ]
    blocks: list[Block] = []
    told: list[str] = []
    for topic in rng.sample(topics, len(topics)):
        paragraph = topic_paragraph(desk, topic, rng.choice((2, 3)), rng.choice("AE"))
        if paragraph:
            blocks.append(paragraph)
            told.append(topic)
        if len(blocks) >= 2:
            break
    source = rng.choice(
        (
            f"Theo {area.government},",
            f"Thông tin từ {area.government} cho biết,",
            f"Báo cáo của {area.government} nêu rõ:",
        )
    )
    opening = Text(f"{source} {_lower(desk.filler(told[0] if told else 'culture').text)}")
    month = Period(period.year, period.months, single=True)
    if desk.reporter.has("tourist_arrivals") and "tourism" not in told and rng.random() < 0.5:
        opening.join(desk.sentence(desk.reporter.say_month("tourist_arrivals", month)))
    blocks.insert(0, opening)
    blocks.append(desk.filler(rng.choice(("tasks", "limits", told[-1] if told else "culture"))))
    for caption in desk.captions(rng.choice((0, 1, 2))):
        blocks.insert(rng.randint(1, len(blocks)), caption)
    title = {"tourism": "Du lịch khởi sắc", "agriculture": "Nông nghiệp được mùa", "economy": "Sản xuất, kinh doanh tăng trưởng", "budget": "Thu ngân sách đạt tiến độ",
             "administration": "Một cửa gần dân", "culture": "An sinh xã hội được chăm lo", "urban": "Đô thị đổi thay"}[told[0] if told else "culture"]  # fmt: skip
    headline = rng.choice(
        (
            f"{area.full[0].upper()}{area.full[1:]}: {title} {period.title()}",
            f"{title} ở {area.full} {period.title()}",
        )
    )
    return desk.story(headline, blocks)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def digest(desk: Desk) -> Story:
    """A digest: one paragraph each of several areas, each with its own figures."""
    rng, day = desk.rng, desk.day
    blocks: list[Block] = []
    districts: list[str] = []
    keys = rng.sample(
        (
            "budget_revenue",
            "party_members_admitted",
            "production_value",
            "tourist_arrivals",
            "jobs_created",
            "admin_files_processed",
        ),
        6,
    )
    areas = [a for a in areas_on(day) if a.profile != "islet"]
    for area in pick(areas, rng.randint(3, 5), rng):
        inner = Desk(
            desk.seed,
            Brief(desk.brief.number, desk.brief.portal, "digest", area.code, day, desk.brief.turn),
            desk.period,
        )
        inner.rng = inner.reporter.rng = rng
        reporter: Reporter = inner.reporter
        key = next((k for k in keys if reporter.has(k)), None)
        if key is None:
            continue
        keys = keys[1:] + keys[:1]
        text = Text(f"{rng.choice(('Tại ', 'Ở ', ''))}{area.full}").capitalised()
        text.add(", ")
        text.join(reporter.say(key), " ")
        text.add(". ")
        text.join(inner.filler(rng.choice(("economy", "culture", "security", "urban"))), " ")
        blocks.append(text)
        districts.append(area.code)
    blocks.insert(0, Text(rng.choice((f"Điểm tin từ các địa phương của thành phố {desk.period.title()}.", f"Nhịp sống các địa phương qua những con số {desk.period.title()}.",
                                      f"Phóng viên ghi nhận tình hình một số địa phương {desk.period.title()}."))))  # fmt: skip
    headline = f"{rng.choice(('Điểm tin địa phương', 'Tin vắn cơ sở', 'Nhìn nhanh các địa phương'))} {desk.period.title()} ({day:%d/%m})"
    return desk.story(headline, blocks, districts=tuple(districts) if day < REFORM else ())
