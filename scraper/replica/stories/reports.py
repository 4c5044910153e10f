"""Reports of results: quarterly conferences of party committees and monthly meetings of people's committees."""

from __future__ import annotations

from scraper.replica import gatherings
from scraper.replica.desk import Desk
from scraper.replica.economy import SERIES
from scraper.replica.figures import ROMAN, Period
from scraper.replica.gatherings import Gathering
from scraper.replica.prose import pick
from scraper.replica.records import Block, Story, Text

_TOPICS: dict[str, tuple[str, ...]] = {
    "economy": ("production_value", "industrial_production_value", "trade_services_value", "retail_sales", "exports",
                "port_cargo", "new_enterprises", "registered_capital"),
    "budget": ("budget_revenue", "budget_expenditure", "public_investment_disbursement"),
    "agriculture": ("agriculture_value", "fishery_output", "clean_water_rate"),
    "tourism": ("tourist_arrivals", "tourism_revenue"),
    "party": ("party_members_admitted", "party_cells_established"),
    "urban": ("construction_permits", "construction_order_violations", "waste_collection_rate"),
    "culture": ("jobs_created", "poverty_rate", "health_insurance_coverage", "trained_workers_rate"),
    "administration": ("admin_files_processed", "on_time_file_rate", "online_public_services"),
    "security": ("crime_cases", "crime_clearance_rate", "traffic_accidents"),
}  # fmt: skip
_PARTS = {
    "budget_revenue": ("non_state_tax_revenue", "land_use_revenue"),
    "tourist_arrivals": ("international_tourists",),
}
_LEADS = {
    "economy": ("Về kinh tế,", "Theo báo cáo,", "", "Cụ thể,", "Nổi bật,"),
    "budget": ("Kết quả,", "", "Về tài chính - ngân sách,", "Tính chung,"),
    "agriculture": ("", "Trong nông nghiệp,"),
    "tourism": ("", "Về du lịch,"),
    "party": ("Về xây dựng Đảng,", "", "Công tác phát triển đảng được chú trọng:"),
    "urban": ("", "Trong quản lý đô thị,"),
    "culture": ("Về xã hội,", "", "Công tác an sinh được quan tâm:"),
    "administration": ("", "Về cải cách hành chính,"),
    "security": ("", "Toàn địa bàn,"),
}


def topic_paragraph(desk: Desk, topic: str, limit: int, status: str) -> Text | None:
    """Return a paragraph on a topic: prose and figures in changing order; None where the area reports nothing of it."""
    rng, reporter = desk.rng, desk.reporter
    keys = [k for k in _TOPICS[topic] if reporter.has(k) and not reporter.is_told(k)]
    if not keys:
        return None
    if topic == "budget":
        keys = [keys[0], *pick(keys[1:], rng.randint(0, 1), rng)]
    keys = pick(keys, limit, rng) if topic != "budget" else keys
    parts: list[Text] = []
    lead = rng.choice(_LEADS[topic])
    rows = list(keys)
    if topic == "economy" and len(rows) > 2 and rng.random() < 0.3:
        parts.append(desk.sentence(reporter.growth_list(rows[:3], "A"), lead=""))
        rows = rows[3:]
        lead = ""
    while rows:
        key = rows.pop(0)
        kind = "A" if key.endswith("rate") or key in ("crime_cases", "traffic_accidents") else status
        clauses = [reporter.say(key, status=_status(key, kind))]
        if key in _PARTS and rng.random() < 0.75:
            part = rng.choice([p for p in _PARTS[key] if reporter.has(p)] or [""])
            if part:
                clauses.append(reporter.say_within(part, _status(key, kind)))
        if rows and rng.random() < 0.45 and _status(rows[0], kind) == _status(key, kind):
            clauses.append(reporter.say(rows.pop(0), status=_status(key, kind)))
        parts.append(desk.sentence(*clauses, lead=lead if not parts else ""))
    fillers = [
        desk.filler(topic if topic != "administration" else "administration")
        for _ in range(rng.choice((1, 1, 2)))
    ]
    order = fillers + parts if rng.random() < 0.55 else parts[:1] + fillers + parts[1:]
    paragraph = Text()
    for piece in order:
        paragraph.join(piece)
    return paragraph


_ESTIMATED = {s.key for s in SERIES if s.kind == "flow" and s.key not in
              ("crime_cases", "traffic_accidents", "construction_order_violations", "construction_permits",
               "admin_files_processed", "party_members_admitted", "party_cells_established", "new_enterprises")}  # fmt: skip


def _status(key: str, status: str) -> str:
    return status if key in _ESTIMATED else "A"


