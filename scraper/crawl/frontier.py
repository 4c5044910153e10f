"""What a portal's crawl knows of each address, kept through any kill. The one door to sqlite3.

One file a portal, `<home>/<slug>/frontier.sqlite`. Times are whole seconds since 1970 (UTC).
A page is settled together with the links that it named and with the end of the archive that holds it, in one
transaction, made only after the archive is on the disk: whatever the frontier says is done is archived.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from scraper.archive.writer import Location
from scraper.crawl import looks, places
from scraper.crawl.file_system import is_shared
from scraper.crawl.frontier_pages import RANK, add_links, goes_on, insert_page, settle_page
from scraper.crawl.frontier_records import DISCOVERY, Found, Gain, Run, Settled, Verdict, Visit
from scraper.crawl.frontier_schema import SCHEMA_VERSION, STEPS
from scraper.crawl.lastmod import Trust, trust_in_lastmod, trust_in_validators
from scraper.crawl.verdicts import Standing, judged
from scraper.durable import sync_folder
from scraper.errors import HomeError

__all__ = [
    "DISCOVERY",
    "Found",
    "Frontier",
    "Gain",
    "Run",
    "Settled",
    "Verdict",
    "Visit",
    "is_damaged",
    "move_frontier",
]

_NEVER = 1 << 62
_VISIT = (
    "url_key, url, kind, state, why, tries, page_no, depth, root_url, etag, last_modified, body_hash, "
    "body_at, newest, discovered_at, fetched_at, edited_at, looks, edits"
)
_STANDING = (
    "state, last_outcome, why, due_at, published, newest, discovered_at, fetched_at, edited_at, looks, edits"
)


def is_damaged(path: Path) -> bool:
    """Tell whether a frontier's file is there and cannot be read as one; a missing file is not damaged."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(path, timeout=10)) as db:
            return bool(db.execute("pragma quick_check(1)").fetchone() != ("ok",))
    except sqlite3.OperationalError:
        return False  # Locked, or not to be opened: opening it says so.
    except sqlite3.DatabaseError:
        return True


