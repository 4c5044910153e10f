"""The form of a compacted archive file, `<name>.warc.zst`. The one door to the zstd library.

WARC-zstd 1.0 (iipc.github.io/warc-specifications): a skippable frame that holds the dictionary, then one
zstd frame a record. Behind them stands one more skippable frame, which other readers pass over: for each
record its bytes here and the bytes that it had in `<name>.warc.gz`. A record is still asked for by its offset
in that file, so nothing that points into the archive changes when a file is compacted or brought back.
"""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, NamedTuple

from scraper.errors import ArchiveError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

GZIP_ENDING = ".warc.gz"
ZSTD_ENDING = ".warc.zst"

LEVEL = 9
"""Where more levels cost six times the time and give a twentieth."""

_DICTIONARY_FRAME = 0x184D2A5D
_INDEX_FRAME = 0x184D2A5C
_FRAME_HEAD = struct.Struct("<II")
_TAIL = struct.Struct("<Q6s")
"""Where the index's frame begins, and a mark that says so: the last bytes of the file."""
_MARK = b"CLIDX1"
_LARGEST_RECORD = 512 * 1024 * 1024
_LARGEST_DICTIONARY = 2 * 1024 * 1024


class Packed(NamedTuple):
    """A record on its way into a compacted file."""

    frame: bytes
    """As the compacted file holds it."""
    gzip_bytes: int
    """That it has in the `.warc.gz`."""


class Compacted:
    """A compacted file, its dictionary and index in memory; offsets are those in the `.warc.gz`.

    Raises ArchiveError where the file is none that `write_compacted` wrote whole.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self.dictionary = read_dictionary(file)
                first = file.tell()
                frames, members, end = _read_index(file)
                if first + sum(frames) != end or len(frames) != len(members):
                    raise ValueError("its index is another file's")
        except (OSError, ValueError, struct.error, zstd.ZstdError) as error:
            raise ArchiveError(
                f"{path} is no compacted archive file, or not a whole one: restore it"
            ) from error
        self._places = list(accumulate(frames, initial=first))
        self.offsets: Sequence[int] = list(accumulate(members, initial=0))
        """Of each record, and behind the last one."""
        self._zstd = zstd.ZstdDict(self.dictionary) if self.dictionary else None

    @property
    def size(self) -> int:
        """Bytes of the `.warc.gz`."""
        return self.offsets[-1]

    def __len__(self) -> int:
        return len(self._places) - 1

    def number_at(self, offset: int) -> int | None:
        """Return which record begins at an offset, or None; the file's end counts as one more."""
        number = bisect_left(self.offsets, offset)
        return number if number < len(self.offsets) and self.offsets[number] == offset else None

    def length(self, number: int) -> int:
        """Return the bytes that a record has in the `.warc.gz`."""
        return self.offsets[number + 1] - self.offsets[number]

    def stored(self, start: int, end: int) -> int:
        """Return the bytes that the records between two offsets take here."""
        first, last = bisect_left(self.offsets, start), bisect_left(self.offsets, end)
        return self._places[last] - self._places[first]

    def packed(self, file: BinaryIO, number: int) -> Packed:
        """Return a record as the open file holds it."""
        file.seek(self._places[number])
        frame = file.read(self._places[number + 1] - self._places[number])
        return Packed(frame, self.length(number))

    def record(self, file: BinaryIO, number: int) -> bytes:
        """Return a record unpacked; raise ArchiveError where it is damaged."""
        try:
            unpacking = zstd.ZstdDecompressor(zstd_dict=self._zstd)
            content = unpacking.decompress(self.packed(file, number).frame, max_length=_LARGEST_RECORD)
        except (zstd.ZstdError, OSError) as error:
            raise ArchiveError(f"{self.path}: record {number} is damaged: restore the file") from error
        if not unpacking.eof:
            raise ArchiveError(f"{self.path}: record {number} is not whole: restore the file")
        return content


def compacted_path(path: Path) -> Path:
    """Return where the compacted form of a `.warc.gz` lies, whether there is one or not."""
    return path.with_name(path.name.removesuffix(GZIP_ENDING) + ZSTD_ENDING)


