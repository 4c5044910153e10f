"""Pieces of work shared out to a Dask cluster. The one door to dask and distributed.

A worker of the cluster only carries: it reads in processes of its own, as one machine alone does, so that a
page which loops or crashes costs itself there too. What a dead worker had is read again by another one, and
results come in the order of the pieces, so that nothing is lost, nothing comes twice, and the tables are the
same as without a cluster. See docs/decisions/0033.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import re
import socket
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain, count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from time import monotonic
from types import TracebackType
from typing import Any, Self, TypeVar

import dask
from distributed import Client, Future, KilledWorker, LocalCluster, Worker, WorkerPlugin, get_worker

from scraper.errors import ArchiveError, ClusterError, MachineError, UsageError
from scraper.harvest.edition import differences, edition
from scraper.harvest.sharing import PIECES_A_WORKER, Work, apart
from scraper.harvest.workers import Readers, undisturbed

P = TypeVar("P")
R = TypeVar("R")

PATIENCE_SECONDS = 120.0
"""How long a cluster may be without any worker before a load gives up waiting."""

_POLL_SECONDS = 2.0
_LOCAL = re.compile(r"local(?::([1-9]\d*))?")
_ADDRESS = re.compile(r"[a-z]+://.+:\d+")
_numbers = count()


class DaskCluster:
    """A Dask cluster that reads, as a context manager; nothing is asked of it before there is work.

    Args:
        address: A scheduler's address (`tcp://host:8786`, `tls://…`), or `local` or `local:N`: workers on
            this machine, N or one a core, that end with this process.
        home: Whose archive is read.
        patience: Seconds that it may be without workers.

    Raises UsageError where the address is none.
    """

    def __init__(self, address: str, home: Path, patience: float = PATIENCE_SECONDS) -> None:
        self._address = address
        self._home = home.absolute()
        self._patience = patience
        self._local = _LOCAL.fullmatch(address)
        if self._local is None and not _ADDRESS.fullmatch(address):
            raise UsageError(f"--cluster {address}: give local, local:4 or an address as tcp://host:8786")
        self._name = f"cityledger-{os.getpid()}-{next(_numbers)}"
        self._opened = ExitStack()
        self._client: Client | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with undisturbed(), suppress(OSError, TimeoutError):
            self._opened.close()
        self._client = None

    @property
    def client(self) -> Client:
        """The client, connected to workers that were found fit to read. Raises ClusterError."""
        if self._client is None:
            with undisturbed(), self._in_our_words():
                client = self._connect()
            self._refuse_unfit(client)
            with self._in_our_words():
                client.register_plugin(_Shelter(), name=self._name)
            self._opened.callback(self._leave, client)
            self._client = client
        return self._client

    def share_out(self, pieces: Iterable[P], work: Work[P, R]) -> Iterator[R]:
        """Yield what the work gives for each piece, in their order; two pieces a worker are in flight.

        Raises ClusterError where the cluster goes away, its workers read otherwise than this process or see
        another archive, and what the work raises.
        """
        source = iter(pieces)
        first = list(islice(source, 1))
        if not first:
            return
        source = chain(first, source)
        flying: deque[tuple[P, Future[list[R]]]] = deque()
        try:
            while True:
                for piece in islice(source, max(self._width() - len(flying), 0)):
                    flying.append((piece, self._submit(piece, work)))
                if not flying:
                    return
                piece, future = flying[0]
                results = self._result(piece, future, work)
                flying.popleft()
                future.release()
                yield from results
        finally:
            for _, future in flying:
                with suppress(Exception):  # What goes away with the cluster needs no cancelling.
                    future.cancel()

    def _width(self) -> int:
        return max(2, PIECES_A_WORKER * self._threads())

    def _threads(self) -> int:
        with self._in_our_words():
            threads: dict[str, int] = self.client.nthreads()
        return sum(threads.values())

    def _submit(self, piece: P, work: Work[P, R]) -> Future[list[R]]:
        with self._in_our_words():
            return self.client.submit(_read_there, self._name, edition(), piece, work, pure=False)

    def _result(self, piece: P, future: Future[list[R]], work: Work[P, R]) -> list[R]:
        deserted = monotonic()
        while True:
            try:
                with self._in_our_words(), suppress(TimeoutError):
                    return future.result(timeout=_POLL_SECONDS)
            except KilledWorker:
                # Several workers died of it, or beside it: here it costs itself alone.
                return list(apart(piece, work))
            if self._threads():
                deserted = monotonic()
            if monotonic() - deserted > self._patience:
                raise ClusterError(
                    f"the cluster {self._address} has had no worker for {self._patience:.0f} s: start some"
                    " and run the same command again; what was committed stays"
                )

    def _connect(self) -> Client:
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        address = self._address
        if self._local is not None:
            folder = self._opened.enter_context(TemporaryDirectory(prefix="cityledger-dask-"))
            quiet = {"distributed.logging": {"distributed": "critical"}}
            with dask.config.set(quiet):
                cluster = LocalCluster(
                    n_workers=int(self._local[1] or os.cpu_count() or 1),
                    threads_per_worker=1,
                    host="127.0.0.1",
                    dashboard_address=None,
                    worker_dashboard_address=None,
                    memory_limit=0,
                    local_directory=folder,
                    silence_logs=logging.CRITICAL,
                )
            address = self._opened.enter_context(cluster).scheduler_address
        client: Client = self._opened.enter_context(Client(address, set_as_default=False, name=self._name))
        return client

    def _refuse_unfit(self, client: Client) -> None:
        """Refuse workers that cannot read what this process would, before anything is asked of them."""
        with self._in_our_words():
            client.wait_for_workers(1, timeout=self._patience)
            said = client.run(_about, str(self._home), on_error="return")
        for worker, about in said.items():
            if isinstance(about, Exception):
                reason = " ".join(str(about).split())
                raise ClusterError(
                    f"worker {worker} cannot read ({type(about).__name__}: {reason}): install there the same"
                    " CityLedger as here"
                )
            host, there, sees_home = about
            _refuse_other_readers(f"{worker} on {host}", edition(), there)
            if not sees_home:
                raise ClusterError(
                    f"worker {worker} on {host} sees no {self._home}: put the home on a path that all workers"
                    " share, and give it with --home as they see it"
                )

    def _leave(self, client: Client) -> None:
        """Let the workers end their reading processes; those of others go on."""
        with suppress(Exception):  # The cluster may be gone, and its processes with it.
            client.unregister_worker_plugin(self._name)

    @contextmanager
    def _in_our_words(self) -> Iterator[None]:
        try:
            yield
        except (ClusterError, KilledWorker):
            raise
        except TimeoutError as error:
            raise ClusterError(
                f"the cluster {self._address} does not answer, or has no workers: start its scheduler and"
                " workers, or leave --cluster away"
            ) from error
        except (OSError, CancelledError) as error:
            reason = " ".join(str(error).split())
            raise ClusterError(
                f"the cluster {self._address} cannot be used ({type(error).__name__}: {reason}): start its"
                " scheduler and run the same command again; what was committed stays"
            ) from error


class _Shelter(WorkerPlugin):
    """The processes in which a worker of the cluster reads, for the time of one load."""

    def setup(self, worker: Worker) -> None:
        """Remember how many pieces the worker takes at once; the processes are started by the first."""
        self._processes = worker.state.nthreads
        self._lock = Lock()
        self._readers: Readers | None = None

    def teardown(self, worker: Worker) -> None:
        """End the processes."""
        with self._lock:
            readers, self._readers = self._readers, None
        if readers is not None:
            readers.__exit__(None, None, None)

    def read(self, piece: P, work: Work[P, R]) -> list[R]:
        """Return what the work gives for a piece; where it kills its process, for its parts."""
        readers = self._resident(work)
        try:
            return [readers.submit(work.read, piece).result()]
        except BrokenProcessPool as error:
            with self._lock:
                if self._readers is readers:
                    self._readers = None
            readers.__exit__(BrokenProcessPool, error, None)
            return list(apart(piece, work))

    def _resident(self, work: Work[Any, Any]) -> Readers:
        with self._lock:
            if self._readers is None:
                # Dask forbids its workers children, since it could not end them; ours end with their parent.
                multiprocessing.current_process().daemon = False
                self._readers = Readers(self._processes, preload=[work.module])
            return self._readers


def _read_there(name: str, asked: Mapping[str, str], piece: P, work: Work[P, R]) -> list[R]:
    """Read a piece in a worker of the cluster."""
    worker = get_worker()
    here = f"{worker.address} on {socket.gethostname()}"
    # One that came while the load went on was not looked at before.
    _refuse_other_readers(here, asked, edition())
    shelter = worker.plugins.get(name)
    if not isinstance(shelter, _Shelter):
        raise ClusterError(f"worker {here} was not made ready for reading: run the same command again")
    try:
        return shelter.read(piece, work)
    except MachineError as error:
        raise MachineError(f"worker {here}: {error}") from None
    except (ArchiveError, OSError) as error:
        raise ClusterError(
            f"worker {here} does not see the archive as it is ({error}): the home has to lie on a path that"
            " all workers share; run the same command again when it does"
        ) from None


def _about(home: str) -> tuple[str, Mapping[str, str], bool]:
    """Return a worker's host, what it reads with, and whether it sees the home."""
    return socket.gethostname(), edition(), Path(home).is_dir()


def _refuse_other_readers(worker: str, asked: Mapping[str, str], there: Mapping[str, str]) -> None:
    if (said := differences(asked, there)) is not None:
        raise ClusterError(
            f"worker {worker} reads otherwise: {said}: install there the same CityLedger as here"
        )
