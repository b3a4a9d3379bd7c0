"""How an SDK is read: a small package of the form that Pulumi's generator gives, and what is listed of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from residency.catalogue import generated
from residency.catalogue.generated import Why
from residency.catalogue.sdk import generate, paths, source, words
from residency.catalogue.sdk.paths import Leaf
from residency.cli.main import main
from residency.errors import InputError

RESOURCE = '''
@pulumi.input_type
class CopyArgs:
    def __init__(__self__, *, region: pulumi.Input[_builtins.str]):
        pass
{properties}

@pulumi.input_type
class _CopyState:
    @_builtins.property
    @pulumi.getter
    def arn(self) -> pulumi.Input[_builtins.str]:
        """The bucket of an output."""

@pulumi.type_token("{token}")
class Copy(pulumi.CustomResource):
    def _internal_init(__self__):
        alias_opts = pulumi.ResourceOptions(aliases=[pulumi.Alias(type_="{alias}")])
        super(Copy, __self__).__init__(
            '{token}',
            resource_name)
'''
INPUTS = """
class RuleArgsDict(TypedDict):
    bucket: pulumi.Input[_builtins.str]

@pulumi.input_type
class RuleArgs:
{rule}

@pulumi.input_type
class OtherArgs:
{other}
"""
ENUMS = """
@pulumi.type_token("aws:copies:Redundancy")
class Redundancy(_builtins.str, Enum):
    LOCAL = "Local"
    GEO = "GeoRedundant"


@pulumi.type_token("aws:copies:Colour")
class Colour(_builtins.str, Enum):
    RED = "Red"
