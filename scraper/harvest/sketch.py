"""A text's sketch: 64 numbers that two texts share as far as they share their words in order.

One-permutation min-hashing: each run of four words is hashed into one of 64 bins, and each bin keeps the
least of its hashes. Of two texts, the share of bins that agree estimates the share of runs of words that they
have in common (Jaccard), within 0.06 one time in three.
"""

from __future__ import annotations

import re
from hashlib import blake2b

BINS = 64
_RUN = 4
_WORD = re.compile(r"\w+")


def sketch(text: str) -> tuple[int | None, ...]:
    """Return the sketch of a text: in each of 64 bins the least hash (31 bits), None where none fell into it.

    Case, punctuation and white space do not matter. A text of fewer than four words has no sketch: ().
    """
    words = _WORD.findall(text.lower())
    least: list[int | None] = [None] * BINS
    for start in range(len(words) - _RUN + 1):
        run = " ".join(words[start : start + _RUN]).encode("utf-8", "surrogatepass")
        number = int.from_bytes(blake2b(run, digest_size=5).digest())
        place, value = number % BINS, number >> 9
        known = least[place]
        if known is None or value < known:
            least[place] = value
    return tuple(least) if len(words) >= _RUN else ()
