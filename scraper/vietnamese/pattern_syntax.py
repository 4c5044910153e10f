"""The door to the parser of Python's own `re`, which has no public name and no stubs.

What a pattern demands (`gates`) and begins with (`leads`) is read from its parse tree; tests hold both to
what the pattern itself finds.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

codes: Any = import_module("re._constants")
parser: Any = import_module("re._parser")
