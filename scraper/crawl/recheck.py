"""When a page is looked at again: young articles nightly, older ones rarely, those that are edited often more
often; failures after a growing while; and how many are looked at whether due or not."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import blake2b

from scraper.items import VIETNAM

HOUR = 3600
DAY = 24 * HOUR

GONE_RECHECK = 30 * DAY
_GONE_FIRST = (DAY, 7 * DAY)
"""Before a page that is gone is left alone for a month: some portals lose a page for a night."""
REFUSED_RECHECK = 7 * DAY
COVERED_RECHECK = 7 * DAY - 4 * HOUR
"""Between two looks at a feed or listing whose articles a trusted sitemap names: a week of nights."""

# Age of an article in days, and the hours between two looks. A night is 20 hours, so that a job that starts a
# little earlier than the night before skips none.
_BY_AGE = ((7, 20), (30, 7 * 24), (365, 30 * 24))
_OLDEST_HOURS = 120 * 24
NIGHT = 20 * HOUR
"""What is looked at nightly is looked at again after so long."""
_MOST_OFTEN, _LEAST_OFTEN = 0.25, 2.0
"""Bounds of what the edits that were seen make of the time between two looks."""
_FIRST_FAILURE = HOUR
_LONGEST_FAILURE = 7 * DAY


def seconds_to_recheck(age: int, key: str, looks: int = 0, edits: int = 0) -> int:
    """Return the seconds until an article is looked at again.

    An article of the last week is looked at nightly. For older ones the time that their age gives is divided
    by four times the share of looks that are expected to find an edit, which is (edits + 1) / (looks + 4): by
    1 where nothing was seen yet, by 1/2 after four quiet looks, by 2 where half of many looks found an edit.

    Args:
        age: Seconds since it was published or last seen or said to be edited.
        key: The page's key: it spreads pages of one day over later nights, always in the same way.
        looks: Answers that told whether its text had changed.
        edits: Of them, those that showed another text.
    """
    hours = next((hours for days, hours in _BY_AGE if age < days * DAY), _OLDEST_HOURS)
    if hours <= 24:
        return NIGHT
    pace = (looks + 4) / (4 * (edits + 1))
    spread = int.from_bytes(blake2b(key.encode(), digest_size=2).digest()) / 0xFFFF
    seconds = hours * HOUR * min(max(pace, _MOST_OFTEN), _LEAST_OFTEN) * (0.85 + 0.3 * spread)
    return max(NIGHT, int(seconds))


def sample_size(known: int, bound: int | None = None) -> int:
    """Return how many known articles a run asks for unconditionally though they are not due.

    One in a thousand, at least 3 and at most 100; a tenth of `bound` at most, the articles that the run may
    ask for.
    """
    wanted = min(max(3, known // 1_000), 100)
    return wanted if bound is None else min(wanted, bound // 10)


def seconds_to_retry(tries: int) -> int:
    """Return the seconds until a page that failed `tries` times running is asked for again."""
    return min(_FIRST_FAILURE << min(tries - 1, 10), _LONGEST_FAILURE)


def seconds_to_gone_recheck(times: int) -> int:
    """Return the seconds until a page that was found gone `times` times running is asked for again."""
    return _GONE_FIRST[times - 1] if times <= len(_GONE_FIRST) else GONE_RECHECK


def parse_day(text: str | None) -> int | None:
    """Return the second since 1970 of an ISO 8601 or RFC 822 date or time; None where it is neither.

    A time without a zone is Vietnamese; a date alone is that day's beginning there.
    """
    if not text:
        return None
    text = text.strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    try:
        return int((moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)).timestamp())
    except (ValueError, OverflowError):
        return None


def at(second: int) -> datetime:
    """Return the UTC time of a second since 1970."""
    return datetime.fromtimestamp(second, UTC)
