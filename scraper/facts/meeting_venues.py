"""Where a meeting is held, where its sentence says so."""

from __future__ import annotations

import re

from scraper.facts.meeting_draft import Prose, Spot
from scraper.facts.meeting_words import HELD_AT, VENUE, VENUE_END
from scraper.vietnamese.dates import DayMention
from scraper.vietnamese.sentences import Sentence, level

_BRACKET = re.compile(r"\s*\((?=số |đường |tp|phường |quận |huyện |\d)[^()]{2,60}\)")
_ADDRESS = re.compile(r"\((?:số |đường |tp|phường |quận |\d)")
_GOES_ON = re.compile(r", (?:(?:xã|phường|thị trấn|quận|huyện)(?! ủy| đoàn)|số \d) ?")
_LONG_BRACKET = re.compile(r"[^.;]{0,60}\([^()]{0,90}\)")


def find_venue(prose: Prose, spot: Spot, day: DayMention | None) -> str | None:
    """Find the place of a meeting in its sentence, as printed; an address in brackets goes with it."""
    plain, sentence, title = prose.plain, spot.sentence, spot.title
    reach = max(title.end, day.end if day else 0) + 50
    bracket = _LONG_BRACKET.match(plain, title.end, sentence.end)
    if bracket and day and day.start < title.start:
        reach = max(reach, bracket.end() + 4)
    stretches = [(title.noun_end, min(sentence.end, reach)), (sentence.start, title.start)]
    if day and day.end <= title.start:
        stretches = [(max(sentence.start, day.start - 60), title.start), stretches[0]]
    for start, end in stretches:
        for match in VENUE.finditer(plain, start, sentence.end):
            if match.start() >= end:
                break
            if end <= title.start and not _sets_scene(plain, match.start(), sentence, day):
                continue
            venue = _venue(prose, match.end(), sentence.end)
            if venue:
                return venue
    held = HELD_AT.search(plain, title.noun_end, sentence.end)
    if held and ";" not in plain[title.end : held.start()]:
        return _venue(prose, held.end(), sentence.end)
    return None


def _sets_scene(plain: str, position: int, sentence: Sentence, day: DayMention | None) -> bool:
    """Tell whether "tại" before a title stands where a place does: first, behind the day, after a comma."""
    before = plain[sentence.start : position].rstrip()
    return not before or before[-1] in ",(-" or bool(day and 0 <= position - day.end <= 3)


def _venue(prose: Prose, start: int, limit: int) -> str | None:
    plain = prose.plain
    stop = VENUE_END.search(plain, start, limit)
    end = stop.start() if stop else limit
    opened = plain.find("(", start, end)
    bracket = _BRACKET.match(plain, end, limit)
    if opened >= 0:
        close = plain.find(")", opened)
        end = close + 1 if _ADDRESS.match(plain, opened) and 0 < close < limit else opened
    elif bracket:
        end = bracket.end()
    while end < limit and _GOES_ON.match(plain, end):
        again = VENUE_END.search(plain, end + 2, limit)
        end = again.start() if again else limit
    venue = prose.text[start:end].strip(" ,-–(")
    return venue if 2 < len(venue) <= 120 and "cử tri" not in level(venue) else None
