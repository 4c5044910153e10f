"""Stories without a meeting: festivals, sports, gifts, notices, a sector's figures, a digest of areas."""

from __future__ import annotations

from scraper.replica.desk import Brief, Desk
from scraper.replica.figures import Period
from scraper.replica.places import REFORM, areas_on
from scraper.replica.prose import Slot, chance, phrases, pick
from scraper.replica.records import Block, Story, Text
from scraper.replica.stories.reports import topic_paragraph

_PRICES = ("40.000", "50.000", "100.000", "200.000", "300.000", "500.000")
_TITLES = {
    "tourism": "Du lịch khởi sắc",
    "agriculture": "Nông nghiệp được mùa",
    "economy": "Sản xuất, kinh doanh tăng trưởng",
    "budget": "Thu ngân sách đạt tiến độ",
    "administration": "Một cửa gần dân",
    "culture": "An sinh xã hội được chăm lo",
    "urban": "Đô thị đổi thay",
}


def _slots(desk: Desk) -> dict[str, Slot]:
    """Return the festival and the cup of this story, and things that look like figures and are none."""
    rng, day = desk.rng, desk.day
    story = chance(desk.brief.key)
    return {
        "fest": story.choice(phrases("scenes")["festivals"]),
        "cup": story.choice(phrases("scenes")["cups"]),
        "age": str(rng.randint(71, 94)),
        "price": rng.choice(_PRICES),
        "score": f"{rng.randint(1, 4)} - {rng.randint(0, 3)}",
        "phone": str(rng.randint(700000, 899999)),
        "doc2": desk.document(),
        "guest": desk.person(rng.choice(("vice", "front", "council_vice"))).name,
        "my": f"{day.month}/{day.year}",
        "dm": f"{day:%d/%m}",
    }


def _scene(desk: Desk, key: str) -> Text:
    return desk.line("scenes", key, **_slots(desk))


def _gathered(desk: Desk, opening: str, body: str, paragraphs: int) -> list[Block]:
    rng = desk.rng
    blocks: list[Block] = [_scene(desk, opening)]
    for _ in range(paragraphs):
        text = _scene(desk, body)
        if rng.random() < 0.5:
            text.join(_scene(desk, body))
        blocks.append(text)
    if rng.random() < 0.4:
        blocks.append(desk.filler("culture"))
    for caption in desk.captions(rng.choice((0, 1, 2))):
        blocks.insert(rng.randint(1, len(blocks)), caption)
    return blocks


def _placed(desk: Desk, blocks: list[Block], key: str = "placed") -> list[Block]:
    """See to it that the area is named once with its kind."""
    text = next(block for block in blocks if isinstance(block, Text))
    if desk.area.full not in text.text:
        text.join(desk.line("scenes", key))
    return blocks


def _told(desk: Desk, kind: str, blocks: list[Block], placed: str = "placed") -> Story:
    headline = desk.words_of("scenes", f"{kind}_headline", **_slots(desk))
    return desk.story(headline, _placed(desk, blocks, placed))


def festival(desk: Desk) -> Story:
    """A festival: names of heroines, streets and bridges that are no districts, no meeting, no figures."""
    return _told(desk, "festival", _gathered(desk, "festival_open", "festival_body", desk.rng.randint(2, 4)))


def sports(desk: Desk) -> Story:
    """A sports event: scores and prizes that are no indicators."""
    return _told(desk, "sports", _gathered(desk, "sports_open", "sports_body", desk.rng.randint(2, 3)))


def charity(desk: Desk) -> Story:
    """Gifts and visits: prices of gifts and ages that are no indicators."""
    return _told(desk, "charity", _gathered(desk, "charity_open", "charity_body", desk.rng.randint(2, 3)))


def notice(desk: Desk) -> Story:
    """A short notice with a document to download: document and telephone numbers, nothing else."""
    rng, day = desk.rng, desk.day
    blocks: list[Block] = [_scene(desk, "notice_body") for _ in range(rng.choice((1, 2, 3)))]
    story = _told(desk, "notice", blocks, "notice_placed")
    number = rng.randint(100, 3999)
    files = [f"/vanban/{day:%Y/%m}/quyet-dinh-{number}.pdf"]
    if rng.random() < 0.4:
        files.append(f"/vanban/{day:%Y/%m}/phu-luc-{number}.docx")
    story.attachments = tuple(files)
    return story


def sector_figures(desk: Desk) -> Story:
    """Figures of one or two sectors without a meeting."""
    rng, period = desk.rng, desk.period
    blocks: list[Block] = []
    told: list[str] = []
    for topic in rng.sample(list(_TITLES), len(_TITLES)):
        paragraph = topic_paragraph(desk, topic, rng.choice((2, 3)), rng.choice("AE"))
        if paragraph:
            blocks.append(paragraph)
            told.append(topic)
        if len(blocks) >= 2:
            break
    told = told or ["culture"]
    opening = Text(desk.words_of("scenes", "sector_source"))
    first = desk.filler(told[0]).text
    opening.add(f" {first[:1].lower()}{first[1:]}")
    blocks.insert(0, opening)
    blocks.append(desk.filler(rng.choice(("tasks", "limits", told[-1]))))
    for caption in desk.captions(rng.choice((0, 1, 2))):
        blocks.insert(rng.randint(1, len(blocks)), caption)
    headline = desk.words_of("scenes", "sector_headline", title=_TITLES[told[0]], period=period.title())
    return desk.story(headline, blocks)


def digest(desk: Desk) -> Story:
    """A digest: one paragraph each of several areas, each with its own figures."""
    rng, day, period = desk.rng, desk.day, desk.period
    keys = [
        "budget_revenue",
        "party_members_admitted",
        "production_value",
        "jobs_created",
        "admin_files_processed",
    ]
    rng.shuffle(keys)
    areas = [area for area in areas_on(day) if area.profile != "islet"]
    chosen = pick(areas, rng.randint(3, 5), rng)
    blocks: list[Block] = [desk.line("scenes", "digest_open", period=period.title())]
    for area in chosen:
        blocks.append(_item(desk, area.code, keys, period))
        keys = keys[1:] + keys[:1]
    headline = desk.words_of("scenes", "digest_headline", period=period.title(), **_slots(desk))
    codes = tuple(area.code for area in chosen)
    story = desk.story(headline, blocks, districts=codes if day < REFORM else ())
    story.kind = "roundup"
    return story


def _item(desk: Desk, code: str, keys: list[str], period: Period) -> Text:
    rng, brief = desk.rng, desk.brief
    inner = Desk(
        desk.seed, Brief(brief.number, brief.portal, brief.genre, code, brief.day, brief.turn), period
    )
    inner.rng = inner.reporter.rng = rng
    text = Text(f"{rng.choice(('Tại ', 'Ở ', ''))}{inner.area.full}").capitalised()
    key = next(key for key in keys if inner.reporter.has(key))
    text.join(inner.reporter.say(key), ", ")
    text.add(".")
    text.join(inner.filler(rng.choice(("economy", "culture", "security", "urban"))))
    return text
