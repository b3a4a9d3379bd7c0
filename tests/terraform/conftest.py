"""Marks the tests that run a real Terraform, and says which there is."""

from __future__ import annotations

import shutil


def pytest_report_header() -> str:
    """Which Terraform the tests run."""
    return f"terraform: {shutil.which('terraform')}, tofu: {shutil.which('tofu')} (None: the tests of it are skipped)"
