"""Sessions, congresses, voters' meetings, working sessions, dialogues, trainings, seminars and announcements."""

from __future__ import annotations

from datetime import date, timedelta

from scraper.replica import gatherings
from scraper.replica.desk import Desk
from scraper.replica.figures import ROMAN, Period, day_month, printed, rounded
from scraper.replica.gatherings import Gathering
from scraper.replica.people import citizen
from scraper.replica.places import CITY
from scraper.replica.prose import pick
from scraper.replica.records import Block, Fact, Story, Text
from scraper.replica.stories.reports import body_topics, topic_paragraph, with_pictures

_MATTERS = (
    "điều chỉnh kế hoạch đầu tư công trung hạn", "phê chuẩn quyết toán ngân sách", "đặt tên đường, phố",
    "cơ chế hỗ trợ người lao động", "quy hoạch chi tiết các khu dân cư mới", "biên chế khối sự nghiệp giáo dục",
    "giám sát việc thực hiện kiến nghị của cử tri", "mức thu phí dịch vụ công", "chương trình giám sát năm sau",
)  # fmt: skip
_WORRIES = (
    "thoát nước ở khu vực ngõ sâu mỗi khi mưa lớn", "tiến độ cấp giấy tờ nhà đất cho các hộ tái định cư",
    "tình trạng xe tải chạy qua khu dân cư ban đêm", "chế độ cho cán bộ không chuyên trách", "nước thải của cơ sở giết mổ",
    "việc thiếu sân chơi cho trẻ em dịp hè", "dây cáp viễn thông chằng chịt", "giá điện, nước ở các khu trọ",
    "chợ cóc lấn chiếm lòng đường", "chất lượng mặt đường sau khi đào lắp cống", "việc chậm hoàn trả mặt bằng thi công",
)  # fmt: skip


def _venue(desk: Desk) -> str | None:
    unit = desk.area.kind
    return desk.rng.choice(
        (None, f"Trung tâm hội nghị {unit}", f"hội trường UBND {unit}", f"Nhà văn hóa {unit}", None)
    )


def _worries(desk: Desk, count: int) -> str:
    return "; ".join(desk.rng.sample(_WORRIES, count))


def _talk(desk: Desk, *topics: str) -> Text:
    out = Text()
    for topic in topics:
        out.join(desk.filler(topic))
    return out


