"""The portals there are: the shipped files, a user's folder beside them, and the CMS families of both."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from scraper.errors import PortalError
from scraper.expectations import FIELDS, Expectations
from scraper.portal import KINDS, AttachmentOptions, Discovery, Layout, Portal
from scraper.portal_file import Table, given_or, read_toml
from scraper.portal_layouts import read_discovery, read_layouts

T = TypeVar("T")

PORTALS_DIR = Path(__file__).parent / "portals"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED = {"build", "logs", "published"}
"""Folders of a home beside those of its portals."""
_HOST = re.compile(r"[a-z0-9.-]+\.[a-z0-9-]+|localhost")
_CONNECT = re.compile(r"[^\s:/]+:\d{1,5}")
_DEFAULT_RATE = 1.0
_KINDS_BY_DIGITS = {2: "province", 3: "district", 5: "commune"}


def fault_of_slug(slug: str) -> str | None:
    """Return what keeps a name from being a portal's slug, None where nothing does."""
    if not _SLUG.fullmatch(slug):
        return f"{slug!r} must be lower-case letters and digits joined by '-'"
    return f"{slug!r} names a folder that every home has: take another" if slug in _RESERVED else None


def load_portals(
    portals_dir: Path | None = None, faults: list[PortalError] | None = None
) -> dict[str, Portal]:
    """Load the shipped portals, and those of a user's folder beside them, by slug.

    A user's file of the same name replaces the shipped one; `<portals_dir>/families/` adds families in the
    same way.

    Args:
        portals_dir: The user's folder.
        faults: Where given, what is wrong with a file goes here, and the portals of the others are returned.
            Of two files that claim one slug or host, the later is at fault (shipped ones come first).

    Raises PortalError where the folder is missing and, without `faults`, for the first file that is wrong:
    the message names file and key.
    """
    if portals_dir is not None and not portals_dir.is_dir():
        raise PortalError(f"{portals_dir}: no such folder of portals")
    folders = [PORTALS_DIR] if portals_dir is None else [PORTALS_DIR, portals_dir]
    families: dict[str, _Family | None] = {}
    for path in _files(folder / "families" for folder in folders):
        families[path.stem] = _spared(faults, partial(_read_family, path))
    portals: dict[str, Portal] = {}
    for path in _files(folders):
        portal = _spared(faults, partial(_read_portal, path, families, portals))
        if portal is not None:
            portals[portal.slug] = portal
    return dict(sorted(portals.items()))


def _files(folders: Iterable[Path]) -> Iterable[Path]:
    """Return the TOML files of folders; of one name, the one in the last folder."""
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.toml"))}.values()


def _spared(faults: list[PortalError] | None, read: Callable[[], T]) -> T | None:
    try:
        return read()
    except PortalError as error:
        if faults is None:
            raise
        faults.append(error)
        return None


@dataclass(frozen=True, slots=True)
class _Family:
    """What a CMS family's file gives to its portals."""

    name: str
    article: tuple[re.Pattern[str], ...]
    discovery: Discovery
    layouts: tuple[Layout, ...]
    attachments: AttachmentOptions | None


_ATTACHMENT_KEYS = frozenset({"fetch", "types", "hosts", "max_bytes", "max_per_article", "max_per_run"})
_EXPECT_KEYS = frozenset({"new_per_week", "silent_days", "max_failed", "max_gone", "fill", "learned"})
FAMILY_KEYS = frozenset({"article", "discovery", "layouts", "attachments", "recognise"})
"""Keys of a family's file; `recognise` is read by `scraper.family_recognition`."""
_PORTAL_KEYS = (FAMILY_KEYS - {"recognise"}) | {
    "name", "base_url", "family", "slug", "hosts", "ref_area", "verified", "retired_on", "notice", "connect",
    "paused", "paused_until", "precedence", "kind",
    "rate", "max_pages", "expect", "ca_bundle", "verify_tls", "cookie_challenge",
}  # fmt: skip


def _read_family(path: Path) -> _Family:
    table = read_toml(path, FAMILY_KEYS)
    return _Family(
        name=path.stem,
        article=_patterns(table) or (),
        discovery=read_discovery(table),
        layouts=read_layouts(table),
        attachments=_attachments(table, AttachmentOptions()),
    )


