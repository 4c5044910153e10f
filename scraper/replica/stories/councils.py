"""Sessions of councils, sessions announced, deputies' meetings with voters, and congresses."""

from __future__ import annotations

from datetime import date, timedelta

from scraper.replica import gatherings
from scraper.replica.desk import Desk
from scraper.replica.figures import ROMAN, Period, day_month, plain, printed, rounded
from scraper.replica.gatherings import Gathering
from scraper.replica.people import citizen
from scraper.replica.places import CITY
from scraper.replica.records import Block, Fact, Story, Text
from scraper.replica.stories.reports import body_topics, prose, topic_paragraph, with_pictures

UNIONS = (
    "Công đoàn",
    "Hội Nông dân",
    "Hội Cựu chiến binh",
    "Hội Liên hiệp Phụ nữ",
    "Đoàn TNCS Hồ Chí Minh",
    "Hội Chữ thập đỏ",
)


def venue(desk: Desk) -> str | None:
    """Return where a meeting is held, where the story says so."""
    unit = desk.area.kind
    return desk.rng.choice(
        (None, f"Trung tâm hội nghị {unit}", f"hội trường UBND {unit}", f"Nhà văn hóa {unit}", None)
    )


def council_session(desk: Desk) -> Story:
    """A people's council's regular or thematic session, with the figures that were reported to it."""
    rng, area, day = desk.rng, desk.area, desk.day
    number = gatherings.council_ordinal(area, day)
    term, _, span = gatherings.council_term(area, day)
    thematic = day.month == 10
    label = (
        "chuyên đề" if thematic else f"kỳ họp thường lệ {'giữa' if day.month == 7 else 'cuối'} năm {day.year}"
    )
    spelled = gatherings.ordinal_words(desk, number)
    of_term = f"{rng.choice(('khóa', 'khoá'))} {ROMAN[term]}"
    name = rng.choice(
        (f"Kỳ họp thứ {spelled}", f"kỳ họp thứ {spelled} ({label})", f"Kỳ họp thứ {spelled} {of_term}")
    )
    body = rng.choice(
        (f"{area.council} {of_term}, nhiệm kỳ {span}", area.council, f"{area.council} {of_term}")
    )
    chairs = (desk.person("deputy"), desk.person("council_vice"))
    meeting = Gathering(
        body, area.council, name, "council_session", desk.words_of("sessions", "council_agenda"), number,
        days=2 if not thematic and rng.random() < 0.4 else 1, venue=venue(desk), chairs=chairs,
        is_session=True,
    )  # fmt: skip
    first, _ = gatherings.opening(desk, meeting)
    first.join(gatherings.chair_line(desk, meeting))
    if area.code != "31" and rng.random() < 0.5:
        first.join(gatherings.attend_line(desk, (desk.person("secretary"), desk.person("front"))))
    blocks: list[Block] = [first]
    if not thematic:
        blocks += _reported(desk)
    blocks.append(desk.line("sessions", "resolutions", n=str(rng.randint(4, 17))))
    if rng.random() < 0.6:
        asker = citizen(rng)
        blocks.append(desk.line("sessions", "question", p=lambda t: t.add(desk.cast.bare(asker, "speak"))))
    if rng.random() < 0.6:
        blocks.append(prose(desk, rng.choice(("limits", "tasks"))))
    headline = desk.words_of("sessions", "council_headline", o=str(number))
    return desk.story(headline, with_pictures(desk, blocks, chairs[0]))


def _reported(desk: Desk) -> list[Block]:
    rng = desk.rng
    blocks: list[Block] = [gatherings.report_line(desk, desk.person("mayor"))]
    for topic in body_topics(desk)[: rng.randint(2, 5)]:
        paragraph = topic_paragraph(desk, topic, 2, "E" if desk.day.month == 12 else "A")
        if paragraph:
            blocks.append(paragraph)
    if desk.day.month == 7 and rng.random() < 0.45 and desk.reporter.has("budget_revenue"):
        blocks.append(settled_account(desk))
    return blocks