def council_session(desk: Desk) -> Story:
    """A people's council's regular or thematic session, with the figures that were reported to it."""
    rng, area, day = desk.rng, desk.area, desk.day
    number = gatherings.council_ordinal(area, day)
    term, _, span = gatherings.council_term(area, day)
    kind = "giữa năm" if day.month == 7 else "cuối năm"
    thematic = day.month == 10
    spelled = gatherings.ordinal_words(desk, number)
    label = "chuyên đề" if thematic else f"kỳ họp thường lệ {kind} {day.year}"
    khoa = rng.choice(("khóa", "khoá"))
    name = rng.choice(
        (
            f"Kỳ họp thứ {spelled}",
            f"kỳ họp thứ {spelled} ({label})",
            f"Kỳ họp thứ {spelled} {khoa} {ROMAN[term]}",
        )
    )
    body = rng.choice(
        (
            f"{area.council} {khoa} {ROMAN[term]}, nhiệm kỳ {span}",
            area.council,
            f"{area.council} {khoa} {ROMAN[term]}",
        )
    )
    agenda = rng.choice(("xem xét, quyết định nhiều nội dung quan trọng", "thông qua các nghị quyết về phát triển kinh tế - xã hội",
                         f"cho ý kiến về {rng.choice(_MATTERS)}", "bàn các giải pháp phát triển kinh tế - xã hội, quốc phòng, an ninh"))  # fmt: skip
    days = 2 if not thematic and rng.random() < 0.4 else 1
    chairs = (desk.person("deputy"), desk.person("council_vice"))
    meeting = Gathering(
        body,
        area.council,
        name,
        "council_session",
        agenda,
        number,
        days,
        _venue(desk),
        chairs=chairs,
        is_session=True,
    )
    first, _ = gatherings.opening(desk, meeting)
    first.join(gatherings.chair_line(desk, meeting))
    if area.code != "31" and rng.random() < 0.5:
        first.join(gatherings.attend_line(desk, (desk.person("secretary"), desk.person("front"))))
    blocks: list[Block] = [first]
    if not thematic:
        blocks.append(gatherings.report_line(desk, desk.person("mayor")))
        for topic in body_topics(desk)[: rng.randint(2, 5)]:
            paragraph = topic_paragraph(desk, topic, 2, "E" if day.month == 12 else "A")
            if paragraph:
                blocks.append(paragraph)
        if day.month == 7 and rng.random() < 0.45 and desk.reporter.has("budget_revenue"):
            blocks.append(settled_account(desk))
    matters = rng.sample(_MATTERS, 3)
    blocks.append(Text(f"Tại kỳ họp, các đại biểu {rng.choice(('thảo luận, thông qua', 'biểu quyết thông qua', 'xem xét'))} "
                       f"{rng.randint(4, 17)} nghị quyết, trong đó có nghị quyết về {matters[0]}, {matters[1]}; nghe báo cáo về {matters[2]}."))  # fmt: skip
    if rng.random() < 0.6:
        asker = citizen(rng)
        blocks.append(Text(f"Phiên chất vấn tập trung vào {_worries(desk, 2)}. Đại biểu {desk.cast.bare(asker, 'speak')} đề nghị "
                           f"người đứng đầu {rng.choice(('ngành', 'đơn vị'))} cam kết thời hạn cụ thể."))  # fmt: skip
    if rng.random() < 0.6:
        blocks.append(_talk(desk, rng.choice(("limits", "tasks"))))
    title = f"{area.council} tổ chức Kỳ họp thứ {number}"
    headline = rng.choice(
        (
            title,
            f"Khai mạc Kỳ họp thứ {number} {area.council}",
            f"{title}, {rng.choice(('quyết nghị nhiều nội dung quan trọng', 'bàn việc lớn của ' + area.kind))}",
        )
    )
    return desk.story(headline, with_pictures(desk, blocks, chairs[0]))


def settled_account(desk: Desk) -> Text:
    """Return the settled figure of the year before, a little off what was reported in December."""
    last = Period(desk.day.year - 1, 12)
    value = desk.reporter.value("budget_revenue", last)
    settled = rounded(float(value) * desk.rng.choice((0.991, 1.006, 1.013, 1.021)), 1)
    year = last.year
    name = "thu ngân sách nhà nước"
    out = Text(
        desk.rng.choice(
            ("Theo số liệu quyết toán, ", "Sau khi chỉnh lý số liệu, ", "Số liệu chính thức cho thấy, ")
        )
    )
    start = len(out)
    out.add(f"{name} trên địa bàn năm {year} đạt {printed(settled)} tỷ đồng")
    fact: Fact = {
        "indicator_name": f"{name} trên địa bàn", "indicator": "budget_revenue", "breakdown": None, "measure": "level",
        "base": None, "obs_value": float(settled), "obs_value_upper": None, "unit_measure": "VND", "unit_mult": 9,
        "bound": "exact", "obs_status": "A", "time_period": str(year), "ref_area": desk.area.code,
    }  # fmt: skip
    out.mark("indicator", start, fact)
    out.add(desk.rng.choice((".", ", đã được Kho bạc Nhà nước đối chiếu.")))
    return out


