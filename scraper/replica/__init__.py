"""The embedded portals of an invented city: known facts, served on loopback, faults on order.

It imports nothing of `scraper.vietnamese`, `scraper.facts` or the crawler: a mistake there must not be
written into what it is checked against.
"""

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
