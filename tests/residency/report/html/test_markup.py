"""No text becomes markup, and what cannot be seen is shown."""

from __future__ import annotations

from residency.report.html.markup import Markup, element, joined, text


def test_a_text_is_escaped_and_ascii() -> None:
    assert text("<b> & \"quotes\" 'n' ö\u202e") == "&lt;b&gt; &amp; &quot;quotes&quot; &#x27;n&#x27; &#246;\\u202e"


def test_content_is_escaped_unless_it_is_markup() -> None:
    assert element("p", {"title": '"'}, "<", element("b", None, "x")) == '<p title="&quot;">&lt;<b>x</b></p>'


def test_an_attribute_without_a_value_is_left_out() -> None:
    assert element("th", {"class": None, "scope": "col"}) == '<th scope="col"></th>'


def test_parts_joined_stay_markup() -> None:
    assert isinstance(joined("a", Markup("<br>")), Markup)
    assert joined("<", Markup("<br>")) == "&lt;<br>"