def voter_contact(desk: Desk) -> Story:
    """Deputies of the unit's council meet voters."""
    rng, area = desk.rng, desk.area
    where = (
        desk.ward()
        if area.is_district
        else f"{rng.choice(('khu dân cư', 'cụm dân cư'))} số {rng.randint(2, 9)}"
    )
    name = rng.choice(
        (f"hội nghị tiếp xúc cử tri {where}", f"buổi tiếp xúc cử tri tại {where}", f"tiếp xúc cử tri {where}")
    )
    agenda = rng.choice(("trước kỳ họp thường lệ", "sau kỳ họp", "theo chương trình của Thường trực HĐND"))
    deputies = (desk.person("deputy"), desk.person("vice"))
    front = desk.person("front")
    body = rng.choice((f"Tổ đại biểu {area.council}", f"các đại biểu {area.council}"))
    meeting = Gathering(
        body, area.council, name, "voter_contact", agenda, venue=rng.choice((None, f"nhà văn hóa {where}"))
    )
    first, _ = gatherings.opening(desk, meeting)
    first.add(
        f" Dự hội nghị có các đại biểu: {desk.cast.full(deputies[0], 'attend')}; {desk.cast.full(deputies[1], 'attend')}."
    )
    if rng.random() < 0.5:
        first.add(f" Đồng chí {desk.cast.full(front, 'chair')} chủ trì.")
    voter, other = citizen(rng), citizen(rng)
    blocks: list[Block] = [first.capitalised()]
    blocks.append(Text(f"Cử tri {desk.cast.bare(voter, 'speak')} {rng.choice(('phản ánh', 'nêu', 'bức xúc về', 'đề nghị xử lý'))} "
                       f"{_worries(desk, 1)}. {rng.choice(('Cùng mối quan tâm,', 'Cũng tại đây,', 'Tiếp đó,'))} "
                       f"cử tri {desk.cast.bare(other, 'speak')} {rng.choice(('kiến nghị về', 'mong sớm giải quyết', 'đặt câu hỏi về'))} {_worries(desk, 1)}."))  # fmt: skip
    if rng.random() < 0.6:
        blocks.append(_talk(desk, rng.choice(("urban", "security", "culture"))))
    if rng.random() < 0.45:
        paragraph = topic_paragraph(desk, rng.choice(("budget", "culture", "administration")), 1, "A")
        if paragraph:
            blocks.append(paragraph)
    blocks.append(Text(f"{rng.choice(('Thay mặt tổ đại biểu,', 'Tiếp thu các ý kiến,', 'Trao đổi lại,'))} đồng chí {desk.cast.bare(deputies[0], 'speak')} "
                       f"{rng.choice(('giải trình các nội dung thuộc thẩm quyền', 'làm rõ từng nhóm vấn đề', 'cảm ơn sự thẳng thắn của bà con'))}, "
                       f"{rng.choice(('các kiến nghị còn lại được chuyển cơ quan chức năng', 'hứa theo dõi đến cùng việc trả lời', 'đề nghị UBND trả lời bằng văn bản'))}."))  # fmt: skip
    headline = rng.choice((f"Đại biểu {area.council} tiếp xúc cử tri {where}", f"Cử tri {where} kiến nghị nhiều vấn đề dân sinh",
                           f"{area.name}: Lắng nghe, tiếp thu ý kiến cử tri {where}"))  # fmt: skip
    return desk.story(headline, [*blocks, *desk.captions(rng.choice((0, 1)))])


def congress(desk: Desk) -> Story:
    """A party congress of the unit: for districts in 2020, for communes in 2025."""
    rng, area, day = desk.rng, desk.area, desk.day
    number = area.party_term if area.is_district else 1
    if area.is_district and day.year == 2025:
        number += 1
    printed_number = ROMAN[number] if rng.random() < 0.7 else str(number)
    span = "2020-2025" if day.year == 2020 else "2025-2030"
    name = f"Đại hội đại biểu Đảng bộ {area.full} lần thứ {printed_number}"
    body = f"Đảng bộ {area.full}"
    agenda = rng.choice(
        (f"nhiệm kỳ {span}", f"nhiệm kỳ {span}, bàn phương hướng phát triển {area.kind} trong giai đoạn mới")
    )
    chairs = (desk.person("secretary"), desk.person("deputy"))
    meeting = Gathering(
        body, body, name, "congress", agenda, number, rng.choice((1, 2)), _venue(desk), chairs=chairs
    )
    first, _ = gatherings.opening(desk, meeting)
    first.join(gatherings.direct_line(desk, desk.person("deputy", CITY)))
    blocks: list[Block] = [first]
    opener = f"Thay mặt Đoàn Chủ tịch, đồng chí {desk.cast.full(chairs[1], 'report')} trình bày báo cáo chính trị trình Đại hội."
    blocks.append(Text(opener))
    blocks.append(_talk(desk, "party", rng.choice(("culture", "urban", "economy"))))
    paragraph = topic_paragraph(desk, rng.choice(("budget", "culture", "party")), 2, "A")
    if paragraph:
        blocks.append(paragraph)
    blocks.append(_talk(desk, "tasks"))
    blocks.append(Text(f"Phát biểu chỉ đạo Đại hội, đồng chí {desk.cast.bare(desk.person('deputy', CITY), 'direct')} "
                       f"{rng.choice(('ghi nhận những thành tựu của Đảng bộ', 'đề nghị khơi dậy khát vọng phát triển', 'lưu ý công tác nhân sự'))}, "
                       f"{rng.choice(('mong muốn tiếp tục đoàn kết', 'yêu cầu cụ thể hóa ngay nghị quyết', 'gợi mở hướng đi cho những năm tới'))}."))  # fmt: skip
    headline = rng.choice((f"Đại hội đại biểu Đảng bộ {area.full} lần thứ {ROMAN[number]}, nhiệm kỳ {span}",
                           f"Khai mạc Đại hội đại biểu Đảng bộ {area.full} nhiệm kỳ {span}"))  # fmt: skip
    return desk.story(headline, [*blocks, *desk.captions(1)])


