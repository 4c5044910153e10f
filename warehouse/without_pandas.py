"""No pandas where nobody uses it: DuckDB and pyarrow import it only to see that no value is of it.

DuckDB asks of each parameter whether it is one of pandas' two null values, pyarrow of each list whether it
is a series: a third of a second and 47 MB in every process, and a Ctrl-C that falls into it is swallowed.
Each is answered once, before it asks. Whoever wants frames gets them as before; only where pandas is imported
after the first connection does DuckDB not know its null values as parameters.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_NAME = "pandas"


class _StandIn(ModuleType):
    """What DuckDB keeps in the place of pandas: two values that nothing is, and for the rest pandas."""

    NaT = object()
    NA = object()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever pandas has
        return getattr(importlib.import_module(_NAME), name)


class _Absence:
    """A finder to which pandas is not installed."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        if name == _NAME:
            raise ModuleNotFoundError(f"{_NAME} is not wanted here", name=name)


@contextmanager
def stand_in() -> Iterator[None]:
    """Give DuckDB, which binds its first parameter in the block, what it then keeps for pandas."""
    if _NAME in sys.modules:
        yield
        return
    sys.modules[_NAME] = _StandIn(_NAME)
    try:
        yield
    finally:
        del sys.modules[_NAME]


@contextmanager
def absence() -> Iterator[None]:
    """Have pyarrow, which makes its first array in the block, believe that pandas is not installed."""
    sys.meta_path.insert(0, _Absence)
    try:
        yield
    finally:
        sys.meta_path.remove(_Absence)
