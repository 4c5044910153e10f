"""When a page is looked at again: young articles nightly, older ones rarely, failures after a growing
while."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from hashlib import blake2b

HOUR = 3600
DAY = 24 * HOUR

GONE_RECHECK = 30 * DAY
REFUSED_RECHECK = 7 * DAY

# Age of an article in days, and the hours between two looks. A night is 20 hours, so that a job that starts a
# little earlier than the night before skips none.
_BY_AGE = ((7, 20), (30, 7 * 24), (365, 30 * 24))
_OLDEST_HOURS = 120 * 24
_FIRST_FAILURE = HOUR
_LONGEST_FAILURE = 7 * DAY
_HANOI = timezone(timedelta(hours=7))


def seconds_to_recheck(age: int, key: str) -> int:
    """Return the seconds until an article is looked at again.

    Args:
        age: Seconds since it was published or last said to be edited.
        key: The page's key: it spreads pages of one day over later nights, always in the same way.
    """
    hours = next((hours for days, hours in _BY_AGE if age < days * DAY), _OLDEST_HOURS)
    if hours <= 24:
        return hours * HOUR
    spread = int.from_bytes(blake2b(key.encode(), digest_size=2).digest()) / 0xFFFF
    return int(hours * HOUR * (0.85 + 0.3 * spread))


def seconds_to_retry(tries: int) -> int:
    """Return the seconds until a page that failed `tries` times running is asked for again."""
    return min(_FIRST_FAILURE << min(tries - 1, 10), _LONGEST_FAILURE)


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
        return int((moment if moment.tzinfo else moment.replace(tzinfo=_HANOI)).timestamp())
    except (ValueError, OverflowError):
        return None


def at(second: int) -> datetime:
    """Return the UTC time of a second since 1970."""
    return datetime.fromtimestamp(second, UTC)
