"""A name from a program stays a name: each report of a hostile text has the form of the report of a plain one.

Every format is read back by a reader of its own. What the reader finds may differ in the text only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from markdown_it import MarkdownIt

from residency.report import FORMATS, limits
from residency.report.json import SCHEMA
from tests.residency.report import test_github, test_junit, test_sarif
from tests.residency.report.hostile import HOSTILE, PLAIN, hostile_result

JSON_FORM: Any = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
URI = re.compile(r"(file://)?[A-Za-z0-9._~%/:-]*")
OURS = {"details", "summary"}
MARKDOWN = {"p", "strong", "code", "ol", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"}
# What a terminal or a log would act on; only the line's end is ours.
CONTROLS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]|##"
)


def form_of_text(text: str) -> object:
    """The beginning of every line."""
    assert not CONTROLS.search(text)
    return [re.split(r"[:\d]", line)[0] for line in text.split("\n")]


def form_of_json(text: str) -> object:
    """What the published schema allows, and how many of each."""
    document = json.loads(text)
    assert [error.message for error in JSON_FORM.iter_errors(document)] == []
    return len(document["verdicts"]), len(document["notes"])


def form_of_sarif(text: str) -> object:
    """What the standard allows, without a link or an argument in any message."""
    document = json.loads(text)
    assert [error.message for error in test_sarif.VALIDATOR.iter_errors(document)] == []
    run = document["runs"][0]
    messages = [each["message"]["text"] for each in run["results"]]
    messages += [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    for result in run["results"]:
        for place in (*result["locations"], *result.get("relatedLocations", ())):
            uri = place["physicalLocation"]["artifactLocation"]["uri"]
            assert URI.fullmatch(uri), uri
            assert ".." not in uri.split("/")
        messages += [each["message"]["text"] for each in result.get("relatedLocations", ())]
        assert len(result["message"]["text"]) <= 4 * limits.TEXT
    for message in messages:
        assert "](" not in message
        assert not re.search(r"(?<!\{)\{(\{\{)*\d+\}", message)
        assert not CONTROLS.sub("", message).count("\x1b")
    return [(each["ruleId"], each["level"], len(each["message"]["text"].split("\n"))) for each in run["results"]]


def form_of_junit(text: str) -> object:
    """What the schema allows, element by element."""
    test_junit.SCHEMA.validate(text)  # pyright: ignore[reportUnknownMemberType]
    top = ET.fromstring(text)  # noqa: S314 - our own text
    for element in top.iter():
        assert not any(CONTROLS.search(value) for value in (element.text or "", *element.attrib.values()))
    return sorted(element.tag for element in top.iter())


def form_of_github(text: str) -> object:
    """The commands that the runner would obey, and the lines that it would print."""
    assert not CONTROLS.search(text)
    lines = text.splitlines()
    assert text == "\n".join(lines) + "\n"
    found = test_github.commands(text)
    assert len(found) == sum(line.lstrip().startswith("::") for line in lines)
    return [(level, sorted(properties), len(message.split("\n"))) for level, properties, message in found]


def form_of_gitlab(text: str) -> object:
    """Each entry's keys."""
    entries = json.loads(text)
    assert not any(CONTROLS.search(each["description"] + each["location"]["path"]) for each in entries)
    return [(each["check_name"], each["severity"], sorted(each)) for each in entries]


class Tags(HTMLParser):
    """The tags, addresses and texts of a page, as a browser finds them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.attributes: set[str] = set()
        self.comments: list[str] = []
        self.words: list[str] = []
        self._code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count a tag and keep its attributes."""
        self.found.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self._code += tag == "code"

    def handle_endtag(self, tag: str) -> None:
        """Leave a tag."""
        self._code -= tag == "code"

    def handle_comment(self, data: str) -> None:
        """Keep a comment."""
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        """Keep a text that is not code."""
        if not self._code:
            self.words.append(data)


def form_of_markdown(text: str) -> object:
    """The page's tags, with HTML allowed and without: ours only, and no text that a service makes a link of."""
    assert not CONTROLS.search(text)
    forms: list[list[str]] = []
    for html in (True, False):
        reader = MarkdownIt("gfm-like", {"html": html, "linkify": True})
        page = Tags()
        page.feed(reader.render(text))
        assert set(page.found) <= MARKDOWN | (OURS if html else set())
        assert page.attributes <= {"style"}
        assert page.comments == ([" residency report "] if html else [])
        assert not re.search(r"[@#$]|://|www\.|!\d|:\w+:", "\n".join(page.words))
        forms.append([tag for tag in page.found if tag != "code"])
    return forms


def form_of_comment(text: str) -> object:
    """A comment that GitHub takes."""
    assert len(text.encode()) <= limits.COMMENT_BYTES
    return form_of_markdown(text)


class Data(HTMLParser):
    """The tags of the page with their attributes' names, and the texts of its scripts by their types."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.scripts: dict[str, str] = {}
        self._script: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag; the addresses of links may only lead to places of the page itself."""
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self._script = dict(attrs).get("type") or "" if tag == "script" else None
        for name, value in attrs:
            assert not name.startswith("on")
            assert name not in ("href", "src") or (value or "").startswith(("#", "data:,"))

    def handle_endtag(self, tag: str) -> None:
        """Leave a script."""
        self._script = None if tag == "script" else self._script

    def handle_data(self, data: str) -> None:
        """Keep what a script holds."""
        if self._script is not None:
            self.scripts[self._script] = data


def form_of_html(text: str) -> object:
    """Which tags the page has, none of them from a name, and data that are JSON. Words between backticks are code."""
    assert not CONTROLS.search(text)
    page = Data()
    page.feed(text)
    json.loads(page.scripts["application/json"])
    assert [tag for tag, _ in page.tags].count("script") == len(page.scripts)
    return {each for each in page.tags if each[0] != "code"}


FORMS: dict[str, Callable[[str], object]] = {
    "text": form_of_text,
    "json": form_of_json,
    "sarif": form_of_sarif,
    "junit": form_of_junit,
    "github": form_of_github,
    "gitlab": form_of_gitlab,
    "markdown": form_of_comment,
    "summary": form_of_markdown,
    "html": form_of_html,
}
PLAIN_FORMS = {name: form(FORMATS[name](hostile_result(PLAIN))) for name, form in FORMS.items()}


def test_every_format_is_read_back() -> None:
    """A new format needs a reader here, or no hostile name is tried on it."""
    assert set(FORMS) == set(FORMATS)


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("name", FORMS)
def test_a_hostile_text_changes_nothing_but_the_text(name: str, hostile: str) -> None:
    report = FORMATS[name](hostile_result(HOSTILE[hostile]))
    report.encode()
    assert FORMS[name](report) == PLAIN_FORMS[name]
