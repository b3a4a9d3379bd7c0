"""Groups of countries: who is in on which day, and what a broken membership file is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from residency.catalogue.countries import countries
from residency.catalogue.membership import UnknownGroupError, groups, load, members, memberships
from residency.errors import CatalogueError

CHECKED = dt.date(2026, 11, 23)

VALID = """
[unions]
[sources.page]
title = "A page"
url = "https://example.org"
checked = 2026-11-23
[[member]]
group = "EU"
countries = ["IE"]
since = 1973-01-01
source = "page"
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "membership.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_eu_has_27_members_and_norway_is_not_one() -> None:
    assert len(members("EU", CHECKED)) == 27
    assert "NO" not in members("EU", CHECKED)


def test_the_eea_is_the_eu_with_iceland_liechtenstein_and_norway() -> None:
    assert members("EEA", CHECKED) - members("EU", CHECKED) == {"IS", "LI", "NO"}
    assert not members("EEA", CHECKED) & {"CH", "GB", "TR"}


def test_the_united_kingdom_was_in_the_eu_until_the_day_it_left() -> None:
    assert "GB" in members("EU", dt.date(2020, 1, 31))
    assert "GB" not in members("EU", dt.date(2020, 2, 1))


def test_europe_is_the_eea_and_the_european_countries_under_an_adequacy_decision() -> None:
    europe = members("europe", CHECKED)
    assert europe - members("EEA", CHECKED) == {"AD", "CH", "FO", "GB", "GG", "IM", "JE"}


def test_the_united_kingdom_leaves_europe_when_its_decision_ends() -> None:
    assert "GB" in members("europe", dt.date(2031, 12, 27))
    assert "GB" not in members("europe", dt.date(2031, 12, 28))
    assert "CH" in members("europe", dt.date(2031, 12, 28))


def test_brazil_is_adequate_since_2026_only() -> None:
    assert "BR" not in members("adequacy", dt.date(2026, 1, 25))
    assert "BR" in members("adequacy", dt.date(2026, 1, 26))


def test_a_decision_on_some_recipients_does_not_make_their_country_adequate() -> None:
    assert members("adequacy-partial", CHECKED) == {"CA", "US"}
    assert not members("adequacy", CHECKED) & {"CA", "US"}


def test_adequate_countries_are_those_of_the_commissions_list() -> None:
    expected = ["AD", "AR", "BR", "CH", "FO", "GB", "GG", "IL", "IM", "JE", "JP", "KR", "NZ", "UY"]
    assert sorted(members("adequacy", CHECKED)) == expected


def test_every_adequacy_decision_has_its_number_source_and_day() -> None:
    rows = [row for group in ("adequacy", "adequacy-partial") for row in memberships(group)]
    assert [row.country for row in rows if not (row.decision and row.source and row.checked)] == []


def test_a_partial_decision_says_whom_it_covers() -> None:
    assert [row.country for row in memberships("adequacy-partial") if not row.scope] == []


def test_every_country_of_every_group_is_an_iso_country() -> None:
    used = {row.country for group in groups() for row in memberships(group)}
    assert sorted(used - countries().keys()) == []


def test_an_unknown_group_names_the_known_ones() -> None:
    with pytest.raises(UnknownGroupError) as caught:
        members("EUU", CHECKED)
    assert "unknown group `EUU`" in caught.value.what
    assert "EEA" in caught.value.help
    assert isinstance(caught.value, KeyError)


def test_a_valid_file_is_read(tmp_path: Path) -> None:
    assert [row.country for row in load(write(tmp_path, VALID))["EU"]] == ["IE"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("source = ", "until = 1972-12-31\nsource = "), "ends before it begins"),
        (('source = "page"', 'source = "pag"'), "source `pag` is not in [sources]"),
        (('source = "page"', 'source = "pag"'), "source `page` is used by no row"),
        (('["IE"]', '["IE", "XX"]'), "unknown country `XX`"),
        (('["IE"]', '["IE", "IE"]'), "`IE` is in `EU` twice"),
        (("[unions]", '[unions]\nEEA = ["EU", "EFTA"]'), "union EEA: no group `EFTA`"),
        (("[unions]", '[unions]\nEU = ["EU"]'), "union EU: also a group"),
        (('source = "page"\n', ""), "missing required field `source`"),
        (("checked = 2026-11-23\n", ""), "missing required field `checked`"),
        (("[unions]", "[unions"), "cannot be read"),
    ],
)
def test_a_broken_file_is_refused_with_its_row(tmp_path: Path, change: tuple[str, str], fault: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load(write(tmp_path, VALID.replace(*change)))
    assert fault in caught.value.what
    assert caught.value.where == "membership.toml"


def test_all_rows_at_fault_are_named_at_once(tmp_path: Path) -> None:
    text = VALID.replace('["IE"]', '["XX", "YY"]').replace('source = "page"', 'source = "pag"')
    with pytest.raises(CatalogueError) as caught:
        load(write(tmp_path, text))
    for fault in ("`XX`", "`YY`", "`pag`"):
        assert fault in caught.value.what
