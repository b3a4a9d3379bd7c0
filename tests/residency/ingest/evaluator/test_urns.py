"""URNs and default providers' names are the engine's."""

from __future__ import annotations

import pytest

from residency.ingest.evaluator.urns import default_provider_name, make_urn, package_of

STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev"


def test_the_stack_is_no_part_of_the_chain_of_types() -> None:
    assert make_urn("dev", "shop", STACK, "aws:s3/bucket:Bucket", "a") == (
        "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::a"
    )


def test_every_other_parent_is() -> None:
    outer = make_urn("dev", "shop", STACK, "my:index:Outer", "o")
    inner = make_urn("dev", "shop", outer, "my:index:Inner", "i")
    assert make_urn("dev", "shop", inner, "a:b:C", "c::d") == (
        "urn:pulumi:dev::shop::my:index:Outer$my:index:Inner$a:b:C::c::d"
    )


@pytest.mark.parametrize(
    ("version", "url", "name"),
    [
        ("", "", "default"),
        ("7.51.1", "", "default_7_51_1"),
        ("v7.51.1", "", "default_7_51_1"),
        ("1.2.3-alpha.4+5.6", "", "default_1_2_3_alpha_4_5_6"),
        ("1.0.0", "github://api.github.com/acme", "default_1_0_0_github_/api.github.com/acme"),
    ],
)
def test_a_default_provider_is_named_after_its_version_and_address(version: str, url: str, name: str) -> None:
    assert default_provider_name(version, url) == name


def test_a_package_is_the_first_part_of_a_token() -> None:
    assert package_of("azure-native:storage:StorageAccount") == "azure-native"
