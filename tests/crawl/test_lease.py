"""One worker a portal, on one machine and on many that share the home: races, deaths, and waking sleepers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from errno import ENOSPC
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

import scraper.crawl.frontier
import scraper.holder
from scraper.archive.reader import archive_files, archive_folder
from scraper.crawl import lease as module
from scraper.crawl.file_system import kind_is_shared, kind_of
from scraper.crawl.frontier import Found, Frontier
from scraper.crawl.ground import take_portal
from scraper.crawl.lease import STALE_SECONDS, Lease
from scraper.errors import HomeError, LeaseLost, LockedError
from tests.crawl.run_crawl import DOUBT_SECONDS
from tests.crawl.site import Page, Site, pages_of, portal_for, run_crawl, start_crawl
from tests.crawl.test_kill import end_state

HOLD = """
import sys
from pathlib import Path
from scraper.crawl.lease import Lease
from tests.crawl.run_crawl import be_another_machine
if len(sys.argv) > 2:
    be_another_machine(sys.argv[2])
lease = Lease(Path(sys.argv[1]), "crawl lechan")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "lechan"


def killed_holder(folder: Path, *machine: str) -> None:
    """Leave the lease of a worker that was killed, on this machine or on another one."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), *machine],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    process.kill()
    process.wait()


def fall_silent(folder: Path, seconds: float = STALE_SECONDS + 60) -> None:
    """Have the lease look as if its holder had not touched it for so long."""
    moment = time.time() - seconds
    for lease in folder.glob("crawl-*.lease"):  # Two, where it was stopped while it took the next one.
        os.utime(lease, (moment, moment))


@pytest.fixture
def machines(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Say which machine this thread is on, of those that share a home and no lock of the system."""
    here = threading.local()

    def be_on(name: str) -> None:
        here.name = name

    be_on("a")
    monkeypatch.setattr(scraper.holder, "_host", lambda: getattr(here, "name", "nobody"))
    monkeypatch.setattr(scraper.holder, "_boot", lambda: f"boot of {getattr(here, 'name', 'nobody')}")
    monkeypatch.setattr("scraper.crawl.lease.fcntl.flock", lambda file, how: None)
    return be_on


def test_on_one_machine_the_lease_of_a_killed_worker_is_free_at_once(folder: Path) -> None:
    killed_holder(folder)
    with Lease(folder) as lease:
        assert (lease.number, lease.is_moving) == (2, False)
        with pytest.raises(LockedError, match=rf"lechan is being crawled into .* process {os.getpid()}"):
            Lease(folder)
    with Lease(folder) as lease:
        assert lease.number == 3
        assert [path.name for path in folder.glob("*.lease")] == ["crawl-000003.lease"]


def test_on_another_machine_a_killed_worker_is_followed_when_it_was_silent_long_enough(folder: Path) -> None:
    killed_holder(folder, "a")
    fall_silent(folder, STALE_SECONDS - 60)
    for _ in range(2):  # Asking does not make it younger.
        with pytest.raises(
            LockedError, match=r"`crawl lechan`, process \d+ on a, .* last heard of \d+ s ago"
        ):
            Lease(folder)
    fall_silent(folder)
    lease = take_portal(folder)
    assert (lease.number, lease.is_moving) == (2, False)
    lease.close()


def test_one_alone_wins_a_race(folder: Path, machines: Callable[[str], None]) -> None:
    for turn in range(1, 6):
        with Lease(folder):
            pass
        (left,) = folder.glob("crawl-*.lease")
        left.write_text(left.read_text().replace('"released": true', '"released": false'))
        fall_silent(folder)
        start = threading.Barrier(6)
        won: list[Lease] = []
        lost: list[LockedError] = []

        def race(number: int, start: threading.Barrier, won: list[Lease], lost: list[LockedError]) -> None:
            machines(f"worker {number}")
            start.wait()
            try:
                won.append(Lease(folder))
            except LockedError as error:
                lost.append(error)

        racers = [threading.Thread(target=race, args=(number, start, won, lost)) for number in range(6)]
        for racer in racers:
            racer.start()
        for racer in racers:
            racer.join()
        assert (len(won), len(lost)) == (1, 5)
        assert won[0].number == 2 * turn
        won[0].check()
        won[0].close()


