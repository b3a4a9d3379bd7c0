"""A failure is described from the user's own files, whatever was raised."""

from __future__ import annotations

from pathlib import Path

from residency.ingest.evaluator.failure import describe
from residency.ingest.evaluator.position import Locator

HERE = Locator(str(Path(__file__).parent))
ELSEWHERE = Locator(str(Path(__file__).parent / "nowhere"))


def throw(error: BaseException) -> None:
    raise error


def raised(error: BaseException) -> BaseException:
    try:
        throw(error)
    except BaseException as caught:  # noqa: BLE001 - any is wanted
        return caught
    raise AssertionError


def test_the_innermost_line_of_the_users_files_is_the_place() -> None:
    found = describe(raised(ValueError("no")), HERE)
    assert (found["kind"], found["type"], found["message"]) == ("crash", "ValueError", "no")
    assert found["where"].startswith("test_failure.py:")
    assert found["frames"][-1].endswith(", in throw")


def test_an_exception_of_a_library_has_the_place_of_its_cause() -> None:
    error = ValueError("outer")
    error.__cause__ = raised(KeyError("inner"))
    assert describe(error, HERE)["where"].startswith("test_failure.py:")


def test_an_exception_that_is_its_own_cause_is_described() -> None:
    error = ValueError("no")
    error.__cause__ = error
    assert describe(error, ELSEWHERE) == {
        "kind": "crash",
        "type": "ValueError",
        "message": "no",
        "where": "",
        "frames": [],
    }


def test_an_exception_whose_text_cannot_be_made_keeps_its_type() -> None:
    class Broken(Exception):  # noqa: N818 - a name for this test
        def __str__(self) -> str:
            raise RuntimeError

    assert describe(raised(Broken()), HERE)["message"] == ""


def test_an_endless_message_is_cut() -> None:
    assert len(describe(raised(ValueError("x" * 100_000)), HERE)["message"]) == 2000


def test_a_missing_module_is_its_own_kind() -> None:
    found = describe(raised(ModuleNotFoundError("No module named 'a.b'", name="a.b")), HERE)
    assert (found["kind"], found["name"]) == ("module", "a.b")


def test_an_exit_keeps_its_code() -> None:
    found = describe(raised(SystemExit(4)), HERE)
    assert (found["kind"], found["message"]) == ("exit", "4")


def test_a_message_that_is_no_text_can_still_be_written() -> None:
    assert describe(raised(ValueError("a\udc80b")), HERE)["message"] == "a?b"
