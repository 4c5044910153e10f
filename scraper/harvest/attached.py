"""Documents attached to stored texts into figures, on all cores."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping

from scraper.harvest.sharing import Engine, Work, share_out
from scraper.items import AttachedText, AttachmentFacts, Problem
from scraper.portal import Portal

_Piece = tuple[AttachedText, Portal]


def read_attachments(
    attached: Iterable[AttachedText], portals: Mapping[str, Portal], workers: Engine = None
) -> Generator[AttachmentFacts]:
    """Yield the figures of each attached document, in their order.

    Args:
        attached: To texts of these portals and no others.
        portals: By their slugs.
        workers: Processes that read; None: one a core; 0: read in this process, without their shelter;
            or a cluster.

    A document that kills its worker costs itself alone. Closing the iterator stops the workers.
    """
    pieces = ((each, portals[each.text.portal]) for each in attached)
    yield from share_out(pieces, Work("scraper.harvest.captures", _read, _whole, _crashed), workers)


def _read(piece: _Piece) -> AttachmentFacts:
    from scraper.harvest.captures import attachment_facts  # As in `harvest_segment`.

    return attachment_facts(*piece)


def _whole(piece: _Piece) -> tuple[_Piece, _Piece] | None:
    return None


def _crashed(piece: _Piece) -> AttachmentFacts:
    problem = Problem("facts", "reader_crashed", "the attachment killed the process that read its facts")
    return AttachmentFacts(piece[0], None, (problem,))