def settled_account(desk: Desk) -> Text:
    """Return the settled figure of the year before, a little off what was reported in December."""
    last = Period(desk.day.year - 1, 12)
    value = desk.reporter.value("budget_revenue", last)
    settled = rounded(float(value) * desk.rng.choice((0.991, 1.006, 1.013, 1.021)), 1)
    out = Text(desk.words_of("sessions", "settled") + " ")
    start = len(out)
    name = "thu ngân sách nhà nước trên địa bàn"
    out.add(f"{name} năm {last.year} đạt {printed(settled)} tỷ đồng")
    fact: Fact = {
        "indicator_name": name,
        "indicator": "budget_revenue",
        "breakdown": None,
        "measure": "level",
        "base": None,
        "obs_value": plain(settled),
        "obs_value_upper": None,
        "unit_measure": "VND",
        "unit_mult": 9,
        "bound": "exact",
        "obs_status": "A",
        "time_period": last.code,
        "ref_area": desk.area.code,
    }
    out.mark("indicator", start, fact)
    out.add(desk.rng.choice((".", ", đã được Kho bạc Nhà nước đối chiếu.")))
    return out


def announced(desk: Desk) -> Story:
    """A preparatory meeting, and the session that it announces with its date."""
    rng, area = desk.rng, desk.area
    session = desk.day + timedelta(days=rng.randint(9, 18))
    number = gatherings.council_ordinal(area, session)
    chair = desk.person("deputy")
    body = f"Thường trực {area.council}"
    agenda = f"thống nhất nội dung, chương trình Kỳ họp thứ {number}"
    meeting = Gathering(body, body, "hội nghị liên tịch", "committee_meeting", agenda, chairs=(chair,))
    first, _ = gatherings.opening(desk, meeting)
    first.join(gatherings.chair_line(desk, meeting))
    blocks: list[Block] = [first, _announcement(desk, number, session)]
    blocks.append(prose(desk, rng.choice(("limits", "urban", "administration")), "tasks"))
    if rng.random() < 0.5:
        blocks.append(gatherings.closing(desk, chair))
    headline = desk.words_of("sessions", "announced_headline", o=str(number))
    return desk.story(headline, with_pictures(desk, blocks, chair))


def _announcement(desk: Desk, number: int, session: date) -> Text:
    rng, area = desk.rng, desk.area
    fact: Fact = {
        "name": f"Kỳ họp thứ {number} HĐND {area.kind}",
        "classification": "council_session",
        "organization": area.council,
        "ordinal": number,
        "start_date": session.isoformat(),
        "end_date": session.isoformat(),
        "part_of_day": None,
        "location": None,
        "ref_area": area.code,
        "status": "tentative",
        "participants": [],
    }
    out = Text(rng.choice(("Theo kế hoạch, ", "Theo chương trình, ", "")))
    start = len(out)
    out.add(
        desk.words_of(
            "sessions", "announced_day", o=str(number), day=day_month(session, rng.choice((0, 1, 2)))
        )
    )
    out.mark("meeting", start, fact)
    matters = desk.words()
    out.add(f", xem xét các tờ trình về {matters['matter']} và {matters['matter2']}.")
    return out


def voter_contact(desk: Desk) -> Story:
    """Deputies of the unit's council meet voters."""
    rng, area, cast = desk.rng, desk.area, desk.cast
    where = desk.ward()
    if not area.is_district:
        where = f"{rng.choice(('khu dân cư', 'cụm dân cư'))} số {rng.randint(2, 9)}"
    deputies, front = (desk.person("deputy"), desk.person("vice")), desk.person("front")
    body = rng.choice((f"Tổ đại biểu {area.council}", f"các đại biểu {area.council}"))
    name = desk.words_of("sessions", "voters_name", w0=where)
    agenda = desk.words_of("sessions", "voters_agenda")
    hall = rng.choice((None, f"nhà văn hóa {where}"))
    first, _ = gatherings.opening(
        desk, Gathering(body, area.council, name, "voter_contact", agenda, venue=hall)
    )
    first.join(
        desk.line(
            "sessions", "deputies",
            p=lambda t: t.add(cast.full(deputies[0], "attend")),
            p2=lambda t: t.add(cast.full(deputies[1], "attend")),
        )
    )  # fmt: skip
    if rng.random() < 0.5:
        first.add(f" Đồng chí {cast.full(front, 'chair')} chủ trì.")
    voter, other = citizen(rng), citizen(rng)
    blocks: list[Block] = [first]
    blocks.append(
        desk.line(
            "sessions", "voters",
            p=lambda t: t.add(cast.bare(voter, "speak")), p2=lambda t: t.add(cast.bare(other, "speak")),
        )
    )  # fmt: skip
    if rng.random() < 0.6:
        blocks.append(prose(desk, rng.choice(("urban", "security", "culture"))))
    if rng.random() < 0.45:
        told = f"Theo báo cáo của {area.government}, tính trên toàn {area.kind},"
        paragraph = topic_paragraph(desk, rng.choice(("budget", "culture", "administration")), 1, "A", told)
        if paragraph:
            blocks.append(paragraph)
    blocks.append(desk.line("sessions", "voters_reply", p=lambda t: t.add(cast.bare(deputies[0], "speak"))))
    headline = desk.words_of("sessions", "voters_headline", w0=where)
    return desk.story(headline, [*blocks, *desk.captions(rng.choice((0, 1)))])


