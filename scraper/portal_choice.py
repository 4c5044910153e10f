"""Which portals a command takes: those named, else those of the user's own folder and of the home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from scraper.errors import PortalError, UsageError
from scraper.portal import Portal
from scraper.portal_catalogue import PORTALS_DIR, load_portals
from scraper.replica.home import DEMO_PORTALS


def wanted_portals(
    names: Sequence[str], portals: Mapping[str, Portal], faults: Sequence[PortalError] = ()
) -> list[Portal]:
    """Return the portals of these slugs, in this order.

    Raises the fault of a file that is named, and UsageError for names that there are not.
    """
    for name in names:
        for fault in faults:
            if str(fault).startswith(f"{name}.toml:"):
                raise fault
    unknown = [name for name in names if name not in portals]
    if unknown:
        near = get_close_matches(unknown[0], portals, n=1)
        hint = f"; did you mean {near[0]}?" if near else "; `portals list` shows them"
        raise UsageError(f"there is no portal {', '.join(unknown)}{hint}")
    return [portals[name] for name in dict.fromkeys(names)]


def held_portal(name: str, home: Path, portals_dir: Path | None) -> Portal:
    """Return the portal whose archive in a home is looked after; a demo's home has the files of its own.

    Raises as `wanted_portals`, and UsageError where the home holds the portal and its file is elsewhere.
    """
    faults: list[PortalError] = []
    demo_portals = home / DEMO_PORTALS
    own = portals_dir or (demo_portals if demo_portals.is_dir() else None)
    portals = load_portals(own, faults)
    is_faulty = any(str(fault).startswith(f"{name}.toml:") for fault in faults)
    if name not in portals and not is_faulty and (home / name / "archive").is_dir():
        raise UsageError(f"{home} holds {name}, whose file is missing: give --portals-dir")
    return wanted_portals([name], portals, faults)[0]


def chosen_portals(
    names: Sequence[str], home: Path, portals_dir: Path | None, faults: list[PortalError]
) -> list[Portal]:
    """Return the portals named, or else those of the user's own folder and those that the home holds.

    Files that cannot be read go to `faults`, and the rest goes on. Raises UsageError where nothing is left (a
    shipped portal is crawled only when it is asked for), where the home holds a portal that has no file, and
    where it holds the demo's invented figures and other portals are asked for.
    """
    demo_portals = home / DEMO_PORTALS
    if demo_portals.is_dir() and portals_dir != demo_portals:
        raise UsageError(
            f"{home} holds the demo's invented figures: give another --home; `demo` renews this one"
        )
    portals = load_portals(portals_dir, faults)
    if names:
        return wanted_portals(names, portals, faults)
    faulty = {str(fault).partition(".toml:")[0] for fault in faults}
    is_own = portals_dir is not None and portals_dir.resolve() != PORTALS_DIR.resolve()
    own = {path.stem for path in portals_dir.glob("*.toml")} if portals_dir and is_own else set()
    held = {path.parent.name for path in home.glob("*/archive")}
    if strange := sorted(held - faulty - set(portals)):
        missing = ", ".join(strange)
        raise UsageError(
            f"{home} holds {missing}, whose file is missing: give --portals-dir, or name portals"
        )
    chosen = [portal for portal in portals.values() if portal.slug in own | held]
    if not chosen and faults:
        raise faults[0]
    if not chosen:
        raise UsageError(
            "no portal was named, and this home holds none yet: name some (`portals list` shows them)"
        )
    return chosen