def _read_portal(path: Path, families: Mapping[str, _Family | None], others: Mapping[str, Portal]) -> Portal:
    """Read one portal's file, beside `others`; a family of None is one whose own file is wrong."""
    table = read_toml(path, _PORTAL_KEYS)
    name, base_url = table.required("name"), table.required("base_url").rstrip("/")
    family_name = table.required("family")
    if family_name not in families:
        known = ", ".join(sorted(families))
        raise table.error("family", f"{family_name!r} is not known; known are {known}")
    family = families[family_name]
    if family is None:
        raise table.error("family", f"the file of {family_name!r} is wrong: mend families/{family_name}.toml")
    slug = table.text("slug") or path.stem
    if fault := fault_of_slug(slug):
        raise table.error("slug", fault)
    own_layouts = read_layouts(table, family.layouts)
    portal = Portal(
        slug=slug,
        name=name,
        base_url=base_url,
        family=family.name,
        hosts=_hosts(table, base_url),
        ref_area=_ref_area(table),
        is_verified=table.flag("verified") or False,
        retired_on=table.day("retired_on"),
        notice=table.text("notice"),
        paused=table.flag("paused") or False,
        paused_until=table.day("paused_until"),
        precedence=_precedence(table, base_url),
        kind=_kind(table),
        connect=_connect(table),
        rate=_rate(table),
        max_pages=_positive(table, "max_pages"),
        article=_patterns(table) or family.article,
        discovery=read_discovery(table, family.discovery),
        layouts=own_layouts + family.layouts,
        expect=_expectations(table),
        ca_bundle=_ca_bundle(table, path.parent),
        verifies_tls=_verifies_tls(table),
        sets_cookie=_sets_cookie(table),
        attachments=_attachments(table, family.attachments),
    )
    if not portal.article:
        raise table.error("article", f"is missing, and the family {family.name!r} has none")
    _refuse_claimed(portal, others, path.name)
    return portal


def _refuse_claimed(portal: Portal, others: Mapping[str, Portal], file: str) -> None:
    if portal.slug in others:
        raise PortalError(f"{file}: slug: {portal.slug!r} is another file's slug too")
    owners = {host: other.slug for other in others.values() for host in other.hosts}
    for host in portal.hosts:
        if host in owners:
            owner = owners[host]
            raise PortalError(
                f"{file}: hosts: {host!r} belongs to {owner!r} already; a file of your own named {owner}.toml"
                " takes the place of the shipped one"
            )


def _hosts(table: Table, base_url: str) -> tuple[str, ...]:
    try:
        parts = urlsplit(base_url)
        host = (parts.hostname or "").lower().removeprefix("www.")
    except ValueError as error:
        raise table.error("base_url", f"no URL: {error}") from error
    if parts.scheme not in ("http", "https") or not host:
        raise table.error("base_url", f"must start with https:// or http:// and a host, not {base_url!r}")
    return tuple(dict.fromkeys([host, *_host_names(table)]))


def _host_names(table: Table) -> tuple[str, ...]:
    names = [name.lower().removeprefix("www.") for name in table.texts("hosts") or ()]
    for name in names:
        if not _HOST.fullmatch(name):
            raise table.error("hosts", f"{name!r} is no host name")
    return tuple(names)


def _ref_area(table: Table) -> str | None:
    code = table.text("ref_area")
    if code is not None and not re.fullmatch(r"\d{2}|\d{3}|\d{5}", code):
        raise table.error("ref_area", f"must be a GSO code of two, three or five digits, not {code!r}")
    return code


def _kind(table: Table) -> str | None:
    kind = table.text("kind")
    if kind is not None and kind not in KINDS:
        raise table.error("kind", f"{kind!r} is not known; known are {', '.join(KINDS)}")
    return kind or _KINDS_BY_DIGITS.get(len(_ref_area(table) or ""))


def _connect(table: Table) -> str | None:
    connect = table.text("connect")
    if connect is not None and not _CONNECT.fullmatch(connect):
        raise table.error("connect", f"must be host:port, not {connect!r}")
    return connect


