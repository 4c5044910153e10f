"""Units for the nightly run, ready to be put where cron or systemd looks for them. Pure."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scraper.errors import UsageError

_AT = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Nightly:
    """A nightly run."""

    words: tuple[str, ...]
    """The command, its program by its absolute path."""
    folder: Path
    """Where it runs, absolute."""
    home: Path
    """Absolute."""
    hour: int
    minute: int
    jitter: int
    """Minutes by which it may start later, at random."""
    user: str
    contact: str | None
    """For the user agent; None: none was given."""
    name: str = "cityledger"


def program_words(started_as: str, python: str = sys.executable) -> tuple[str, ...]:
    """Return the words that start this very installation.

    Args:
        started_as: `sys.argv[0]`: the installed script or the checkout's orchestrate.py.
        python: The interpreter.
    """
    program = Path(started_as).absolute()
    return (python, str(program)) if program.suffix == ".py" else (str(program),)


def parse_at(at: str) -> tuple[int, int]:
    """Return hour and minute of `HH:MM`; raise UsageError where it is no time of day."""
    match = _AT.fullmatch(at)
    if match is None:
        raise UsageError(f"--at {at!r}: give a time of day such as 02:30")
    return int(match[1]), int(match[2])


def check(nightly: Nightly) -> None:
    """Raise UsageError where a unit could not say what is asked for."""
    if not _NAME.fullmatch(nightly.name):
        raise UsageError(f"--name {nightly.name!r}: give letters, digits, '-' and '_'")
    for word in (*nightly.words, str(nightly.folder), str(nightly.home), nightly.contact or ""):
        if any(not letter.isprintable() for letter in word):
            raise UsageError(f"{word!r} holds a control character, which no unit can say")


def crontab(nightly: Nightly) -> str:
    """Return lines for a user's crontab; what the run says is mailed by cron where it did not end with 0."""
    until = nightly.hour * 60 + nightly.minute + nightly.jitter
    log = nightly.home / "logs" / "nightly.log"
    steps = [f"cd {shlex.quote(str(nightly.folder))}", f"mkdir -p {shlex.quote(str(log.parent))}"]
    if nightly.jitter:
        wait = f"import random, time; time.sleep(random.uniform(0, {nightly.jitter * 60}))"
        steps.append(f"{shlex.quote(sys.executable)} -c {shlex.quote(wait)}")
    kept = shlex.quote(str(log))
    steps.append(f"{{ {shlex.join(nightly.words)} > {kept} 2>&1 || cat {kept}; }}")
    lines = [
        f"# {nightly.name}: every night between {nightly.hour:02}:{nightly.minute:02} and"
        f" {until // 60 % 24:02}:{until % 60:02}. Lines for `crontab -e` of the user {nightly.user}.",
        "# One run at a time: another one meets the home's lock and ends with 3. cron mails what a run said"
        " that did not end with 0.",
    ]
    if nightly.contact:
        lines.append(f"CITYLEDGER_CONTACT={_cron_value(nightly.contact)}")
    else:
        lines.append("# CITYLEDGER_CONTACT=you@example.org  (portals should know whom to write to)")
    # cron takes a bare % for the end of the command.
    command = " && ".join(steps).replace("%", r"\%")
    lines.append(f"{nightly.minute} {nightly.hour} * * * {command}")
    return "\n".join(lines) + "\n"


def systemd_units(nightly: Nightly) -> dict[str, str]:
    """Return a service and its timer by their file names, for /etc/systemd/system."""
    words = " ".join(map(_systemd_word, nightly.words))
    contact = (
        f"Environment={_quoted(f'CITYLEDGER_CONTACT={nightly.contact}'.replace('%', '%%'))}"
        if nightly.contact
        else '# Environment="CITYLEDGER_CONTACT=you@example.org"  (portals should know whom to write to)'
    )
    service = f"""[Unit]
Description=CityLedger: refresh what city portals report
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={nightly.user}
WorkingDirectory={str(nightly.folder).replace("%", "%%")}
{contact}
ExecStart={words}
# One run at a time: another one meets the home's lock and ends with 3.
# SIGTERM goes to the run alone, which finishes the page in hand, keeps everything and ends with 143.
KillMode=mixed
TimeoutStopSec=120
SuccessExitStatus=143
Nice=10
# It needs no right that its user has not, and nothing of the system to write to.
NoNewPrivileges=true
PrivateTmp=true
ProtectSystem=full
"""
    timer = f"""[Unit]
Description=CityLedger: every night

[Timer]
OnCalendar=*-*-* {nightly.hour:02}:{nightly.minute:02}:00
RandomizedDelaySec={nightly.jitter}min
Persistent=true
Unit={nightly.name}.service

[Install]
WantedBy=timers.target
"""
    return {f"{nightly.name}.service": service, f"{nightly.name}.timer": timer}


def option_words(given: Sequence[tuple[str, object]]) -> list[str]:
    """Return options and their values as words of a command; those without a value are left out."""
    return [word for option, value in given if value is not None for word in (option, str(value))]


def _systemd_word(word: str) -> str:
    return _quoted(word.replace("%", "%%").replace("$", "$$"))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _cron_value(text: str) -> str:
    return f'"{text}"' if "'" in text else f"'{text}'"
