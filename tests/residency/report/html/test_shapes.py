"""The committed shapes: small, sourced, and with a place for every country that the catalogue knows a place in."""

from __future__ import annotations

import re

from residency.catalogue.countries import countries
from residency.catalogue.places import places
from residency.report.html.shapes import FILE, shapes


def test_the_file_says_what_it_is_made_from_and_how() -> None:
    found = shapes()

    assert "Natural Earth" in found.source
    assert "public domain" in found.source
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", found.made)
    assert "python -m residency.report.html.shaping" in found.command


def test_the_file_is_small() -> None:
    assert FILE.stat().st_size <= 150_000


def test_every_country_of_the_catalogue_has_a_place_on_both_maps() -> None:
    found = shapes()
    known = {country for place in places() for country in place.countries}

    assert known
    for view in (found.europe, found.world):
        assert known <= {*view.points, *view.beyond}
    assert found.world.beyond == {}


def test_the_codes_are_those_of_iso() -> None:
    found = shapes()

    assert {*found.world.land, *found.europe.land} - {""} <= set(countries())


def test_marks_stand_in_their_frames() -> None:
    for view in (shapes().europe, shapes().world):
        for x, y in (*view.points.values(), *view.beyond.values()):
            assert 0 < x < view.width
            assert 0 < y < view.height