def union_congress(desk: Desk) -> Story:
    """A congress of a mass organisation."""
    rng, area, year = desk.rng, desk.area, desk.day.year
    group = rng.choice(
        (
            "Công đoàn",
            "Hội Nông dân",
            "Hội Cựu chiến binh",
            "Hội Liên hiệp Phụ nữ",
            "Đoàn TNCS Hồ Chí Minh",
            "Hội Chữ thập đỏ",
        )
    )
    number = 9 + int(area.code[-1]) + (year - 2017) // 5
    span = f"{year}-{year + 5}"
    name = f"Đại hội {group} {area.full} lần thứ {ROMAN[number] if rng.random() < 0.6 else number}"
    body = f"{group} {area.full}"
    meeting = Gathering(body, body, name, "congress", f"nhiệm kỳ {span}", number, venue=_venue(desk))
    first, _ = gatherings.opening(desk, meeting)
    first.join(gatherings.attend_line(desk, (desk.person("deputy"), desk.person("front"))))
    blocks: list[Block] = [first]
    blocks.append(Text(f"{rng.choice(('Trong nhiệm kỳ qua,', 'Nhiệm kỳ vừa qua,', 'Báo cáo tại Đại hội khẳng định,'))} "
                       f"{group} {area.kind} {rng.choice(('bám sát đời sống hội viên', 'đổi mới mạnh mẽ phương thức hoạt động', 'là chỗ dựa tin cậy của đoàn viên, hội viên'))}, "
                       f"{rng.choice(('nhiều mô hình kinh tế giỏi xuất hiện', 'phong trào thi đua lan tới từng chi hội', 'công tác chăm lo được xã hội hóa'))}."))  # fmt: skip
    blocks.append(_talk(desk, "culture", rng.choice(("party", "security"))))
    blocks.append(Text(f"Phát biểu tại Đại hội, đồng chí {desk.cast.bare(desk.person('deputy'), 'speak')} {rng.choice(('biểu dương thành tích', 'đánh giá cao đóng góp'))} "
                       f"của {group} {area.kind}, mong {rng.choice(('tổ chức hội gần hội viên hơn nữa', 'nội dung sinh hoạt thiết thực hơn', 'chú trọng lớp cán bộ kế cận'))}."))  # fmt: skip
    headline = rng.choice(
        (
            f"Đại hội {group} {area.full} nhiệm kỳ {span}",
            f"{group} {area.full} tổ chức Đại hội nhiệm kỳ {span}",
        )
    )
    return desk.story(headline, [*blocks, *desk.captions(1)])


