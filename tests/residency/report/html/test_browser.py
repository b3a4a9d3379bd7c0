"""The page in a real browser: it asks nothing of a network, runs nothing but its own script, and does what it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from residency.report.html import render
from residency.report.html.findings import SHOWN
from tests.residency.report.html.browser import Opened, opened
from tests.residency.report.html.results import HOSTILE, hostile_result, inside_result, large_result
from tests.residency.samples import sample_result

CONTRAST = """
() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (color) => {
    const [r, g, b] = color.map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    for (let each = node; each; each = each.parentElement) {
      const color = rgb(getComputedStyle(each).backgroundColor);
      if (color.length < 4 || color[3] > 0) return color.slice(0, 3);
    }
    return rgb(getComputedStyle(document.body).backgroundColor).slice(0, 3);
  };
  const found = [];
  for (const node of document.querySelectorAll("body *:not(script):not(option)")) {
    const words = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
    if (!words || node.closest("svg, :disabled") || !node.checkVisibility()) continue;
    const [one, two] = [rgb(getComputedStyle(node).color).slice(0, 3), behind(node)].map(light).sort((a, b) => b - a);
    const ratio = (one + 0.05) / (two + 0.05);
    if (ratio < 4.5) found.push(`${node.tagName} ${node.className} ${ratio.toFixed(2)}: ${node.textContent}`);
  }
  return found;
}
"""
"""Texts whose contrast with what is behind them is less than WCAG 2.2 asks for (1.4.3: 4.5 to 1)."""


def test_the_page_asks_for_nothing_and_says_nothing(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, render(sample_result()), tmp_path) as found:
        found.page.wait_for_load_state("networkidle")

        assert found.page.locator(".unscripted:visible").count() == 0
        assert found.asked == [(tmp_path / "report.html").as_uri()]
        assert found.said == []
        assert found.status() == "5 of 5 verdicts"


def test_hostile_names_are_text_and_run_nothing(browser: Browser, tmp_path: Path) -> None:
    shown = [name for name in HOSTILE if name.isprintable() and not re.search("[\u202e\udcff]", name)]
    with opened(browser, render(hostile_result()), tmp_path) as found:
        for button in found.page.locator("tr.verdict .open").all():
            button.click()
        for box in found.page.locator(".box").all():
            box.click()
        found.page.locator(".reset").click()

        assert found.said == []
        assert len(found.asked) == 1
        assert found.page.locator("img, iframe, object, [onmouseover], [onclick]").count() == 0
        assert set(shown) < set(found.column("resource"))
        assert {"right\\u202eto left", "nul\\x00and bell\\x07", "lone\\udcffsurrogate"} < set(found.column("resource"))
        for name in shown:
            assert (
                name in found.page.locator("#findings ~ ol").inner_text() + found.page.locator(".findings").inner_html()
            )


def test_the_policy_stops_what_is_not_the_pages_own(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, render(sample_result()), tmp_path) as found:
        found.page.evaluate("() => (window.stopped = [])")
        found.page.evaluate(
            "() => document.addEventListener('securitypolicyviolation', (e) => stopped.push(e.effectiveDirective))"
        )
        found.page.evaluate(
            """async () => {
              const script = document.createElement("script");
              try { script.textContent = "window.ran = true"; document.body.append(script); } catch { /* refused */ }
              const image = document.createElement("img");
              image.src = "http://127.0.0.1:9/x.png";
              document.body.append(image);
              await fetch("http://127.0.0.1:9/").catch(() => null);
              const style = document.createElement("style");
              style.textContent = "body { display: none }";
              document.head.append(style);
            }"""
        )
        found.page.wait_for_function("() => stopped.length >= 4")

        stopped = set(found.page.evaluate("() => stopped"))
        assert {"img-src", "connect-src", "style-src-elem"} < stopped
        assert stopped & {"script-src-elem", "require-trusted-types-for"}
        assert found.page.evaluate("() => window.ran") is None
        assert found.page.evaluate("() => getComputedStyle(document.body).display") == "block"


def test_text_cannot_be_made_into_markup(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, render(sample_result()), tmp_path) as found:
        refused = found.page.evaluate(
            "() => { try { document.body.innerHTML = '<b>'; return ''; } catch (error) { return error.name; } }"
        )

        assert refused == "TypeError"


def test_a_search_finds_what_has_every_word(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, render(sample_result()), tmp_path) as found:
        found.page.get_by_label("Search").fill("REPLICATION us-east-1")

        assert found.status() == "1 of 5 verdicts"
        assert found.column("resource") == ["replication"]
        found.page.get_by_label("Search").fill("no such thing")
        assert found.status() == "0 of 5 verdicts"
        assert "No verdict fits." in found.page.locator(".verdicts").inner_text()
        found.page.get_by_role("button", name="Reset").click()
        assert found.status() == "5 of 5 verdicts"


def test_filters_narrow_together(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, render(sample_result()), tmp_path) as found:
        found.choose("country", "US")
        assert sorted(found.column("resource")) == ["copy", "old", "replication"]
        found.choose("rule", "RES001")
        assert sorted(found.column("resource")) == ["copy", "old"]
        found.page.locator(".outcomes button.accepted").click()
        assert found.column("resource") == ["copy"]
        found.choose("rule", "")
        found.choose("kind", "replica")
        assert found.column("resource") == ["replication"]


def test_a_heading_sorts_up_then_down_then_as_the_report_has_it(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, render(sample_result()), tmp_path) as found:
        own = found.column("resource")
        head = found.page.locator("th.resource")
        seen: list[tuple[str | None, list[str]]] = []
        for _ in range(3):
            head.get_by_role("button").click()
            seen.append((head.get_attribute("aria-sort"), found.column("resource")))

        assert seen == [("ascending", sorted(own)), ("descending", sorted(own)[::-1]), ("none", own)]


def test_details_open_by_mouse_and_by_keyboard(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, render(sample_result()), tmp_path) as found:
        found.page.get_by_label("Search").fill("replication")
        found.page.locator("tr.verdict").click()
        chain = found.page.locator(".details .chain .link strong").all_inner_texts()
        told = found.page.locator(".details").inner_text()

        assert chain == ["data", "replication", "copy", "us", "us-east-1"]
        assert "rules[0].destination.bucket" in told
        assert re.search(r"fingerprint\s+[0-9a-f]{32}", told)
        found.page.locator("tr.verdict .open").press("Enter")
        assert found.page.locator(".details").count() == 0
        assert found.page.locator("tr.verdict .open").get_attribute("aria-expanded") == "false"


def test_a_mark_of_the_map_shows_its_verdicts(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, render(sample_result()), tmp_path) as found:
        found.page.locator("#view-europe .mark[data-country=US]").press("Enter")
        assert found.status() == "3 of 5 verdicts"
        found.page.locator(".box").press("Enter")
        assert "mystery" in found.column("resource")[0]


def test_the_views_take_turns(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, render(sample_result()), tmp_path) as found:
        for name in ("world", "list", "europe"):
            found.page.locator(f".views [data-view={name}]").click()
            shown = [each.get_attribute("id") for each in found.page.locator(".view").all() if each.is_visible()]
            assert shown == [f"view-{name}"]


def test_the_label_of_europe_on_the_world_leads_to_its_map(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, render(large_result(2_000)), tmp_path) as found:
        found.page.locator(".views [data-view=world]").click()
        found.page.locator("#view-world .mark[data-view=europe]").click()

        assert found.page.locator("#view-europe").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_what_is_behind_it(browser: Browser, tmp_path: Path, scheme: str) -> None:
    with opened(browser, render(large_result(400)), tmp_path, color_scheme=scheme) as found:
        found.page.locator("tr.verdict").first.click()
        found.page.locator(".views [data-view=list]").click()

        assert found.page.evaluate(CONTRAST) == []


def test_the_button_overrules_the_colours_of_the_system(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, render(sample_result()), tmp_path, color_scheme="dark") as found:
        backgrounds: list[str] = []
        for _ in range(3):
            backgrounds.append(found.page.evaluate("() => getComputedStyle(document.body).backgroundColor"))
            found.page.locator("#theme").click()

        dark, light, again = backgrounds
        assert dark == again != light


def test_a_phone_shows_the_page_without_scrolling_sideways(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, render(hostile_result()), tmp_path, viewport={"width": 360, "height": 740}) as found:
        for row in found.page.locator("tr.verdict .open").all():
            row.click()

        assert found.page.evaluate("() => document.scrollingElement.scrollWidth") <= 360
        assert found.page.evaluate("() => document.querySelector('.wide').scrollWidth") <= 360


def test_the_keyboard_reaches_all_that_acts(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, render(sample_result()), tmp_path) as found:
        nameless = found.page.evaluate(
            """() => [...document.querySelectorAll("button, input, select, [role=button]")]
              .filter((each) => each.tabIndex < 0 || !(each.getAttribute("aria-label") || each.textContent.trim()
                || each.labels?.[0]?.textContent.trim()))
              .map((each) => each.outerHTML)"""
        )
        found.page.keyboard.press("Tab")

        assert nameless == []
        assert found.page.evaluate("() => document.activeElement.textContent") == "Skip to all verdicts"


def test_ten_thousand_verdicts_are_shown_page_by_page(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, render(large_result()), tmp_path) as found:
        assert found.status() == "10,000 of 10,000 verdicts"
        assert found.page.locator("tr.verdict").count() == 50
        found.page.get_by_role("button", name="Last").click()
        assert found.page.locator(".pages span").inner_text() == "9,951 to 10,000 of 10,000"
        found.page.get_by_label("Search").fill("store-04999")
        assert found.status() == "2 of 10,000 verdicts"
        assert found.said == []


def test_the_first_findings_are_shown_and_a_button_shows_the_others(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, render(large_result()), tmp_path) as found:
        assert found.page.locator(".card:visible").count() == 10
        found.page.get_by_role("button", name="Show 90 more findings").click()
        assert found.page.locator(".card:visible").count() == SHOWN


def test_without_javascript_the_head_and_the_findings_are_there(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, render(large_result()), tmp_path, java_script_enabled=False) as found:
        text = found.page.locator("main").inner_text()

        assert "469 placements of user data would be outside" in text
        assert found.page.locator(".card:visible").count() == SHOWN
        assert "The first 100 of 1,511 findings" in text
        assert "The table of all verdicts needs JavaScript, which this browser does not run." in text
        assert found.page.locator(".scripted:visible").count() == 0
        assert found.page.locator(".view:visible").count() == 3


def test_print_shows_every_finding_and_the_map_in_words(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, render(large_result()), tmp_path) as found:
        found.page.emulate_media(media="print")

        assert found.page.locator(".card:visible").count() == SHOWN
        assert found.page.locator("#view-list").is_visible()
        assert found.page.locator(".controls:visible, .views:visible").count() == 0


def test_pictures_of_the_page_differ_as_they_should(browser: Browser, tmp_path: Path) -> None:
    """Light and dark, wide and narrow, Europe and the world; the pictures stay in the test's folder to be looked at."""
    pictures = dict(_pictures(browser, tmp_path))

    assert all(picture.startswith(b"\x89PNG") for picture in pictures.values())
    assert len(set(pictures.values())) == len(pictures) == 5


def _pictures(browser: Browser, folder: Path) -> list[tuple[str, bytes]]:
    made: list[tuple[str, bytes]] = []

    def take(found: Opened, name: str, place: str) -> None:
        made.append((name, found.page.locator(place).screenshot(path=folder / f"{name}.png")))

    with opened(browser, render(sample_result()), folder) as found:
        take(found, "light", "main")
        found.page.locator(".views [data-view=world]").click()
        take(found, "world", ".atlas")
    with opened(browser, render(sample_result()), folder, color_scheme="dark") as found:
        take(found, "dark", "main")
    with opened(browser, render(sample_result()), folder, viewport={"width": 390, "height": 844}) as found:
        take(found, "phone", "main")
    with opened(browser, render(inside_result()), folder) as found:
        take(found, "inside", "main")
    return made
