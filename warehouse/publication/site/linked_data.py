"""What the page says of itself to search engines: schema.org's Dataset as JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

_FORMATS = {
    "../cityledger.duckdb": "application/vnd.duckdb",
    "../datapackage.json": "application/json",
    "../sdmx/series.csv": "application/vnd.sdmx.data+csv;version=2.0.0",
    "../ocd/events.json": "application/json",
    "../calendar/all.ics": "text/calendar",
    "../feeds/all.atom": "application/atom+xml",
}
"""Where each form of the data stands, from the page on."""


def described_dataset(sources: Iterable[str], version: str, published: datetime) -> dict[str, Any]:
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