def working_session(desk: Desk) -> Story:
    """The city's leaders work with the unit."""
    rng, area = desk.rng, desk.area
    body = rng.choice(
        (
            "Lãnh đạo UBND thành phố Hải Phòng",
            "UBND thành phố Hải Phòng",
            "Thường trực HĐND thành phố Hải Phòng",
        )
    )
    organization = "HĐND thành phố Hải Phòng" if "HĐND" in body else "UBND thành phố Hải Phòng"
    name = rng.choice((f"buổi làm việc với {area.full}", f"cuộc làm việc với lãnh đạo {area.full}"))
    agenda = rng.choice(("về tình hình kinh tế - xã hội và các kiến nghị của địa phương", "để tháo gỡ khó khăn cho các dự án trọng điểm",
                         "về công tác quản lý đất đai, trật tự xây dựng", "kiểm tra việc thực hiện chủ đề năm"))  # fmt: skip
    leader = desk.person("council_vice" if "HĐND" in body else "vice", CITY)
    meeting = Gathering(body, organization, name, "working_session", agenda, area="31", chairs=(leader,))
    first, _ = gatherings.opening(desk, meeting)
    first.join(gatherings.chair_line(desk, meeting))
    blocks: list[Block] = [first]
    blocks.append(gatherings.report_line(desk, desk.person("mayor")))
    for topic in pick(("economy", "budget", "urban", "tourism", "agriculture"), 2, rng):
        paragraph = topic_paragraph(desk, topic, 2, "A")
        if paragraph:
            blocks.append(paragraph)
    blocks.append(_talk(desk, "limits"))
    blocks.append(gatherings.closing(desk, leader))
    headline = rng.choice((f"Thành phố làm việc với {area.full} về các dự án trọng điểm", f"Gỡ vướng cho {area.full} ngay từ cơ sở",
                           f"Lãnh đạo thành phố làm việc tại {area.full}"))  # fmt: skip
    return desk.story(headline, with_pictures(desk, blocks, leader))


def dialogue(desk: Desk) -> Story:
    """The unit's leaders in dialogue with people or enterprises."""
    rng, area = desk.rng, desk.area
    group = rng.choice(
        (
            "doanh nghiệp, hộ kinh doanh",
            "đoàn viên, thanh niên",
            "hội viên nông dân",
            "người cao tuổi",
            "nhân dân vùng dự án",
            "tiểu thương các chợ",
        )
    )
    name = f"{rng.choice(('hội nghị đối thoại', 'Hội nghị gặp gỡ, đối thoại', 'buổi đối thoại'))} với {group}"
    chair = desk.person(rng.choice(("mayor", "secretary")))
    meeting = Gathering(area.government, area.government, name, "dialogue",
                        rng.choice(("nhằm lắng nghe tâm tư, nguyện vọng", "về các chính sách hỗ trợ", "để tháo gỡ khó khăn, vướng mắc")),
                        venue=_venue(desk), chairs=(chair,))  # fmt: skip
    first, _ = gatherings.opening(desk, meeting)
    first.join(gatherings.chair_line(desk, meeting))
    one, two = citizen(rng), citizen(rng)
    blocks: list[Block] = [first]
    title = "Ông" if not one.woman else "Bà"
    other = "ông" if not two.woman else "bà"
    blocks.append(Text(f"{title} {desk.cast.bare(one, 'speak')} {rng.choice(('nêu thực tế', 'thẳng thắn đề cập', 'hỏi về'))} {_worries(desk, 1)}; "
                       f"{other} {desk.cast.bare(two, 'speak')} {rng.choice(('góp ý về', 'đề nghị quan tâm tới', 'băn khoăn trước'))} {_worries(desk, 1)}."))  # fmt: skip
    blocks.append(_talk(desk, rng.choice(("administration", "economy")), "urban"))
    if rng.random() < 0.6:
        paragraph = topic_paragraph(desk, rng.choice(("economy", "administration")), 1, "A")
        if paragraph:
            blocks.append(paragraph)
    blocks.append(gatherings.closing(desk, chair))
    headline = rng.choice(
        (
            f"{area.full[0].upper()}{area.full[1:]} đối thoại với {group}",
            f"{area.government} gặp gỡ, đối thoại với {group}",
        )
    )
    return desk.story(headline, with_pictures(desk, blocks, chair))


