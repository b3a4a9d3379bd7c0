"""The smaller parts: what was judged, the map in words, what stands beside it, notes."""

from __future__ import annotations

import re

import msgspec

from residency.check import CheckResult
from residency.model import Note
from residency.report.html import parts
from residency.report.html.atlas import Atlas, atlas
from residency.report.html.origins import Origins
from residency.report.html.shapes import shapes
from tests.residency.report.html.results import large_result
from tests.residency.samples import sample_result


def drawn(result: CheckResult) -> Atlas:
    """What the map of a result shows."""
    return atlas(result, Origins(result))


def rows(table: str) -> list[list[str]]:
    """The cells of each row, without tags."""
    found = re.findall(r"<tr>(.*?)</tr>", table)
    return [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in found]


def test_the_map_in_words_says_what_the_map_shows() -> None:
    result = sample_result()

    assert rows(parts.listed(drawn(result), result.perimeter.countries)) == [
        ["Country", "Perimeter", "Outside", "Undetermined", "Accepted", "Inside", "Places"],
        ["Ireland", "in it", "0", "0", "0", "1", "eu-west-1"],
        ["United States", "not in it", "2", "0", "1", "0", "us-east-1"],
        ["From", "To", "What", "Copies", "Outcome"],
        ["Ireland", "United States", "replica", "1", "&#10005;outside"],
    ]


def test_the_facts_name_perimeter_countries_and_targets() -> None:
    text = re.sub(r"<[^>]+>", "", parts.facts(sample_result()))

    assert "sample as of 2026-11-23" in text
    assert "30: Austria, Belgium" in text
    assert "5 resources, 5 placements" in text


def test_a_country_that_no_shape_has_stands_beside_the_map() -> None:
    result = sample_result()
    moved = [msgspec.structs.replace(each, countries=("GI",)) for each in result.verdicts if each.countries]
    result = msgspec.structs.replace(result, verdicts=tuple(moved))

    assert "Gibraltar" in parts.beside(drawn(result), shapes())


def test_the_first_view_is_europe_unless_nothing_of_it_is_there() -> None:
    result = sample_result()
    first = re.compile(r'data-view="(\w+)" aria-pressed="true"')

    assert first.findall(parts.views(shapes(), drawn(result), result.perimeter.countries)) == ["europe"]
    assert first.findall(parts.views(shapes(), Atlas((), (), (), {}), frozenset({"JP"}))) == ["world"]


def test_what_is_beside_the_map_is_there_in_words() -> None:
    text = re.sub(r"<[^>]+>", " ", parts.beside(drawn(large_result(2_000)), shapes()))

    assert re.search(r"Country not known +\? 20 undetermined", text)
    assert "Any of 12 countries" in text
    assert "Any country" in text


def test_a_note_says_where_and_how_to_settle_it() -> None:
    note = Note("a thing was assumed", "file.yaml:3", doubt=True, settle="say it")
    result = msgspec.structs.replace(sample_result(), notes=(note,))

    text = re.sub(r"<[^>]+>", "", parts.notes(result))
    assert text == "In doubt: a thing was assumed file.yaml:3To settle it: say it"
    assert "1 note" in parts.facts(result)
