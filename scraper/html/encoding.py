"""Bytes of a page into text: the charset that the page tells, checked against what the bytes are."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARKS = tuple(mark for mark, _ in _BOMS)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META_WITHIN = 4_096
# Labels that are printed for Latin text in general, as browsers read them.
_ALIASES = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "windows-1252": "cp1252", "windows-1258": "cp1258", "x-cp1258": "cp1258", "unicode": "utf-16-le",
    "utf8": "utf-8", "utf-16": "utf-16-le",
}  # fmt: skip
_MANGLED = re.compile("Ã[\u0080-\u009f¡-¿]|áº|á»|Æ°|Ä‘|Ä\u0091|Æ¡")
_MAYBE_MANGLED = re.compile(rb"\xc3(?:[\x83\x84\x86\xa1]\xc2|\x84\xe2)")
"""The same in UTF-8: how each of these pieces begins."""
_ENOUGH_MANGLED = 5
"""Pieces from which on a page counts as encoded twice: fewer may be a text about such letters."""


# As latin-1, and as windows-1252 where that has a letter: five of its bytes are undefined and stay controls.
_BYTES = {chr(byte): byte for byte in range(0x80, 0x100)}
_BYTES |= {char: byte for byte in range(0x80, 0xA0) if (char := bytes([byte]).decode("cp1252", "ignore"))}
_RUNS = re.compile(f"[{re.escape(''.join(_BYTES))}]{{2,}}")


def plain_utf8(body: bytes) -> str | None:
    """Return the text of bytes that are UTF-8 and as their author meant them; None where more is to be done.

    Such are no bytes with a mark of their order, of UTF-16, or with letters that may have been encoded twice.
    """
    if body.startswith(_MARKS) or utf16_order(body) is not None or _MAYBE_MANGLED.search(body):
        return None
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def decode(body: bytes, content_type: str | None = None) -> str:
    """Decode a page: byte order mark, then UTF-8 where the bytes are that, then header, meta, windows-1258.

    Bytes that are valid UTF-8 with letters beyond ASCII are UTF-8 whatever a header says: text of another
    charset is so by no accident. Text that was encoded twice ("Háº£i PhÃ²ng") is put right. Never raises.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, errors="replace")
    utf16 = utf16_order(body)
    if utf16 is not None:
        return body.decode(utf16, errors="replace")
    try:
        return _unmangled(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        # A cut in the middle of a letter, or one bad byte in an advertisement, makes no page another charset.
        bad_at = error.start
    told = _told(body, content_type)
    if told in (None, "utf-8") and _mostly_utf8(body):
        return body.decode("utf-8", errors="replace")
    if told is not None and told != "utf-8":
        text = body.decode(told, errors="replace")
        if told != "cp1252" or bad_at < 0:
            return text
    return body.decode("cp1258", errors="replace")


def _told(body: bytes, content_type: str | None) -> str | None:
    labels = [found.group(1) for found in [_HEADER_CHARSET.search(content_type or "")] if found]
    labels += [
        found.group(1).decode("ascii") for found in [_META_CHARSET.search(body[:_META_WITHIN])] if found
    ]
    for label in labels:
        name = _ALIASES.get(label.lower(), label)
        try:
            info = codecs.lookup(name)
        except LookupError:
            continue
        if info.name not in (
            "utf-7",
            "idna",
            "punycode",
            "unicode_escape",
            "raw_unicode_escape",
        ) and _is_text(info):
            return info.name
    return None


def _is_text(info: codecs.CodecInfo) -> bool:
    try:
        return isinstance(info.decode(b"a")[0], str) if info.name not in ("utf-16-le", "utf-16-be") else False
    except Exception:
        return False


def _mostly_utf8(body: bytes) -> bool:
    text = body.decode("utf-8", errors="replace")
    letters = sum(1 for char in text if char > "\x7f" and char != "\ufffd")
    return text.count("\ufffd") * 10 <= letters


def utf16_order(body: bytes) -> str | None:
    """Return the codec of UTF-16 text, by its mark or because every other byte of its markup is zero."""
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16-le" if body.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    head = body[:400]
    if len(head) < 4 or b"\x00" not in head:
        return None
    half = len(head) // 2
    if head[1::2].count(0) > half * 0.6 and head[::2].count(0) == 0:
        return "utf-16-le"
    if head[::2].count(0) > half * 0.6 and head[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def mangled(text: str) -> list[str]:
    """Return what in a text was encoded twice: pieces such as "áº£" that stand in no language's words."""
    return _MANGLED.findall(text)


def _unmangled(text: str) -> str:
    """Undo UTF-8 that was taken for windows-1252 and encoded again, run by run of such letters, up to twice.

    A template may be right where the database behind it is not. A run that lost a byte stays as it is.
    """
    for _ in range(2):
        if len(mangled(text)) < _ENOUGH_MANGLED:
            break
        text = _RUNS.sub(_reread, text)
    return text


def _reread(run: re.Match[str]) -> str:
    try:
        return bytes(_BYTES[char] for char in run[0]).decode("utf-8")
    except UnicodeDecodeError:
        return run[0]
