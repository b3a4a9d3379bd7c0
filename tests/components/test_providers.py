"""A provider that cannot work is named before anything is registered, and never where it might."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest
from residency_components.component import Component
from residency_components.hosting import components
from residency_components.providers import ProviderNotConfiguredError

from tests.components.asking import args, cloud
from tests.components.recording import record

KEYS = [kind for kind in components() if kind.__name__.endswith("EncryptionKey")]
NAMES = ["aws:region", "azure-native:subscriptionId", "gcp:project"]


@pytest.fixture(name="bare", autouse=True)
def _bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person who has configured nothing."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_CONFIG_FILE", "ARM_SUBSCRIPTION_ID"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def built(kind: type[Component[Any]], config: dict[str, str], opts: pulumi.ResourceOptions | None = None) -> Any:
    return record(lambda: kind("thing", args(kind), opts).region, config=config)


@pytest.mark.parametrize(("kind", "where"), list(zip(KEYS, NAMES, strict=True)), ids=NAMES)
def test_a_default_provider_without_what_it_needs_is_refused(kind: type[Component[Any]], where: str) -> None:
    with pytest.raises(ProviderNotConfiguredError) as caught:
        built(kind, {})

    assert caught.value.where == where
    assert caught.value.help.startswith(f"`pulumi config set {where} ...`, or set ")


@pytest.mark.parametrize(("kind", "where"), list(zip(KEYS, NAMES, strict=True)), ids=NAMES)
def test_with_the_configuration_it_is_built(kind: type[Component[Any]], where: str) -> None:
    assert built(kind, {where: "us-east-1"})


def test_a_variable_or_a_profile_may_hold_it(monkeypatch: pytest.MonkeyPatch, bare: Path) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    assert built(KEYS[0], {})
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    (bare / ".aws").mkdir()
    assert built(KEYS[0], {})


def test_a_provider_of_the_callers_own_is_the_callers_to_configure() -> None:
    def program() -> Any:
        own = aws.Provider("own", region="us-east-1")
        return KEYS[0]("thing", args(KEYS[0]), pulumi.ResourceOptions(provider=own)).region

    assert record(program, config={})


def test_an_evaluation_needs_no_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESIDENCY_EVALUATION", "1")

    assert built(KEYS[0], {})


def test_the_three_clouds_are_looked_at() -> None:
    assert [cloud(kind) for kind in KEYS] == ["aws", "azure", "gcp"]
