"""The maps: promised countries coloured, labels with signs, arrows of copies, and what lies beyond the edge."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from residency.check import CheckResult
from residency.report.html.atlas import atlas
from residency.report.html.drawing import map_of, place_of
from residency.report.html.origins import Origins
from residency.report.html.shapes import shapes
from tests.residency.report.html.results import HOSTILE, hostile_result, large_result
from tests.residency.samples import sample_result


def drawn(result: CheckResult, view: str = "europe") -> ET.Element:
    """One map of a result, parsed."""
    all_shapes, found = shapes(), atlas(result, Origins(result))
    chosen, near = (all_shapes.europe, None) if view == "europe" else (all_shapes.world, all_shapes.europe)
    drawing = map_of(view, chosen, found, result.perimeter.countries, near)
    return ET.fromstring(drawing)  # noqa: S314 - our own


def marked(tree: ET.Element) -> dict[str, str]:
    """The words of each label, by country."""
    labels = tree.findall(".//g[@data-country]")
    return {each.attrib["data-country"]: " ".join(text.text or "" for text in each.findall("text")) for each in labels}


def test_the_promised_countries_are_coloured_and_no_others() -> None:
    titles = [
        each.findtext("title") or "" for each in drawn(sample_result()).findall(".//path[@class='land promised']")
    ]

    assert {"Ireland, in the perimeter", "Norway, in the perimeter"} < set(titles)
    assert not any("Switzerland" in title or "United Kingdom" in title for title in titles)


def test_a_label_says_country_sign_and_number() -> None:
    assert marked(drawn(sample_result())) == {"IE": "IE ✓ 1", "US": "US ✕ 2 ≈ 1"}


def test_a_label_is_named_for_those_who_cannot_see_it() -> None:
    label = drawn(sample_result()).find(".//g[@data-country='US']")

    assert label is not None
    assert label.attrib["aria-label"] == "United States: 3 placements: 2 outside, 1 accepted (us-east-1)"


def test_a_leak_is_a_red_arrow_with_its_way_in_words() -> None:
    (flow,) = drawn(sample_result()).findall(".//g[@class='flow outside']")

    assert flow.findtext("title") == "1 copy outside: Ireland to United States (replica)"


def test_a_country_beyond_the_edge_stands_at_the_edge_in_its_direction() -> None:
    view = shapes().europe

    america, japan, brazil = (place_of(view, code) for code in ("US", "JP", "BR"))
    assert america is not None
    assert japan is not None
    assert brazil is not None
    assert america[0] < 100
    assert japan[1] < 100
    assert japan[0] > view.width / 2
    assert brazil[1] > view.height / 2


def test_many_countries_of_europe_have_one_label_on_the_world() -> None:
    tree = drawn(large_result(2_000), "world")

    (europe,) = tree.findall(".//g[@data-view='europe']")
    result = large_result(2_000)
    held = {"AT", "BE", "CH", "DE", "DK", "ES", "FI", "FR", "GB", "IE", "IT", "NL", "NO", "PL", "SE"}
    count = sum(0 < len(verdict.countries) < 5 and held >= set(verdict.countries) for verdict in result.verdicts)
    assert europe.attrib["aria-label"].startswith(f"15 countries on the map of Europe: {count:,} placements: ")
    assert sorted(marked(tree)) == ["BR", "JP", "SG", "US"]


def test_no_label_covers_another_or_leaves_the_map() -> None:
    for view in ("europe", "world"):
        tree = drawn(large_result(2_000), view)
        boxes = [_box(label) for label in tree.findall(".//g[@class='mark']")]
        width, height = (float(size) for size in tree.attrib["viewBox"].split()[2:])
        for i, (left, top, right, bottom) in enumerate(boxes):
            assert 0 <= left < right <= width
            assert 0 <= top < bottom <= height
            assert not [b for b in boxes[i + 1 :] if left < b[2] and b[0] < right and top < b[3] and b[1] < bottom]


def _box(label: ET.Element) -> tuple[float, float, float, float]:
    x, y = (float(each) for each in re.findall(r"-?\d+", label.attrib["transform"]))
    frame = label.find("rect[@class='frame']")
    assert frame is not None
    left, top = x + float(frame.attrib["x"]), y + float(frame.attrib["y"])
    return left, top, left + float(frame.attrib["width"]), top + float(frame.attrib["height"])


def test_the_drawing_is_well_formed_whatever_the_names_are() -> None:
    assert marked(drawn(hostile_result())) == {"US": f"US ✕ {len(HOSTILE) // 2}"}
