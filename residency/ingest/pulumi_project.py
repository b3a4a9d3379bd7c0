"""A Pulumi project on disk: its Pulumi.yaml, the chosen stack's file, the interpreter that its program wants.

In:  a folder (or its Pulumi.yaml) and perhaps a stack's name.
Out: a Project: where the program is, and its configuration as the SDK reads it, a text a key, without secrets.
Source: Pulumi's documentation, "Project file reference" and "Stack settings file reference"
(https://www.pulumi.com/docs/iac/concepts/projects/), and the engine's ``getPwdMain`` v3.259.0, 2026-11-23.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, cast

import msgspec

from residency.errors import InputError
from residency.model import Note

_SUFFIXES = (".yaml", ".yml", ".json")
_PLACEHOLDER = "residency-placeholder:"
_DEFAULT_STACK = "dev"
_AUTOMATION = re.compile(
    r"^\s*(?:import pulumi\.automation\b|from pulumi(?:\.automation\b| import .*\bautomation\b))", re.MULTILINE
)
_OTHER_SOURCES = "judge the output of `pulumi preview --json`, or of `pulumi stack export` for what is deployed"


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """A project and the stack of it that is judged.

    Attributes:
        name, stack: as they stand in URNs.
        root: the folder of Pulumi.yaml.
        folder: the program's working folder; ``program``: its file.
        config: full key (``aws:region``) to text; structured values are JSON.
        secrets: keys whose values are encrypted; their texts in ``config`` are placeholders.
        interpreter: the Python that has the project's packages; ``toolchain``: pip, uv or poetry.
        notes: what of the files could not be read here.
        stack_file: the chosen stack's settings, where there are any.
    """

    name: str
    stack: str
    root: Path
    folder: Path
    program: Path
    config: dict[str, str]
    secrets: tuple[str, ...]
    interpreter: Path
    toolchain: str
    notes: tuple[Note, ...] = ()
    stack_file: Path | None = None


class _Config(NamedTuple):
    values: dict[str, str]
    secrets: set[str]


def read_project(project: Path, stack: str | None, home: Path | None = None) -> Project:
    """Take a project's folder and a stack's name or None; give the Project.

    Its interpreter is looked for in ``home`` where that is given: another revision's files have no environment.

    Raises:
        InputError: no Pulumi.yaml, a runtime that is not Python, malformed YAML, no program, no such stack file,
            or several stacks and none chosen.
    """
    root = project if project.is_dir() else project.parent
    file = _find(root, "Pulumi")
    if file is None:
        raise _no_project(root)
    settings = _read(file)
    name = settings.get("name")
    if not isinstance(name, str) or not name:
        raise InputError("the project has no name", where=f"{file.name}: name", help="add `name:` to the file")
    runtime, options = _runtime(settings.get("runtime"), file)
    if runtime != "python":
        raise InputError(
            f"the program's runtime is `{runtime}`; only Python is evaluated",
            where=f"{file.name}: runtime",
            help=_OTHER_SOURCES,
        )
    folder, program = _program(root, settings.get("main"), file)
    chosen, stack_file = _stack(_stack_folder(root, settings), stack)
    notes: list[Note] = []
    config = _config(name, settings, file, stack_file, notes)
    interpreter = _interpreter(home or root, options, notes)
    return Project(
        name=name,
        stack=chosen,
        root=root.resolve(),
        folder=folder,
        program=program,
        config=config.values,
        secrets=tuple(sorted(config.secrets)),
        interpreter=interpreter,
        toolchain=str(options.get("toolchain") or "pip"),
        stack_file=stack_file,
        notes=tuple(notes),
    )


def has_stack(project: Path, stack: str) -> bool:
    """Whether a project has a file for a stack; the arguments are those of ``read_project``.

    Raises:
        InputError: no Pulumi.yaml, or malformed YAML.
    """
    root = project if project.is_dir() else project.parent
    file = _find(root, "Pulumi")
    if file is None:
        raise _no_project(root)
    return _find(_stack_folder(root, _read(file)), f"Pulumi.{stack.rpartition('/')[2]}") is not None


def _no_project(root: Path) -> InputError:
    """Say that there is no project; a program that drives Pulumi by its Automation API has none of itself."""
    for file in sorted(root.glob("*.py")):
        if _AUTOMATION.search(file.read_text(encoding="utf-8", errors="replace")):
            return InputError(
                f"no Pulumi.yaml in `{root}`: `{file.name}` drives Pulumi by its Automation API, and is no project",
                help=f"give the folder of the project that it runs; or {_OTHER_SOURCES}",
            )
    return InputError(f"no Pulumi.yaml in `{root}`", help="give the folder of a Pulumi project")


def _find(folder: Path, stem: str) -> Path | None:
    return next((folder / (stem + suffix) for suffix in _SUFFIXES if (folder / (stem + suffix)).is_file()), None)


def _read(file: Path) -> dict[str, Any]:
    try:
        import yaml  # noqa: PLC0415 - only projects need it
    except ModuleNotFoundError:
        raise InputError("reading a Pulumi project needs the module `yaml`", help="install `pyyaml`") from None

    class Loader(yaml.SafeLoader):
        """YAML 1.2's core types only: Pulumi reads `no` and `22:22` as texts."""

    Loader.yaml_implicit_resolvers = {}
    resolvers = (
        ("tag:yaml.org,2002:bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
        ("tag:yaml.org,2002:null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
        ("tag:yaml.org,2002:int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
        ("tag:yaml.org,2002:float", r"^[-+]?(?:0|[1-9][0-9]*)\.[0-9]+$", "-+0123456789"),
        ("tag:yaml.org,2002:merge", r"^<<$", "<"),
    )
    loader: Any = Loader
    for tag, pattern, first in resolvers:
        loader.add_implicit_resolver(tag, re.compile(pattern), list(first))
    try:
        found: object = yaml.load(file.read_text(encoding="utf-8-sig"), Loader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{file.name}:{mark.line + 1}" if mark is not None else file.name
        problem = getattr(error, "problem", None) or "it is not UTF-8 text"
        raise InputError(f"the file is not valid YAML: {problem}", where=place) from None
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise InputError("the file is not a YAML mapping", where=file.name)
    return cast("dict[str, Any]", found)


def _runtime(given: object, file: Path) -> tuple[str, Mapping[str, Any]]:
    if isinstance(given, str) and given:
        return given, {}
    if isinstance(given, dict):
        table = cast("dict[str, Any]", given)
        options = table.get("options")
        return str(table.get("name", "")), cast("dict[str, Any]", options) if isinstance(options, dict) else {}
    raise InputError("the project names no runtime", where=f"{file.name}: runtime", help="add `runtime: python`")


def _program(root: Path, main: object, file: Path) -> tuple[Path, Path]:
    """Give the working folder and the program's file: the engine runs it in the folder that holds it."""
    place = (root / str(main)).resolve() if main else root.resolve()
    program = place / "__main__.py" if place.is_dir() else place
    if not program.is_file():
        shown = os.path.relpath(program, root.resolve())
        raise InputError(f"the program `{shown}` does not exist", where=f"{file.name}: main" if main else file.name)
    return program.parent, program


def _stack_folder(root: Path, settings: Mapping[str, Any]) -> Path:
    given = settings.get("stackConfigDir") or settings.get("config")
    return root / given if isinstance(given, str) else root


def _stack(folder: Path, stack: str | None) -> tuple[str, Path | None]:
    names = sorted(
        path.stem.removeprefix("Pulumi.")
        for path in folder.glob("Pulumi.*")
        if path.suffix in _SUFFIXES and path.stem != "Pulumi"
    )
    if stack is not None:
        short = stack.rpartition("/")[2]  # organization/project/stack
        file = _find(folder, f"Pulumi.{short}")
        if file is None:
            known = ", ".join(f"`{name}`" for name in names)
            raise InputError(
                f"the stack `{short}` has no file `Pulumi.{short}.yaml`",
                where=folder.name,
                help=f"choose one of {known}" if known else "leave the stack out: the project has no stack file",
            )
        return short, file
    if len(names) > 1:
        raise InputError(
            "the project has several stacks: " + ", ".join(f"`{name}`" for name in names),
            where=folder.name,
            help=f"choose one, for example `--stack {names[0]}`",
        )
    return (names[0], _find(folder, f"Pulumi.{names[0]}")) if names else (_DEFAULT_STACK, None)


def _config(
    project: str, settings: Mapping[str, Any], file: Path, stack_file: Path | None, notes: list[Note]
) -> _Config:
    found = _Config({}, set())
    block: object = settings.get("config")
    if isinstance(block, dict):
        for key, declared in cast("dict[str, Any]", block).items():
            _add(found, _full(project, str(key)), _default(declared))
    elif isinstance(block, list):
        raise InputError("the configuration is not a mapping", where=f"{file.name}: config")
    if stack_file is None:
        return found
    stack = _read(stack_file)
    given: object = stack.get("config") or {}
    if not isinstance(given, dict):
        raise InputError("the configuration is not a mapping", where=f"{stack_file.name}: config")
    for key, value in cast("dict[str, Any]", given).items():
        _add(found, _full(project, str(key)), value)
    if stack.get("environment"):
        notes.append(
            Note(
                what="the stack takes configuration from Pulumi ESC environments, which are not read here",
                where=f"{stack_file.name}: environment",
                doubt=True,
                settle=_OTHER_SOURCES,
            )
        )
    return found


def _default(declared: object) -> object:
    """A key of the project file: its default, its value, or (in the short form) the value itself."""
    if isinstance(declared, dict):
        table = cast("dict[str, Any]", declared)
        if table.keys() & {"type", "default", "value", "description", "secret", "items"}:
            return table.get("value", table.get("default"))
    return cast("object", declared)


def _full(project: str, key: str) -> str:
    return key if ":" in key else f"{project}:{key}"


def _add(found: _Config, key: str, value: object) -> None:
    if value is None:
        return
    concealed, secret = _conceal(value, key)
    found.values[key] = _text(concealed)
    found.secrets.discard(key)
    if secret:
        found.secrets.add(key)


def _conceal(value: object, key: str) -> tuple[object, bool]:
    """Give the value with encrypted parts replaced by placeholders, and whether there were any."""
    if isinstance(value, dict):
        table = cast("dict[str, Any]", value)
        if set(table) == {"secure"}:
            return f"{_PLACEHOLDER}secret:{key}", True
        pairs = {str(name): _conceal(item, f"{key}.{name}") for name, item in table.items()}
        return {name: item for name, (item, _) in pairs.items()}, _any(pairs.values())
    if isinstance(value, list):
        items = [_conceal(item, f"{key}.{at}") for at, item in enumerate(cast("list[Any]", value))]
        return [item for item, _ in items], _any(items)
    return value, False


def _any(pairs: Iterable[tuple[object, bool]]) -> bool:
    return any(secret for _, secret in pairs)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))  # as Pulumi writes it


def _interpreter(root: Path, options: Mapping[str, Any], notes: list[Note]) -> Path:
    """Give the Python of the project's virtual environment if it has one, else the active one, else ours."""
    named = options.get("virtualenv")
    candidates: list[Path] = []
    if isinstance(named, str) and named:
        candidates.append(root / named)
    if options.get("toolchain") in ("uv", "poetry"):
        candidates += [
            folder / ".venv"
            for folder in (root.resolve(), *root.resolve().parents)
            if (folder / "pyproject.toml").is_file()
        ]
    for folder in candidates:
        python = _python_of(folder)
        if python is not None:
            return python
    active = _python_of(Path(os.environ["VIRTUAL_ENV"])) if os.environ.get("VIRTUAL_ENV") else None
    if isinstance(named, str) and named:
        notes.append(
            Note(
                what=f"the virtual environment `{named}` does not exist; another interpreter ran the program",
                where="Pulumi.yaml: runtime",
                settle="run `pulumi install` in the project",
            )
        )
    return active or Path(sys.executable)


def _python_of(environment: Path) -> Path | None:
    places = (environment / "bin" / "python", environment / "Scripts" / "python.exe")
    # Not resolved: the link itself is what makes Python use the environment.
    return next((Path(os.path.abspath(place)) for place in places if place.is_file()), None)  # noqa: PTH100


def how_to_install(project: Project, module: str) -> str:
    """Take a project and a module that is missing; give the command that would install it."""
    if project.toolchain in ("uv", "poetry"):
        command = "sync" if project.toolchain == "uv" else "install"
        return f"run `{project.toolchain} {command}` in the project, or `pulumi install`"
    if (project.root / "requirements.txt").is_file():
        return f"run `{project.interpreter} -m pip install -r requirements.txt` in the project, or `pulumi install`"
    package = module.partition(".")[0].replace("_", "-")
    return f"run `{project.interpreter} -m pip install {package}`"
