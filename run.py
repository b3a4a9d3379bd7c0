"""Sets up what a command needs in this folder, then runs it. Needs Python 3.11+ only.

    python3 run.py demo       a leaking program is blocked
    python3 run.py test       the tests
    python3 run.py gate       format, lint, types, and the tests
    python3 run.py bench      the benchmark table
    python3 run.py install FOLDER [EXTRA,EXTRA]   the engine alone, in an environment of its own there

Environments are kept in ``.venv`` and ``.cache``; but for ``install``, nothing is written outside this folder except
the usual caches.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
TOOLS = ROOT / ".cache" / "uv"
BIN = "Scripts" if os.name == "nt" else "bin"
UV = "uv==0.13.9"
DEMO = ROOT / "examples" / "leaks" / "disaster-recovery"
OUTSIDE = 1


def main(arguments: list[str]) -> int:
    """Run one command; its exit code is ours, but for the demo, which succeeds when the leak is blocked."""
    commands = {"demo": demo, "test": test, "gate": gate, "bench": bench, "install": install}
    if sys.version_info < (3, 11):
        print("error: Python 3.11 or newer is needed", file=sys.stderr)
        return 2
    if not arguments or arguments[0] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    return commands[arguments[0]](arguments[1:])


def demo(_: list[str]) -> int:
    """Judge the embedded program, which looks right and copies user data to the United States."""
    python = environment("--no-default-groups", "--extra", "pulumi", "--extra", "aws")
    target = str(DEMO.relative_to(ROOT))
    print(f"$ residency check {target}\n", flush=True)
    code = call(python, "-m", "residency", "check", target)
    if code != OUTSIDE:
        print(f"error: exit code {code} instead of {OUTSIDE}: the leak was not blocked", file=sys.stderr)
        return code or 2
    print("\nexit code 1: blocked before anything was created")
    return 0


def test(arguments: list[str]) -> int:
    """Run the tests; further arguments go to pytest."""
    return call(environment("--all-extras"), "-m", "pytest", *arguments)


def gate(_: list[str]) -> int:
    """What CI runs: every check, even after one failed. The engine is built where there is none, and Go got for it."""
    has_engine = shutil.which("pulumi") or shutil.which("go")
    python = environment("--all-extras", *(() if has_engine else ("--group", "engine")))
    checks = (
        ("-m", "ruff", "format", "--check", "."),
        ("-m", "ruff", "check", "."),
        ("-m", "pyright", "--pythonpath", str(python)),
        ("-m", "tests.engine.build"),
        ("-m", "pytest", "-q"),
    )
    failed: list[str] = []
    for check in checks:
        print(f"\n$ python {' '.join(check)}", flush=True)
        if call(python, *check):
            failed.append(" ".join(check[1:]))
    print(f"\nfailed: {'; '.join(failed)}" if failed else "\nall checks passed")
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    """Measure, and print the table."""
    return call(environment("--all-extras"), "-m", "tests.benchmarks", *arguments)


def install(arguments: list[str]) -> int:
    """Install the engine and some extras, at the versions of the lock, into a folder."""
    if not arguments:
        print("error: name the folder\n  help:  python3 run.py install FOLDER [EXTRA,EXTRA]", file=sys.stderr)
        return 2
    names = [each.strip() for each in ",".join(arguments[1:]).split(",") if each.strip()]
    extras = [f"--extra={each}" for each in names]
    environment("--no-default-groups", *extras, folder=Path(arguments[0]).absolute())
    return 0


def environment(*options: str, folder: Path = ROOT / ".venv") -> Path:
    """The project's environment as the lock file has it; gives its interpreter."""
    command = [uv(), "sync", "--frozen", "--quiet", "--python", sys.executable, *options]
    settings = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(folder)}
    settings.pop("VIRTUAL_ENV", None)
    print(f"setting up {folder.name} ...", file=sys.stderr, flush=True)
    if subprocess.run(command, cwd=ROOT, env=settings, check=False).returncode:  # noqa: S603
        sys.exit("error: the environment could not be made; see above")
    return folder / BIN / "python"


def uv() -> str:
    """The path of uv: the machine's own, else one installed into a folder of this project."""
    own = shutil.which("uv")
    if own:
        return own
    installed = TOOLS / BIN / "uv"
    if not installed.exists():
        try:
            venv.create(TOOLS, with_pip=True)
        except subprocess.CalledProcessError:
            sys.exit("error: this Python cannot make environments\n  help:  install uv, or your system's python3-venv")
        pip = [str(TOOLS / BIN / "python"), "-m", "pip", "install", "--quiet", UV]
        if subprocess.run(pip, check=False).returncode:  # noqa: S603
            sys.exit("error: uv could not be installed; see above")
    return str(installed)


def call(python: Path, *arguments: str) -> int:
    """Run Python in the project's folder and wait."""
    settings = {**os.environ, "PATH": f"{python.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    return subprocess.run([str(python), *arguments], cwd=ROOT, env=settings, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
