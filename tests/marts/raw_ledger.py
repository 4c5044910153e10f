"""Raw rows written by hand: what a scenario does not care about is filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from scraper.harvest.sketch import sketch
from warehouse.connect import Connection


def at(text: str) -> datetime:
    """Return a moment in UTC from `2023-04-11` or `2023-04-11T10:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass
class Ledger:
    """Writes raw rows with everything that a scenario does not care about filled in."""

    connection: Connection
    counts: dict[str, int] = field(default_factory=dict)

    def insert(self, table: str, **values: Any) -> None:
        columns = ", ".join(values)
        places = ", ".join("?" for _ in values)
        self.connection.execute(
            f"insert into raw.{table} ({columns}) values ({places})", list(values.values())
        )

    def next(self, prefix: str) -> str:
        self.counts[prefix] = self.counts.get(prefix, 0) + 1
        return f"{prefix}{self.counts[prefix]}"

    def portal(self, portal: str, ref_area: str, retired_on: str | None = None, precedence: int = 1) -> None:
        self.insert(
            "portal",
            portal=portal,
            name=portal.title(),
            base_url=f"https://{portal}.test/",
            family="wordpress",
            ref_area=ref_area,
            retired_on=retired_on,
            is_verified=False,
            notice="Synthetic.",
            precedence=precedence,
        )

    def article(
        self,
        article_id: str,
        published: str | None,
        *,
        seen: str,
        last_seen: str | None = None,
        portal: str = "city",
        source: str | None = None,
        revision: str = "1",
        body: str | None = None,
        gone: str | None = None,
        article_reader: int = 1,
        fact_reader: int = 1,
        districts: tuple[str, ...] = (),
        is_first: bool = True,
    ) -> str:
        """Write one revision of an article with its capture; the first also writes the article's state."""
        revision_id = f"r-{article_id}-{revision}"
        fetch_id = self.next("f-")
        url = f"https://{portal}.test/{article_id}.html"
        self.insert(
            "fetch",
            fetch_id=fetch_id,
            portal=portal,
            url=url,
            kind="article",
            article_id=article_id,
            fetched_at=at(seen),
            http_status=200,
            outcome="ok",
            payload_digest=f"sha256:{fetch_id}",
            payload_bytes=1000,
            warc_file="archive-1.warc.gz",
            warc_offset=1000 * self.counts["f-"],
            warc_length=900,
        )
        self.insert(
            "article",
            article_id=article_id,
            revision_id=revision_id,
            article_reader=article_reader,
            fact_reader=fact_reader,
            portal=portal,
            url=url,
            canonical_url=url,
            headline=f"Tin {article_id}",
            body_text=body or f"{article_id} {revision}",
            captions=[],
            authors=[],
            section=[],
            source=source,
            attachments=[],
            date_published=published,
            content_kind="text",
            layout="wordpress",
            districts=list(districts),
            text_hash=f"{article_id}-{revision}",
            sketch=list(sketch(body or "")) or None,
            fetch_id=fetch_id,
            first_seen=at(seen),
            last_seen=at(last_seen or seen),
        )
        if is_first:
            self.insert(
                "article_state",
                article_id=article_id,
                portal=portal,
                url=url,
                first_seen=at(seen),
                last_seen=at(last_seen or seen),
                gone_at=at(gone) if gone else None,
            )
        return revision_id

    def says(self, revision_id: str, value: str, period: str, **values: Any) -> str:
        """Write one observation: a level of budget revenue of Lê Chân in đồng where not said otherwise."""
        observation_id = self.next("o-")
        row: dict[str, Any] = {
            "observation_id": observation_id,
            "article_id": revision_id.split("-", 1)[1].rsplit("-", 1)[0],
            "revision_id": revision_id,
            "fact_reader": 1,
            "position": self.counts["o-"],
            "indicator_name": "thu ngân sách",
            "indicator": "budget_revenue",
            "measure": "level",
            "obs_value": Decimal(value),
            "unit_measure": "VND",
            "unit_mult": 0,
            "bound": "exact",
            "obs_status": "A",
            "time_period": period,
            "ref_area": "305",
            "field": "body_text",
            "quote": f"thu ngân sách {value}",
            "quote_start": 0,
            "quote_end": 10,
            "confidence": 1.0,
            "rule": "level",
        }
        self.insert("observation", **(row | values))
        return observation_id

    def meets(self, revision_id: str, day: str | None, **values: Any) -> str:
        """Write one meeting: a confirmed session of the council of Lê Chân where not said otherwise."""
        meeting_id = self.next("mm-")
        row: dict[str, Any] = {
            "meeting_id": meeting_id,
            "article_id": revision_id.split("-", 1)[1].rsplit("-", 1)[0],
            "revision_id": revision_id,
            "fact_reader": 1,
            "name": "Kỳ họp HĐND quận",
            "classification": "council_session",
            "organization": "HĐND quận Lê Chân",
            "start_date": day,
            "end_date": day,
            "ref_area": "305",
            "status": "confirmed",
            "field": "body_text",
            "quote": "kỳ họp",
            "quote_start": 0,
            "quote_end": 6,
            "confidence": 1.0,
            "rule": "session",
        }
        self.insert("meeting", **(row | values))
        return meeting_id

    def attends(self, meeting_id: str, person: str, note: str, *roles: str) -> None:
        self.insert(
            "meeting_participant",
            meeting_id=meeting_id,
            fact_reader=1,
            position=0,
            person_name=person,
            roles=list(roles),
            note=note,
        )
