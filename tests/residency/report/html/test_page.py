"""The page as text: whole in itself, the same each time, and closed by a policy that names its own parts."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import subprocess
import sys
from pathlib import Path

import pytest

from residency.cli.main import main
from residency.report.html import render
from residency.report.html.page import FOLDER, SCRIPTS, STYLES
from tests.residency.report.html.results import hostile_result, large_result
from tests.residency.samples import sample_result

LEAK = Path(__file__).parents[4] / "examples" / "leaks" / "disaster-recovery"
MAX_LINES = 400


def inside(page: str, tag: str) -> list[str]:
    """The contents of the elements of a name that have no attributes."""
    return re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)


def policy(page: str) -> dict[str, str]:
    """The directives of the page's policy."""
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert found
    return {each.partition(" ")[0]: each.partition(" ")[2] for each in html.unescape(found[1]).split("; ")}


def test_the_policy_forbids_all_but_the_pages_own_style_and_script() -> None:
    page = render(sample_result())
    directives = policy(page)

    def own(tag: str) -> str:
        (content,) = inside(page, tag)
        return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"

    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == own("script")
    assert directives["style-src"] == own("style")
    assert directives["base-uri"] == directives["form-action"] == directives["trusted-types"] == "'none'"
    assert "unsafe" not in str(directives)


def test_the_page_names_no_other_file() -> None:
    page = render(hostile_result())
    markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
    own = "".join(inside(page, "script") + inside(page, "style"))

    assert re.findall(r"<(?:link|img|iframe|object|embed|base|form|use|image)\b", markup) == []
    assert (
        re.findall(r"""\s(?:src|srcset|action|style|on\w+)\s*=\s*["']""", re.sub(r'"[^"]*"', '""', markup))
        == [
            # none: even an attribute of our own could be one that the policy has to stop
        ]
    )
    assert {each for each in re.findall(r' href="([^"]*)"', markup) if not each.startswith("#")} == set()
    assert re.findall(r"https?:|url\(|@import|\bimport\b|fetch\(|XMLHttpRequest|WebSocket|sendBeacon", own) == []


def test_the_scripts_write_texts_only() -> None:
    for name in SCRIPTS:
        text = (FOLDER / "scripts" / name).read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", text), name


def test_every_script_and_style_is_part_of_the_page_and_short() -> None:
    scripts, styles = sorted((FOLDER / "scripts").iterdir()), sorted((FOLDER / "styles").iterdir())

    assert sorted(SCRIPTS) == [file.name for file in scripts]
    assert sorted(STYLES) == [file.name for file in styles]
    for file in [*scripts, *styles, FOLDER / "page.html"]:
        assert len(file.read_text("utf-8").splitlines()) <= MAX_LINES, file.name
    assert inside(render(sample_result()), "script")[0].startswith('(() => {\n"use strict";\n')


@pytest.mark.parametrize("result", [sample_result(), hostile_result(), large_result(200)])
def test_the_same_result_gives_the_same_bytes_in_ascii(result: object) -> None:
    """ASCII: no server that serves the page can garble it by another charset."""
    page = render(result)  # pyright: ignore[reportArgumentType]

    assert page == render(result)  # pyright: ignore[reportArgumentType]
    assert page.isascii()
    assert page.endswith("</html>\n")


def test_the_bytes_do_not_depend_on_the_seed_of_hashes() -> None:
    program = (
        "import hashlib; from residency.report.html import render;"
        "from tests.residency.report.html.results import large_result;"
        "print(hashlib.sha256(render(large_result(300)).encode()).hexdigest())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[4])},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1


def test_the_command_line_writes_the_page_and_ends_as_ever(tmp_path: Path) -> None:
    ended = main(["check", str(LEAK), "--perimeter", "eea", "--format", "html", "--output", str(tmp_path / "a.html")])

    assert ended == 1
    page = (tmp_path / "a.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>\n")
    assert "would be outside &#8220;eea&#8221;" in page


def test_other_formats_do_not_load_the_page() -> None:
    program = (
        "import sys; from residency.cli import commands;"
        "print([name for name in sys.modules if name.startswith('residency.report.html')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
