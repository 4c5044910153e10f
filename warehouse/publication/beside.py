"""Work on a database beside what is done in it: on one core, while the rest goes on on the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar

from warehouse.connect import Connection

P = ParamSpec("P")
T = TypeVar("T")


class Beside:
    """A thread with a cursor of its own; what it is given is done in order."""

    def __init__(self, cursor: Connection, thread: ThreadPoolExecutor) -> None:
        self._cursor, self._thread = cursor, thread
        self._begun: list[Future[Any]] = []

    def do(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Have a function called with the cursor and these arguments."""
        future = self._thread.submit(work, self._cursor, *args, **kwargs)
        self._begun.append(future)
        return future

    def give_up(self) -> None:
        """Drop what has not begun, and end what has."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        while running := [future for future in self._begun if not future.done()]:
            self._cursor.interrupt()  # Between two statements it reaches none of them: once is not enough.
            wait(running, timeout=0.05)


@contextmanager
def beside(connection: Connection, name: str) -> Iterator[Beside]:
    """Give a thread that works beside the block; what it does is given up where the block raises.

    Args:
        connection: Its database is worked on.
        name: Of the thread.
    """
    with closing(connection.cursor()) as cursor, ThreadPoolExecutor(1, name) as thread:
        cursor.execute("set TimeZone = 'UTC'")  # A cursor begins with the machine's own.
        working = Beside(cursor, thread)
        try:
            yield working
        except BaseException:
            working.give_up()
            raise