def training(desk: Desk) -> Story:
    """A course or a conference to study a document."""
    rng, area = desk.rng, desk.area
    subject = rng.choice(("kỹ năng số cho cán bộ cơ sở", "nghiệp vụ công tác đảng", "kiến thức quốc phòng, an ninh", "công tác tiếp công dân",
                          "văn hóa ứng xử nơi công sở", "kỹ năng phòng cháy, chữa cháy", f"nội dung {desk.document()}"))  # fmt: skip
    word = (
        "hội nghị quán triệt"
        if "số" in subject and "-" in subject
        else rng.choice(("lớp bồi dưỡng", "lớp tập huấn", "hội nghị tập huấn"))
    )
    organization = area.committee_full if rng.random() < 0.5 else area.government
    meeting = Gathering(organization, organization, f"{word} {subject}", "training",
                        rng.choice(("cho đội ngũ cán bộ chủ chốt", "cho cấp ủy cơ sở", f"dành cho cán bộ các địa bàn trong {area.kind}")), venue=_venue(desk))  # fmt: skip
    first, _ = gatherings.opening(desk, meeting)
    first.join(
        gatherings.attend_line(
            desk,
            (desk.person("organiser") if area.code != "31" else desk.person("front"), desk.person("vice")),
        )
    )
    blocks: list[Block] = [first, _talk(desk, "party", "administration")]
    blocks.append(Text(f"Các học viên {rng.choice(('được nghe', 'trao đổi về', 'thực hành'))} {rng.choice(('những điểm mới của văn bản', 'tình huống thường gặp ở cơ sở', 'cách khai thác dữ liệu dùng chung'))}; "
                       f"{rng.choice(('cuối khóa viết bài thu hoạch', 'ban tổ chức giải đáp trực tiếp', 'tài liệu được gửi qua nhóm chung'))}."))  # fmt: skip
    headline = rng.choice(
        (
            f"{area.full[0].upper()}{area.full[1:]}: {word} {subject}",
            f"{organization} tổ chức {word} {subject}",
        )
    )
    return desk.story(headline, [*blocks, *desk.captions(rng.choice((0, 1)))])


def seminar(desk: Desk) -> Story:
    """A seminar or round table."""
    rng, area = desk.rng, desk.area
    subject = rng.choice(("phát huy giá trị di tích", "liên kết phát triển dịch vụ ven sông", "giải pháp giảm rác thải nhựa", "chuyển đổi số trong quản lý chợ",
                          "nghề truyền thống trong đời sống hôm nay", "đô thị biển thông minh"))  # fmt: skip
    word = rng.choice(("hội thảo", "tọa đàm"))
    chair = desk.person("vice")
    meeting = Gathering(area.government, area.government, f"{word} “{subject[0].upper()}{subject[1:]}”", "seminar",
                        rng.choice(("với sự tham gia của các nhà khoa học", "thu hút nhiều chuyên gia", "nhằm tìm hướng đi dài hạn")), chairs=(chair,))  # fmt: skip
    first, _ = gatherings.opening(desk, meeting)
    first.join(gatherings.chair_line(desk, meeting))
    expert = citizen(rng)
    blocks: list[Block] = [first, _talk(desk, "culture", "urban")]
    blocks.append(Text(f"Tham luận tại {word}, {'bà' if expert.woman else 'ông'} {desk.cast.bare(expert, 'speak')} cho rằng {rng.choice(('phải bắt đầu từ chính cộng đồng', 'nguồn lực xã hội còn rất lớn', 'cần một cơ chế đủ mạnh'))}, "
                       f"{rng.choice(('không thể làm theo phong trào', 'song mọi bước đi cần thận trọng', 'trước hết là thay đổi nhận thức'))}."))  # fmt: skip
    blocks.append(gatherings.closing(desk, chair))
    return desk.story(
        f"{word[0].upper()}{word[1:]} {subject} tại {area.full}", with_pictures(desk, blocks, chair)
    )