def congress(desk: Desk) -> Story:
    """A party congress of the unit: for districts in 2020 and 2025, for communes in 2025."""
    rng, area, cast = desk.rng, desk.area, desk.cast
    number = area.party_term + (desk.day.year == 2025) if area.is_district else 1
    span = "2020-2025" if desk.day.year == 2020 else "2025-2030"
    order = ROMAN[number] if rng.random() < 0.7 else str(number)
    name = f"Đại hội đại biểu Đảng bộ {area.full} lần thứ {order}"
    body = f"Đảng bộ {area.full}"
    agenda = (
        f"nhiệm kỳ {span}{rng.choice(('', f', bàn phương hướng phát triển {area.kind} trong giai đoạn mới'))}"
    )
    days = rng.choice((1, 2))
    first, _ = gatherings.opening(
        desk, Gathering(body, body, name, "congress", agenda, number, days, venue(desk))
    )
    guest, reporter = desk.person("deputy", CITY), desk.person("deputy")
    first.join(gatherings.direct_line(desk, guest))
    blocks: list[Block] = [first]
    blocks.append(desk.line("sessions", "congress_report", p=lambda t: t.add(cast.full(reporter, "report"))))
    blocks.append(prose(desk, "party", rng.choice(("culture", "urban", "economy"))))
    paragraph = topic_paragraph(desk, rng.choice(("budget", "culture", "party")), 2, "A")
    if paragraph:
        blocks.append(paragraph)
    blocks.append(prose(desk, "tasks"))
    blocks.append(desk.line("sessions", "congress_direct", p=lambda t: t.add(cast.bare(guest, "direct"))))
    title = f"Đại hội đại biểu Đảng bộ {area.full}"
    headline = rng.choice(
        (f"{title} lần thứ {ROMAN[number]}, nhiệm kỳ {span}", f"Khai mạc {title} nhiệm kỳ {span}")
    )
    return desk.story(headline, [*blocks, *desk.captions(1)])


def union_congress(desk: Desk) -> Story:
    """A congress of a mass organisation."""
    rng, area, year, cast = desk.rng, desk.area, desk.day.year, desk.cast
    group = rng.choice(UNIONS)
    number = 9 + int(area.code[-1]) + (year - 2017) // 5 if area.is_district else 1
    span = f"{year}-{year + 5}"
    body = f"{group} {area.full}"
    order = ROMAN[number] if rng.random() < 0.6 else str(number)
    name = f"Đại hội {body} lần thứ {order}"
    meeting = Gathering(body, body, name, "congress", f"nhiệm kỳ {span}", number, venue=venue(desk))
    first, _ = gatherings.opening(desk, meeting)
    guest = desk.person("deputy")
    first.join(gatherings.attend_line(desk, (guest, desk.person("front"))))
    blocks: list[Block] = [first, desk.line("sessions", "union_report", g=group)]
    blocks.append(prose(desk, "culture", rng.choice(("party", "security"))))
    blocks.append(
        desk.line("sessions", "union_speech", g=group, p=lambda t: t.add(cast.bare(guest, "speak")))
    )
    headline = rng.choice((f"Đại hội {body} nhiệm kỳ {span}", f"{body} tổ chức Đại hội nhiệm kỳ {span}"))
    return desk.story(headline, [*blocks, *desk.captions(1)])
