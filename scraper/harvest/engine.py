"""Where the readers work: on this machine's cores, or on a cluster where one is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from scraper.errors import ClusterError, UsageError

if TYPE_CHECKING:
    from scraper.harvest.sharing import Engine

_LIBRARIES = {"dask", "distributed"}


@contextmanager
def reading_engine(workers: int | None, cluster: str | None, home: Path) -> Iterator[Engine]:
    """Give what the readers are shared out to: this machine's processes, or a Dask cluster.

    Args:
        workers: Processes of this machine, None: one a core.
        cluster: `local`, `local:N` or a scheduler's address; None: none.
        home: Whose archive is read; a cluster's workers have to see it under the same path.

    A cluster is asked, or started, when there is something to read. Raises UsageError where both are asked
    for or the address is none, ClusterError where Dask is not installed.
    """
    if cluster is None:
        yield workers
        return
    if workers is not None:
        raise UsageError("--workers and --cluster exclude one another: local:N gives N workers here")
    try:
        from scraper.harvest.cluster import DaskCluster
    except ModuleNotFoundError as error:
        if error.name not in _LIBRARIES:
            raise
        raise ClusterError(
            "--cluster needs Dask, which is not installed: pip install 'cityledger[cluster]'"
        ) from error
    with DaskCluster(cluster, home) as opened:
        yield opened
