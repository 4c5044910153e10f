"""portals new, check and record as a person runs them, against the served replica."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from typer.testing import CliRunner, Result

import orchestrate
from scraper.onboarding.asked import Reply
from scraper.onboarding.examine import look_at
from scraper.onboarding.links import template_of
from scraper.onboarding.recorded import pages_of
from scraper.onboarding.suggestion import suggest
from scraper.portal_catalogue import load_portals
from scraper.replica import Served
from tests.cli.conftest import run

SLUG = "lechan-haicang"
URL = "http://lechan.haicang.test"


def offline(*arguments: str | Path) -> Result:
    """Run a command that asks nobody, in this process."""
    return CliRunner().invoke(orchestrate.app, [*map(str, arguments)], env={"COLUMNS": "200"})


@pytest.fixture(scope="module")
def folder(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of portals that `portals new` made."""
    folder = tmp_path_factory.mktemp("mine") / "portals"
    done = run("portals", "new", URL, "--connect", served.connect, "--rate", "500", "--portals-dir", folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "vnpt (0." in done.stdout
    assert "[selector, 0.95]" in done.stdout
    assert "note: which area it belongs to is not known" in done.stdout
    assert done.stdout.count("recorded ") == 3
    return folder


@pytest.fixture
def redesigned(served: Served) -> Iterator[None]:
    served.faults.add("redesign", host="lechan.haicang.test")
    yield
    served.faults.clear()


def test_the_drafted_file_loads_and_lies_beside_its_pages(folder: Path) -> None:
    portal = load_portals(folder)[SLUG]
    assert (portal.family, portal.is_verified, portal.rate) == ("vnpt", False, 500)
    assert portal.discovery.named == {"listing"}
    pages = pages_of(folder, SLUG)
    assert len(pages) == 3
    for page in pages:
        meta = json.loads((page / "meta.json").read_text("utf-8"))
        expected = json.loads((page / "expected.json").read_text("utf-8"))
        assert meta["url"].startswith(URL)
        assert expected["layout"] == "vnpt"
        assert page.name.startswith(expected["date_published"][:10])


def test_a_healthy_portal_is_said_to_be(folder: Path) -> None:
    done = run("portals", "check", SLUG, "--portals-dir", folder, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    (told,) = json.loads(done.stdout)
    assert told["is_good"]
    assert told["points"][0]["what"] == "robots"
    assert len(told["articles"]) == 3
    assert {part["part"] for one in told["articles"] for part in one["selectors"] if part["found"]} >= {
        "headline",
        "date",
        "body",
    }


@pytest.mark.usefixtures("redesigned")
def test_a_redesigned_portal_is_at_fault_and_the_selectors_are_named(folder: Path) -> None:
    done = run("portals", "check", SLUG, "--portals-dir", folder)
    assert done.returncode == 1
    assert "FAULT" in done.stdout
    assert "no layout fits the page (vnpt)" in done.stdout
    assert f"{SLUG}: something is at fault" in done.stderr


@pytest.mark.usefixtures("redesigned")
def test_selectors_are_suggested_where_no_layout_fits(folder: Path, served: Served) -> None:
    portal = load_portals(folder)[SLUG]
    replies = []
    for page in pages_of(folder, SLUG):
        url = json.loads((page / "meta.json").read_text("utf-8"))["url"]
        asked = Request(
            f"http://{served.connect}{urlsplit(url).path}", headers={"Host": "lechan.haicang.test"}
        )
        with urlopen(asked) as answer:
            replies.append(Reply(url, url, "ok", "", 200, {}, answer.read()))
    looks = [look_at(reply, portal) for reply in replies]
    assert {look.article.layout for look in looks} == {"generic"}
    assert suggest(replies, looks) == {"headline": ".moi-title-detail", "body": ".moi-content-detail"}


def test_a_page_is_recorded_once_and_again_where_that_is_said(folder: Path) -> None:
    page = pages_of(folder, SLUG)[0]
    url = json.loads((page / "meta.json").read_text("utf-8"))["url"]
    given = ("portals", "record", SLUG, url, "--name", "mot-trang", "--portals-dir", folder)
    done = run(*given, "--what", "an ordinary page", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    recorded = folder / SLUG / "pages" / "mot-trang"
    assert json.loads(done.stdout)["folder"] == str(recorded)
    assert json.loads((recorded / "meta.json").read_text("utf-8"))["what"] == "an ordinary page"
    for name in ("expected.json", "page.html"):
        assert (recorded / name).stat().st_size > 500
    assert (recorded / "expected.json").read_text("utf-8") == (page / "expected.json").read_text("utf-8")
    again = offline(*given)
    assert again.exit_code == 2
    assert "is there already" in again.stderr


def test_recorded_pages_are_read_again_and_a_difference_is_shown_and_accepted(folder: Path) -> None:
    page = pages_of(folder, SLUG)[0]
    expected = page / "expected.json"
    right = json.loads(expected.read_text("utf-8"))
    asked = ("portals", "check", SLUG, "--recorded", "--portals-dir", folder)
    assert offline(*asked).exit_code == 0
    expected.write_text(json.dumps({**right, "headline": "Khác"}), encoding="utf-8")
    done = offline(*asked, "--json")
    assert done.exit_code == 1
    (bad,) = [row for row in json.loads(done.stdout) if not row["is_good"]]
    assert bad["page"] == page.name
    assert bad["differences"] == [{"field": "headline", "expected": "Khác", "read": right["headline"]}]
    assert offline(*asked, "--accept").exit_code == 0
    assert json.loads(expected.read_text("utf-8")) == right


@pytest.mark.parametrize(
    ("arguments", "words", "code"),
    [
        (["new", URL], "--portals-dir", 2),
        (["new", "https://lechan.haiphong.gov.vn", "--print"], "belongs to lechan already", 2),
        (["new", "https://kienan.haiphong.gov.vn", "--slug", "lechan", "--print"], "lechan is taken by", 2),
        (["new", "https://kienan.haiphong.gov.vn", "--slug", "../evil"], "--slug '../evil' must be", 2),
        (["new", "https://kienan.haiphong.gov.vn", "--slug", "Ab c", "--print"], "--slug 'Ab c' must be", 2),
        (["new", "mailto:ai@do", "--print"], "no address of a site", 2),
        (
            ["new", "https://kienan.haiphong.gov.vn", "--family", "joomla", "--print"],
            "'joomla' is not known",
            1,
        ),
        (
            ["new", "https://kienan.haiphong.gov.vn", "--ref-area", "Kiến An", "--print"],
            "ref_area: must be",
            1,
        ),
        (["check", "ngoquyen"], "retired on 2025-07-01, not asked", 1),
        (["check", "lechan", "--accept"], "--accept goes with --recorded", 2),
        (["check", "--recorded"], "--portals-dir", 2),
        (
            ["record", "haiphong", "https://vnexpress.net/a.html", "--portals-dir", "EMPTY"],
            "no address on",
            2,
        ),
        (
            ["record", "lechan", "https://lechan.haiphong.gov.vn/lien-he", "--portals-dir", "EMPTY"],
            "no article",
            2,
        ),
    ],
)
def test_what_cannot_be_is_refused_before_anybody_is_asked(
    arguments: list[str], words: str, code: int, tmp_path: Path
) -> None:
    done = offline("portals", *(tmp_path if word == "EMPTY" else word for word in arguments))
    assert words in done.stderr
    assert done.exit_code == code


def test_a_file_of_that_name_is_not_overwritten(folder: Path) -> None:
    done = offline("portals", "new", URL, "--portals-dir", folder)
    assert done.exit_code == 2
    assert "is there already" in done.stderr


def test_without_names_nobody_is_asked(folder: Path, served: Served) -> None:
    before = len(served.requests)
    done = offline("portals", "check", "--portals-dir", folder)
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == len(load_portals(folder))
    assert len(served.requests) == before


@pytest.mark.parametrize(
    ("listing", "link", "template"),
    [
        ("https://a.test/tin", "/tin?page=2", "{url}?page={page}"),
        ("https://a.test/tin/", "/tin/page/2/", "{url}/page/{page}/"),
        ("https://a.test/tin", "/tin/page-2/", "{url}/page-{page}/"),
        ("https://a.test/News.aspx?cat=9", "/News.aspx?cat=9&page=2", "{url}&page={page}"),
        (
            "https://a.test/tin",
            "/tin?_101_INSTANCE_x_cur=2&_delta=10",
            "{url}?_101_INSTANCE_x_cur={page}&_delta=10",
        ),
        ("https://a.test/tin", "/tin/bai-viet-2", None),
        ("https://a.test/tin", "/khac?page=2", None),
    ],
)
def test_how_a_listing_goes_on_is_told_by_its_links(listing: str, link: str, template: str | None) -> None:
    assert template_of(f'<p><a href="{link}">2</a></p>'.encode(), listing) == template