"""


def getter(python: str, annotation: str, doc: str = "", wire: str = "") -> str:
    """A property as the generator writes it."""
    name = f'(name="{wire}")' if wire else ""
    head = f"    @_builtins.property\n    @pulumi.getter{name}\n    def {python}(self) -> {annotation}:\n"
    return f'{head}        """\n        {doc}\n        """\n        return pulumi.get(self, "{python}")\n'


TEXT = "pulumi.Input[Optional[_builtins.str]]"


def package(folder: Path, properties: str, rule: str = "", other: str = "", alias: str = "aws:copies/old:Old") -> Path:
    """A package with one type, and its ``.dist-info``."""
    root = folder / "pulumi_aws"
    module = root / "copies"
    module.mkdir(parents=True)
    (module / "__init__.py").write_text("")
    text = RESOURCE.format(properties=properties, token="aws:copies/copy:Copy", alias=alias)  # noqa: S106
    (module / "copy.py").write_text(text)
    (module / "get_copy.py").write_text("raise SystemExit('nothing of an SDK is run')")
    (module / "_inputs.py").write_text(INPUTS.format(rule=rule or "    pass", other=other or "    pass"))
    (module / "_enums.py").write_text(ENUMS)
    info = folder / "pulumi_aws-9.9.9.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: pulumi_aws\nVersion: 9.9.9\n")
    return root


def listed(folder: Path) -> dict[str, str]:
    """The listed paths of the only type, with why."""
    [only] = generate.inventory("aws", folder).types
    assert only.token == "aws:copies/copy:Copy"  # noqa: S105
    return {each.path: each.why.value for each in only.paths}


def test_nested_inputs_are_followed_with_the_names_of_states(tmp_path: Path) -> None:
    """Lists, tables, lists in tables; the wire name where it differs."""
    properties = (
        getter("replica_rules", "pulumi.Input[Sequence[pulumi.Input['RuleArgs']]]", wire="replicaRules")
        + getter("by_name", "pulumi.Input[Optional[Mapping[str, pulumi.Input['OtherArgs']]]]", wire="byName")
        + getter("log_names", "pulumi.Input[Mapping[str, pulumi.Input[Sequence[pulumi.Input[_builtins.str]]]]]")
    )
    rule = getter("bucket_arn", TEXT, wire="bucketArn") + getter("colour", TEXT)
    root = package(tmp_path, properties, rule, getter("region", TEXT))
    assert listed(root) == {
        "replicaRules[*].bucketArn": "copy",
        "byName.*.region": "place",
        "log_names.*[*]": "copy",
    }


def test_each_alternative_of_a_union_is_listed(tmp_path: Path) -> None:
    """A text, or a list, or one of two blocks."""
    properties = getter("target", "pulumi.Input[Union[_builtins.str, Sequence[pulumi.Input[_builtins.str]]]]") + getter(
        "sink", "pulumi.Input[Union['RuleArgs', 'OtherArgs']]"
    )
    root = package(tmp_path, properties, getter("bucket", TEXT), getter("topic", TEXT))
    assert listed(root) == {"sink.bucket": "copy", "sink.topic": "copy", "target": "copy", "target[*]": "copy"}


def test_a_block_that_contains_itself_is_entered_once(tmp_path: Path) -> None:
    """And where it is cut it is listed, if copies go there."""
    rule = getter("bucket", TEXT) + getter("then", "pulumi.Input[Optional['RuleArgs']]")
    root = package(tmp_path, getter("export", "pulumi.Input['RuleArgs']"), rule)
    assert listed(root) == {"export.bucket": "copy", "export.then": "copy"}


def test_choices_that_imply_geography_are_listed_and_others_are_not(tmp_path: Path) -> None:
    """Whatever the name of the input."""
    properties = getter("level", "pulumi.Input[Union[_builtins.str, 'Redundancy']]") + getter(
        "tint", "pulumi.Input['Colour']"
    )
    assert listed(package(tmp_path, properties)) == {"level": "place"}


def test_the_words_of_the_sdk_on_an_input_count(tmp_path: Path) -> None:
    """A name that says nothing, and a text that does."""
    properties = getter("where", TEXT, "The Region in which copies are kept.") + getter("what", TEXT, "A title.")
    assert listed(package(tmp_path, properties)) == {"where": "text"}


def test_outputs_are_not_listed(tmp_path: Path) -> None:
    """The class of a state has an ``arn``, which nobody writes."""
    assert listed(package(tmp_path, getter("colour", TEXT))) == {}


def test_what_the_provider_fills_in_is_told_by_what_a_resource_says_of_itself(tmp_path: Path) -> None:
    """Its output is always there although the input need not be."""
    required = "pulumi.Input[_builtins.str]"
    names = {"log_rules": TEXT, "copies": TEXT, "name": required}
    root = package(tmp_path, "".join(getter(name, form, wire=name) for name, form in names.items()))
    text = (root / "copies" / "copy.py").read_text()
    said = (
        getter("log_rules", "pulumi.Output['outputs.Rules']").replace(
            "    def", '    @_utilities.deprecated("""Old.""")\n    def'
        )
        + getter("copies", "pulumi.Output[Optional[_builtins.str]]")
        + getter("name", "pulumi.Output[_builtins.str]")
    )
    (root / "copies" / "copy.py").write_text(text + said)
    [only] = source.read(root).types
    assert only.filled == {"log_rules"}


def test_a_part_of_the_own_id_is_said_to_be_one(tmp_path: Path) -> None:
    """Google Cloud shows it by the ids that an import takes; a part that is a place stays one."""
    properties = getter("log_server", TEXT, wire="logServer") + getter("location", TEXT) + getter("sink", TEXT)
    root = package(tmp_path, properties)
    text = (root / "copies" / "copy.py").read_text()
    shown = "# $ pulumi import aws:copies/copy:Copy default projects/{{project}}/{{location}}/{{log_server}}/{{name}}\n"
    (root / "copies" / "copy.py").write_text(text + shown)
    assert listed(root) == {"location": "place", "logServer": "id", "sink": "copy"}


def test_a_look_up_by_resource_group_shows_the_parts_of_an_id(tmp_path: Path) -> None:
    """As Azure's do; of another look-up nothing follows."""
    root = package(tmp_path, getter("server_name", TEXT, wire="serverName"))
    asked = "__args__['serverName'] = server_name\n"
    (root / "copies" / "get_copy.py").write_text(asked)
    assert listed(root) == {"serverName": "name"}
    (root / "copies" / "get_copy.py").write_text(f"{asked}__args__['resourceGroupName'] = resource_group_name\n")
    assert listed(root) == {"serverName": "id"}


def test_a_type_without_a_listed_path_is_listed(tmp_path: Path) -> None:
    """And so is its older name; an API version of its own name is none."""
    root = package(tmp_path, getter("colour", TEXT))
    assert generate.inventory("aws", root).types[0].aliases == ("aws:copies/old:Old",)


def test_name_and_version_are_those_of_the_distribution(tmp_path: Path) -> None:
    """As the registry writes them."""
    inventory = generate.inventory("aws", package(tmp_path, getter("colour", TEXT)))
    assert generated.render(inventory).splitlines()[0] == (
        "# Made by `residency catalogue generate aws` from pulumi-aws 9.9.9: never edited."
    )


def test_a_folder_that_is_no_sdk_is_refused(tmp_path: Path) -> None:
    """No version beside it, no type in it, or another provider's."""
    with pytest.raises(InputError, match="no installed SDK"):
        source.read(tmp_path / "pulumi_aws")
    root = package(tmp_path, getter("colour", TEXT))
    with pytest.raises(InputError, match="is not the SDK of gcp"):
        generate.inventory("gcp", root)
    (root / "copies" / "copy.py").unlink()
    with pytest.raises(InputError, match="declares no resource type"):
        source.read(root)


