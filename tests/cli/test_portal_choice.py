"""Which portals a command takes: those named, those of one's own folder, those that the home holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.errors import PortalError, UsageError
from scraper.portal_catalogue import PORTALS_DIR, load_portals
from scraper.portal_choice import chosen_portals
from tests.cli.conftest import City

GOOD = 'name = "Cổng"\nbase_url = "https://kienan.test"\nfamily = "vnpt"\n'


def own(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "portals"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def slugs(names: list[str], home: Path, folder: Path | None, faults: list[PortalError]) -> list[str]:
    return [portal.slug for portal in chosen_portals(names, home, folder, faults)]


def test_without_names_the_portals_of_ones_own_folder_are_taken(tmp_path: Path) -> None:
    assert slugs([], tmp_path / "home", own(tmp_path, kienan=GOOD), []) == ["kienan"]


def test_without_names_the_portals_that_the_home_holds_are_taken(tmp_path: Path) -> None:
    (tmp_path / "home" / "lechan" / "archive").mkdir(parents=True)
    assert slugs([], tmp_path / "home", None, []) == ["lechan"]


def test_a_faulty_file_is_left_out_and_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    faults: list[PortalError] = []
    folder = own(tmp_path, kienan=GOOD, broken=GOOD.replace("family", "famly").replace("kienan", "broken"))
    assert slugs([], tmp_path / "home", folder, faults) == ["kienan"]
    assert [str(fault).partition(":")[0] for fault in faults] == ["broken.toml"]


def test_a_faulty_file_that_is_named_is_refused(tmp_path: Path) -> None:
    folder = own(tmp_path, kienan=GOOD, broken="famly = 1\n")
    with pytest.raises(PortalError, match=r"broken\.toml"):
        chosen_portals(["broken"], tmp_path / "home", folder, [])


def test_a_portal_of_the_home_without_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home" / "gone" / "archive").mkdir(parents=True)
    with pytest.raises(UsageError, match="gone"):
        chosen_portals([], tmp_path / "home", None, [])


def test_no_shipped_portal_is_taken_unless_it_is_named(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", own(tmp_path, kienan=GOOD)
    for portals_dir in (None, PORTALS_DIR):
        with pytest.raises(UsageError, match="no portal was named"):
            chosen_portals([], home, portals_dir, [])
    assert slugs(["haiphong"], home, folder, []) == ["haiphong"]
    (home / "lechan" / "archive").mkdir(parents=True)
    assert slugs([], home, folder, []) == ["kienan", "lechan"]
    assert slugs([], home, PORTALS_DIR, []) == ["lechan"]


def test_a_refresh_without_names_leaves_the_shipped_portals_alone(city: City) -> None:
    crawled = {path.parent.name for path in city.home.glob("*/frontier.sqlite")}
    assert crawled == {path.stem for path in city.portals_dir.glob("*.toml")}
    assert not crawled & set(load_portals())