def open_compacted(path: Path) -> Compacted | None:
    """Return the compacted form of a `.warc.gz` that is not there itself; None where there is none."""
    if path.is_file():
        return None
    compacted = compacted_path(path)
    try:
        state = compacted.stat()
    except OSError:
        return None
    return _opened(compacted, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _opened(path: Path, changed: int, size: int) -> Compacted:
    return Compacted(path)


def trained(samples: Sequence[bytes], size: int) -> bytes:
    """Return a dictionary of at most so many bytes, made of records; empty where they are too few."""
    try:
        return zstd.train_dict(samples, size).dict_content
    except (zstd.ZstdError, ValueError):
        return b""


class Packer:
    """Packs records into frames by a dictionary."""

    def __init__(self, dictionary: bytes) -> None:
        options: dict[int, int] = {
            zstd.CompressionParameter.compression_level: LEVEL,
            zstd.CompressionParameter.checksum_flag: 1,
        }
        known = zstd.ZstdDict(dictionary) if dictionary else None
        self._compressor = zstd.ZstdCompressor(options=options, zstd_dict=known)

    def frame(self, record: bytes) -> bytes:
        """Return the frame of a record; checksums and its size are in it."""
        self._compressor.set_pledged_input_size(len(record))
        return self._compressor.compress(record, self._compressor.FLUSH_FRAME)


def write_compacted(target: BinaryIO, dictionary: bytes, records: Iterable[Packed]) -> None:
    """Write a compacted file: the dictionary, the records in their order, the index."""
    if dictionary:
        content = zstd.compress(dictionary, 19)
        target.write(_FRAME_HEAD.pack(_DICTIONARY_FRAME, len(content)) + content)
    frames, members = array("I"), array("I")
    for record in records:
        target.write(record.frame)
        frames.append(len(record.frame))
        members.append(record.gzip_bytes)
    place = target.tell()
    content = zstd.compress(
        _little(frames) + _little(members), options={zstd.CompressionParameter.checksum_flag: 1}
    )
    head = _FRAME_HEAD.pack(_INDEX_FRAME, len(content) + _TAIL.size)
    target.write(head + content + _TAIL.pack(place, _MARK))


def read_dictionary(file: BinaryIO) -> bytes:
    """Return the dictionary at the head of a `.warc.zst`; empty where there is none.

    The file is left behind it. Raises ValueError where it is larger than a dictionary may be.
    """
    head = file.read(_FRAME_HEAD.size)
    if len(head) < _FRAME_HEAD.size or _FRAME_HEAD.unpack(head)[0] != _DICTIONARY_FRAME:
        file.seek(0)
        return b""
    length = _FRAME_HEAD.unpack(head)[1]
    if length > _LARGEST_DICTIONARY:
        raise ValueError("a dictionary without bounds")
    content = file.read(length)
    if not content.startswith(b"\x28\xb5\x2f\xfd"):
        return content
    unpacking = zstd.ZstdDecompressor()
    dictionary = unpacking.decompress(content, max_length=_LARGEST_DICTIONARY)
    if not unpacking.eof:
        raise ValueError("a dictionary without bounds")
    return dictionary


def _read_index(file: BinaryIO) -> tuple[array[int], array[int], int]:
    """Return the bytes of each record here and in the `.warc.gz`, and where the index begins."""
    end = file.seek(-_TAIL.size, 2)
    place, mark = _TAIL.unpack(file.read(_TAIL.size))
    if mark != _MARK or place > end:
        raise ValueError("no index")
    file.seek(place)
    magic, length = _FRAME_HEAD.unpack(file.read(_FRAME_HEAD.size))
    if magic != _INDEX_FRAME or place + _FRAME_HEAD.size + length != end + _TAIL.size:
        raise ValueError("no index")
    content = zstd.decompress(file.read(length - _TAIL.size))
    half = len(content) // 2
    return _numbers(content[:half]), _numbers(content[half:]), place


def _little(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = array("I", numbers)
        numbers.byteswap()
    return numbers.tobytes()


def _numbers(content: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(content)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
