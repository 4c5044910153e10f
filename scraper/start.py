"""While the command line imports what it needs, a Ctrl-C ends the process and says nothing.

Python would raise KeyboardInterrupt in whatever is being imported, and print where; a library in C may turn
it into an error of its own. Nothing has begun by then, so there is nothing to tell. To be imported first.
"""

from __future__ import annotations

import signal
import threading

_is_ours = (
    threading.current_thread() is threading.main_thread()
    and signal.getsignal(signal.SIGINT) is signal.default_int_handler
)
if _is_ours:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def imported() -> None:
    """Let Python hear a Ctrl-C again: the imports are done."""
    if _is_ours:
        signal.signal(signal.SIGINT, signal.default_int_handler)
