"""What the one who publishes says of the site: `<home>/site.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from urllib.parse import urlsplit

from scraper.errors import ConfigError

FILE = "site.toml"
_KEY = "replay"

LOOPBACK = "http://127.0.0.1:8765"
"""Where `replay` serves unless it is told otherwise: on the machine of whoever runs it."""


def replay_address(home: Path) -> str | None:
    """Give the address at which readers reach `replay`; None where there is none.

    `<home>/site.toml` may say `replay = "https://archive.example.org"`: links to archived copies then lead
    there. Raises ConfigError where the file says anything else.
    """
    file = home / FILE
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ConfigError(f"{file}: is no TOML: {error}: mend or remove it") from error
    address = said.get(_KEY)
    if said.keys() != {_KEY} or not isinstance(address, str) or not _leads_out(address):
        raise ConfigError(
            f'{file}: must say {_KEY} = "https://…", where readers reach your `replay`, and nothing else'
        )
    return address.rstrip("/")


def _leads_out(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not (parts.query or parts.fragment)
