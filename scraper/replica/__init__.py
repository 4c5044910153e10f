"""The embedded portals of an invented city: known facts, served on loopback, faults on order.

It imports nothing of `scraper.vietnamese`, `scraper.facts` or the crawler: a mistake there must not be
written into what it is checked against.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scraper.replica.content import DEFAULT_UNTIL, Entry
    from scraper.replica.faults import Faults
    from scraper.replica.portal_files import write_portals
    from scraper.replica.replica import Replica
    from scraper.replica.server import Logged, Served, serve
    from scraper.replica.sites import EVERY_KIND, NOTICE, SITES, Site

__all__ = [
    "DEFAULT_UNTIL",
    "EVERY_KIND",
    "NOTICE",
    "SITES",
    "Entry",
    "Faults",
    "Logged",
    "Replica",
    "Served",
    "Site",
    "serve",
    "write_portals",
]

_MODULES = {
    "content": ("DEFAULT_UNTIL", "Entry"),
    "faults": ("Faults",),
    "portal_files": ("write_portals",),
    "replica": ("Replica",),
    "server": ("Logged", "Served", "serve"),
    "sites": ("EVERY_KIND", "NOTICE", "SITES", "Site"),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Import a part where it is first used: every command looks here for the demo's folder."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