def test_who_slept_and_was_not_followed_goes_on_under_the_next_number(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Lease(folder) as lease:
        monkeypatch.setattr(module, "FENCE_SECONDS", 0.0)
        lease.check()
        assert lease.number == 2
        assert [path.name for path in folder.glob("*.lease")] == ["crawl-000002.lease"]


def test_who_slept_and_finds_the_disk_full_closes_its_own_files_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease = Lease(folder)

    def refuse(self: Lease, is_released: bool = False) -> None:
        raise OSError(ENOSPC, os.strerror(ENOSPC))

    with monkeypatch.context() as full:
        full.setattr(module, "FENCE_SECONDS", 0.0)
        full.setattr(Lease, "_write", refuse)
        with pytest.raises(LeaseLost, match="No space left"):
            lease.check()
    with (folder / "another").open("w") as other:  # It may have the number of the file that was refused.
        lease.close()
        other.write("whole")
    assert (folder / "another").read_text() == "whole"


@pytest.mark.parametrize("fence", [0.0, 1e9], ids=["slept long", "slept a little"])
def test_who_slept_and_was_followed_finds_it_out_and_disturbs_nobody(
    folder: Path, machines: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, fence: float
) -> None:
    sleeper = Lease(folder)
    fall_silent(folder)
    machines("b")
    follower = Lease(folder, "crawl lechan")
    assert follower.is_moving
    monkeypatch.setattr(module, "BEAT_SECONDS", 0.0)
    monkeypatch.setattr(module, "FENCE_SECONDS", fence)
    machines("a")
    for _ in range(2):
        with pytest.raises(LeaseLost, match=r"taken over by `crawl lechan`, process \d+ on b"):
            sleeper.check()
    sleeper.close()
    monkeypatch.setattr(module, "FENCE_SECONDS", 1e9)
    follower.check()
    assert json.loads((folder / "crawl-000002.lease").read_text())["released"] is False
    follower.close()
    assert json.loads((folder / "crawl-000002.lease").read_text())["released"] is True


def test_a_follower_that_died_before_it_left_the_ground_leaves_that_to_the_next(
    folder: Path, machines: Callable[[str], None]
) -> None:
    with Lease(folder):
        fall_silent(folder)
        machines("b")
        with Lease(folder) as died_here:
            assert died_here.is_moving
        machines("c")
        with Lease(folder) as follower:
            assert follower.is_moving
            follower.moved()
        with Lease(folder) as next_one:
            assert not next_one.is_moving


def test_what_a_sleeper_still_writes_into_its_frontier_is_refused(
    folder: Path, machines: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scraper.crawl.frontier, "is_shared", lambda path: True)
    page = Found("a", "https://lechan.test/a", "article")
    with Lease(folder), Frontier(folder / "frontier.sqlite") as sleeper:
        sleeper.adopt(page, 0)
        fall_silent(folder)
        machines("b")
        with take_portal(folder), Frontier(folder / "frontier.sqlite") as follower:
            with pytest.raises(HomeError, match="readonly"):
                sleeper.adopt(Found("b", "https://lechan.test/b", "article"), 0)
            assert follower.visit("a") is not None
            assert follower.visit("b") is None
            follower.adopt(Found("c", "https://lechan.test/c", "article"), 0)


def test_a_stalled_crawl_that_wakes_up_writes_nothing_more(site: Site, home: Path) -> None:
    paths = [site.article(number) for number in range(8)]
    site.sitemap(dict.fromkeys(paths))
    slow, may_answer, body = paths[3], threading.Event(), site.pages[paths[3]].body

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if site.paths().count(slow) == 1:
            may_answer.wait(60)
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    site.pages[slow] = Page(act=answer)
    portal = portal_for(f"127.0.0.1:{site.port}", sitemaps=("/sitemap.xml",))
    stalled = start_crawl([portal], home, machine="a")
    try:
        deadline = time.monotonic() + 60
        while done_articles(home) < 7 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert done_articles(home) == 7
        stalled.stall()
        fall_silent(home / "hai-phong")
        followed = run_crawl(portal, home, machine="b")
        left = files_of(home)
        time.sleep(DOUBT_SECONDS)
        may_answer.set()
        stalled.kill(signal.SIGCONT)
        out, err = stalled.wait()
    finally:
        may_answer.set()
        if stalled.is_running:
            stalled.kill()
    assert "portals" in followed, followed
    assert followed["portals"]["hai-phong"]["fetched"] == 1
    assert err == ""
    told = json.loads(out)
    assert (told["error"], told["exit_code"]) == ("LeaseLost", 3)
    assert "taken over by" in told["message"]
    assert files_of(home) == left
    assert len(archive_files(archive_folder(home, "hai-phong"))) == 2
    states, archived = end_state(home)
    assert set(archived.values()) == {1}
    assert len(archived) == 8
    assert {state for key, state in states.items() if key.endswith(".html")} == {"done"}


def files_of(home: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (home / "hai-phong").rglob("*") if path.is_file()}


def done_articles(home: Path) -> int:
    if not (home / "hai-phong" / "frontier.sqlite").exists():
        return 0
    try:
        return sum(row["kind"] == "article" and row["state"] == "done" for row in pages_of(home))
    except Exception:  # its tables are just being made
        return 0


MOUNTS = """\
22 28 0:21 / /proc rw,nosuid - proc proc rw
28 1 259:1 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p1 rw
40 28 0:52 / /srv rw,relatime shared:2 - nfs4 store:/srv rw,vers=4.2
41 40 259:1 /var/local /srv/on\\040this\\040machine rw - ext4 /dev/nvme0n1p1 rw
42 28 0:60 / /mnt/bucket rw - fuse.s3fs s3fs rw
43 28 0:61 / /mnt/mine rw - fuse.fuse-overlayfs x rw
"""


@pytest.mark.parametrize(
    ("path", "kind", "shared"),
    [
        ("/home/an", "ext4", False),
        ("/srv/cityledger/lechan", "nfs4", True),
        ("/srv/on this machine/lechan", "ext4", False),
        ("/srv-2/lechan", "ext4", False),
        ("/mnt/bucket/x", "fuse.s3fs", True),
        ("/mnt/mine", "fuse.fuse-overlayfs", False),
    ],
)
def test_which_file_systems_machines_share(path: str, kind: str, shared: bool) -> None:
    assert kind_of(Path(path), MOUNTS) == kind
    assert kind_is_shared(kind) == shared
