"""`inspect --explain`: facts and problems are marked where they stand, in a terminal and on a safe page."""

from __future__ import annotations

import json
import re
from pathlib import Path

from bs4 import BeautifulSoup

from tests.cli.conftest import ROOT, run

SEED = ROOT / "tests" / "pages" / "haiphong" / "le-chan-2023-04-11" / "page.html"

HOSTILE = """<html><head><title>x</title>
<meta property="article:published_time" content="2023-04-11T08:00:00+07:00"></head>
<body><article><h1>Quận họp &lt;script&gt;alert(1)&lt;/script&gt;</h1>
<p>Thu ngân sách quý I/2023 của &lt;b onclick="x"&gt;quận Lê Chân&lt;/b&gt; đạt 27,1% kế hoạch &amp;amp;
tăng 33% so với cùng kỳ [bold red]năm trước[/]. Toàn quận còn 12 khung tranh tre.</p>
</article></body></html>"""


def test_a_terminal_shows_each_fact_in_its_place() -> None:
    done = run("inspect", SEED, "--portal", "haiphong", "--explain")
    assert done.returncode == 0, done.stderr
    text = done.stdout
    assert "‹kết nạp 50 đảng viên›[3]" in text
    assert "[M1] Hội nghị Quận ủy lần thứ 13, 11/04/2023" in text
    assert "‹Trần Thu Hương›[P1]" in text
    target = text[text.index("  [10] các chỉ tiêu") :]
    assert "bound at_least" in target
    assert "status: a word of a target" in target
    labels = re.findall(r"^  \[([^]]+)\]", text, re.MULTILINE)
    assert sorted(labels) == sorted([*map(str, range(1, 11)), "M1", "P1", "P2"])


def test_the_page_marks_every_fact_and_stands_by_itself(tmp_path: Path) -> None:
    page = tmp_path / "explained.html"
    done = run("inspect", SEED, "--portal", "haiphong", "--json", "--html", page)
    facts = json.loads(done.stdout)
    html = page.read_text(encoding="utf-8")
    tree = BeautifulSoup(html, "lxml")
    marked = [node.get_text() for node in tree.select("mark.figure")]
    assert any("27,1%" in text for text in marked)
    for number, figure in enumerate(facts["indicators"], 1):
        note = tree.select_one(f"#figure-{number}")
        assert note is not None
        assert figure["rule"] in note.get_text()
    assert len(tree.select("details.meeting")) == 1
    assert not re.search(r"(?:src|href)=\"(?!#)|@import|url\(", html)


def test_a_hostile_article_cannot_leave_its_place(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(HOSTILE, encoding="utf-8")
    done = run("inspect", tmp_path / "page.html", "--explain", "--html", tmp_path / "out.html")
    assert done.returncode == 0, done.stderr
    assert "[bold red]năm trước[/]" in done.stdout
    html = (tmp_path / "out.html").read_text(encoding="utf-8")
    tree = BeautifulSoup(html, "lxml")
    assert tree.select_one("script") is None
    assert tree.select_one("[onclick]") is None
    assert tree.select_one("mark.problem") is not None
    assert "unit_not_understood" in html
