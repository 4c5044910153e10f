"""Which CityLedger this is, as it names itself to servers and in archives."""

from __future__ import annotations

import os

VERSION = "0.1.0"
"""The same as in pyproject.toml; a test holds them together, since a checkout has no installed metadata."""

SOFTWARE = f"CityLedger/{VERSION}"


def user_agent(contact: str | None = None) -> str:
    """Return the User-Agent that says who asks and whom to write to.

    Args:
        contact: An address or page; else the environment's CITYLEDGER_CONTACT; else it says that none
            was set.
    """
    given = contact or os.environ.get("CITYLEDGER_CONTACT") or ""
    said = "".join(
        letter for letter in given if letter.isascii() and letter.isprintable() and letter not in "()"
    )
    return f"{SOFTWARE} (+{said.strip() or 'contact not set'})"
