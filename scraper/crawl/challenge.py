"""Pages of status 200 that ask for a cookie by script: which, read from the script's text alone. Pure."""

from __future__ import annotations

import re

_ASSIGNMENT = re.compile(rb"document\.cookie\s*=(?!=)")
_LITERAL = re.compile(rb"""\s*(?:"([^"\\<>\r\n]*)"|'([^'\\<>\r\n]*)')\s*""")
_COOKIE = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,64})=([!#-+\--:<-\[\]-~]{0,512})")
_ENDS = (b";", b"}", b"<")


def cookie_asked_for(body: bytes) -> str | None:
    """Return the cookie, `NAME=VALUE`, that a challenge page sets, or None where it cannot be read.

    Only one assignment of string literals joined by `+` is read ("D1N=0a1b"+"; path=/", domain notes:
    portals.md §5.2). No script is ever run: a value that is computed stays unknown.
    """
    places = list(_ASSIGNMENT.finditer(body))
    if len(places) != 1:
        return None
    position = places[0].end()
    parts: list[bytes] = []
    while True:
        literal = _LITERAL.match(body, position)
        if literal is None:
            return None
        parts.append(literal[1] if literal[1] is not None else literal[2])
        position = literal.end()
        if body[position : position + 1] != b"+":
            break
        position += 1
    if not body.startswith(_ENDS, position) and not body[literal.start() : position].endswith(b"\n"):
        return None
    found = _COOKIE.fullmatch(b"".join(parts).decode("latin-1").partition(";")[0].strip())
    return found[0] if found else None
