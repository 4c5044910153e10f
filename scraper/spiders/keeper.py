"""Brings what came to the disk, batch by batch, beside the crawl."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

from scraper.crawl.recorder import Exchange, Recorder
from scraper.errors import CityLedgerError

_log = logging.getLogger(__name__)

_LINGER = 0.03
"""Seconds that answers are gathered before they go to the disk together."""
_MAX_PENDING = 4 * 1024 * 1024
"""Bytes of payload that may wait for the disk; beyond, no more should be asked for."""


class Keeper:
    """Hands exchanges to the recorder: compression and fsync in a thread, the commit behind them.

    Args:
        recorder: The portal's recorder.
        now: The time in seconds since 1970.
        on_kept: Called with the keys of the pages that are safe on the disk.
        on_fault: Called once when nothing more can be kept.
    """

    def __init__(
        self,
        recorder: Recorder,
        now: Callable[[], int],
        on_kept: Callable[[Sequence[str]], None],
        on_fault: Callable[[CityLedgerError], None],
    ) -> None:
        self._recorder = recorder
        self._now = now
        self._on_kept = on_kept
        self._on_fault = on_fault
        self._pending: list[Exchange] = []
        self._bytes = 0
        self._is_urgent = False
        self._is_ended = False
        self._came = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def is_full(self) -> bool:
        """Whether the disk is behind the network."""
        return self._bytes > _MAX_PENDING

    def start(self) -> None:
        """Begin to keep what is taken."""
        self._task = asyncio.get_running_loop().create_task(self._keep())

    def take(self, exchange: Exchange, is_last: bool) -> None:
        """Take an exchange; `is_last` says that waiting for more would be in vain."""
        self._pending.append(exchange)
        self._bytes += len(exchange.payload)
        self._is_urgent = is_last
        self._came.set()

    async def finish(self) -> None:
        """Return once everything taken is kept."""
        self._is_ended = True
        self._came.set()
        if self._task is not None:
            await asyncio.shield(self._task)

    def flush(self) -> None:
        """Keep what is pending, at once: for an end that could not wait. The loop must have ended."""
        batch, self._pending = self._pending, []
        if batch:
            self._recorder.write(batch)
            self._recorder.commit(batch, self._now())

    async def _keep(self) -> None:
        try:
            while self._pending or not self._is_ended:
                if not self._pending:
                    self._came.clear()
                    await self._came.wait()
                    continue
                if not self._is_urgent:
                    await asyncio.sleep(_LINGER)
                batch, self._pending = self._pending, []
                await asyncio.to_thread(self._recorder.write, batch)
                self._recorder.commit(batch, self._now())
                self._bytes -= sum(len(one.payload) for one in batch)
                kept = [one.visit.key for one in batch if one.visit is not None and one.settled is not None]
                self._on_kept(kept)
        except CityLedgerError as error:
            self._fail(error)
        except Exception as error:  # without its keeper the spider would wait for ever
            _log.exception("keeping pages of %s", self._recorder.portal.slug)
            name = self._recorder.portal.slug
            self._fail(CityLedgerError(f"a mistake in the crawl of {name}: {error!r}"))

    def _fail(self, error: CityLedgerError) -> None:
        self._pending.clear()
        self._on_fault(error)
