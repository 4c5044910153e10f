"""The faults that a portal can be told to have: each makes a delivery of what would have been answered."""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from scraper.replica.exchange import Answer, Delivery, Request

Option = str | int | float
Deliver = Callable[[Request, Answer, Mapping[str, Option]], Delivery]

CHALLENGE_COOKIE = "D1N=0f1e2d3c4b5a69788796a5b4c3d2e1f0"

HOSTILE_TEXT = (
    "<script>window.stolen=1</script><img src=x onerror=window.stolen=1>"
    "<a href='javascript:window.stolen=1'>xem</a><iframe src='data:text/html,x'></iframe>"
    "&lt;script&gt;window.stolen=2&lt;/script&gt; &lt;img src=x onerror=window.stolen=2&gt; "
)
"""Markup, and text that looks like markup once its entities are read."""

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_NAMES = re.compile(r'\b(class|id)="([^"]*)"')
_STAMPS = re.compile(
    r"\d{4}-\d{2}-\d{2}T[\d:.]+(?:[+-]\d{2}:\d{2}|Z)?"
    r"|(?:\d{2}:\d{2}\s*[|,-]?\s*)?(?:(?:Thứ \w+|Chủ nhật)\s*[,-]?\s*(?:ngày )?)?"
    r"\d{2}/\d{2}/\d{4}(?:\s*[|,-]?\s*\d{2}:\d{2})?",
    re.IGNORECASE,
)
_MICRODATA = re.compile(r'\sitem(?:prop|scope|type)(?:="[^"]*")?')


@dataclass(frozen=True, slots=True)
class FaultKind:
    """A fault by its name: what it does, in a line, and the options that it takes with what they are."""

    name: str
    says: str
    deliver: Deliver
    options: Mapping[str, Option]
    is_of_pages: bool = False
    """It changes the text of HTML pages alone; anything else is answered as it is."""


KINDS: dict[str, FaultKind] = {}


def _kind(
    name: str, says: str, /, *, is_of_pages: bool = False, **options: Option
) -> Callable[[Deliver], Deliver]:
    def register(deliver: Deliver) -> Deliver:
        KINDS[name] = FaultKind(name, says, deliver, options, is_of_pages)
        return deliver

    return register


# how the server or the way to it fails


