"""Which body meets: its short usual form with its place, and its area."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from scraper.facts.districts import AreaReading
from scraper.facts.meeting_titles import Title
from scraper.vietnamese.areas import COUNTRY
from scraper.vietnamese.names import SAFE_SURNAMES, TOKEN, find_people
from scraper.vietnamese.organisations import PARTY_BODY, short_form
from scraper.vietnamese.sentences import level

_COUNTRY_BODIES = re.compile(
    r"^(?:thủ tướng )?chính phủ|^quốc hội|^thủ tướng|^bộ (?!chỉ huy|đội|máy)|^trung ương"
    r"|^ban chấp hành trung ương|^ủy ban trung ương|^ban chỉ đạo trung ương"
    r"|^ủy ban thường vụ quốc hội|^bộ chính trị"
)
_DELEGATION = re.compile(
    r"(?:các )?(?:vị )?(?:tổ |đoàn )?(?:đại biểu|đbqh)(?: (?P<of>hđnd|hội đồng nhân dân|quốc hội))?"
    r"(?P<rest>.*)$"
)
_DELEGATION_END = re.compile(r" (?:số|đơn vị|thuộc|khóa|khoá|gồm|cùng)(?!\w)")
_OWN_PARTY = ("ban chấp hành", "ban thường vụ", "bch", "btv", "ban chấp hành đảng bộ", "ban thường trực")
_AREA_ALONE = re.compile(
    r"(?:xã|phường|quận|huyện|thị xã|thành phố|tp\.?|tỉnh|đặc khu|thị trấn)(?! ủy)(?: \w+){0,4}$"
)
_KIND_TAIL = re.compile(r"(?<!\w)(quận|huyện|thị xã|thành phố|tp\.?|tỉnh|phường|xã|thị trấn|đặc khu)$")
_PARTY_WORD = {
    "quận ủy": "quận",
    "huyện ủy": "huyện",
    "thị ủy": "thị xã",
    "thành ủy": "thành phố",
    "tỉnh ủy": "tỉnh",
}
_PROVINCIAL = re.compile(
    r"^(?:sở|cục|ban|ủy ban|ubmttq|mttq|hội|liên đoàn|đoàn|bộ chỉ huy|trường|viện|báo|đài|văn phòng"
    r"|thanh tra|kho bạc|ngành|cảng vụ|bhxh|bảo hiểm)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Body:
    """The body that meets, as read from one place of the text."""

    printed: str
    short: str | None
    ref_area: str | None
    start: int | None = None


def make_body(printed: str, start: int | None, reading: AreaReading) -> Body:
    """Make a body of its printed name: its short form with its place, and the code of its area."""
    printed = _without_person(_without_name(printed), start, reading)
    short = short_form(printed)
    deputies = _delegation(short)
    if deputies is not None:
        short = deputies
        if short.startswith("Đoàn ĐBQH") and reading.own.get("province"):
            province = reading.own["province"]
            return Body(printed, f"Đoàn ĐBQH {reading.name_of(province)}", province, start)
    plain = level(short)
    if _COUNTRY_BODIES.match(plain):
        return Body(printed, short, COUNTRY, start)
    if plain in _OWN_PARTY:
        return Body(printed, party_of(reading.ref_area, reading), reading.ref_area, start)
    ref = _area_of(printed, start, plain, reading)
    if _AREA_ALONE.match(plain):
        return Body(printed, f"UBND {reading.name_of(ref)}", ref, start)
    return Body(printed, _with_place(short, plain, ref, reading), ref, start)


def _without_person(printed: str, start: int | None, reading: AreaReading) -> str:
    """Cut off from where a person is named: "Thường trực Thành ủy do đồng chí X …"."""
    spots = [] if start is None else reading.mentions_in(start, start + len(printed))
    people = find_people(printed, None, [(m.start - (start or 0), m.end - (start or 0)) for m in spots])
    if not people or people[0].start <= 8:
        return printed
    return re.sub(r"\s+(?:đồng chí|ông|bà|đ/c)$", "", printed[: people[0].start].rstrip(" ,"))


def _delegation(short: str) -> str | None:
    """Name the council whose deputies are meant: "tổ đại biểu HĐND tỉnh" is the HĐND tỉnh."""
    plain = level(short)
    match = _DELEGATION.match(plain)
    if not match or not (match["of"] or "đbqh" in plain):
        return None
    rest = _DELEGATION_END.split(short[match.start("rest") :])[0]
    national = match["of"] == "quốc hội" or "đbqh" in plain
    return ("Đoàn ĐBQH" if national else "HĐND") + rest


def _without_name(printed: str) -> str:
    """Cut a leader's name off a body: "UBND quận Hoàng Thị Vấn" is the UBND quận."""
    match = re.search(
        rf"(?:quận|huyện|thị xã|thành phố|tỉnh|phường|xã|[ủỷ]y|[ủỷ]) ({TOKEN}(?: {TOKEN}){{2,3}})$", printed
    )
    if match and match[1].split()[0].lower() in SAFE_SURNAMES:
        return printed[: match.start(1)].rstrip()
    return printed


