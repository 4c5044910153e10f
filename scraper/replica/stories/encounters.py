"""Working sessions, dialogues, trainings, seminars and the reviews of single sectors."""

from __future__ import annotations

from scraper.replica import gatherings
from scraper.replica.desk import Desk
from scraper.replica.gatherings import Gathering
from scraper.replica.people import Person, citizen
from scraper.replica.places import CITY
from scraper.replica.prose import phrases, pick
from scraper.replica.records import Block, Story, Text
from scraper.replica.stories.councils import venue
from scraper.replica.stories.reports import prose, topic_paragraph, with_pictures

_SECTORS = (
    ("công tác thuế", "budget"),
    ("công tác cải cách hành chính", "administration"),
    ("công tác giáo dục và đào tạo", "culture"),
    ("công tác an ninh, trật tự", "security"),
    ("công tác lao động, việc làm", "culture"),
    ("công tác quản lý đô thị", "urban"),
)


def _opened(desk: Desk, meeting: Gathering) -> Text:
    first, _ = gatherings.opening(desk, meeting)
    if meeting.chairs:
        first.join(gatherings.chair_line(desk, meeting))
    return first


def _voice(desk: Desk, person: Person) -> str:
    return f"{'bà' if person.woman else 'ông'} {desk.cast.bare(person, 'speak')}"


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
    of_council = "HĐND" in body
    leader = desk.person("council_vice" if of_council else "vice", CITY)
    meeting = Gathering(
        body,
        CITY.council if of_council else CITY.government,
        rng.choice((f"buổi làm việc với {area.full}", f"cuộc làm việc với lãnh đạo {area.full}")),
        "working_session",
        desk.words_of("sessions", "working_agenda"),
        area="31",
        chairs=(leader,),
    )
    blocks: list[Block] = [_opened(desk, meeting), gatherings.report_line(desk, desk.person("mayor"))]
    for topic in pick(("economy", "budget", "urban", "tourism", "agriculture"), 2, rng):
        paragraph = topic_paragraph(desk, topic, 2, "A")
        if paragraph:
            blocks.append(paragraph)
    blocks += [prose(desk, "limits"), gatherings.closing(desk, leader)]
    headline = desk.words_of("sessions", "working_headline")
    return desk.story(headline, with_pictures(desk, blocks, leader))


def dialogue(desk: Desk) -> Story:
    """The unit's leaders in dialogue with people or enterprises."""
    rng, area = desk.rng, desk.area
    group = rng.choice(phrases("sessions")["dialogue_groups"])
    chair = desk.person(rng.choice(("mayor", "secretary")))
    name = desk.words_of("sessions", "dialogue_name", g=group)
    agenda = desk.words_of("sessions", "dialogue_agenda")
    meeting = Gathering(
        area.government, area.government, name, "dialogue", agenda, venue=venue(desk), chairs=(chair,)
    )
    blocks: list[Block] = [_opened(desk, meeting)]
    one, two = citizen(rng), citizen(rng)
    blocks.append(
        desk.line(
            "sessions", "dialogue_voice",
            P=lambda t: t.add(_voice(desk, one)), p=lambda t: t.add(_voice(desk, one)),
            p2=lambda t: t.add(_voice(desk, two)),
        )
    )  # fmt: skip
    blocks.append(prose(desk, rng.choice(("administration", "economy")), "urban"))
    if rng.random() < 0.6:
        paragraph = topic_paragraph(desk, rng.choice(("economy", "administration")), 1, "A")
        if paragraph:
            blocks.append(paragraph)
    blocks.append(gatherings.closing(desk, chair))
    headline = desk.words_of("sessions", "dialogue_headline", g=group)
    return desk.story(headline, with_pictures(desk, blocks, chair))


def training(desk: Desk) -> Story:
    """A course, or a conference to study a document whose number is no figure."""
    rng, area = desk.rng, desk.area
    subject = rng.choice(phrases("sessions")["training_subjects"])
    word = rng.choice(("lớp bồi dưỡng", "lớp tập huấn", "hội nghị tập huấn"))
    if rng.random() < 0.2:
        word, subject = "hội nghị quán triệt", f"nội dung {desk.document()}"
    body = area.committee_full if rng.random() < 0.5 else area.government
    audience = desk.words_of("sessions", "training_audience")
    meeting = Gathering(body, body, f"{word} {subject}", "training", audience, venue=venue(desk))
    first = _opened(desk, meeting)
    first.join(gatherings.attend_line(desk, (desk.person("organiser"), desk.person("vice"))))
    blocks: list[Block] = [
        first,
        prose(desk, "party", "administration"),
        desk.line("sessions", "training_course"),
    ]
    full = area.full[0].upper() + area.full[1:]
    headline = rng.choice((f"{full}: {word} {subject}", f"{body} tổ chức {word} {subject}"))
    return desk.story(headline, [*blocks, *desk.captions(rng.choice((0, 1)))])


def seminar(desk: Desk) -> Story:
    """A seminar or round table."""
    rng, area = desk.rng, desk.area
    subject = rng.choice(phrases("sessions")["seminar_subjects"])
    word = rng.choice(("hội thảo", "tọa đàm"))
    chair, expert = desk.person("vice"), citizen(rng)
    name = f"{word} “{subject[0].upper()}{subject[1:]}”"
    agenda = desk.words_of("sessions", "seminar_agenda")
    meeting = Gathering(area.government, area.government, name, "seminar", agenda, chairs=(chair,))
    blocks: list[Block] = [_opened(desk, meeting), prose(desk, "culture", "urban")]
    blocks.append(desk.line("sessions", "seminar_voice", g=word, p=lambda t: t.add(_voice(desk, expert))))
    blocks.append(gatherings.closing(desk, chair))
    headline = f"{word[0].upper()}{word[1:]} {subject} tại {area.full}"
    return desk.story(headline, with_pictures(desk, blocks, chair))


def sector_review(desk: Desk) -> Story:
    """A sector's half-year or annual review."""
    rng, area, period = desk.rng, desk.area, desk.period
    sector, topic = rng.choice(_SECTORS)
    verb = "tổng kết" if period.months == 12 else "sơ kết"
    chair = desk.person("vice")
    name = f"Hội nghị {verb} {sector} {period.title()}"
    agenda = desk.words_of("sessions", "review_agenda")
    meeting = Gathering(
        area.government,
        area.government,
        name,
        "review_conference",
        agenda,
        venue=venue(desk),
        chairs=(chair,),
    )
    blocks: list[Block] = [_opened(desk, meeting)]
    if rng.random() < 0.5:
        blocks.append(gatherings.report_line(desk, desk.person("finance")))
    for _ in range(2):
        paragraph = topic_paragraph(desk, topic, 2, "E" if desk.day.month == 12 else "A")
        blocks.append(paragraph or desk.filler(topic))
    blocks += [prose(desk, "limits"), gatherings.closing(desk, chair)]
    headline = desk.words_of("sessions", "review_headline", v=verb, g=f"{sector} {period.title()}")
    return desk.story(headline, with_pictures(desk, blocks, chair))
