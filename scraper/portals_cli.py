"""The commands of portal files: list, new, check and record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scraper.console import (
    DEFAULT_HOME,
    AsJson,
    CommandGroup,
    PortalsDir,
    UnusedHome,
    out,
    print_json,
    print_styled,
    print_table,
    progress_shown,
    say,
)
from scraper.errors import FellShort, UsageError
from scraper.portal import Portal
from scraper.portal_catalogue import fault_of_slug, load_portals
from scraper.portal_choice import wanted_portals

if TYPE_CHECKING:
    from scraper.onboarding.survey import Survey

portals_app = typer.Typer(
    cls=CommandGroup,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Portal files: list them, draft one for a new site, check them, record pages of them.",
)


@portals_app.command("list")
def portals_list(
    portals_dir: PortalsDir = None, as_json: AsJson = False, home: UnusedHome = DEFAULT_HOME
) -> None:
    """List every portal that can be crawled: the shipped ones and your own.

    None is crawled unless it is named, or lies in your own --portals-dir. "verified" says whether a person
    has checked the file against the live site; "state" whether it is active, paused or retired.

    Example: cityledger portals list --json
    """
    portals, today = load_portals(portals_dir), datetime.now(UTC).date()
    rows = [
        {
            "portal": portal.slug,
            "kind": portal.kind,
            "name": portal.name,
            "base_url": portal.base_url,
            "family": portal.family,
            "ref_area": portal.ref_area,
            "verified": portal.is_verified,
            "state": portal.rests_on(today) or "active",
            "retired_on": portal.retired_on,
            "paused": portal.paused_on(today),
            "paused_until": portal.paused_until,
        }
        for portal in portals.values()
    ]
    if as_json:
        print_json(rows)
        return
    print_table(
        ["portal", "kind", "name", "address", "family", "area", "verified", "state"],
        [
            (
                *(row[key] for key in ("portal", "kind", "name", "base_url", "family", "ref_area")),
                "yes" if row["verified"] else "no",
                row["state"],
            )
            for row in rows
        ],
    )


Slug = Annotated[str | None, typer.Option("--slug", help="The file's name; else it comes from the address.")]
Connect = Annotated[
    str | None,
    typer.Option(
        "--connect",
        metavar="HOST:PORT",
        help="Connect there over plain http instead: a server on your own machine. No private address is"
        " asked without it.",
    ),
]


@portals_app.command("new")
def portals_new(
    url: Annotated[str, typer.Argument(metavar="URL", help="The portal's front page, or a listing of news.")],
    slug: Slug = None,
    family: Annotated[
        str | None, typer.Option("--family", help="The site's system, where it is not recognised.")
    ] = None,
    ref_area: Annotated[
        str | None, typer.Option("--ref-area", metavar="CODE", help="GSO code of the portal's area.")
    ] = None,
    connect: Connect = None,
    rate: Annotated[
        float | None, typer.Option("--rate", help="Requests a second at most; else 1. The file gets it too.")
    ] = None,
    ca_bundle: Annotated[
        Path | None,
        typer.Option(
            "--ca-bundle", dir_okay=False, help="PEM file of certificates that the site's chain leaves out."
        ),
    ] = None,
    only_print: Annotated[bool, typer.Option("--print", help="Write nothing: print the draft.")] = False,
    portals_dir: PortalsDir = None,
    as_json: AsJson = False,
    home: UnusedHome = DEFAULT_HOME,
) -> None:
    """Draft the file of a portal that nobody described: look at its site, politely, and say what is read.

    Some twenty pages are asked for at most, one a second, robots.txt obeyed. The family of its system is
    recognised, its sitemap, feed, wp-json and listings are tried, and three of its articles are read: each
    field is shown with the way that it was read by and how sure it is. `<slug>.toml` goes into --portals-dir
    with verified = false, and the three pages beside it into `<slug>/pages/`: `portals check --recorded`
    tells when they are read otherwise.

    Example: cityledger portals new https://kienan.haiphong.gov.vn --portals-dir my-portals
    """
    from scraper.onboarding.draft import Draft, address_of, refuse_taken, slug_of
    from scraper.onboarding.face import survey_site
    from scraper.onboarding.shown import show_survey, survey_json
    from scraper.onboarding.survey import Survey

    if slug is not None and (fault := fault_of_slug(slug)):
        raise UsageError(f"--slug {fault}")
    if portals_dir is None and not (only_print or as_json):
        raise UsageError("give --portals-dir to write the file into (or CITYLEDGER_PORTALS), or --print")
    address = address_of(url)
    slug = slug or slug_of(address)
    known = load_portals(portals_dir if portals_dir is not None and portals_dir.exists() else None)
    refuse_taken(slug, address, known, None if only_print else portals_dir)
    day = datetime.now(UTC).date()
    origin = "/".join(address.split("/")[:3])
    draft = Draft(slug, origin, family or "generic", day, "", ref_area, connect, rate, ca_bundle)
    with progress_shown(quiet=as_json) as progress:
        survey = survey_site(Survey(address, draft, portals_dir, wanted_family=family), progress)
    readings = survey.readings
    written, recorded = None, list[Path]()
    if portals_dir is not None and not only_print and readings is not None and readings.looks:
        written, recorded = _keep(survey, portals_dir)
    if as_json:
        print_json(survey_json(survey, written, recorded))
    else:
        show_survey(survey, written, recorded)
    if readings is None or not readings.looks:
        said = "; ".join(readings.refused[:3]) if readings else "none was found"
        raise FellShort(f"none of its articles could be read, and nothing was written: {said}")
    if written is not None and not as_json:
        command = f"cityledger crawl {slug} --portals-dir {portals_dir} --max-pages 20"
        say(f"next: read the lines above, then `{command}`")


def _keep(survey: Survey, portals_dir: Path) -> tuple[Path, list[Path]]:
    """Write the drafted file and the folders of the pages that were read."""
    from scraper.onboarding.recorded import record

    portals_dir.mkdir(parents=True, exist_ok=True)
    path = portals_dir / f"{survey.draft.slug}.toml"
    path.write_text(survey.draft.text(), encoding="utf-8")
    portal = load_portals(portals_dir)[survey.draft.slug]
    what = f"recorded by `portals new` on {survey.draft.day}; expected is what was read then, unchecked"
    replies = survey.readings.replies if survey.readings else ()
    return path, [record(portals_dir, portal, reply, None, what, again=True) for reply in replies]


@portals_app.command("check")
def portals_check(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[PORTAL]…", help="Portals to ask; without names no one is.")
    ] = None,
    recorded: Annotated[
        bool, typer.Option("--recorded", help="Ask for nothing: read the recorded pages again and compare.")
    ] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="With --recorded: what is read now is expected from now on.")
    ] = False,
    files: Annotated[bool, typer.Option("--files", help="Ask for nothing: check the files alone.")] = False,
    portals_dir: PortalsDir = None,
    as_json: AsJson = False,
    home: UnusedHome = DEFAULT_HOME,
) -> None:
    """Check portals: their files, and of those that are named whether the live portal still fits the file.

    Every file is read strictly; the first fault is one line that names file and key. A portal that is named
    is asked for the pages where its crawl begins and for three articles, at its own rate, robots.txt obeyed:
    is each there, do they name articles, does each selector find its part, does the generic reading agree?
    With --recorded the pages beside the file are read again and compared with what is expected of them. Exit
    code 1 where something is at fault.

    Example: cityledger portals check kienan --portals-dir my-portals
    """
    portals = load_portals(portals_dir)
    if accept and not recorded:
        raise UsageError("--accept goes with --recorded")
    chosen = wanted_portals(names or list(portals), portals)
    if recorded:
        _check_recorded(chosen, portals_dir, bool(names), accept, as_json)
    elif files or not names:
        _check_files(chosen, as_json)
    else:
        _check_live(chosen, as_json)


def _check_files(chosen: Sequence[Portal], as_json: bool) -> None:
    checked = [
        {
            "portal": portal.slug,
            "family": portal.family,
            "layouts": [layout.name for layout in portal.layouts],
            "article_patterns": [pattern.pattern for pattern in portal.article],
            "discovery": _starts(portal),
        }
        for portal in chosen
    ]
    if as_json:
        print_json(checked)
        return
    for row in checked:
        out.print(
            f"[green]ok[/] {row['portal']} ({row['family']}): layouts {', '.join(row['layouts']) or 'none'}; "
            f"starts at {', '.join(row['discovery'])}",
            highlight=False,
        )
    lost = [portal.slug for portal in chosen if not portal.retired_on and not _starts(portal)]
    if lost:
        raise FellShort(
            f"{', '.join(lost)}: no address to start from: give [discovery] listings, sitemaps or feeds"
        )


def _starts(portal: Portal) -> list[str]:
    found = portal.discovery
    return [*found.sitemaps, *found.feeds, *found.listings, *([found.api] if found.api else [])]


def _check_live(chosen: Sequence[Portal], as_json: bool) -> None:
    from scraper.onboarding.face import check_portals
    from scraper.onboarding.shown import health_json, show_health

    today = datetime.now(UTC).date()
    resting = {portal.slug: why for portal in chosen if (why := portal.rests_on(today))}
    asked = [portal for portal in chosen if portal.slug not in resting]
    with progress_shown(quiet=as_json) as progress:
        checks = check_portals(asked, progress) if asked else []
    if as_json:
        rows: list[dict[str, Any]] = [health_json(check) for check in checks]
        rows += [
            {"portal": slug, "is_good": False, "points": [], "rests": why} for slug, why in resting.items()
        ]
        print_json(rows)
    else:
        for check in checks:
            show_health(check)
    bad = [check.portal.slug for check in checks if not check.is_good]
    told = [f"{', '.join(bad)}: something is at fault, see above"] if bad else []
    told += [f"{slug}: {why}, not asked" for slug, why in resting.items()]
    if told:
        raise FellShort("; ".join(told))


def _check_recorded(
    chosen: Sequence[Portal], portals_dir: Path | None, named: bool, accept: bool, as_json: bool
) -> None:
    from scraper.onboarding.recorded import differences, pages_of

    if portals_dir is None:
        raise UsageError("recorded pages lie in --portals-dir (or CITYLEDGER_PORTALS): give it")
    rows: list[dict[str, Any]] = []
    lacking = []
    for portal in chosen:
        folders = pages_of(portals_dir, portal.slug)
        if named and not folders:
            lacking.append(portal.slug)
        for folder in folders:
            found = differences(folder, portal, accept)
            rows.append(
                {
                    "portal": portal.slug,
                    "page": folder.name,
                    "is_good": not found,
                    "differences": [
                        {"field": one.field, "expected": one.expected, "read": one.read} for one in found
                    ],
                }
            )
    if as_json:
        print_json(rows)
    else:
        _show_recorded(rows, accept)
    if lacking:
        raise FellShort(f"{', '.join(lacking)}: no page is recorded; `portals record` adds one")
    if not rows:
        raise FellShort(f"{portals_dir}: no page is recorded there; `portals record` adds one")
    bad = sum(not row["is_good"] for row in rows)
    if bad and not accept:
        told = f"{bad} of {len(rows)} recorded pages are read otherwise than expected"
        raise FellShort(f"{told}: mend the file, or --accept the new reading")


def _show_recorded(rows: Sequence[dict[str, Any]], accept: bool) -> None:
    for row in rows:
        word = "ok" if row["is_good"] else "accepted" if accept else "differs"
        print_styled(
            [
                (f"{word:<9}", "green" if row["is_good"] else "yellow"),
                (f"{row['portal']}/{row['page']}\n", ""),
            ]
        )
        for one in row["differences"]:
            print_styled([(f"  {one['field']}\n", "bold")])
            for label in ("expected", "read"):
                print_styled([(f"    {label:<9}", "dim"), (f"{_short(one[label])}\n", "")])


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 200 else f"{text[:200]}… ({len(text):,} characters)"


@portals_app.command("record")
def portals_record(
    slug: Annotated[str, typer.Argument(metavar="PORTAL", help="Whose page it is.")],
    url: Annotated[str, typer.Argument(metavar="URL", help="The address of one of its articles.")],
    name: Annotated[
        str | None, typer.Option("--name", help="The folder's name; else from the day and the headline.")
    ] = None,
    what: Annotated[
        str | None, typer.Option("--what", metavar="TEXT", help="What the page is a case of, in one line.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Replace a page of that name.")] = False,
    portals_dir: PortalsDir = None,
    as_json: AsJson = False,
    home: UnusedHome = DEFAULT_HOME,
) -> None:
    """Record one page of a portal beside its file: what came, where from, and what is read of it.

    One request is made, robots.txt obeyed. The folder `<portals-dir>/<portal>/pages/<name>/` holds page.html,
    meta.json and expected.json; look through the last one and mend what is wrong in it. From then on
    `portals check --recorded` says when the page is read otherwise.

    Example: cityledger portals record kienan https://kienan.haiphong.gov.vn/tin-tuc/hop-thuong-ky-768120
    --what "a table of figures" --portals-dir my-portals
    """
    from scraper.identity import is_allowed, is_article
    from scraper.onboarding.examine import look_at
    from scraper.onboarding.face import fetch_article
    from scraper.onboarding.recorded import folder_of, record
    from scraper.onboarding.shown import look_json, show_look

    if portals_dir is None:
        raise UsageError("give --portals-dir to record into (or CITYLEDGER_PORTALS)")
    portals = load_portals(portals_dir)
    portal = wanted_portals([slug], portals)[0]
    if not is_allowed(url, portal):
        raise UsageError(f"{url} is no address on {', '.join(portal.hosts)}")
    if not is_article(url, portal):
        raise UsageError(
            f"{url} is no article's address by the patterns of {slug}: mend `article` in its file"
        )
    if why := portal.rests_on(datetime.now(UTC).date()):
        raise UsageError(f"{slug} is not asked: {why}")
    if name is not None:
        folder_of(portals_dir, slug, name, again)
    reply = fetch_article(url, portal)
    look = look_at(reply, portal)
    folder = record(portals_dir, portal, reply, name, what or f"recorded from {url}", again)
    if as_json:
        print_json({"portal": slug, "folder": str(folder), "article": look_json(look)})
        return
    show_look(look)
    say(f"recorded {folder}")
