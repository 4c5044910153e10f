"""Shares of the portals: each portal in one, and few that move when there are more workers."""

from __future__ import annotations

import pytest

from scraper.errors import UsageError
from scraper.portal_catalogue import load_portals
from scraper.shard import Shard, in_shard, shard_of

PORTALS = list(load_portals().values())


@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_every_portal_is_in_one_share(count: int) -> None:
    shares = [in_shard(PORTALS, Shard(index, count)) for index in range(1, count + 1)]
    assert sorted(portal.slug for share in shares for portal in share) == sorted(p.slug for p in PORTALS)
    assert all(shares)
    assert in_shard(PORTALS, None) == PORTALS


def test_one_more_worker_takes_from_the_others_and_moves_nothing_between_them() -> None:
    for count in (1, 2, 4, 8):
        for portal in PORTALS:
            if not Shard(count + 1, count + 1).holds(portal.slug):
                assert [Shard(i, count).holds(portal.slug) for i in range(1, count + 1)] == [
                    Shard(i, count + 1).holds(portal.slug) for i in range(1, count + 1)
                ]


def test_the_share_of_a_portal_is_the_same_in_every_release() -> None:
    # Were it to change, two workers of different releases would crawl one portal, and none another.
    slugs = ("haiphong", "lechan", "ngoquyen", "hanoi")
    assert [next(i for i in range(1, 5) if Shard(i, 4).holds(slug)) for slug in slugs] == SHARES


SHARES = [1, 3, 4, 4]


@pytest.mark.parametrize("wrong", ["", "0/4", "5/4", "1", "1/0", "a/b", "1/4/2", "-1/4"])
def test_a_share_that_is_none_is_wrong_usage(wrong: str) -> None:
    with pytest.raises(UsageError, match="I/N"):
        shard_of(wrong)
