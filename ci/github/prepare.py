"""First step: reads the action's inputs, refuses what is no input, and says where things go.

In:  ``INPUT_...`` variables, one an input; lists are one a line. Nothing of them ever becomes text of a shell.
Out: outputs ``folder`` (of this run's files), ``environment`` (where the engine is installed), ``downloads`` and
     ``cache-key``; the settings for the later steps. Ends with 2 and an error at the run if an input is wrong.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import runner

ROOT = Path(__file__).resolve().parents[2]


class WrongInputError(Exception):
    """An input that cannot be meant."""


def main() -> int:
    """Read the inputs; 0, or 2 after an error at the run."""
    try:
        matching("FAIL_ON", "(outside|undetermined|never)?", "outside, undetermined or never")
        extras = matching("EXTRAS", "[a-z, ]*", "names with commas between them, such as pulumi,aws")
        base = Path(os.environ["RUNNER_TEMP"], "residency")
        lock = hashlib.sha256((ROOT / "uv.lock").read_bytes()).hexdigest()
        environment = base / f"environment-{_digest(str(ROOT), lock, extras)}"
        given = read(str(environment))
    except WrongInputError as error:
        runner.error(str(error))
        return 2
    base.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=base))
    given.write(folder)
    runner.output("folder", folder)
    runner.output("environment", environment)
    runner.output("downloads", os.environ.get("UV_CACHE_DIR") or base / "downloads")
    machine = f"{platform.system()}-{platform.machine()}-{sys.version_info.major}.{sys.version_info.minor}"
    runner.output("cache-key", f"residency-{machine}-{_digest(lock, extras)}")
    return 0


def read(environment: str) -> runner.Settings:
    """The settings that the inputs ask for.

    Raises:
        WrongInputError: an input is not one that could be meant.
    """
    place = _working_directory()
    targets = [placed(place, each) for each in lines("TARGETS") or ["."]]
    if text("BASE") and (len(targets) != 1 or not Path(targets[0]).is_dir()):
        raise WrongInputError("`base` compares two revisions of one project: name its folder as the only target")
    return runner.Settings(
        environment=environment,
        judging=list(_judging(place, targets)),
        keeping=[
            f"--{name}={placed(place, value)}" for name in ("baseline", "record") if (value := text(name.upper()))
        ],
        targets=targets,
        base=text("BASE"),
        html=placed(place, text("HTML")) if text("HTML") else "",
        annotations=flag("ANNOTATIONS"),
        summary=flag("SUMMARY"),
        sarif=flag("SARIF"),
        comment=flag("COMMENT"),
        author=text("COMMENT_AUTHOR") or "github-actions[bot]",
    )


def _judging(place: Path, targets: list[str]) -> Iterator[str]:
    if text("STACK"):
        yield f"--stack={text('STACK')}"
    for each in lines("REGION"):
        target, equals, code = each.rpartition("=")
        yield f"--region={placed(place, target)}={code}" if equals else f"--region={code}"
    if text("CONFIGURATION"):
        yield f"--configuration={placed(place, text('CONFIGURATION'))}"
    yield from (f"--parameter={each}" for each in lines("PARAMETERS"))
    yield from (f"--with-state={placed(place, each)}" for each in lines("WITH_STATE"))
    perimeter = _perimeter(place, targets)
    if perimeter:
        yield f"--perimeter={perimeter}"


def _perimeter(place: Path, targets: list[str]) -> str:
    """The one that is named, else the working directory's own file where the target has none."""
    named = text("PERIMETER")
    if named:
        file = placed(place, named)
        return file if Path(file).is_file() else named
    own = place / "residency.toml"
    of_target = len(targets) == 1 and Path(targets[0], "residency.toml").is_file()
    return str(own) if place != Path() and own.is_file() and not of_target else ""


def _working_directory() -> Path:
    place = Path(text("WORKING_DIRECTORY") or ".")
    if not place.is_dir():
        raise WrongInputError(f"`working-directory` is `{place}`, which is no folder here")
    return place


def placed(place: Path, name: str) -> str:
    """A path as seen from the folder of the run, which is the repository's: reports show paths relative to it."""
    return os.path.normpath(place / name) if place != Path() else name


def text(name: str) -> str:
    """An input of one line.

    Raises:
        WrongInputError: it has several.
    """
    value = os.environ.get(f"INPUT_{name}", "").strip()
    if len(value.splitlines()) > 1:
        raise WrongInputError(f"`{_named(name)}` has several lines")
    return value


def lines(name: str) -> list[str]:
    """An input that is a list, one a line."""
    return [each.strip() for each in os.environ.get(f"INPUT_{name}", "").split("\n") if each.strip()]


def flag(name: str) -> bool:
    """An input that is true or false.

    Raises:
        WrongInputError: it is neither.
    """
    return matching(name, "(true|false)?", "true or false") == "true"


def matching(name: str, form: str, meant: str) -> str:
    """An input of a certain form.

    Raises:
        WrongInputError: it has another.
    """
    value = text(name)
    if not re.fullmatch(form, value):
        raise WrongInputError(f"`{_named(name)}` is `{value}`: write {meant}")
    return value


def _named(name: str) -> str:
    return name.lower().replace("_", "-")


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main())
