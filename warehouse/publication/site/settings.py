"""What the one who publishes says of the site: `<home>/site.toml`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from warehouse.home_setting import home_setting, refused_setting

FILE = "site.toml"
_KEY = "replay"
_WANTED = '"https://…", where readers reach your `replay`,'

LOOPBACK = "http://127.0.0.1:8765"
"""Where `replay` serves unless it is told otherwise: on the machine of whoever runs it."""


def replay_address(home: Path) -> str | None:
    """Give the address at which readers reach `replay`; None where there is none.

    `<home>/site.toml` may say `replay = "https://archive.example.org"`: links to archived copies then lead
    there. Raises ConfigError where the file says anything else.
    """
    file = home / FILE
    address = home_setting(file, _KEY, _WANTED)
    if address is None:
        return None
    if not isinstance(address, str) or not _leads_out(address):
        raise refused_setting(file, _KEY, _WANTED)
    return address.rstrip("/")


def _leads_out(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not (parts.query or parts.fragment)
