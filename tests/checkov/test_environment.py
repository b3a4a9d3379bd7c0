"""Checkov's own environment: the version that the lock file names, apart from the project's."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.checkov import environment
from tests.checkov.environment import Checkov


def test_the_locked_checkov_is_installed(checkov: Checkov) -> None:
    program = "from importlib.metadata import version; print(version('checkov'))"
    shown = subprocess.run([checkov.python, "-c", program], check=True, capture_output=True, text=True)
    assert shown.stdout.strip() == environment.locked_version()
    assert checkov.command.is_file()


def test_without_uv_the_reason_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(environment.NoCheckovError, match=r"no uv: install it, or run the tests with"):
        environment.make()