@_kind("unavailable", "answer `status` with Retry-After (seconds, or a date)", status=503, retry_after=1)
def _unavailable(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    body = b"<html><body><h1>503 Service Unavailable</h1></body></html>"
    headers = {"Retry-After": str(options["retry_after"])}
    return Delivery(Answer(int(options["status"]), body, headers=headers))


@_kind("slow", "wait `seconds` before the first byte", seconds=2.0)
def _slow(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    return Delivery(answer, delay=float(options["seconds"]))


@_kind("trickle", "send `bytes` bytes every `seconds`", bytes=64, seconds=0.5)
def _trickle(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    return Delivery(answer, piece=int(options["bytes"]), pause=float(options["seconds"]))


@_kind("stalled", "send `share` of the body, then nothing for `seconds`", share=0.5, seconds=3600.0)
def _stalled(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    return Delivery(answer, cut_at=_part(answer, options), stall=float(options["seconds"]))


@_kind("truncated", "close after `share` of the body, whatever Content-Length says", share=0.5)
def _truncated(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    return Delivery(answer, cut_at=_part(answer, options))


@_kind("chunked_cut", "send chunks and close without the last, after `share` of the body", share=0.5)
def _chunked_cut(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    return Delivery(answer, cut_at=_part(answer, options), is_chunked=True)


@_kind("reset", "reset the connection (RST) after `share` of the body; 0: before the answer", share=0.0)
def _reset(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    share = float(options["share"])
    return Delivery(answer, cut_at=_part(answer, options) if share else None, is_reset=True)


@_kind("many_headers", "send `count` headers before the page", count=100_000)
def _many_headers(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    more = {f"X-{number}": "x" * 40 for number in range(int(options["count"]))}
    return Delivery(replace(answer, headers=answer.headers | more))


# what comes in place of the page


@_kind("challenge", "ask for a cookie by script (status 200) until it is sent")
def _challenge(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    if CHALLENGE_COOKIE in request.headers.get("cookie", ""):
        return Delivery(answer)
    script = (
        f'<html><body><script>document.cookie="{CHALLENGE_COOKIE}"'
        '+"; expires=Fri, 31 Dec 2099 23:59:59 GMT; path=/";'
        "window.location.reload(true);</script></body></html>"
    )
    return Delivery(Answer(200, script.encode()))


@_kind("error_page", "answer 200 with a page that says that there is none (soft 404)")
def _error_page(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    body = (
        '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Thông báo</title>'
        '<meta name="robots" content="noindex"></head><body><h1>Không tìm thấy trang</h1>'
        "<p>Nội dung bạn yêu cầu không tồn tại hoặc đã bị gỡ bỏ. Vui lòng quay lại trang chủ.</p>"
        "</body></html>"
    )
    return Delivery(Answer(200, body.encode()))


@_kind("gone", "answer 410")
def _gone(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    return Delivery(Answer(410, b"<html><body>Gone</body></html>"))


@_kind("redirect", "redirect to `to` with `status`", to="/", status=302)
def _redirect(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    return Delivery(Answer(int(options["status"]), headers={"Location": str(options["to"])}))


@_kind("redirect_loop", "redirect every page to itself")
def _redirect_loop(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    return Delivery(Answer(302, headers={"Location": request.path}))


@_kind("huge", "make the page `megabytes` long", megabytes=16)
def _huge(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    filler = b" " * (int(options["megabytes"]) * 1_000_000)
    return Delivery(replace(answer, body=answer.body + filler))


@_kind("bomb", "send `megabytes` of nothing as a small gzip body", megabytes=100)
def _bomb(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    headers = answer.headers | {"Content-Encoding": "gzip"}
    return Delivery(replace(answer, body=_packed(int(options["megabytes"])), headers=headers))


@_kind("entity_bomb", "answer XML whose entities grow without bound")
def _entity_bomb(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    grown = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    entities = f'<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY a0 "ha">{grown}]>'
    body = f"{entities}<urlset><url><loc>&a11;</loc></url></urlset>"
    return Delivery(Answer(200, body.encode(), "application/xml; charset=utf-8"))


@_kind("forbidden_robots", "forbid everything in robots.txt (other paths are answered as they are)")
def _forbidden_robots(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    return _robots(request, answer, b"User-agent: *\nDisallow: /\n")


@_kind("html_robots", "answer robots.txt with a page of HTML")
def _html_robots(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    return _robots(request, answer, b"<!DOCTYPE html><html><body><h1>Trang ch\xe1\xbb\xa7</h1></body></html>")


@_kind("huge_robots", "answer robots.txt with `megabytes` of rules before the real ones", megabytes=2)
def _huge_robots(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    rule = b"Disallow: /khong-co/" + b"x" * 79 + b"\n"
    filler = b"User-agent: *\n" + rule * (int(options["megabytes"]) * 1_000_000 // len(rule))
    return _robots(request, answer, filler + answer.body)


# what is wrong with the text of the page


@_kind("redesign", "give every class and id another name overnight", is_of_pages=True, prefix="moi-")
def _redesign(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    prefix = str(options["prefix"])

    def renamed(match: re.Match[str]) -> str:
        return f'{match[1]}="{" ".join(prefix + name for name in match[2].split())}"'

    return _with_text(answer, _MICRODATA.sub("", _NAMES.sub(renamed, answer.body.decode())))


@_kind(
    "clock", "show the day `day` and an hour above the page, as a clock", is_of_pages=True, day="23/11/2026"
)
def _clock(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    shown = f'<div class="top-clock">Thứ Hai, ngày {options["day"]}, 10:15[GMT+7]</div>'
    return _with_text(answer, re.sub(r"(<body[^>]*>)", lambda m: m[1] + shown, answer.body.decode(), count=1))


@_kind("undated", "take every day and hour off the page", is_of_pages=True)
def _undated(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    return _with_text(answer, _STAMPS.sub("", answer.body.decode()))


@_kind("thrice_named", "name each article also under http://www. with a tracking part, and under https://")
def _thrice_named(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    text, host = answer.body.decode(), request.host
    if answer.content_type.startswith("text/html"):
        links = re.findall(r'<a href="(/[^"#]*)"', text)
        more = "".join(
            f'<a href="{scheme}{host}{link}{"&amp;" if "?" in link else "?"}{mark}">x</a>'
            for link in links
            for scheme, mark in (("http://www.", "utm_source=zalo"), ("https://", "fbclid=1"))
        )
        return _with_text(answer, text.replace("</body>", f"{more}</body>"))
    entries = re.sub(
        r"<url><loc>http://([^<]*)</loc>(.*?)</url>",
        lambda m: (
            m[0] + "".join(f"<url><loc>{s}{m[1]}</loc>{m[2]}</url>" for s in ("http://www.", "https://"))
        ),
        text,
        flags=re.DOTALL,
    )
    return _with_text(answer, entries)


@_kind("nfd", "write accents as marks of their own (NFD)", is_of_pages=True)
def _nfd(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    return _with_text(answer, unicodedata.normalize("NFD", answer.body.decode()))


@_kind("mojibake", "encode the text twice, so that `Hải` is `Háº£i`", is_of_pages=True)
def _mojibake(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    return _with_text(answer, "".join(map(_as_windows_1252, answer.body)))


@_kind("charset", "say the charset `name` and send UTF-8", is_of_pages=True, name="iso-8859-1")
def _charset(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    return Delivery(replace(answer, content_type=f"text/html; charset={options['name']}"))


@_kind(
    "encoding",
    "send the text as `name` (utf-16, windows-1258); `says` is what the header says, empty: nothing",
    is_of_pages=True,
    name="windows-1258",
    says="windows-1258",
)
def _encoding(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    name, says = str(options["name"]), str(options["says"])
    text = answer.body.decode().replace('<meta charset="utf-8">', "")
    text = _for_windows_1258(text) if name in ("windows-1258", "cp1258") else text
    told = f"text/html; charset={says}" if says else "text/html"
    return Delivery(replace(answer, body=text.encode(name, "xmlcharrefreplace"), content_type=told))


@_kind("hostile", "put scripts, event handlers and formulas into the article", is_of_pages=True)
def _hostile(request: Request, answer: Answer, options: Mapping[str, Option]) -> Delivery:
    text = answer.body.decode()
    text = re.sub(r"(<h1[^>]*>)", lambda match: match[1] + "=cmd|calc " + HOSTILE_TEXT, text, count=1)
    return _with_text(answer, re.sub(r"(<p>)", lambda match: match[1] + HOSTILE_TEXT, text))


def _part(answer: Answer, options: Mapping[str, Option]) -> int:
    return int(len(answer.body) * float(options["share"]))


def _robots(request: Request, answer: Answer, body: bytes) -> Delivery:
    if request.path != "/robots.txt":
        return Delivery(answer)
    return Delivery(Answer(200, body, "text/plain; charset=utf-8"))


def _with_text(answer: Answer, text: str) -> Delivery:
    return Delivery(replace(answer, body=text.encode()))


@lru_cache(maxsize=4)
def _packed(megabytes: int) -> bytes:
    return gzip.compress(b"\0" * (megabytes * 1_000_000), mtime=0)


def _as_windows_1252(byte: int) -> str:
    # Five bytes are undefined in windows-1252; browsers and databases keep them as control characters.
    return bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)


def _for_windows_1258(text: str) -> str:
    """Part the tone marks from their vowels: windows-1258 has hats and horns composed, most tones not."""
    return "".join(char if _is_in_windows_1258(char) else _parted(char) for char in text)


def _is_in_windows_1258(char: str) -> bool:
    try:
        char.encode("cp1258")
    except UnicodeEncodeError:
        return False
    return True


def _parted(char: str) -> str:
    marks = unicodedata.normalize("NFD", char)
    tones = "".join(mark for mark in marks if mark in _TONES)
    rest = "".join(mark for mark in marks if mark not in _TONES)
    return unicodedata.normalize("NFC", rest) + tones
