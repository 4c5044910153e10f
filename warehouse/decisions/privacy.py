"""What a home says of the names of private citizens: masked in publications unless set otherwise."""

from __future__ import annotations

import tomllib
from pathlib import Path

from scraper.errors import ConfigError

FILE = "privacy.toml"
_KEY = "private_citizens"


def masks_private_citizens(home: Path) -> bool:
    """Return whether publications of a home mask private citizens; raise ConfigError where its file is wrong.

    `<home>/privacy.toml` may say `private_citizens = "named"`; without it they are `"masked"`.
    """
    file = home / FILE
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return True
    except (OSError, ValueError) as error:
        raise ConfigError(f"{file}: is no TOML: {error}: mend or remove it") from error
    if said.keys() != {_KEY} or said[_KEY] not in ("masked", "named"):
        raise ConfigError(f'{file}: must say {_KEY} = "masked" or "named" and nothing else')
    return bool(said[_KEY] == "masked")
