"""Pieces of work shared out to processes, results in order; a piece that kills its process costs little."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from typing import Generic, Protocol, TypeVar

from scraper.harvest.workers import Readers

P = TypeVar("P")
R = TypeVar("R")

PIECES_A_WORKER = 2
"""In flight: one being read, one waiting."""


@dataclass(frozen=True, slots=True)
class Work(Generic[P, R]):
    """What is done with a piece, and with one that kills whoever does it."""

    module: str
    """That the processes import once, before they start."""
    read: Callable[[P], R]
    halves: Callable[[P], tuple[P, P] | None]
    """Parts a piece in two, None where it is a single thing."""
    crashed: Callable[[P], R]
    """The result for a single thing whose reading killed the process."""


class Cluster(Protocol):
    """Other machines that read."""

    def share_out(self, pieces: Iterable[P], work: Work[P, R]) -> Iterator[R]:
        """Yield what the work gives for each piece, in their order."""


Engine = int | Cluster | None
"""Processes of this machine that read, None: one a core, 0: none but this one; or a cluster."""


def share_out(pieces: Iterable[P], work: Work[P, R], workers: Engine) -> Iterator[R]:
    """Yield what the work gives for each piece, in their order.

    Args:
        pieces: Taken as they are needed.
        work: What is done with each.
        workers: Processes that read; None: one a core; 0: read in this process, without their shelter; or a
            cluster.
    """
    if workers is not None and not isinstance(workers, int):
        yield from workers.share_out(pieces, work)
        return
    if workers == 0:
        yield from map(work.read, pieces)
        return
    source = iter(pieces)
    # Nothing to read must not cost the start of processes.
    first = list(islice(source, 1))
    if first:
        yield from _shared_out(chain(first, source), work, workers or os.cpu_count() or 1)


def _shared_out(pieces: Iterator[P], work: Work[P, R], workers: int) -> Iterator[R]:
    flying: deque[P] = deque()
    while True:
        try:
            with _readers(work, workers) as readers:
                yield from _read_by(readers, work, pieces, flying, workers * PIECES_A_WORKER)
            return
        except BrokenProcessPool:
            # Any of the flying ones may be to blame: the first is read apart, the others again.
            yield from apart(flying.popleft(), work)


def _read_by(
    readers: Readers, work: Work[P, R], pieces: Iterator[P], flying: deque[P], width: int
) -> Iterator[R]:
    """Keep `width` pieces flying and yield their results in order; what is unread stays in `flying`."""
    futures: deque[Future[R]] = deque()
    while True:
        flying.extend(islice(pieces, width - len(flying)))
        if not flying:
            return
        for piece in islice(flying, len(futures), None):
            futures.append(readers.submit(work.read, piece))
        result = futures[0].result()
        flying.popleft()
        futures.popleft()
        yield result


def apart(piece: P, work: Work[P, R]) -> Iterator[R]:
    """Read a piece in a process of its own; where that dies, find the thing that kills it by halving."""
    try:
        with _readers(work, 1) as readers:
            result = readers.submit(work.read, piece).result()
    except BrokenProcessPool:
        halves = work.halves(piece)
        if halves is not None:
            for half in halves:
                yield from apart(half, work)
            return
        result = work.crashed(piece)
    yield result


def _readers(work: Work[P, R], workers: int) -> Readers:
    return Readers(workers, preload=[work.module])
