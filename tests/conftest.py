"""What holds for every test: Python keeps the modules that it compiled.

Tests start hundreds of processes, and compiling what each of them imports takes seconds of CPU where the
environment forbids to keep it (PYTHONDONTWRITEBYTECODE, as container images set it).
"""

from __future__ import annotations

import os
import sys

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
