"""Processes that read beside this one: started so that no signal catches them half-way, ended at once."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Self, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_PATIENCE = 5.0
"""Seconds that the pool's own threads get to end after an exception."""


class Readers:
    """A pool of processes, as a context manager.

    Args:
        workers: How many processes.
        preload: Modules that they share, imported once.

    However the block is left by an exception (Ctrl-C, or an iterator that is closed), the processes end at
    once, with what they were reading; otherwise they finish.
    """

    def __init__(self, workers: int, preload: list[str]) -> None:
        # Never fork: the parent holds DuckDB's threads and locks.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["__main__", *preload])
        resource_tracker.ensure_running()  # It would let SIGINT through where it is started below.
        with undisturbed():
            forkserver.ensure_running()
        leash, self._leash = context.Pipe(duplex=False)
        self._executor = ProcessPoolExecutor(
            workers, mp_context=context, initializer=_begin, initargs=(leash,)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with undisturbed():
            if kind is None:
                self._executor.shutdown()
            else:
                self._leash.close()
                # What a Ctrl-C broke into may have been the taking of a lock, which nobody gives back then:
                # the pool's threads wait for it for ever, and whoever waits for them.
                ending = threading.Thread(
                    target=self._executor.shutdown, kwargs={"cancel_futures": True}, daemon=True
                )
                ending.start()
                ending.join(_PATIENCE)
            self._leash.close()

    def submit(self, function: Callable[[T], R], argument: T) -> Future[R]:
        """Have a function called in one of the processes; raises BrokenProcessPool where one has died."""
        with undisturbed():  # This may start a process.
            return self._executor.submit(function, argument)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold Ctrl-C and SIGTERM back until the block has ended; what it starts never hears of a Ctrl-C.

    A mask is inherited from a process's first instruction on, a handler is not; but a mask alone would not
    keep a signal from us that another thread takes.
    """
    heard: list[int] = []
    handlers: dict[signal.Signals, Any] = {}
    if threading.current_thread() is threading.main_thread():
        handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        for number, handler in handlers.items():
            if callable(handler):
                signal.signal(number, lambda heard_number, _: heard.append(heard_number))
        yield
    finally:
        for number, handler in handlers.items():
            if callable(handler):
                signal.signal(number, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for heard_number in dict.fromkeys(heard):
            signal.raise_signal(heard_number)


def _begin(leash: Connection) -> None:
    """Leave Ctrl-C to the parent, and end with it, however it ends, or when it lets go of the leash."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, args=(leash,), daemon=True).start()


def _end_with_parent(leash: Connection) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel, leash])
        os._exit(1)