def body_topics(desk: Desk) -> list[str]:
    """Return the topics of a report in one of the usual orders."""
    rng = desk.rng
    rest = ["agriculture", "tourism", "urban", "culture", "administration", "security"]
    rng.shuffle(rest)
    first = ["economy", "budget"] if rng.random() < 0.6 else ["budget", "economy"]
    party = ["party"]
    return (party + first + rest) if rng.random() < 0.35 else (first + rest[:3] + party + rest[3:])


def report_body(desk: Desk, status: str, size: int) -> list[Block]:
    """Return the paragraphs of results, with prose-only paragraphs among them."""
    rng = desk.rng
    blocks: list[Block] = []
    for topic in body_topics(desk):
        if len(blocks) >= size:
            break
        paragraph = topic_paragraph(desk, topic, rng.choice((1, 2, 2, 3)), status)
        if paragraph:
            blocks.append(paragraph)
    if rng.random() < 0.5:
        blocks.append(_prose(desk, "limits"))
    return blocks


def _prose(desk: Desk, *topics: str) -> Text:
    out = Text()
    for topic in topics:
        out.join(desk.filler(topic))
    return out


def outlook(desk: Desk, coming: Period) -> Text:
    """Return the tasks ahead, sometimes with an aim in figures."""
    out = _prose(desk, "tasks")
    if desk.rng.random() < 0.55 and desk.reporter.has("budget_revenue"):
        keys = [
            k
            for k in ("budget_revenue", "tourist_arrivals", "party_members_admitted", "jobs_created")
            if desk.reporter.has(k)
        ]
        aims = [desk.reporter.say_target(k, coming) for k in pick(keys, desk.rng.choice((1, 1, 2)), desk.rng)]
        out.join(desk.sentence(*aims))
    return out


