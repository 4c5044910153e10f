"""What reading one document may cost."""

from __future__ import annotations

import resource

SECONDS = 20
"""Of processor time."""
MEMORY = 1024 * 1024 * 1024
"""Bytes of address space."""
PAGES = 100
CELLS = 50_000
CHARACTERS = 500_000
UNPACKED = 64 * 1024 * 1024
"""Bytes that the parts of a DOCX or XLSX package may say that they unpack to."""
PARTS = 2_000


def take_limits() -> None:
    """Bind this process; what goes beyond ends it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
