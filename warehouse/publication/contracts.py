"""What readers of the published tables rely on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contract:
    """What readers of a published table rely on."""

    key: tuple[str, ...]
    """Columns that are unique together."""
    is_essential: bool = False
    """Never empty."""
    may_shrink: bool = False
    """Fewer rows are good news: contradictions that were settled."""


CONTRACTS: Mapping[str, Contract] = {
    "portals": Contract(("portal",), is_essential=True),
    "districts": Contract(("unit_id",), is_essential=True),
    "district_successions": Contract(("succession_id",)),
    "articles": Contract(("article_id",), is_essential=True),
    "article_revisions": Contract(("revision_id",), is_essential=True),
    "article_history": Contract(("article_history_id",)),
    "article_districts": Contract(("article_district_id",)),
    "meetings": Contract(("meeting_id",)),
    "meeting_articles": Contract(("mention_id",)),
    "meeting_participants": Contract(("meeting_participant_id",)),
    "meeting_figures": Contract(("meeting_figure_id",)),
    "officeholders": Contract(("officeholder_id",)),
    "indicators": Contract(("indicator",), is_essential=True),
    "indicator_reports": Contract(("report_id",)),
    "indicator_series": Contract(("point_id",)),
    "indicator_targets_vs_actuals": Contract(("target_point_id",)),
    "indicator_series_history": Contract(("history_id",)),
    "indicator_backcasts": Contract(("backcast_id",)),
    "indicator_audits": Contract(("audit_id",)),
    "indicator_contradictions": Contract(("contradiction_id",), may_shrink=True),
    "corrections": Contract(("correction_id",), may_shrink=True),
    "portal_coverage": Contract(("portal", "week_start")),
    "problems": Contract(("problem_id",), may_shrink=True),
}
"""By table; a table that is not named here is published all the same, without a promise."""