def move_frontier(path: Path) -> None:
    """Go on in a copy of a frontier, under its name: who has the former file open cannot write this one.

    Nothing where there is none, or where it is damaged and has to be made anew. Raises HomeError where the
    disk refuses.
    """
    if not path.is_file():
        return
    fresh = path.with_name(f"{path.name}.moving")
    try:
        fresh.unlink(missing_ok=True)
        with closing(sqlite3.connect(path, timeout=10)) as former, closing(sqlite3.connect(fresh)) as copy:
            former.backup(copy)
        for end in ("-wal", "-shm", "-journal"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        fresh.replace(path)
        sync_folder(path.parent)
    except sqlite3.OperationalError as error:
        raise HomeError(
            f"the frontier {path} cannot be copied: {error}; run the same command again"
        ) from error
    except sqlite3.DatabaseError:
        fresh.unlink(missing_ok=True)
    except OSError as error:
        raise HomeError(f"the frontier {path} cannot be copied: {error.strerror or error}") from error


class Frontier:
    """A portal's frontier; use as a context manager or close it.

    Args:
        path: The file; made where there is none.
        trust_lastmod: Whether a newer date in a sitemap makes a known page due, as long as none was caught
            lying.

    Raises HomeError where the file cannot be used, here and in every method.
    """

    def __init__(self, path: Path, trust_lastmod: bool = True) -> None:
        self.path = path
        self._may_trust = trust_lastmod
        with self._guarded():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
            # A write-ahead log is for one machine: those that share a file do not share its memory.
            if is_shared(path.parent):
                self._db.execute("pragma journal_mode = truncate")
                self._db.execute("pragma synchronous = full")
            else:
                self._db.execute("pragma journal_mode = wal")
                self._db.execute("pragma synchronous = normal")
            version = self._db.execute("pragma user_version").fetchone()[0]
            for number, step in enumerate(STEPS[version:], version + 1):
                # Two processes may open an old file at once: the second must find the step done.
                self._db.execute("begin immediate")
                if self._db.execute("pragma user_version").fetchone()[0] < number:
                    for statement in step.split(";"):
                        self._db.execute(statement)
                    self._db.execute(f"pragma user_version = {number}")
                self._db.execute("commit")
        if version > SCHEMA_VERSION:
            raise HomeError(f"{path} was made by a newer CityLedger: use that one, or another --home")
        with self._guarded():
            self._weigh()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            hint = "free some space or give another --home; nothing that was recorded is lost"
            raise HomeError(f"the frontier {self.path} cannot be used: {error}; {hint}") from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._guarded():
            self._db.execute("begin immediate")
            try:
                yield self._db
                self._db.execute("commit")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("rollback")
                raise

    @property
    def lastmod(self) -> Trust:
        """Whether the portal's `lastmod` is believed in this run, and why it is not."""
        return self._lastmod

    @property
    def validators(self) -> Trust:
        """Whether the portal's ETag and Last-Modified are believed in this run, and why they are not."""
        return self._validators

    def _weigh(self) -> None:
        history = looks.history(self._db)
        self._validators = trust_in_validators(history)
        self._lastmod = trust_in_lastmod(history) if self._may_trust else Trust(False)

    def begin_run(self, roots: Sequence[Found], now: int, full: bool = False, sample: int = 0) -> None:
        """Make due what every run asks for: the roots, sub-sitemaps without a trusted date, all articles if
        `full`, and a random sample of so many known articles.

        An interrupted run's remaining pages are due as they are.
        """
        with self._transaction() as db:
            self._weigh()
            run_id = looks.begin_run(db, now)
            if not self._lastmod.is_trusted:
                looks.forget_lastmod(db)
            looks.draw_sample(db, now, sample, f"{self.path.parent.name} {run_id}")
            is_covered = self._lastmod.is_trusted and not full and looks.sitemaps_cover(db)
            for root in roots:
                insert_page(db, root, now, "root")
                if not (is_covered and looks.rests(db, root, now)):
                    db.execute("update page set due_at = ?, why = 'root' where url_key = ?", (now, root.key))
            db.execute(
                "update page set due_at = ?, why = 'root' where kind = 'sitemap' and depth > 0 "
                # A date that lay ahead when the part was had hides what came between.
                "and state <> 'gone' and (lastmod is null or lastmod > fetched_at or not ?)",
                (now, self._lastmod.is_trusted and not looks.has_suspects(db)),
            )
            if full:
                db.execute(
                    "update page set due_at = ?, why = 'full' where kind = 'article' and state <> 'refused'",
                    (now,),
                )

    def end_run(self, now: int, report: Callable[[dict[str, int]], str]) -> None:
        """Close the run's row: judge what lastmod is suspected of, and keep the report.

        `report` is given the requests saved (see `looks.saved`) and returns the run's report as JSON.
        """
        with self._transaction() as db:
            row = db.execute("select run_id, started_at from run order by run_id desc limit 1").fetchone()
            if row is None:
                return
            run_id, started_at = row
            looks.judge_suspects(db, started_at)
            text = report(looks.saved(db, started_at, self._lastmod.is_trusted))
            db.execute("update run set finished_at = ?, report = ? where run_id = ?", (now, text, run_id))

    def proofs(self) -> dict[str, int]:
        """Return what the looks of the last 30 runs proved of the portal's dates: told, quiet, idle, silent
        and stale (see `scraper.crawl.lastmod.Evidence`)."""
        with self._guarded():
            return looks.summed(looks.history(self._db)[-30:])

    def runs(self, after: int = 0) -> list[Run]:
        """Return the runs that began later than `after`, oldest first."""
        query = (
            "select started_at, finished_at, told, quiet, idle, silent, stale, edited, report from run "
            "where started_at > ? order by run_id"
        )
        with self._guarded():
            return [Run(*row) for row in self._db.execute(query, (after,))]

    def take(
        self,
        kinds: Collection[str],
        now: int,
        limit: int,
        held: Collection[str] = (),
        since: int | None = None,
        until: int | None = None,
    ) -> list[Visit]:
        """Return at most `limit` pages that are due, newest first, none whose key is in `held`.

        Args:
            kinds: Kinds wanted.
            now: The time.
            limit: Rows.
            held: Keys given out already and not settled yet.
            since: Articles known to be older are left out.
            until: Articles known to be as new or newer are left out.
        """
        ranks = ",".join(str(RANK[kind]) for kind in kinds)
        low, high = since or 0, until if until is not None else _NEVER
        query = (  # ranks are our own numbers
            f"select {_VISIT} from page where rank in ({ranks}) and due_at <= ? "  # noqa: S608
            "and (kind <> 'article' or newest = 0 or (newest >= ? and newest < ?)) "
            "order by rank, due_at, newest desc limit ?"
        )
        with self._guarded():
            rows = self._db.execute(query, (now, low, high, limit + len(held))).fetchall()
        visits = [Visit(*row) for row in rows if row[0] not in held]
        return visits[:limit]

    def count_due(
        self, kinds: Collection[str], now: int, since: int | None = None, until: int | None = None
    ) -> int:
        """Return how many pages of these kinds are due; bounds as in `take`."""
        ranks = ",".join(str(RANK[kind]) for kind in kinds)
        query = f"select count(*) from page where rank in ({ranks}) and due_at <= ?"  # noqa: S608
        values = [now]
        if since is not None or until is not None:
            query += " and (kind <> 'article' or newest = 0 or (newest >= ? and newest < ?))"
            values += [since or 0, until if until is not None else _NEVER]
        with self._guarded():
            return int(self._db.execute(query, values).fetchone()[0])

    def visit(self, key: str) -> Visit | None:
        """Return the page of a key, due or not."""
        with self._guarded():
            row = self._db.execute(f"select {_VISIT} from page where url_key = ?", (key,)).fetchone()  # noqa: S608
        return Visit(*row) if row else None

    def settle(
        self, settled: Sequence[Settled], now: int, archived_to: tuple[str, int] | None = None
    ) -> list[Gain]:
        """Record what became of pages, their links, and how far the archive is known, in one transaction.

        Returns what each of `settled` brought. `now` is when links that are new become due.
        """
        gains = []
        with self._transaction() as db:
            for one in settled:
                gain = add_links(db, one, now, self._lastmod.is_trusted)
                looks.note_answer(db, one, gain)
                if one.following is not None and goes_on(db, one, gain):
                    insert_page(db, one.following, now, "new")
                    db.execute("update page set due_at = ? where url_key = ?", (now, one.following.key))
                settle_page(db, one)
                gains.append(gain)
            if archived_to is not None:
                self._note(db, "archived_to", f"{archived_to[1]} {archived_to[0]}")
        return gains

    def adopt(self, page: Found, now: int) -> Visit:
        """Take in a page that the archive holds and the frontier does not know, and return it as a visit."""
        with self._transaction() as db:
            insert_page(db, page, now, "new")
        visit = self.visit(page.key)
        assert visit is not None
        return visit

    def archived_to(self) -> tuple[str, int] | None:
        """Return the WARC file and offset up to which every record has been settled."""
        value = self.note("archived_to")
        if value is None:
            return None
        offset, _, name = value.partition(" ")
        return name, int(offset)

    def note(self, name: str) -> str | None:
        """Return a value that was noted, or None."""
        with self._guarded():
            row = self._db.execute("select value from note where name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def captures(self) -> list[tuple[str, Location]]:
        """Return each page's key and where its last whole payload lies in the archive."""
        with self._guarded():
            return list(places.captures(self._db))

    def lose(self, keys: Iterable[str], now: int, since: int | None = None) -> int:
        """Make due pages whose captures are lost (see `places.lose`), doubts being settled by it."""
        with self._transaction() as db:
            self._note(db, "doubted", "")
            return places.lose(db, keys, now, since)

    def doubt(self, warc_file: str) -> None:
        """Note an archive file as found damaged: the next crawl looks at each record that is counted on."""
        with self._transaction() as db:
            self._note(db, "doubted", "\n".join(sorted(self.doubted() | {warc_file})))

    def doubted(self) -> set[str]:
        """Return the archive files found damaged since the last crawl began."""
        return set((self.note("doubted") or "").splitlines())

    def begin_rebuilding(self) -> None:
        """Note that what the archive holds is being taken in by a frontier that knew nothing of it."""
        with self._transaction() as db:
            self._note(db, "rebuilding", "1")

    def end_rebuilding(self, verdicts: Iterable[Verdict]) -> None:
        """Take in what the load knows of the pages; the frontier then counts as rebuilt."""
        self.record_verdicts(verdicts)
        with self._transaction() as db:
            self._note(db, "rebuilding", "")

    @property
    def is_rebuilding(self) -> bool:
        """Whether a rebuilding was begun and not ended."""
        return bool(self.note("rebuilding"))

    def record_verdicts(self, verdicts: Iterable[Verdict]) -> int:
        """Take the load's judgement of pages; return how many pages of the frontier it was about.

        See `scraper.crawl.verdicts.judged` for what a verdict does.
        """
        known = 0
        with self._transaction() as db:
            for verdict in verdicts:
                looks.note_verdict(db, verdict)
                row = db.execute(
                    f"select {_STANDING} from page where url_key = ?",  # noqa: S608 - names of columns
                    (verdict.url_key,),
                ).fetchone()
                if row is None:
                    continue
                known += 1
                page = judged(Standing(*row), verdict)
                db.execute(
                    "update page set state = ?, why = ?, due_at = ?, published = ?, newest = ?, "
                    "text_hash = coalesce(?, text_hash) where url_key = ?",
                    (
                        page.state, page.why, page.due_at, page.published, page.newest, verdict.text_hash,
                        verdict.url_key,
                    ),
                )  # fmt: skip
                if page.forgets:
                    db.execute(
                        "update page set etag = null, last_modified = null, body_hash = null "
                        "where url_key = ?",
                        (verdict.url_key,),
                    )
        return known

    def counts(self) -> dict[str, int]:
        """Return the number of articles by state."""
        query = "select state, count(*) from page where kind = 'article' group by state order by state"
        with self._guarded():
            return {str(state): int(count) for state, count in self._db.execute(query)}

    @staticmethod
    def _note(db: sqlite3.Connection, name: str, value: str) -> None:
        db.execute(
            "insert into note values (?, ?) on conflict (name) do update set value = excluded.value",
            (name, value),
        )