def test_the_command_shows_what_is_new_gone_and_unanswered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 1 while it differs; after writing it does not."""
    monkeypatch.setattr(generated, "FOLDER", tmp_path)
    generated.inventory.cache_clear()
    root = package(tmp_path, getter("region", TEXT) + getter("sink_arn", TEXT, wire="sinkArn"))
    old = generated.Inventory(
        "aws",
        "pulumi-aws",
        "9.9.8",
        (generated.ListedType("aws:copies/gone:Gone", (), (generated.ListedPath("bucket", Why.NAME),)),),
    )
    (tmp_path / "aws.txt").write_text(generated.render(old))
    assert main(["catalogue", "generate", "aws", "--sdk", str(root), "--check"]) == 1
    assert capsys.readouterr().out == (
        "pulumi-aws 9.9.9\n"
        "+ aws:copies/copy:Copy: general row only\n"
        "- aws:copies/gone:Gone\n"
        "+ aws:copies/copy:Copy: region: answered\n"
        "+ aws:copies/copy:Copy: sinkArn: unanswered\n"
        "- aws:copies/gone:Gone: bucket\n"
    )
    assert main(["catalogue", "generate", "aws", "--sdk", str(root)]) == 0
    generated.inventory.cache_clear()
    assert main(["catalogue", "generate", "aws", "--sdk", str(root), "--check"]) == 0
    assert capsys.readouterr().out.endswith("nothing differs\n")
    generated.inventory.cache_clear()


def test_what_is_unanswered_is_shown_with_what_the_sdk_says_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The words and the choices from which a row is written; what is answered is left out."""
    root = package(
        tmp_path,
        getter("region", TEXT, "Where it is.")
        + getter("sink_arn", TEXT, "Where copies go.", wire="sinkArn")
        + getter("level", "pulumi.Input[Union[_builtins.str, 'Redundancy']]"),
    )
    expected = (
        "aws:copies/copy:Copy (general row only)\n"
        "  level (place):  [Local, GeoRedundant]\n"
        "  sinkArn (copy): Where copies go.\n"
    )
    assert main(["catalogue", "unanswered", "aws", "--sdk", str(root)]) == 0
    assert capsys.readouterr().out == expected
    assert main(["catalogue", "unanswered", "aws:other", "--sdk", str(root)]) == 0
    assert capsys.readouterr().out == ""
    assert main(["catalogue", "unanswered", "azure", "--sdk", str(root)]) == 2
    assert "azure-native" in capsys.readouterr().err


def leaf(path: str, form: str = "text", doc: str = "", choices: tuple[str, ...] = ()) -> Leaf:
    """A leaf with little said of it."""
    return paths.Leaf(path, frozenset({form}), doc, choices)


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (leaf("destinationRegion"), Why.PLACE),
        (leaf("geoRedundantBackup", "flag"), Why.PLACE),
        (leaf("multiRegionEnabled", "flag"), Why.PLACE),
        (leaf("enableCdn", "flag"), Why.COPY),
        (leaf("sku.name"), Why.PLACE),
        (leaf("sku.name", choices=("S1", "S2")), None),
        (leaf("sku.tier", choices=("Standard_GRS",)), Why.PLACE),
        (leaf("storageAccountType"), Why.PLACE),
        (leaf("replicationMode"), Why.COPY),
        (leaf("rules[*].destination.account"), Why.COPY),
        (leaf("failover.server.id"), Why.COPY),
        (leaf("extendedLocation.name"), Why.PLACE),
        (leaf("locations[*].id"), Why.PLACE),
        (leaf("redrivePolicy"), Why.COPY),
        (leaf("lambdaConfig.preSignUp"), Why.NAME),
        (leaf("modelId"), Why.NAME),
        (leaf("customerManagedKey"), Why.NAME),
        (leaf("roleArn"), Why.NAME),
        (leaf("parent", doc="projects/{project}/locations/{location}"), Why.TEXT),
        (leaf("timeZone"), None),
        (leaf("forwardingRule", doc="(Output) What the service made."), None),
        (leaf("logFormat"), None),
        (leaf("logFormat", doc="Different in each region."), Why.TEXT),
        (leaf("enabled", "flag"), None),
        (leaf("replicaCount", "number"), None),
        (leaf("title"), None),
    ],
    ids=lambda value: value.path if isinstance(value, Leaf) else None,
)
def test_what_is_listed_and_why(found: Leaf, why: Why | None) -> None:
    """Names, choices and words, in this order."""
    assert words.why(found) is why


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("geoRedundantBackup", ("geo", "redundant", "backup")),
        ("s3BucketARNs", ("s3", "bucket", "arns")),
        ("kmsKeyARN", ("kms", "key", "arn")),
        ("XMLPath", ("xml", "path")),
    ],
)
def test_a_name_falls_into_words(name: str, found: tuple[str, ...]) -> None:
    """In camel case, with capitals as one word."""
    assert words.words(name) == found
