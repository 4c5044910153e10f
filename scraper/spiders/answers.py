"""Answers of HTTP/1.1 read as they come, byte by byte if need be: what there is of a broken one is kept.

Libraries drop a whole answer for a surplus byte behind it, a length said twice or a header without a colon
(docs/decisions/0036); an archive keeps what a portal sends. Pure: bytes in, an answer out. RFC 9112.
"""

from __future__ import annotations

import re

MAX_HEADERS = 64 * 1024
"""Bytes of an answer's status line and headers, those of interim answers (1xx) included."""

_MAX_LINE = 8192
"""Bytes of a line between chunks."""
_STATUS = re.compile(rb"(HTTP/\d\.\d) (\d{2,3})(?: .*)?")
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_LONGEST_END = 3
"""Bytes of an end of the headers that may have come without its last."""
_CHUNK = re.compile(rb"\s*([0-9A-Fa-f]{1,15})\s*(?:;.*)?")
_BODILESS = (204, 304)
_SWITCHING = 101
_OF_THE_WAY = frozenset(
    (
        b"connection",
        b"content-length",
        b"keep-alive",
        b"proxy-connection",
        b"te",
        b"trailers",
        b"transfer-encoding",
        b"upgrade",
    )
)
"""Headers that tell how a payload came, and nothing of the payload (RFC 9110 §7.6.1)."""

Pairs = list[tuple[bytes, bytes]]


class Broken(Exception):
    """What came is no answer of HTTP; says why, for a person."""


class AnswerReader:
    """Reads one answer to a GET.

    Args:
        max_bytes: Bytes that its payload may have; what goes beyond is not read.
    """

    def __init__(self, max_bytes: int) -> None:
        self.status = 0
        self.protocol = ""
        self.headers: list[tuple[str, str]] = []
        """Those of the payload, by their names as they are usually written, its length first."""
        self.is_done = False
        self.cut: str | None = None
        """Why the payload is not whole: length (it is too long) or disconnect (it came cut off)."""
        self._max_bytes = max_bytes
        self._head = bytearray()
        self._looked = self._interim = 0
        self._is_kept = False
        self._length: int | None = None
        self._chunks: _Chunks | None = None
        self._body = bytearray()

    @property
    def has_begun(self) -> bool:
        """Whether the headers came."""
        return self.status > 0

    @property
    def is_kept(self) -> bool:
        """Whether the connection can carry another request."""
        return self.is_done and self._is_kept and self.cut is None

    @property
    def body(self) -> bytes:
        """The payload as it was sent, as far as it came."""
        return bytes(self._body)

    def feed(self, data: bytes) -> None:
        """Take bytes; raise Broken where they are no answer."""
        if not self.has_begun:
            self._head += data
            data = self._read_head()
        elif self.is_done:
            self._is_kept = False  # More came than was said.
            return
        if self.has_begun and not self.is_done:
            self._take(data)

    def end(self) -> None:
        """Take the connection's end; raise Broken where no answer had begun."""
        self._is_kept = False
        if self.is_done:
            return
        if not self.has_begun:
            raise Broken("the connection was closed before an answer came")
        is_open_ended = self._length is None and self._chunks is None
        self._finish(None if is_open_ended else "disconnect")

    def _finish(self, cut: str | None = None) -> None:
        self.is_done, self.cut = True, cut

    def _read_head(self) -> bytes:
        """Read the headers once they are there, interim answers passed over; return what lies behind."""
        while (end := _END_OF_HEAD.search(self._head, self._looked)) is not None:
            self._looked = 0
            head, rest = bytes(self._head[: end.start()]), bytes(self._head[end.end() :])
            status, _, lines = head.partition(b"\n")
            found = _STATUS.fullmatch(status.rstrip(b"\r"))
            if found is None:
                raise Broken("what came is no answer of HTTP")
            self._interim += end.end()
            if self._interim > MAX_HEADERS:
                break
            if int(found[2]) == _SWITCHING:
                raise Broken("it switches to another protocol")
            if int(found[2]) // 100 == 1:
                self._head[:] = rest
                continue
            self.protocol, self.status = found[1].decode("ascii"), int(found[2])
            self._frame(_pairs(lines))
            self._head.clear()
            return rest
        if self._interim + len(self._head) > MAX_HEADERS:
            raise Broken("its headers have no end")
        # A hostile server may send a byte at a time: no byte is looked at a hundred times.
        self._looked = max(0, len(self._head) - _LONGEST_END)
        return b""

    def _frame(self, pairs: Pairs) -> None:
        """Find how the payload is told from what follows it (RFC 9112 §6.3)."""
        said: dict[bytes, list[bytes]] = {}
        for name, value in pairs:
            said.setdefault(name.lower(), []).append(value)
        codings = set(_words(said.get(b"transfer-encoding", []))) - {b"identity"}
        if self.status in _BODILESS:
            self._length = 0
        elif codings == {b"chunked"}:
            self._chunks = _Chunks()
        elif codings:
            raise Broken("its payload is wrapped in a way that nobody asked for")
        elif b"content-length" in said:
            self._length = _length(said[b"content-length"])
        connection = _words(said.get(b"connection", []))
        is_ended = self._length is not None or self._chunks is not None
        self._is_kept = self.protocol == "HTTP/1.1" and is_ended and b"close" not in connection
        self.headers = _named(pairs, self._length)
        if self._length is not None and self._length > self._max_bytes:
            self._finish("length")

    def _take(self, data: bytes) -> None:
        if self._chunks is not None:
            parts = self._chunks.read(data)
        else:
            left = len(data) if self._length is None else self._length - len(self._body)
            if len(data) > left:
                self._is_kept = False
                data = data[:left]
            parts = [data]
        for part in parts:
            self._body += part
        if len(self._body) > self._max_bytes:
            self._finish("length")
        elif self._chunks is None:
            if len(self._body) == self._length:
                self._finish()
        elif self._chunks.is_broken:
            self._finish("disconnect")
        elif self._chunks.is_done:
            self._is_kept = self._is_kept and not self._chunks.has_more
            self._finish()


