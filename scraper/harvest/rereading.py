"""Stored texts into facts, on all cores: what a new reader of facts reads, without a page being parsed."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from scraper.harvest.sharing import Engine, Work, share_out
from scraper.items import Problem, Rereading, StoredText
from scraper.portal import Portal

TEXTS_A_PIECE = 100
"""What one call of a worker reads."""


@dataclass(frozen=True, slots=True)
class _Piece:
    texts: tuple[tuple[StoredText, Portal], ...]


def reread_all(
    texts: Iterable[StoredText], portals: Mapping[str, Portal], workers: Engine = None
) -> Generator[Rereading]:
    """Yield the facts of each text as today's reader reads them, in their order.

    Args:
        texts: Of these portals and no others.
        portals: By their slugs.
        workers: Processes that read; None: one a core; 0: read in this process, without their shelter;
            or a cluster.

    A text that kills its worker costs itself alone. Closing the iterator stops the workers. Raises
    MachineError as `facts_of` does.
    """
    pieces = (_Piece(tuple((text, portals[text.portal]) for text in part)) for part in _parts(texts))
    work = Work("scraper.harvest.captures", _read_piece, _halves, _crashed)
    read = share_out(pieces, work, workers)
    yield from chain.from_iterable(read)


def _parts(texts: Iterable[StoredText]) -> Iterator[tuple[StoredText, ...]]:
    source = iter(texts)
    while part := tuple(islice(source, TEXTS_A_PIECE)):
        yield part


def _read_piece(piece: _Piece) -> tuple[Rereading, ...]:
    from scraper.harvest.captures import facts_of  # As in `harvest_segment`.

    return tuple(Rereading(text, *facts_of(text.article, portal)) for text, portal in piece.texts)


def _halves(piece: _Piece) -> tuple[_Piece, _Piece] | None:
    middle = len(piece.texts) // 2
    return (_Piece(piece.texts[:middle]), _Piece(piece.texts[middle:])) if middle else None


def _crashed(piece: _Piece) -> tuple[Rereading, ...]:
    problem = Problem("facts", "reader_crashed", "the text killed the process that read its facts")
    return tuple(Rereading(text, None, (problem,)) for text, _ in piece.texts)
