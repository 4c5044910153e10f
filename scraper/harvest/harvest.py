"""Archive files into records, on all cores: segments to worker processes and batches back, in order.

The files' bounds are found here and their pages read there; what is read is a pure function of the segment,
so any other engine can map `harvest_segment` over `segments_of` as well.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from scraper.archive.reader import archive_files, archive_folder, read_archive, read_record
from scraper.crawl.frontier import Frontier
from scraper.errors import ArchiveError
from scraper.harvest.sharing import Engine, Work, share_out
from scraper.items import Harvest, HarvestBatch, Problem
from scraper.portal import Portal

RECORDS_A_SEGMENT = 200
"""What one call of a worker reads: enough to hide the call, little enough to share a file and to lose."""


@dataclass(frozen=True, slots=True)
class HarvestTask:
    """An archive file to be read from an offset on."""

    portal: Portal
    home: Path
    warc_file: str
    start: int
    size: int
    """Bytes of the file that may be read."""
    is_settled: bool = True
    """Whether all of `size` was archived for good, so that bytes which are no whole record are damage."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of an archive file whose records are read together."""

    task: HarvestTask
    start: int
    stop: int
    offsets: tuple[int, ...]
    """Of its records."""
    problems: tuple[Problem, ...] = ()
    """What was damaged in it."""


def tasks_of(
    portals: Iterable[Portal], home: Path, marks: Mapping[tuple[str, str], int]
) -> list[HarvestTask]:
    """Return the archive files that hold more than was read, by portal and in the order they were written.

    `marks` says how many bytes of each (portal slug, file name) were read. What a crawl beside has not yet
    settled in the portal's frontier is left for later: a full disk could still take it back.
    """
    home = home.absolute()  # Other machines read there too.
    tasks = []
    for portal in portals:
        settled = _settled_to(home, portal.slug)
        for file in archive_files(archive_folder(home, portal.slug)):
            start = marks.get((portal.slug, file.name), 0)
            size = file.size
            if size > start and settled is not None and file.name >= settled[0]:
                size = max(start, min(size, settled[1] if file.name == settled[0] else 0))
            if size != start:
                tasks.append(HarvestTask(portal, home, file.name, start, size, settled is not None))
    return tasks


def torn(task: HarvestTask) -> str:
    """Return in words what of a file that was read to its end is no whole record, or is not there now."""
    if task.size < task.start:
        return f"{task.warc_file}: {task.start - task.size:,} bytes that were read are not there any more"
    return f"{task.warc_file}: {task.size - task.start:,} bytes at its end are no whole record"


def _settled_to(home: Path, slug: str) -> tuple[str, int] | None:
    """Return the archive file and byte up to which a portal is settled, None where no frontier says it."""
    path = home / slug / "frontier.sqlite"
    if not path.is_file():
        return None
    with Frontier(path) as frontier:
        settled = frontier.archived_to()
    return settled if settled and settled[0] else None


def segments_of(task: HarvestTask, records: int = RECORDS_A_SEGMENT) -> Iterator[Segment]:
    """Yield the stretches of a file, without gaps; what is damaged or missing is told as a problem."""
    problems: list[Problem] = []
    folder = archive_folder(task.home, task.portal.slug)
    start = stop = task.start
    offsets: list[int] = []
    if task.size < task.start:
        detail = f"{task.warc_file} has {task.size:,} bytes, {task.start:,} of it were read: restore the file"
        problems.append(Problem("archive", "file_shortened", detail))
    else:
        try:
            for captured in read_archive(folder, task.portal.slug, task.warc_file, start, problems):
                if captured.end > task.size:
                    break
                offsets.append(captured.fetch.warc_offset)
                stop = captured.end
                if len(offsets) == records:
                    yield Segment(task, start, stop, tuple(offsets), tuple(problems))
                    start, offsets = stop, []
                    problems.clear()
            if stop < task.size and task.is_settled and not problems:
                problems.append(Problem("archive", "torn_end", torn(replace(task, start=stop))))
        except ArchiveError as error:
            problems.append(Problem("archive", "file_unreadable", str(error)))
    if offsets or problems:
        yield Segment(task, start, stop, tuple(offsets), tuple(problems))


def harvest_segment(segment: Segment) -> HarvestBatch:
    """Return what the records of a segment give, in order; pure, made to run in a worker process.

    Raises ArchiveError where not all of its records are there, as where another machine's path leads to an
    older copy of the file.
    """
    # The readers take a second to import: that is the workers' affair, who meanwhile shares out has begun.
    from scraper.harvest.captures import read_attached, read_captured

    task = segment.task
    folder = archive_folder(task.home, task.portal.slug)
    harvests: list[Harvest] = []
    found = 0
    if segment.offsets:
        for captured in read_archive(folder, task.portal.slug, task.warc_file, segment.offsets[0], []):
            if captured.end > segment.stop:
                break
            found += 1
            if captured.fetch.kind == "article":
                harvests.append(read_captured(captured, task.portal))
            elif captured.fetch.kind == "attachment" and not captured.is_revisit:
                harvests.append(read_attached(captured))
    if found != len(segment.offsets):
        raise ArchiveError(
            f"{folder / task.warc_file}: {found} of {len(segment.offsets)} records from byte"
            f" {segment.start:,} to {segment.stop:,} are there: restore the file"
        )
    return HarvestBatch(
        task.portal.slug, task.warc_file, segment.start, segment.stop, tuple(harvests), segment.problems
    )


def crashed_segment(segment: Segment) -> HarvestBatch:
    """Return the batch of a segment of one record whose reading killed the process."""
    from scraper.harvest.captures import article_id_of

    task = segment.task
    folder = archive_folder(task.home, task.portal.slug)
    captured = read_record(folder, task.portal.slug, task.warc_file, segment.offsets[0])
    problem = Problem("article", "reader_crashed", "the page killed the process that read it")
    found = Harvest(captured.fetch, article_id_of(captured, task.portal), None, None, (problem,))
    return HarvestBatch(
        task.portal.slug, task.warc_file, segment.start, segment.stop, (found,), segment.problems
    )


def halves(segment: Segment) -> tuple[Segment, Segment] | None:
    """Part a segment in two, None where it is of one record."""
    if len(segment.offsets) < 2:
        return None
    middle = len(segment.offsets) // 2
    # Its records lie one behind the other, whatever else lies between them.
    border = segment.offsets[middle]
    return (
        replace(segment, stop=border, offsets=segment.offsets[:middle]),
        replace(segment, start=border, offsets=segment.offsets[middle:], problems=()),
    )


def harvest_all(
    tasks: Iterable[HarvestTask], workers: Engine = None, records: int = RECORDS_A_SEGMENT
) -> Generator[HarvestBatch]:
    """Yield the batches of all files in the order of the tasks, and of each file in the order of its bytes.

    Args:
        tasks: Files to read, from `tasks_of`.
        workers: Processes that read; None: one a core; 0: read in this process, without their shelter;
            or a cluster.
        records: At most so many in a batch.

    A page that kills its worker costs itself alone. Closing the iterator stops the workers.
    """
    segments = chain.from_iterable(segments_of(task, records) for task in tasks)
    work = Work("scraper.harvest.captures", harvest_segment, halves, crashed_segment)
    yield from share_out(segments, work, workers)
