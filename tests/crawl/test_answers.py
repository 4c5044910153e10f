"""Answers of HTTP as servers send them, broken ones too, however the network cuts them into pieces."""

from __future__ import annotations

import pytest

from scraper.spiders.answers import MAX_HEADERS, AnswerReader, Broken

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
MAX_BYTES = 1000

# What comes until the connection ends; status, payload, what is wrong with it, and whether it can be kept.
ANSWERS: dict[str, tuple[bytes, tuple[int, bytes, str | None, bool]]] = {
    "with its length": (OK + b"Content-Length: 5\r\n\r\nhello", (200, b"hello", None, True)),
    "its length said twice": (OK + b"Content-Length: 5\r\n" * 2 + b"\r\nhello", (200, b"hello", None, True)),
    "its length said twice in one": (OK + b"Content-Length: 5, 5\r\n\r\nhello", (200, b"hello", None, True)),
    "nothing": (OK + b"Content-Length: 0\r\n\r\n", (200, b"", None, True)),
    "more than was said": (OK + b"Content-Length: 5\r\n\r\nhello you", (200, b"hello", None, False)),
    "less than was said": (OK + b"Content-Length: 9\r\n\r\nhello", (200, b"hello", "disconnect", False)),
    "too long, and said so": (OK + b"Content-Length: 99999\r\n\r\nhello", (200, b"", "length", False)),
    "until it closes": (OK + b"\r\nhello", (200, b"hello", None, False)),
    "to be closed": (
        OK + b"Connection: close\r\nContent-Length: 5\r\n\r\nhello",
        (200, b"hello", None, False),
    ),
    "of the old protocol": (
        b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        (200, b"hello", None, False),
    ),
    "without words": (b"HTTP/1.1 404\r\nContent-Length: 1\r\n\r\nx", (404, b"x", None, True)),
    "lines of one byte": (b"HTTP/1.1 200 OK\nContent-Length: 5\n\nhello", (200, b"hello", None, True)),
    "no header": (OK + b"Warning in line 7\r\nContent-Length: 5\r\n\r\nhello", (200, b"hello", None, True)),
    "no body by its status": (
        b"HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n",
        (304, b"", None, True),
    ),
    "hints before it": (
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + OK + b"Content-Length: 5\r\n\r\nhello",
        (200, b"hello", None, True),
    ),
    "chunks": (CHUNKED + b"5\r\nhello\r\n4;x=y\r\n you\r\n0\r\n\r\n", (200, b"hello you", None, True)),
    "chunks with a trailer": (CHUNKED + b"5\r\nhello\r\n0\r\nX: 1\r\n\r\n", (200, b"hello", None, True)),
    "chunks that end lines loosely": (CHUNKED + b"5 \nhello\n0\n\n", (200, b"hello", None, True)),
    "chunks beside a length": (
        CHUNKED[:-2] + b"Content-Length: 2\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        (200, b"hello", None, True),
    ),
    "more behind the last chunk": (CHUNKED + b"5\r\nhello\r\n0\r\n\r\nHTTP", (200, b"hello", None, False)),
    "chunks without the last": (CHUNKED + b"5\r\nhello\r\n", (200, b"hello", "disconnect", False)),
    "a chunk cut off": (CHUNKED + b"ff\r\nhello", (200, b"hello", "disconnect", False)),
    "a chunk of no size": (CHUNKED + b"5\r\nhello\r\nzz\r\nx\r\n", (200, b"hello", "disconnect", False)),
    "a chunk longer than it says": (CHUNKED + b"5\r\nhello you\r\n", (200, b"hello", "disconnect", False)),
}
NONE: dict[str, tuple[bytes, str]] = {
    "nothing at all": (b"", "closed before an answer"),
    "half of the headers": (OK, "closed before an answer"),
    "another protocol": (b"\x16\x03\x01nonsense\r\n\r\n", "no answer of HTTP"),
    "a page alone": (b"<html>\r\n\r\n", "no answer of HTTP"),
    "two lengths": (OK + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello", "said in two ways"),
    "no length": (OK + b"Content-Length: -5\r\n\r\nhello", "no number"),
    "packed on its way": (OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "nobody asked for"),
    "a switch": (b"HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\n", "another protocol"),
    "one header without end": (OK + b"X: " + b"x" * MAX_HEADERS, "have no end"),
    "headers without end": (OK + b"X: y\r\n" * (MAX_HEADERS // 6), "have no end"),
    "hints without end": (b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 2000, "have no end"),
}


def read(pieces: list[bytes], max_bytes: int = MAX_BYTES) -> AnswerReader:
    reader = AnswerReader(max_bytes)
    for piece in pieces:
        reader.feed(piece)
    if not reader.is_done:
        reader.end()
    return reader


def pieces_of(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@pytest.mark.parametrize("name", ANSWERS)
def test_what_there_is_of_an_answer_is_kept(name: str) -> None:
    data, expected = ANSWERS[name]
    for size in (len(data), 1, 2, 3, 7):
        came = read(pieces_of(data, size))
        assert (came.status, came.body, came.cut, came.is_kept) == expected, size


@pytest.mark.parametrize("name", NONE)
def test_what_is_no_answer_is_refused_in_words(name: str) -> None:
    data, words = NONE[name]
    for size in (max(len(data), 1), 997):
        with pytest.raises(Broken, match=words):
            read(pieces_of(data, size))


def test_no_more_is_read_than_may_come() -> None:
    """The payload that is too long is cut near its bound, whether its length was said or not."""
    for data in (OK + b"\r\n" + b"x" * 50_000, CHUNKED + b"1000\r\n" + b"x" * 4096 + b"\r\n"):
        came = read(pieces_of(data, 100))
        assert came.cut == "length"
        assert MAX_BYTES < len(came.body) <= MAX_BYTES + 100


def test_headers_are_those_of_the_payload_by_their_usual_names() -> None:
    head = b'server:nginx \r\netag:\t"a"\r\nSET-COOKIE: a=1\r\nX-Long: a\r\n  b\r\nKeep-Alive: timeout=5\r\n'
    came = read([OK + head + b"Set-Cookie: b=2\r\nContent-Length: 1\r\n\r\nx"])
    assert came.headers == [
        ("Content-Length", "1"),
        ("Content-Type", "text/html"),
        ("Server", "nginx"),
        ("Etag", '"a"'),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
        ("X-Long", "a  b"),
    ]