def party_conference(desk: Desk) -> Story:
    """A committee's quarterly, half-year, nine-month or annual conference."""
    rng, area, period = desk.rng, desk.area, desk.period
    quarter = max(1, period.months // 3)
    number = gatherings.party_ordinal(area, period.year, quarter)
    printed = gatherings.ordinal_words(desk, number)
    unit, term = (
        area.kind,
        ROMAN[
            min(area.party_term if desk.day.year > 2020 or desk.day.month > 8 else area.party_term - 1, 27)
        ],
    )
    forms = [f"Hội nghị Ban Chấp hành Đảng bộ {unit} lần thứ {printed}", f"Hội nghị {area.committee} lần thứ {printed}",
             f"hội nghị lần thứ {printed} Ban Chấp hành Đảng bộ {unit}", f"Hội nghị {area.committee} lần thứ {printed} (mở rộng)"]  # fmt: skip
    if area.party_term > 1:
        forms.append(f"Hội nghị lần thứ {number} Ban Chấp hành Đảng bộ {unit} khóa {term}")
    name = rng.choice(forms)
    body = rng.choice(
        (
            area.committee_full,
            area.committee_full,
            f"Ban Thường vụ {area.committee_full}",
            f"Ban Chấp hành Đảng bộ {area.full}",
        )
    )
    title = period.title()
    nxt = _next_words(period)
    agenda = rng.choice((
        f"đánh giá kết quả thực hiện nhiệm vụ {title}, triển khai nhiệm vụ trọng tâm {nxt}",
        f"sơ kết công tác {title}; bàn phương hướng, nhiệm vụ {nxt}",
        f"cho ý kiến vào báo cáo tình hình {title} và một số nội dung thuộc thẩm quyền",
        f"kiểm điểm công tác lãnh đạo, chỉ đạo {title}",
    ))  # fmt: skip
    if period.months == 12:
        agenda = agenda.replace("sơ kết", "tổng kết")
    chairs = (desk.person("secretary"), desk.person("mayor"))
    venue = rng.choice(
        (
            None,
            None,
            f"hội trường {area.committee} {'' if area.is_district else unit}".strip(),
            f"Trung tâm hội nghị {unit}",
        )
    )
    meeting = Gathering(
        body, area.committee_full, name, "party_committee", agenda, number, venue=venue, chairs=chairs
    )
    first, _ = gatherings.opening(desk, meeting)
    first.join(gatherings.chair_line(desk, meeting))
    if rng.random() < 0.35:
        first.join(gatherings.direct_line(desk, gatherings.superiors(desk)))
    elif rng.random() < 0.4:
        first.join(gatherings.attend_line(desk, (desk.person("front"), desk.person("council_vice"))))
    blocks: list[Block] = [first]
    if rng.random() < 0.45:
        blocks.append(gatherings.report_line(desk, desk.person("deputy")))
    if rng.random() < 0.6:
        blocks.append(_prose(desk, "context"))
    blocks += report_body(desk, rng.choice("AAE"), rng.randint(3, 6))
    blocks.append(outlook(desk, _coming(period)))
    if rng.random() < 0.7:
        blocks.append(gatherings.closing(desk, chairs[0]))
    return desk.story(_report_headline(desk, title), with_pictures(desk, blocks, chairs[0]))


def with_pictures(desk: Desk, blocks: list[Block], chair: object) -> list[Block]:
    """Put up to three captions between the paragraphs."""
    from scraper.replica.people import Person

    assert isinstance(chair, Person)
    out = list(blocks)
    for _ in range(desk.rng.choice((0, 1, 1, 2, 3))):
        picture = gatherings.photo(desk, chair) if desk.rng.random() < 0.7 else desk.captions(1)[0]
        out.insert(desk.rng.randint(1, len(out)), picture)
    return out


def _report_headline(desk: Desk, title: str) -> str:
    area = desk.area
    full = area.full[0].upper() + area.full[1:]
    theme = desk.rng.choice(("kinh tế giữ đà tăng trưởng", "nhiều chỉ tiêu đạt khá", "tập trung gỡ điểm nghẽn mặt bằng",
                             "chuyển biến trong cải cách hành chính", "quyết liệt thu ngân sách", "giữ vững ổn định, tạo đà bứt phá"))  # fmt: skip
    return desk.rng.choice((
        f"{full} đánh giá kết quả thực hiện nhiệm vụ {title}", f"{full}: {title[0].upper()}{title[1:]}, {theme}",
        f"{area.committee_full} tổ chức hội nghị đánh giá nhiệm vụ {title}", f"{area.name}: {theme} trong {title}",
        f"{full} triển khai nhiệm vụ trọng tâm sau {title}",
    ))  # fmt: skip


def _next_words(period: Period) -> str:
    if period.months == 12:
        return f"năm {period.year + 1}"
    return {3: f"quý II/{period.year}", 6: f"6 tháng cuối năm {period.year}", 9: f"quý IV/{period.year}"}.get(
        period.months, f"tháng {period.months + 1}/{period.year}"
    )


def _coming(period: Period) -> Period:
    return Period(period.year + 1, 12) if period.months == 12 else Period(period.year, 12)


def committee_month(desk: Desk) -> Story:
    """A people's committee's monthly meeting, with the month's figures and the running totals."""
    rng, area, period = desk.rng, desk.area, desk.period
    month = Period(period.year, period.months, single=True)
    m = period.months
    kind = rng.choice(("phiên họp thường kỳ", "họp giao ban", "hội nghị giao ban"))
    name = rng.choice((f"{kind} tháng {m}", f"{kind} tháng {m}/{period.year}", f"{kind} công tác tháng {m}"))
    agenda = rng.choice((f"đánh giá kết quả công tác tháng {m}, triển khai nhiệm vụ tháng {m % 12 + 1}",
                         f"kiểm điểm tiến độ các công việc trong tháng {m}", f"đánh giá tình hình kinh tế - xã hội tháng {m}"))  # fmt: skip
    chairs = (desk.person("mayor"), desk.person("vice"))
    meeting = Gathering(area.government, area.government, name, "committee_meeting", agenda, chairs=chairs)
    first, _ = gatherings.opening(desk, meeting)
    first.join(gatherings.chair_line(desk, meeting))
    blocks: list[Block] = [first]
    desk.reporter.said = month
    keys = [k for k in ("budget_revenue", "tourist_arrivals", "non_state_tax_revenue", "new_enterprises", "retail_sales",
                        "public_investment_disbursement", "fishery_output") if desk.reporter.has(k)]  # fmt: skip
    for key in pick(keys, rng.choice((1, 2, 2, 3)), rng):
        text = desk.sentence(desk.reporter.say_month(key, month))
        if rng.random() < 0.6:
            text.join(desk.filler("budget" if "revenue" in key else "economy"))
        blocks.append(text)
    for topic in rng.sample(["culture", "administration", "security", "urban"], 2):
        paragraph = topic_paragraph(desk, topic, 1, "A")
        blocks.append(paragraph if paragraph and rng.random() < 0.5 and m > 1 else desk.filler(topic))
    blocks.append(_prose(desk, "tasks"))
    blocks.append(gatherings.closing(desk, chairs[0]))
    full = area.government
    headline = rng.choice((f"{full} họp giao ban tháng {m}/{period.year}", f"{full} đánh giá công tác tháng {m} năm {period.year}",
                           f"{area.name}: Tháng {m}/{period.year}, giữ nhịp các nhiệm vụ trọng tâm"))  # fmt: skip
    return desk.story(headline, with_pictures(desk, blocks, chairs[0]))
