"""What a home says of the names of private citizens: masked in publications unless set otherwise."""

from __future__ import annotations

from pathlib import Path

from warehouse.home_setting import home_setting, refused_setting

FILE = "privacy.toml"
_KEY = "private_citizens"
_WANTED = '"masked" or "named"'


def masks_private_citizens(home: Path) -> bool:
    """Return whether publications of a home mask private citizens; raise ConfigError where its file is wrong.

    `<home>/privacy.toml` may say `private_citizens = "named"`; without it they are `"masked"`.
    """
    file = home / FILE
    said = home_setting(file, _KEY, _WANTED)
    if said not in (None, "masked", "named"):
        raise refused_setting(file, _KEY, _WANTED)
    return bool(said != "named")
