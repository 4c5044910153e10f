"""What a load told of pages, told once more to a frontier that is made anew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.warehouse.harvests import PORTALS, bare, batches_of, day, page
from warehouse.load import Verdict, load
from warehouse.recall import verdicts_of


def test_every_verdict_of_the_load_is_told_again_oldest_first(tmp_path: Path) -> None:
    told: list[Verdict] = []

    def remember(verdicts: Sequence[Verdict]) -> None:
        told.extend(verdicts)

    captures = [
        page(0, 1, day(1)),
        page(1, 2, day(2)),
        bare(2, 2, day(3), "gone"),
        page(3, 1, day(4), "Sửa."),
    ]
    load(tmp_path, PORTALS, batches_of(captures), verdicts=remember)
    recalled = verdicts_of(tmp_path, "lechan")
    assert [verdict.text_hash for verdict in recalled if verdict.kind == "article"]
    assert {(v.url, v.text_hash, v.kind, v.fetched_at) for v in recalled} == {
        (v.url, v.text_hash, v.kind, v.fetched_at) for v in told if v.kind is not None
    }
    assert [v.fetched_at for v in recalled] == sorted(v.fetched_at for v in recalled if v.fetched_at)


def test_where_nothing_was_loaded_nothing_is_told(tmp_path: Path) -> None:
    assert verdicts_of(tmp_path, "lechan") == []
    load(tmp_path, PORTALS, batches_of([page(0, 1, day(1))]))
    assert verdicts_of(tmp_path, "a-portal-that-was-added") == []