class _Chunks:
    """Chunks of a payload (RFC 9112 §7.1), whatever ends their lines; trailers are passed over."""

    def __init__(self) -> None:
        self.is_done = self.is_broken = False
        self._waiting = b""
        self._left = 0
        self._is_behind = self._is_in_trailers = False

    @property
    def has_more(self) -> bool:
        """Whether something lies behind the last chunk."""
        return bool(self._waiting)

    def read(self, data: bytes) -> list[bytes]:
        """Return what the bytes hold of the payload."""
        data, self._waiting = self._waiting + data, b""
        parts: list[bytes] = []
        at = 0
        while at < len(data) and not self.is_broken and not self.is_done:
            if self._left:
                part = data[at : at + self._left]
                parts.append(part)
                at += len(part)
                self._left -= len(part)
                self._is_behind = not self._left
                continue
            end = data.find(b"\n", at)
            if end < 0:
                self.is_broken = len(data) - at > _MAX_LINE
                break
            self._read_line(data[at:end].rstrip(b"\r"))
            at = end + 1
        self._waiting = data[at:]
        return parts

    def _read_line(self, line: bytes) -> None:
        if self._is_in_trailers:
            self.is_done = not line
        elif self._is_behind:
            self._is_behind, self.is_broken = False, bool(line)
        elif (size := _CHUNK.fullmatch(line)) is None:
            self.is_broken = True
        else:
            self._left = int(size[1], 16)
            self._is_in_trailers = not self._left


def _pairs(lines: bytes) -> Pairs:
    """Return headers as they were sent; a line that is none is passed over, a folded one is joined."""
    pairs: Pairs = []
    for line in lines.split(b"\n"):
        line = line.rstrip(b"\r")
        if line[:1] in (b" ", b"\t") and pairs:
            name, value = pairs[-1]
            pairs[-1] = (name, (value + line).rstrip())
            continue
        name, colon, value = line.partition(b":")
        if colon and name.strip():
            pairs.append((name.strip(), value.strip()))
    return pairs


def _words(values: list[bytes]) -> list[bytes]:
    return [word.strip().lower() for value in values for word in value.split(b",") if word.strip()]


def _length(values: list[bytes]) -> int:
    """Return the length that is said, as often as it is said; raise Broken where it is none."""
    lengths = set(_words(values))
    if len(lengths) != 1 or not (length := lengths.pop()).isdigit():
        raise Broken("its length is said in two ways, or is no number")
    return int(length[:30])


def _named(pairs: Pairs, length: int | None) -> list[tuple[str, str]]:
    """Return the payload's headers, each name's values together."""
    named: dict[str, list[str]] = {}
    if length is not None:
        named["Content-Length"] = [str(length)]
    for name, value in pairs:
        if name.lower() not in _OF_THE_WAY:
            named.setdefault(name.title().decode("latin-1"), []).append(value.decode("latin-1"))
    return [(name, value) for name, values in named.items() for value in values]
