"""An archive looked at record by record: checksums, digests, and payloads that revisits stand for."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from fastwarc.warc import WarcRecord, WarcRecordType

from scraper.archive.files import archive_names
from scraper.archive.records import parsed, raw_records
from scraper.errors import ArchiveError
from scraper.items import Progress


@dataclass(frozen=True, slots=True)
class Verified:
    """What looking at one archive file told."""

    warc_file: str
    records: int
    payloads: int
    """Of them, whole payloads whose digest is right."""
    problems: tuple[str, ...]


def verify(folder: Path, progress: Progress | None = None) -> list[Verified]:
    """Verify every file of a portal's archive, in the order in which they were written.

    Looked at are the checksum of each record, the digest of its block and of its payload, and that the
    payload of each revisit is in the archive. Nothing is changed.
    """
    names = archive_names(folder)
    payloads: set[str] = set()
    verified = []
    for number, name in enumerate(names):
        verified.append(_verified(folder / name, payloads))
        if progress:
            progress(f"verify {folder.parent.name}", number + 1, len(names))
    return verified


def _verified(path: Path, payloads: set[str]) -> Verified:
    records = right = 0
    problems: list[str] = []
    try:
        for offset, _, content in raw_records(path):
            records += 1
            try:
                right += _is_right(parsed(content), payloads)
            except ArchiveError as error:
                problems.append(f"byte {offset:,}: {error}")
    except (ArchiveError, OSError) as error:
        problems.append(str(error))
    return Verified(path.name, records, right, tuple(problems))


def _is_right(record: WarcRecord, payloads: set[str]) -> bool:
    """Tell whether the record is a whole payload with its right digest; raise ArchiveError if it is wrong."""
    fields = record.headers
    if fields.get("WARC-Block-Digest") and not record.verify_block_digest():
        raise ArchiveError("the block's digest is wrong")
    digest = fields.get("WARC-Payload-Digest") or ""
    if record.record_type == WarcRecordType.revisit:
        if digest not in payloads:
            raise ArchiveError(f"a revisit of {fields.get('WARC-Target-URI')}, whose payload is not archived")
        return False
    if record.record_type != WarcRecordType.response:
        return False
    if not fields.get("WARC-Truncated"):
        record.parse_http()
        if digest != "sha256:" + sha256(record.reader.read()).hexdigest():
            raise ArchiveError("the payload's digest is wrong")
    payloads.add(digest)
    return not fields.get("WARC-Truncated")