def _area_of(printed: str, start: int | None, plain: str, reading: AreaReading) -> str:
    if start is not None:
        inside = reading.mentions_in(start, start + len(printed))
        named = [m for m in inside if m.how != "deixis"]
        if named:
            return named[0].ref
        if inside:
            return inside[-1].ref
    for word, kind in _PARTY_WORD.items():
        if plain.startswith(word):
            return reading.own.get(kind, reading.ref_area)
    tail = _KIND_TAIL.search(plain)
    if tail:
        word = "thành phố" if tail[1].startswith("tp") else tail[1]
        return reading.own.get(word, reading.ref_area)
    if _PROVINCIAL.match(plain) and reading.own.get("province"):
        return reading.own["province"]
    return reading.ref_area


def _with_place(short: str, plain: str, ref: str, reading: AreaReading) -> str:
    """Add the place's name to a body whose printed name ends in its kind word, or has none."""
    if ref == COUNTRY:
        return short
    name = reading.bare_name(ref)
    if level(name) in plain:
        return short
    kind = _KIND_TAIL.search(plain)
    if kind and not level(reading.name_of(ref)).startswith(
        kind[1].replace("tp.", "thành phố").replace("tp", "thành phố")
    ):
        return short
    if plain in _PARTY_WORD:
        same = level(reading.name_of(ref)).startswith(_PARTY_WORD[plain])
        return f"{short} {name}" if same else short
    if kind:
        return f"{short} {name}"
    if _PROVINCIAL.match(plain) or PARTY_BODY.match(plain) or plain in ("hđnd", "ubnd"):
        if plain in ("hđnd", "ubnd", "đảng ủy", "đảng bộ"):
            return f"{short} {reading.name_of(ref)}"
        return f"{short} {name}"
    return short


def party_of(ref: str, reading: AreaReading) -> str:
    """Name the party committee of an area: "Huyện ủy An Dương", "Đảng ủy phường An Biên"."""
    return short_form(f"Ban Chấp hành Đảng bộ {reading.name_of(ref)}")


def default_body(
    title: Title, reading: AreaReading, last: Body | None, named: tuple[int | None, Body] | None
) -> Body:
    """Choose the body of a title that names none: of its kind before, the main meeting's, or the area's."""
    if named is not None:
        return replace(named[1], printed="")
    if title.kind == "voters" and (
        last is None or not re.search(r"hđnd|đbqh|quốc hội", level(last.short or ""))
    ):
        ref = last.ref_area if last and last.ref_area else reading.ref_area
        return Body("", f"HĐND {reading.name_of(ref)}", ref)
    if last is not None:
        place = next(
            (m for m in reading.mentions_in(title.start, title.end) if m.level in ("district", "commune")),
            None,
        )
        if place and place.ref != last.ref_area and place.how == "kind" and title.kind != "voters":
            kind = (last.short or "UBND").split(" ")[0]
            return Body("", f"{kind} {reading.name_of(place.ref)}", place.ref)
        if title.kind == "conference" and level(last.short or "").startswith("đảng bộ"):
            ref = last.ref_area or reading.ref_area
            return Body("", party_of(ref, reading), ref)
        if title.kind == "session" and not re.search(r"hđnd|quốc hội", level(last.short or "")):
            name = reading.name_of(last.ref_area or reading.ref_area)
            return Body("", f"HĐND {name}", last.ref_area)
        short = (
            (last.short or "").removeprefix("Thường trực ")
            if title.kind in ("session", "voters")
            else last.short
        )
        return Body("", short, last.ref_area)
    name = reading.name_of(reading.ref_area)
    if title.kind in ("session", "voters"):
        return Body("", f"HĐND {name}", reading.ref_area)
    if title.kind == "congress":
        return Body("", f"Đảng bộ {name}", reading.ref_area)
    return Body("", f"UBND {name}", reading.ref_area)
