"""What pages say of themselves to search engines: JSON-LD in the words of schema.org."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from warehouse.publication.site.rendering import is_web_address

Described = dict[str, Any]
"""JSON-LD as plain values."""

_FORMATS = {
    "../cityledger.duckdb": "application/vnd.duckdb",
    "../datapackage.json": "application/json",
    "../sdmx/series.csv": "application/vnd.sdmx.data+csv;version=2.0.0",
    "../ocd/events.json": "application/json",
    "../calendar/all.ics": "text/calendar",
    "../feeds/all.atom": "application/atom+xml",
}
"""Where each form of the data stands, from the page on."""


def described_dataset(sources: Iterable[str], version: str, published: datetime) -> Described:
    """Describe a publication as https://schema.org/Dataset, addresses relative to the page.

    Args:
        sources: Addresses of the portals that it reports on.
        version: The publication's.
        published: When it was made.
    """
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": "CityLedger",
        "alternateName": "Sổ cái những gì các cổng thông tin địa phương đã công bố",
        "description": (
            "Districts, meetings and reported indicators of Vietnamese city portals over time, "
            "every figure with its sentence, article and archived page."
        ),
        "inLanguage": ["vi", "en"],
        "isAccessibleForFree": True,
        "spatialCoverage": "Việt Nam",
        "version": version,
        "dateModified": published.isoformat(),
        "isBasedOn": list(sources),
        "distribution": [
            {"@type": "DataDownload", "contentUrl": place, "encodingFormat": kind}
            for place, kind in _FORMATS.items()
        ],
    }


def described_series(
    name: str, english: str, place: str | None, years: str, tables: Iterable[str]
) -> Described:
    """Describe the figures of an area or of an indicator as a Dataset.

    Args:
        name: In Vietnamese.
        english: The same in English.
        place: The area that they describe; None where they are of several.
        years: The years that they describe, 2019–2025; empty where that is unknown.
        tables: Addresses of CSV files, from the page on.
    """
    said: Described = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": name,
        "alternateName": english,
        "description": f"{english}, as city portals reported it, each figure with its sentence and article.",
        "isAccessibleForFree": True,
        "spatialCoverage": place or "Việt Nam",
        "isPartOf": {"@type": "Dataset", "name": "CityLedger"},
        "distribution": [
            {"@type": "DataDownload", "contentUrl": table, "encodingFormat": "text/csv"} for table in tables
        ],
    }
    return said | ({"temporalCoverage": years.replace("–", "/")} if years else {})


def described_article(
    headline: str, url: str, portal: str, day: date | None, about: Iterable[str]
) -> Described:
    """Describe an article as https://schema.org/NewsArticle.

    Args:
        headline: As it stands.
        url: The live page; left out where it is no web address.
        portal: That published it.
        day: On which it was published.
        about: Names of the areas that it is about.
    """
    said: Described = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline,
        "inLanguage": "vi",
        "publisher": {"@type": "GovernmentOrganization", "name": portal},
        "about": [{"@type": "AdministrativeArea", "name": name} for name in about],
    }
    dated = {"datePublished": day.isoformat()} if day else {}
    return said | dated | ({"url": url} if is_web_address(url) else {})


def described_meeting(
    name: str, first: date | None, last: date | None, place: str | None, organizer: str | None, status: str
) -> Described:
    """Describe a meeting as https://schema.org/Event; persons are not named to search engines.

    Args:
        name: As its articles name it.
        first: Its day.
        last: Its last day, where it took several.
        place: Where it met.
        organizer: The body that met.
        status: confirmed, tentative or cancelled.
    """
    is_off = status == "cancelled"
    said: Described = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": name,
        "eventStatus": f"https://schema.org/Event{'Cancelled' if is_off else 'Scheduled'}",
    }
    if first:
        said["startDate"] = first.isoformat()
    if last:
        said["endDate"] = last.isoformat()
    if place:
        said["location"] = {"@type": "Place", "name": place}
    if organizer:
        said["organizer"] = {"@type": "GovernmentOrganization", "name": organizer}
    return said
