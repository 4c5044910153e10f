"""Settings of a home: small TOML files beside its data, each with one key."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from scraper.errors import ConfigError


def home_setting(file: Path, key: str, wanted: str) -> Any:  # noqa: ANN401 - whatever TOML can say
    """Return what a file says of its one key, None where there is no file.

    Args:
        file: Of the home; a missing one leaves the setting as it is by itself.
        key: The only one it may have.
        wanted: What it must say, for the message.

    Raises ConfigError where it is no TOML, or says anything else.
    """
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ConfigError(f"{file}: is no TOML: {error}: mend or remove it") from error
    if said.keys() != {key}:
        raise refused_setting(file, key, wanted)
    return said[key]


def refused_setting(file: Path, key: str, wanted: str) -> ConfigError:
    """Return the error that names what a file must say."""
    return ConfigError(f"{file}: must say {key} = {wanted} and nothing else")