def sector_review(desk: Desk) -> Story:
    """A sector's half-year or annual review."""
    rng, area, period = desk.rng, desk.area, desk.period
    sector, topic = rng.choice((("công tác thuế", "budget"), ("công tác cải cách hành chính", "administration"), ("công tác giáo dục và đào tạo", "culture"),
                                ("công tác an ninh, trật tự", "security"), ("công tác lao động, việc làm", "culture"), ("công tác quản lý đô thị", "urban")))  # fmt: skip
    verb = "tổng kết" if period.months == 12 else "sơ kết"
    name = f"Hội nghị {verb} {sector} {period.title()}"
    chair = desk.person("vice")
    meeting = Gathering(area.government, area.government, name, "review_conference", f"triển khai nhiệm vụ {rng.choice(('thời gian tới', 'trọng tâm tiếp theo'))}",
                        venue=_venue(desk), chairs=(chair,))  # fmt: skip
    first, _ = gatherings.opening(desk, meeting)
    first.join(gatherings.chair_line(desk, meeting))
    blocks: list[Block] = [first]
    if rng.random() < 0.5:
        blocks.append(gatherings.report_line(desk, desk.person("finance")))
    for _ in range(2):
        paragraph = topic_paragraph(desk, topic, 2, "E" if desk.day.month == 12 else "A")
        blocks.append(paragraph or desk.filler(topic))
    blocks.append(_talk(desk, "limits"))
    blocks.append(gatherings.closing(desk, chair))
    headline = rng.choice(
        (
            f"{area.full[0].upper()}{area.full[1:]} {verb} {sector} {period.title()}",
            f"{area.government} {verb} {sector} {period.title()}",
        )
    )
    return desk.story(headline, with_pictures(desk, blocks, chair))


def announced(desk: Desk) -> Story:
    """A preparatory meeting, and the session that it announces with its date."""
    rng, area, day = desk.rng, desk.area, desk.day
    session = day + timedelta(days=rng.randint(9, 18))
    number = gatherings.council_ordinal(
        area, session.replace(month=7) if session.month in (6, 7) else session.replace(month=12)
    )
    chair = desk.person("deputy")
    body = f"Thường trực {area.council}"
    meeting = Gathering(
        body,
        body,
        "hội nghị liên tịch",
        "committee_meeting",
        f"thống nhất nội dung, chương trình Kỳ họp thứ {number}",
        chairs=(chair,),
    )
    first, _ = gatherings.opening(desk, meeting)
    first.join(gatherings.chair_line(desk, meeting))
    blocks: list[Block] = [
        first,
        _announcement(desk, number, session),
        _talk(desk, rng.choice(("limits", "urban", "administration")), "tasks"),
    ]
    if rng.random() < 0.5:
        blocks.append(gatherings.closing(desk, chair))
    headline = rng.choice((f"{area.full[0].upper()}{area.full[1:]}: Chuẩn bị kỹ nội dung Kỳ họp thứ {number} HĐND {area.kind}",
                           f"Thống nhất nội dung Kỳ họp thứ {number} {area.council}"))  # fmt: skip
    return desk.story(headline, with_pictures(desk, blocks, chair))


def _announcement(desk: Desk, number: int, session: date) -> Text:
    rng, area = desk.rng, desk.area
    printed_day = day_month(session, rng.choice((0, 1, 2)))
    fact: Fact = {
        "name": f"Kỳ họp thứ {number} HĐND {area.kind}", "classification": "council_session", "organization": area.council,
        "ordinal": number, "start_date": session.isoformat(), "end_date": session.isoformat(), "part_of_day": None,
        "location": None, "ref_area": area.code, "status": "tentative", "participants": [],
    }  # fmt: skip
    out = Text(rng.choice(("Theo dự kiến, ", "Theo kế hoạch, ", "")))
    start = len(out)
    out.add(rng.choice((f"Kỳ họp thứ {number} HĐND {area.kind} sẽ khai mạc vào ngày {printed_day}",
                        f"Kỳ họp thứ {number} HĐND {area.kind} diễn ra vào ngày {printed_day} tới")))  # fmt: skip
    out.mark("meeting", start, fact)
    out.add(f", xem xét các tờ trình về {' và '.join(rng.sample(_MATTERS, 2))}.")
    return out