def _ca_bundle(table: Table, folder: Path) -> Path | None:
    """Return the PEM file that the portal names, relative to its own; it must hold certificates."""
    name = table.text("ca_bundle")
    if name is None:
        return None
    if table.text("connect") is not None:
        raise table.error("ca_bundle", "means nothing where `connect` is: that goes over plain http")
    path = (folder / name).resolve()
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
    except ssl.SSLError as error:
        raise table.error("ca_bundle", f"{path} holds no certificates in PEM form") from error
    except OSError as error:
        raise table.error("ca_bundle", f"{path} cannot be read: {error.strerror or error}") from error
    return path


def _verifies_tls(table: Table) -> bool:
    verifies = table.flag("verify_tls")
    if verifies is False and table.text("ca_bundle") is not None:
        raise table.error("verify_tls", "is false, and `ca_bundle` says what to verify with: keep one")
    return verifies is not False


def _sets_cookie(table: Table) -> bool:
    answer = table.text("cookie_challenge")
    if answer not in (None, "refuse", "set-once"):
        raise table.error("cookie_challenge", f'must be "refuse" or "set-once", not {answer!r}')
    return answer == "set-once"


def _attachments(file: Table, family: AttachmentOptions | None) -> AttachmentOptions | None:
    """Return which documents are fetched; what the file does not say is the family's; None: none."""
    table = file.table("attachments", _ATTACHMENT_KEYS)
    limits = AttachmentOptions()
    usual = family or limits
    types = table.texts("types")
    for ending in types or ():
        if ending not in limits.types:
            raise table.error("types", f"{ending!r} cannot be read; known are {', '.join(limits.types)}")
    size = _positive(table, "max_bytes")
    if size is not None and size > limits.max_bytes:
        raise table.error("max_bytes", f"must be {limits.max_bytes} at most, not {size}")
    options = AttachmentOptions(
        types=usual.types if types is None else types,
        hosts=_host_names(table) or usual.hosts,
        max_bytes=given_or(size, usual.max_bytes),
        max_per_article=given_or(_positive(table, "max_per_article"), usual.max_per_article),
        max_per_run=given_or(_positive(table, "max_per_run"), usual.max_per_run),
    )
    return options if given_or(table.flag("fetch"), family is not None) else None


def _rate(table: Table) -> float:
    rate = table.number("rate")
    if rate is not None and not 0 < rate <= 10_000:
        raise table.error("rate", f"must be requests a second above 0, not {rate:g}")
    return _DEFAULT_RATE if rate is None else rate


def _precedence(table: Table, base_url: str) -> int:
    """A state organ's own portal counts as the origin before a newspaper's."""
    own = (urlsplit(base_url).hostname or "").endswith((".gov.vn", ".dcs.vn", ".test"))
    return given_or(_positive(table, "precedence"), 1 if own else 2)


def _positive(table: Table, key: str) -> int | None:
    value = table.whole(key)
    if value is not None and value < 1:
        raise table.error(key, f"must be 1 or more, not {value}")
    return value


def _patterns(table: Table) -> tuple[re.Pattern[str], ...] | None:
    texts = table.texts("article")
    if texts is None:
        return None
    patterns = []
    for text in texts:
        try:
            patterns.append(re.compile(text))
        except (re.error, OverflowError, RecursionError) as error:
            raise table.error("article", f"no regular expression: {text!r}: {error}") from error
    return tuple(patterns)


def _expectations(file: Table) -> Expectations:
    table = file.table("expect", _EXPECT_KEYS)
    shares = table.table("fill", FIELDS)
    new_per_week, silent_days = table.number("new_per_week"), table.whole("silent_days")
    if new_per_week is not None and new_per_week <= 0:
        raise table.error("new_per_week", f"must be above 0, not {new_per_week:g}")
    if silent_days is not None and silent_days < 1:
        raise table.error("silent_days", f"must be 1 or more, not {silent_days}")
    fill = {part: _share(shares, part) for part in FIELDS}
    return Expectations(
        new_per_week=new_per_week,
        silent_days=silent_days,
        max_failed=_share(table, "max_failed"),
        max_gone=_share(table, "max_gone"),
        fill={part: share for part, share in fill.items() if share is not None},
        is_learning=given_or(table.flag("learned"), True),
    )


def _share(table: Table, key: str) -> float | None:
    value = table.number(key)
    if value is not None and not 0 <= value <= 1:
        raise table.error(key, f"must be a share between 0 and 1, not {value:g}")
    return value
