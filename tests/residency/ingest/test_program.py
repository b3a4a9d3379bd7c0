"""A program is evaluated without an engine: what it declares is seen, what it asks in vain is recorded."""
# ruff: noqa: D102 - names of tests and members say what they are

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from residency.errors import InputError
from residency.ingest.program import Assumed, Evaluation, evaluate

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = {SIGNATURE: "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "[secret]"}
STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev"
DEFAULT = "urn:pulumi:dev::shop::pulumi:providers:aws::default_7_51_1"

# A bucket as a provider's SDK would register it; the SDKs themselves take a second to import.
HEAD = """
import pulumi
from pulumi import ResourceOptions

class Bucket(pulumi.CustomResource):
    arn: pulumi.Output[str]
    def __init__(self, name, opts=None, **props):
        opts = ResourceOptions.merge(ResourceOptions(version="7.51.1"), opts)
        super().__init__("aws:s3/bucket:Bucket", name, {"arn": None, "bucket": None, "region": None, **props}, opts)

class Provider(pulumi.ProviderResource):
    def __init__(self, name, opts=None, **props):
        opts = ResourceOptions.merge(ResourceOptions(version="7.51.1"), opts)
        super().__init__("aws", name, props, opts)
"""
HEAD_LINES = HEAD.count("\n")

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a project: the program's text after HEAD, stack files by name, lines of Pulumi.yaml."""

    def make(program: str, *, settings: str = "runtime: python", **stacks: str) -> Path:
        (tmp_path / "Pulumi.yaml").write_text(f"name: shop\n{settings}\n", encoding="utf-8")
        (tmp_path / "__main__.py").write_text(HEAD + program, encoding="utf-8")
        for name, text in stacks.items():
            (tmp_path / f"Pulumi.{name}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return make


def run(project: Path, stack: str | None = None, **options: Any) -> Evaluation:
    return evaluate(project, stack=stack, timeout=60, **options)


def by_name(evaluation: Evaluation) -> dict[str, dict[str, Any]]:
    return {resource["urn"].rpartition("::")[2]: resource for resource in evaluation.resources}


def failing(project: Path, stack: str | None = None, timeout: float = 60) -> InputError:
    with pytest.raises(InputError) as caught:
        evaluate(project, stack=stack, timeout=timeout)
    return caught.value


class TestWhatIsDeclared:
    """Names, providers and unknowns are those of a preview."""

    def test_a_resource_has_the_engines_urn_parent_and_default_provider(self, write: Write) -> None:
        project = write('Bucket("data", tags={"a": "b"})', dev="config:\n  aws:region: eu-west-1\n")
        found = by_name(run(project))
        assert found["data"]["urn"] == "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::data"
        assert found["data"]["parent"] == STACK
        assert found["data"]["provider"] == f"{DEFAULT}::{UNKNOWN}"
        assert found["data"]["inputs"] == {"tags": {"a": "b"}}
        assert "id" not in found["data"]
        assert found["default_7_51_1"]["inputs"] == {"region": "eu-west-1", "version": "7.51.1"}
        assert found["shop-dev"]["type"] == "pulumi:pulumi:Stack"

    def test_the_declaring_line_is_recorded(self, write: Write) -> None:
        found = by_name(run(write('Bucket("data")')))
        assert found["data"]["sourcePosition"] == f"project:///__main__.py#{HEAD_LINES + 1}"

    def test_children_of_components_carry_the_chain_of_types_and_inherit_the_provider(self, write: Write) -> None:
        program = """
class Inner(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("my:index:Inner", name, None, opts)
        Bucket("deep", ResourceOptions(parent=self))
        self.register_outputs({"x": 1})
class Outer(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("my:index:Outer", name, None, opts)
        Inner("inner", ResourceOptions(parent=self))
        self.register_outputs({})
Outer("outer", ResourceOptions(providers=[Provider("us", region="us-east-1")]))
"""
        found = by_name(run(write(program)))
        assert found["deep"]["urn"] == (
            "urn:pulumi:dev::shop::my:index:Outer$my:index:Inner$aws:s3/bucket:Bucket::deep"
        )
        assert found["deep"]["provider"] == f"urn:pulumi:dev::shop::pulumi:providers:aws::us::{UNKNOWN}"
        assert found["us"]["inputs"] == {"region": "us-east-1", "version": "7.51.1"}
        assert found["inner"]["custom"] is False
        assert found["inner"]["outputs"] == {"x": 1}
        assert "default_7_51_1" not in found

    def test_an_output_of_another_resource_is_unknown_and_its_source_is_named(self, write: Write) -> None:
        program = 'a = Bucket("a")\nBucket("b", copy=a.arn.apply(str.upper), opts=ResourceOptions(depends_on=[a]))'
        b = by_name(run(write(program)))["b"]
        urn = "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::a"
        assert b["inputs"]["copy"] == UNKNOWN
        assert b["propertyDependencies"] == {"copy": [urn]}
        assert b["dependencies"] == [urn]

    def test_each_unknown_part_names_its_own_origin_where_that_is_asked(self, write: Write) -> None:
        program = """
a, b = Bucket("a"), Bucket("b", bucket="known")
Bucket("c", rules=[{"from": a.arn, "to": b.arn}, {"name": b.bucket, "key": pulumi.Output.secret("hunter2hunter2")}],
       text=pulumi.Output.concat("x:", a.arn))
"""
        evaluation = run(write(program), origins=True)
        output = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
        urn = "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::"
        assert by_name(evaluation)["c"]["inputs"] == {
            "rules": [
                {
                    "from": {SIGNATURE: output, "dependencies": [urn + "a"]},
                    "to": {SIGNATURE: output, "dependencies": [urn + "b"]},
                },
                {"name": "known", "key": SECRET},
            ],
            "text": {SIGNATURE: output, "dependencies": [urn + "a"]},
        }
        assert "hunter2" not in str(evaluation)

    def test_origins_change_nothing_else(self, write: Write) -> None:
        program = """
a = Bucket("a", bucket="known")
def mark(args):
    return pulumi.ResourceTransformResult({**args.props, "marked": True}, args.opts)
Bucket("b", ResourceOptions(transforms=[mark]), src=a.arn, called=a.bucket)
a.bucket.apply(lambda name: Bucket(name + "-log", secret=pulumi.Output.secret(name)))
Bucket("old", ResourceOptions(id="old-1"))
"""
        project = write(program)
        assert run(project, origins=True) == run(project)

    def test_an_input_is_echoed_so_that_callbacks_run(self, write: Write) -> None:
        program = 'Bucket("a", bucket="known").bucket.apply(lambda name: Bucket(f"{name}-log"))'
        assert "known-log" in by_name(run(write(program)))

    def test_a_resource_that_is_only_read_is_external_with_its_id(self, write: Write) -> None:
        old = by_name(run(write('Bucket("old", ResourceOptions(id="old-bucket"))')))["old"]
        assert (old["external"], old["id"]) == (True, "old-bucket")
        assert old["provider"] == f"{DEFAULT}::{UNKNOWN}"

    def test_transforms_of_the_resource_and_of_the_stack_are_applied(self, write: Write) -> None:
        program = """
def mark(args):
    args.props["marked"] = True
    return pulumi.ResourceTransformResult(args.props, args.opts)
def move(args):
    return pulumi.ResourceTransformResult({**args.props, "region": "us-east-1"}, args.opts)
pulumi.runtime.register_resource_transform(mark)
Bucket("a", ResourceOptions(transforms=[move]), region="eu-west-1")
"""
        inputs = by_name(run(write(program)))["a"]["inputs"]
        assert inputs == {"region": "us-east-1", "marked": True}

    def test_hooks_are_accepted_and_none_runs(self, write: Write) -> None:
        program = """
def hook(args):
    raise AssertionError
before = pulumi.ResourceHook("h", hook)
Bucket("a", ResourceOptions(hooks=pulumi.ResourceHookBinding(before_create=[before])))
"""
        assert "a" in by_name(run(write(program)))

    def test_options_that_matter_later_are_recorded(self, write: Write) -> None:
        program = """
Bucket("a", ResourceOptions(protect=True, retain_on_delete=True, import_="a-1",
                            aliases=[pulumi.Alias(name="old"), "urn:pulumi:dev::shop::x:y:Z::older"]))
"""
        a = by_name(run(write(program)))["a"]
        assert (a["protect"], a["retainOnDelete"], a["id"]) == (True, True, "a-1")
        assert a["aliases"] == ["urn:pulumi:dev::shop::aws:s3/bucket:Bucket::old", "urn:pulumi:dev::shop::x:y:Z::older"]

    def test_a_parameterised_package_has_its_own_default_provider(self, write: Write) -> None:
        program = """
from pulumi.runtime import register_package
reference = register_package("terraform-provider", "0.5.0", "", "b2", "0.8.0", "e30=")
class Remote(pulumi.CustomResource):
    def __init__(self, name):
        super().__init__("b2:index:Bucket", name, {}, None, package_ref=reference)
Remote("far")
"""
        found = by_name(run(write(program)))
        assert found["far"]["provider"] == f"urn:pulumi:dev::shop::pulumi:providers:b2::default_0_8_0::{UNKNOWN}"

    def test_assets_keep_their_kind_but_not_their_text(self, write: Write) -> None:
        evaluation = run(write('Bucket("a", source=pulumi.StringAsset("class" + "ified"))'))
        asset = by_name(evaluation)["a"]["inputs"]["source"]
        assert asset[SIGNATURE] == "c44067f5952c0a294b673a41bacd8c17"
        assert "classified" not in str(evaluation)

    def test_a_dynamic_resource_is_recorded_without_its_pickled_code(self, write: Write) -> None:
        program = """
from pulumi.dynamic import Resource, ResourceProvider
class Rows(Resource):
    def __init__(self, name):
        super().__init__(ResourceProvider(), name, {"n": 1})
Rows("rows")
"""
        rows = by_name(run(write(program)))["rows"]
        assert rows["type"].startswith("pulumi-python:dynamic")
        assert rows["inputs"]["__provider"] == SECRET

    def test_a_remote_component_is_recorded_and_its_unseen_children_are_a_doubt(self, write: Write) -> None:
        program = """
class Vpc(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("awsx:ec2:Vpc", name, {"cidrBlock": "10.0.0.0/16", "vpcId": None}, None, remote=True)
vpc = Vpc("net")
Bucket("a", vpc=vpc.vpcId)
"""
        evaluation = run(write(program))
        net = by_name(evaluation)["net"]
        assert net["remote"] is True
        assert net["inputs"] == {"cidrBlock": "10.0.0.0/16"}
        [note] = evaluation.notes
        assert note.doubt
        assert "the resources inside it are not seen" in note.what
        assert note.where.startswith("__main__.py:")

    def test_the_same_program_gives_the_same_answer(self, write: Write) -> None:
        project = write("for n in range(20):\n    Bucket(f'b{n}', other=Bucket(f'c{n}').arn)")
        assert run(project) == run(project)

    @pytest.mark.parametrize(
        "callback",
        [
            "lambda arn: Bucket('hidden')",
            "declare",
            "functools.partial(declare)",
            "Holder().declare",
            "lambda arn: [sdk.Bucket('hidden') for _ in arn]",
        ],
    )
    def test_a_callback_that_may_declare_resources_and_never_ran_is_a_doubt(self, write: Write, callback: str) -> None:
        program = f"""
import functools, types
sdk = types.ModuleType("sdk")
sdk.Bucket = Bucket
class Holder:
    def declare(self, arn):
        return self.make()
    def make(self):
        return Bucket("hidden")
def declare(arn):
    return helper()
def helper():
    return Bucket("hidden")
Bucket("a").arn.apply({callback})
"""
        evaluation = run(write(program))
        assert "hidden" not in by_name(evaluation)
        [note] = evaluation.notes
        assert note.doubt
        assert note.what.startswith("a callback that may declare resources was not run")
        assert note.where.startswith("__main__.py:")

    def test_a_callback_that_only_makes_a_value_is_no_doubt(self, write: Write) -> None:
        program = """
import json
bucket = Bucket("a", bucket="known")
bucket.arn.apply(lambda arn: json.dumps({"arn": arn, "b": bucket}))
bucket.bucket.apply(lambda name: Bucket(name))
"""
        assert run(write(program)).notes == ()

    @pytest.mark.parametrize(
        ("callback", "line"),
        [
            ('lambda arn: json.dumps({"region": "us-east-1", "arn": arn})', 10),
            ('lambda arn: f"https://sqs.us-east-1.amazonaws.com/{arn}"', 10),
            ("lambda arn: {'zones': ('us-east-1a', 'us-east-1b')}", 10),
            ("lambda arn: [f'{REGION}/{part}' for part in arn]", 10),
            ("write", 4),
            ("lambda arn: write(arn)", 10),
        ],
    )
    def test_a_callback_that_names_a_place_and_never_ran_is_a_doubt(
        self, write: Write, callback: str, line: int
    ) -> None:
        program = f"""
import json
REGION = "us-east-1"
def write(arn):
    return helper(arn)
def helper(arn):
    return arn + "us-east-1"
HERE = "eu-north-1"

Bucket("a").arn.apply({callback})
"""
        [note] = run(write(program, dev="config: {aws:region: eu-north-1}")).notes
        assert note.doubt
        assert note.what.startswith("a callback that names `us-east-1` was not run")
        assert note.where == f"__main__.py:{HEAD_LINES + line}"

    def test_the_configured_place_or_one_in_a_docstring_is_no_doubt(self, write: Write) -> None:
        program = """
region = pulumi.Config("aws").require("region")
def write(arn):
    \"\"\"Never in us-east-1.\"\"\"
    return f"{region}/{arn}/north-west/eu"
Bucket("a").arn.apply(write)
Bucket("b", bucket="us-east-1").bucket.apply(lambda name: f"us-east-1/{name}")
"""
        assert run(write(program, dev="config: {aws:region: eu-north-1}")).notes == ()

    def test_exports_are_the_stacks_outputs(self, write: Write) -> None:
        program = 'pulumi.export("a", 1)\npulumi.export("b", Bucket("b").arn)'
        assert by_name(run(write(program)))["shop-dev"]["outputs"] == {"a": 1, "b": UNKNOWN}


class TestHowAProgramRuns:
    """Folder, path, arguments and endings are those of Pulumi's own language host."""

    def test_main_names_a_folder(self, write: Write) -> None:
        project = write("", settings="runtime: python\nmain: stacks/")
        stacks = project / "stacks"
        stacks.mkdir()
        (stacks / "helper.py").write_text("NAME = open('name.txt').read()", encoding="utf-8")
        (stacks / "name.txt").write_text("from-file", encoding="utf-8")
        (stacks / "__main__.py").write_text(HEAD + "import helper\nBucket(helper.NAME)", encoding="utf-8")
        found = by_name(run(project))
        assert found["from-file"]["sourcePosition"].startswith("project:///stacks/__main__.py#")

    def test_main_names_a_file(self, write: Write) -> None:
        project = write("", settings="runtime: python\nmain: infra/prog.py")
        (project / "infra").mkdir()
        (project / "infra" / "prog.py").write_text(
            HEAD + "assert __name__ == '__main__'\nBucket('a')", encoding="utf-8"
        )
        assert "a" in by_name(run(project))

    def test_what_the_program_prints_and_reads_does_not_disturb(self, write: Write) -> None:
        program = 'import sys\nprint("{}")\nsys.stderr.write("x" * 200000)\nassert not sys.stdin.read()\nBucket("a")'
        assert "a" in by_name(run(write(program)))

    def test_ending_by_exit_zero_keeps_what_was_declared(self, write: Write) -> None:
        assert "a" in by_name(run(write('import sys\nBucket("a")\nsys.exit(0)')))

    def test_ending_by_another_exit_code_is_an_error(self, write: Write) -> None:
        error = failing(write('Bucket("a")\nraise SystemExit(3)'))
        assert error.what == "the program ended itself with exit code 3"
        assert error.where == f"__main__.py:{HEAD_LINES + 2}"

    def test_a_process_that_dies_is_an_error(self, write: Write) -> None:
        error = failing(write("import os\nos._exit(7)"))
        assert "ended without an answer (exit code 7)" in error.what

    def test_a_thread_left_running_does_not_hold_it(self, write: Write) -> None:
        program = 'import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()\nBucket("a")'
        began = time.monotonic()
        assert "a" in by_name(run(write(program)))
        assert time.monotonic() - began < 30

    def test_coroutines_are_awaited(self, write: Write) -> None:
        program = """
import asyncio
async def name():
    await asyncio.sleep(0.01)
    return "later"
pulumi.Output.from_input(name()).apply(lambda n: Bucket(n))
"""
        assert "later" in by_name(run(write(program)))

    def test_an_asynchronous_program_is_run(self, write: Write) -> None:
        program = """
import asyncio
async def main():
    await asyncio.sleep(0.01)
    Bucket("later")
    return {"a": 1}
pulumi.run(main)
"""
        found = by_name(run(write(program)))
        assert "later" in found
        assert found["shop-dev"]["outputs"] == {"a": 1}

    def test_an_error_that_the_program_logs_is_noted(self, write: Write) -> None:
        [note] = run(write('pulumi.log.error("quota is low")')).notes
        assert note.what == "the program logged an error: quota is low"

    def test_metadata_names_project_stack_and_organization(self, write: Write) -> None:
        program = 'Bucket("-".join([pulumi.get_project(), pulumi.get_stack(), pulumi.get_organization()]))'
        assert "shop-dev-organization" in by_name(run(write(program)))

    def test_pulumis_own_secrets_do_not_reach_the_program(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "open-sesame")
        monkeypatch.setenv("PULUMI_CONFIG", '{"shop:x": "from-outside"}')
        program = 'import os\nBucket(os.environ.get("PULUMI_CONFIG_PASSPHRASE", "clean"), x=pulumi.Config().get("x"))'
        assert by_name(run(write(program)))["clean"].get("inputs", {}) == {}

    def test_a_program_that_never_ends_is_stopped_with_all_it_started(self, write: Write) -> None:
        program = """
import subprocess, time, pathlib
child = subprocess.Popen(["sleep", "300"])
pathlib.Path("pid").write_text(str(child.pid))
time.sleep(300)
"""
        project = write(program)
        error = failing(project, timeout=4)
        assert error.what == "the program did not end within 4 seconds"
        assert "--timeout" in error.help
        pid = int((project / "pid").read_text())
        assert _ended(pid)


def _ended(pid: int) -> bool:
    for _ in range(50):
        state = Path(f"/proc/{pid}/stat")
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if state.is_file() and state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False


class TestConfiguration:
    """What is configured is read as Pulumi reads it; what is asked in vain is recorded."""

    def test_values_are_read_from_the_stack_and_the_project(self, write: Write) -> None:
        settings = """runtime: {name: python}
config:
  size: {type: integer, default: 3}
  kept: {default: project}
  over: {default: project}
  aws:region: {value: eu-north-1}"""
        program = """
c = pulumi.Config()
Bucket("a", size=c.require_int("size"), kept=c.get("kept"), over=c.get("over"), flag=c.require_bool("flag"),
       no=c.get("no"), account=c.get("account"), list=c.require_object("list"))
"""
        stack = """
config:
  shop:over: stack
  shop:flag: true
  shop:no: no
  shop:account: 001234567890
  shop:list: [1, {a: true}]
"""
        found = by_name(run(write(program, settings=settings, dev=stack)))
        assert found["a"]["inputs"] == {
            "size": 3,
            "kept": "project",
            "over": "stack",
            "flag": True,
            "no": "no",
            "account": "001234567890",
            "list": [1, {"a": True}],
        }
        assert found["default_7_51_1"]["inputs"]["region"] == "eu-north-1"

    def test_missing_values_become_placeholders_of_the_asked_type(self, write: Write) -> None:
        program = """
c = pulumi.Config()
Bucket("a", s=c.require("s"), n=c.require_int("n") + 1, f=c.require_float("f") / 2, b=not c.require_bool("b"),
       o=c.require_object("o")["subnets"][0]["id"], p=c.require_secret("p"))
for item in c.require_object("many"):
    Bucket("one", item=item)
"""
        evaluation = run(write(program))
        inputs = by_name(evaluation)["a"]["inputs"]
        assert inputs["s"] == "residency-placeholder:config:shop:s"
        assert inputs["o"] == "residency-placeholder:config:shop:o.subnets.0.id"
        assert inputs["p"] == SECRET
        assert "residency-placeholder:" in by_name(evaluation)["one"]["inputs"]["item"]
        line = f"__main__.py:{HEAD_LINES + 3}"
        assert Assumed("config", "shop:n", "int", line) in evaluation.assumed
        assert [(item.name, item.type) for item in evaluation.assumed] == [
            ("shop:b", "bool"),
            ("shop:f", "float"),
            ("shop:many", "object"),
            ("shop:n", "int"),
            ("shop:o", "object"),
            ("shop:p", "secret string"),
            ("shop:s", "string"),
        ]

    def test_an_optional_value_without_which_the_program_fails_is_a_placeholder(self, write: Write) -> None:
        program = """
c, aws = pulumi.Config(), pulumi.Config("aws")
zone = aws.get("region") + "a"
size = c.get("size") or "small"
Bucket("a", zone=zone, size=size, many=c.get_int("many") + 1, key=c.get_secret("key").apply(len))
"""
        evaluation = run(write(program))
        inputs = by_name(evaluation)["a"]["inputs"]
        assert inputs["zone"] == "residency-placeholder:config:aws:regiona"
        assert inputs["size"] == "small"
        assert inputs["key"] == SECRET
        assert [(item.name, item.type) for item in evaluation.assumed] == [
            ("aws:region", "string"),
            ("shop:key", "string"),
            ("shop:many", "int"),
        ]

    @pytest.mark.parametrize(
        "lines",
        [
            "size = c.get('size') or 'small'",
            "size = c.get('size')\nif size is None:\n    size = 'small'",
            "size = c.get('size', 'small')",
            "size = c.get('size')",
        ],
    )
    def test_an_optional_value_that_the_program_can_do_without_is_not_assumed(self, write: Write, lines: str) -> None:
        evaluation = run(write(f"c = pulumi.Config()\n{lines}\nBucket('a', size=size)"))
        assert by_name(evaluation)["a"].get("inputs", {}).get("size") in ("small", None)
        assert evaluation.assumed == ()

    def test_a_program_that_fails_with_placeholders_too_says_which_values_are_missing(self, write: Write) -> None:
        error = failing(write('c = pulumi.Config()\n{"eu": 1}[c.get("place") + "-1"]'))
        assert "KeyError" in error.what
        assert "no value is configured for `shop:place`" in error.help

    def test_an_environment_variable_without_which_the_program_fails_is_a_doubt(
        self, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("SHOP_OWNER", raising=False)
        evaluation = run(write('import os\nBucket("a", owner=os.environ["SHOP_OWNER"])'))
        assert by_name(evaluation)["a"]["inputs"]["owner"] == "residency-placeholder:environment:SHOP_OWNER"
        note = next(note for note in evaluation.notes if "`SHOP_OWNER`" in note.what)
        assert note.doubt
        assert note.where == f"__main__.py:{HEAD_LINES + 2}"

    def test_an_environment_variable_that_the_program_can_do_without_is_not_made_up(
        self, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("SHOP_OWNER", raising=False)
        program = """
import os
try:
    owner = os.environ["SHOP_OWNER"]
except KeyError:
    owner = os.environ.get("SHOP_OWNER", "nobody")
Bucket("a", owner=owner)
"""
        evaluation = run(write(program))
        assert by_name(evaluation)["a"]["inputs"]["owner"] == "nobody"
        assert evaluation.notes == ()

    def test_a_file_that_only_the_configuration_names_holds_a_placeholder(self, write: Write) -> None:
        program = """
import base64, json, os
from pathlib import Path
path = pulumi.Config().require("path")
Bucket("a", text=open(path).read(), line=Path("in", path).read_text(), data=json.load(open(path))["user"],
       key=base64.b64decode(open(path, "rb").read()).decode().split(":")[1], number=int(open(path).read()))
for name in os.listdir(path):
    Bucket(name)
"""
        evaluation = run(write(program))
        inputs = by_name(evaluation)["a"]["inputs"]
        assert inputs.pop("number") == 1
        assert all("residency-placeholder:config:shop:path" in value for value in inputs.values())
        note = next(note for note in evaluation.notes if "`config:shop:path`" in note.what)
        assert note.doubt
        assert note.where == f"__main__.py:{HEAD_LINES + 7}"

    def test_a_file_of_the_project_is_read(self, write: Write) -> None:
        project = write('Bucket("a", text=open("name.txt").read())')
        (project / "name.txt").write_text("uploads", encoding="utf-8")
        assert by_name(run(project))["a"]["inputs"]["text"] == "uploads"

    def test_networks_that_only_the_configuration_names_can_be_divided_and_do_not_overlap(self, write: Write) -> None:
        program = """
from ipaddress import ip_address, ip_network
c = pulumi.Config()
one, two = ip_network(c.require("one")), ip_network(c.require("two"))
assert not one.overlaps(two)
Bucket("a", net=str(next(two.subnets(new_prefix=24))), known=str(ip_address("192.0.2.1")))
"""
        assert by_name(run(write(program)))["a"]["inputs"] == {"net": "10.1.0.0/24", "known": "192.0.2.1"}

    def test_an_encrypted_value_runs_the_program_and_is_never_shown(self, write: Write) -> None:
        program = """
c = pulumi.Config()
Bucket("a", password=c.require_secret("password"), deep=c.require_secret_object("deep"))
"""
        stack = (
            "config:\n  shop:password: {secure: v1:AAAA}\n"
            "  shop:deep: {user: u, key: {secure: v1:BBBB}}\n  aws:secretKey: {secure: v1:CCCC}\n"
        )
        evaluation = run(write(program, dev=stack))
        found = by_name(evaluation)
        assert found["a"]["inputs"] == {"password": SECRET, "deep": SECRET}
        assert found["default_7_51_1"]["inputs"]["secretKey"] == SECRET
        assert "v1:" not in str(evaluation)
        assert evaluation.assumed == ()

    def test_a_secret_made_by_the_program_is_not_shown(self, write: Write) -> None:
        evaluation = run(write('Bucket("a", x={"y": pulumi.Output.secret("hunter2hunter2")})'))
        assert by_name(evaluation)["a"]["inputs"] == {"x": {"y": SECRET}}
        assert "hunter2" not in str(evaluation)

    def test_environments_that_are_not_read_are_a_doubt(self, write: Write) -> None:
        [note] = run(write('Bucket("a")', dev="environment: [prod]\n")).notes
        assert note.doubt
        assert "ESC" in note.what


class TestStacks:
    """Which stack is evaluated is never guessed."""

    def test_the_only_stack_is_taken(self, write: Write) -> None:
        assert run(write('Bucket("a")', prod="config: {}\n")).stack == "prod"

    def test_without_a_stack_file_the_stack_is_dev(self, write: Write) -> None:
        assert run(write('Bucket("a")')).stack == "dev"

    def test_several_stacks_and_none_chosen_is_an_error_that_lists_them(self, write: Write) -> None:
        error = failing(write("", prod="config: {}\n", dev="config: {}\n"))
        assert error.what == "the project has several stacks: `dev`, `prod`"
        assert "--stack dev" in error.help

    def test_a_chosen_stack_wins_with_or_without_its_organization(self, write: Write) -> None:
        project = write('Bucket("a")', prod="config: {}\n", dev="config: {}\n")
        assert run(project, "prod").stack == "prod"
        assert run(project, "acme/shop/prod").stack == "prod"

    def test_a_stack_without_a_file_is_an_error(self, write: Write) -> None:
        error = failing(write("", dev="config: {}\n"), "prdo")
        assert error.what == "the stack `prdo` has no file `Pulumi.prdo.yaml`"
        assert error.help == "choose one of `dev`"

    def test_stack_files_may_have_a_folder_of_their_own(self, write: Write) -> None:
        project = write('Bucket("a")', settings="runtime: python\nstackConfigDir: settings")
        (project / "settings").mkdir()
        (project / "settings" / "Pulumi.live.yaml").write_text("config: {aws:region: eu-west-1}", encoding="utf-8")
        evaluation = run(project)
        assert evaluation.stack == "live"
        assert by_name(evaluation)["default_7_51_1"]["inputs"]["region"] == "eu-west-1"


class TestOtherStacks:
    """A StackReference is unknown unless the other stack's outputs are given."""

    PROGRAM = """
other = pulumi.StackReference("acme/net/dev")
Bucket("a", vpc=other.require_output("vpc"), key=other.get_output("key"))
"""

    def test_without_its_state_the_outputs_are_unknown_and_recorded(self, write: Write) -> None:
        evaluation = run(write(self.PROGRAM))
        assert by_name(evaluation)["a"]["inputs"] == {"vpc": UNKNOWN, "key": UNKNOWN}
        assert evaluation.assumed == (
            Assumed("stack-reference", "acme/net/dev", "outputs", f"__main__.py:{HEAD_LINES + 2}"),
        )

    def test_with_its_state_the_outputs_are_known_and_its_secrets_are_not(self, write: Write) -> None:
        states: Mapping[str, Any] = {
            "acme/net/dev": {
                "vpc": "vpc-1",
                "key": {SIGNATURE: "1b47061264138c4ac30d75fd1eb44270", "plaintext": '"hunter2"'},
            }
        }
        evaluation = run(write(self.PROGRAM), states=states)
        assert by_name(evaluation)["a"]["inputs"] == {"vpc": "vpc-1", "key": SECRET}
        assert "hunter2" not in str(evaluation)
        assert evaluation.assumed == ()


class TestProviderFunctions:
    """Functions are answered from their arguments where these decide, else by placeholders."""

    def test_zones_and_region_follow_the_configured_region(self, write: Write) -> None:
        program = """
@pulumi.output_type
class Zones:
    def __init__(__self__, names=None, zone_ids=None):
        pulumi.set(__self__, "names", names)
        pulumi.set(__self__, "zone_ids", zone_ids)
    @property
    @pulumi.getter
    def names(self) -> list[str]:
        return pulumi.get(self, "names")
    @property
    @pulumi.getter(name="zoneIds")
    def zone_ids(self) -> list[str]:
        return pulumi.get(self, "zone_ids")
def zones(opts=None):
    token = "aws:index/getAvailabilityZones:getAvailabilityZones"
    opts = opts or pulumi.InvokeOptions(version="7.51.1")
    return pulumi.runtime.invoke(token, {"state": "available"}, opts, Zones).value
here = zones()
Bucket("here", zone=here.names[0], zone_id=here.zone_ids[0])
there = zones(pulumi.InvokeOptions(provider=Provider("us", region="us-east-1")))
Bucket("there", zone=there.names[1])
"""
        evaluation = run(write(program, dev="config: {aws:region: eu-west-1}"))
        found = by_name(evaluation)
        assert found["here"]["inputs"]["zone"] == "eu-west-1a"
        assert found["there"]["inputs"]["zone"] == "us-east-1b"
        assert found["here"]["inputs"]["zone_id"].startswith("residency-placeholder:aws:index/getAvailabilityZones")
        [assumed] = evaluation.assumed
        assert (assumed.kind, assumed.type) == ("invoke", "Zones")
        assert assumed.where.startswith("__main__.py:")

    def test_without_a_region_zones_are_placeholders(self, write: Write) -> None:
        program = 'r = pulumi.runtime.invoke("aws:index/getRegion:getRegion", {}).value\nBucket("a", r=r["result"])'
        found = by_name(run(write(program)))
        assert found["a"]["inputs"]["r"] == "residency-placeholder:aws:index/getRegion:getRegion"

    def test_an_answer_that_is_decoded_as_json_does_not_end_the_program(self, write: Write) -> None:
        program = """
import json
text = pulumi.runtime.invoke("aws:secretsmanager/getSecretVersion:getSecretVersion", {}).value["result"]
Bucket("a", user=json.loads(text)["user"])
"""
        assert by_name(run(write(program)))["a"]["inputs"]["user"].startswith("residency-placeholder:aws:secrets")

    def test_an_argument_comes_back_in_the_type_of_the_result(self, write: Write) -> None:
        program = """
@pulumi.output_type
class Image:
    def __init__(__self__, most_recent, size, name):
        assert most_recent is True and size == 80, (most_recent, size)
        pulumi.set(__self__, "name", name)
    @property
    @pulumi.getter(name="mostRecent")
    def most_recent(self) -> bool: ...
    @property
    @pulumi.getter
    def size(self) -> int: ...
    @property
    @pulumi.getter
    def name(self) -> str: ...

image = pulumi.runtime.invoke("aws:ec2/getAmi:getAmi", {"mostRecent": "true", "size": "80", "name": "true"}, typ=Image)
Bucket("a", image=image.value.name)
"""
        assert by_name(run(write(program)))["a"]["inputs"]["image"] == "true"

    def test_the_parts_of_an_answer_are_recognisable(self, write: Write) -> None:
        program = """
zone = pulumi.runtime.invoke("aws:index/getZone:getZone", {}).value["result"]
Bucket("a", region=zone[:-1], letter=zone[-1], bucket=zone.replace("-", ""))
"""
        inputs = by_name(run(write(program)))["a"]["inputs"]
        assert all("residency-placeholder:" in inputs[key] for key in ("region", "letter", "bucket"))

    def test_what_a_chart_would_make_is_unknown_and_the_program_goes_on(self, write: Write) -> None:
        program = """
async def made(_):
    answer = await pulumi.runtime.invoke_async("kubernetes:helm:template", {"jsonOpts": "{}"})
    return answer["result"]

chart = pulumi.Output.from_input("x").apply(made)
Bucket("a", address=chart.apply(lambda made: made["v1/Service:shop"]))
"""
        assert by_name(run(write(program)))["a"]["inputs"]["address"] == UNKNOWN

    def test_a_method_of_a_resource_is_unknown(self, write: Write) -> None:
        program = """
a = Bucket("a")
Bucket("b", r=pulumi.runtime.call("eks:index:Cluster/getKubeconfig", {"__self__": a}, a))
"""
        assert by_name(run(write(program)))["b"]["inputs"]["r"] == UNKNOWN

    def test_a_policy_document_is_rendered_from_its_arguments_and_not_assumed(self, write: Write) -> None:
        program = """
statement = {"actions": ["s3:GetObject"], "resources": ["*"]}
token = "aws:iam/getPolicyDocument:getPolicyDocument"
Bucket("a", policy=pulumi.runtime.invoke(token, {"statements": [statement]}).value["minifiedJson"])
"""
        evaluation = run(write(program))
        assert by_name(evaluation)["a"]["inputs"]["policy"] == (
            '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}'
        )
        assert evaluation.assumed == ()

    def test_a_transform_of_functions_is_applied(self, write: Write) -> None:
        program = """
def move(args):
    return pulumi.InvokeTransformResult({**args.args, "region": "us-east-1"}, args.opts)
pulumi.runtime.register_invoke_transform(move)
token = "aws:index/getRegion:getRegion"
answer = pulumi.runtime.invoke(token, {"region": "eu-west-1"}).value
Bucket("a", r=answer["region"])
"""
        assert by_name(run(write(program)))["a"]["inputs"]["r"] == "us-east-1"

    def test_a_function_of_an_unknown_value_is_unknown(self, write: Write) -> None:
        program = """
answer = pulumi.runtime.invoke_output("aws:s3/getBucket:getBucket", {"bucket": Bucket("a").arn})
Bucket("b", r=answer)
"""
        assert by_name(run(write(program)))["b"]["inputs"]["r"] == UNKNOWN


class TestFailures:
    """A failure says what, where and how to mend it, with neither our frames nor a secret."""

    def test_an_exception_names_its_type_message_file_and_line(self, write: Write) -> None:
        error = failing(write('def inner():\n    raise ValueError("bad size")\ninner()'))
        assert error.what == "the program failed: ValueError: bad size"
        assert error.where == f"__main__.py:{HEAD_LINES + 2}"
        assert error.help == (
            f"called from __main__.py:{HEAD_LINES + 3}, in <module>; __main__.py:{HEAD_LINES + 2}, in inner"
        )
        assert "evaluator" not in str(error)
        assert "Traceback" not in str(error)

    def test_an_exception_in_a_callback_is_found_too(self, write: Write) -> None:
        error = failing(write('Bucket("a", bucket="x").bucket.apply(lambda v: v.missing)'))
        assert "AttributeError" in error.what
        assert error.where == f"__main__.py:{HEAD_LINES + 1}"

    def test_a_syntax_error_names_the_line(self, write: Write) -> None:
        error = failing(write("x = = 1"))
        assert "SyntaxError: invalid syntax" in error.what
        assert error.where == f"__main__.py:{HEAD_LINES + 1}"

    def test_a_secret_in_the_message_is_not_shown(self, write: Write) -> None:
        program = """
def use(value):
    raise ValueError(f"cannot connect with {value}")
Bucket("a", p=pulumi.Output.secret("hunter2hunter2"), bucket="b").bucket.apply(lambda _: use("hunter2" * 2))
"""
        error = failing(write(program))
        assert "cannot connect with [secret]" in error.what
        assert "hunter2" not in str(error)

    def test_keys_without_a_value_are_named_when_a_placeholder_does_not_fit(self, write: Write) -> None:
        error = failing(write('{"a": 1}[pulumi.Config().require("file")]'))
        assert "KeyError" in error.what
        assert "no value is configured for `shop:file`" in error.help

    def test_two_resources_with_one_name_are_an_error_as_in_the_engine(self, write: Write) -> None:
        error = failing(write('Bucket("a")\nBucket("a")'))
        assert "duplicate resource URN `urn:pulumi:dev::shop::aws:s3/bucket:Bucket::a`" in error.what

    def test_a_missing_module_is_named_with_how_to_install_it(self, write: Write) -> None:
        error = failing(write("import pulumi_nothing.sub"))
        assert error.what == f"the program needs the module `pulumi_nothing`, which `{sys.executable}` does not have"
        assert error.help == f"run `{sys.executable} -m pip install pulumi-nothing`"
        assert error.where == f"__main__.py:{HEAD_LINES + 1}"

    @pytest.mark.parametrize(
        "line",
        [
            "from pulumi import nothing_of_the_kind",
            "pulumi.nothing_of_the_kind",
            "pulumi.Config().nothing_of_the_kind",
        ],
    )
    def test_a_name_that_the_installed_package_does_not_have_is_told_with_its_version(
        self, write: Write, line: str
    ) -> None:
        error = failing(write(line))
        version = metadata.version("pulumi")
        assert f"`pulumi {version}` is installed and does not have that name: install the version" in error.help

    def test_a_wrong_argument_of_a_provider_sdks_class_is_told_with_its_version(self, write: Write) -> None:
        pytest.importorskip("pulumi_aws")
        error = failing(write("import pulumi_aws as aws\naws.s3.BucketWebsiteArgs(nothing=1)"))
        assert f"`pulumi_aws {metadata.version('pulumi_aws')}` is installed and does not have that name" in error.help

    def test_a_property_that_a_provider_sdk_asks_for_is_told_with_its_version(self, write: Write) -> None:
        pytest.importorskip("pulumi_gcp")
        error = failing(write('import pulumi_gcp as gcp\ngcp.storage.Bucket("a")'))
        assert "Missing required property 'location'" in error.what
        assert f"`pulumi_gcp {metadata.version('pulumi_gcp')}` is installed and asks for it" in error.help

    def test_a_module_that_an_installed_package_does_not_have_is_told_with_its_version(self, write: Write) -> None:
        error = failing(write("import pulumi.nothing_of_the_kind"))
        lacking = f"`pulumi {metadata.version('pulumi')}` does not have"
        assert error.what == f"the program needs the module `pulumi.nothing_of_the_kind`, which {lacking}"
        assert error.help.startswith("install the version that the program was written for")

    def test_a_program_that_calls_the_network_is_told_so(self, write: Write) -> None:
        error = failing(write('raise ConnectionError("no such host")'))
        assert "ConnectionError: no such host" in error.what
        assert "the program itself calls the network" in error.help

    def test_a_missing_module_in_a_uv_project_is_synced(self, write: Write) -> None:
        settings = "runtime: {name: python, options: {toolchain: uv}}"
        error = failing(write("import pulumi_nothing", settings=settings))
        assert error.help == "run `uv sync` in the project, or `pulumi install`"


class TestInterpreters:
    """The program runs where its own packages are."""

    def test_the_named_virtual_environment_is_used_and_pulumi_may_be_missing_there(self, write: Write) -> None:
        project = write("", settings="runtime: {name: python, options: {virtualenv: venv}}")
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(project / "venv")], check=True)
        error = failing(project)
        assert "the program needs the module `" in error.what
        assert "venv/bin/python" in error.what

    def test_nothing_of_residency_is_needed_there(self, write: Write) -> None:
        import msgspec  # noqa: PLC0415 - only to see where it lies
        import pulumi  # noqa: PLC0415 - as above

        project = write(
            'import importlib.util\nBucket("a", found=str(importlib.util.find_spec("residency")))',
            settings="runtime: {name: python, options: {virtualenv: venv}}",
        )
        venv = project / "venv"
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
        packages = next(venv.glob("lib/python*/site-packages"))
        (packages / "pulumi.pth").write_text(str(Path(pulumi.__file__).parents[1]), encoding="utf-8")
        (packages / "msgspec.py").write_text("raise ImportError('not here')", encoding="utf-8")
        assert msgspec.__file__
        assert by_name(run(project))["a"]["inputs"]["found"] == "None"

    def test_an_environment_that_does_not_exist_is_noted(self, write: Write) -> None:
        evaluation = run(write('Bucket("a")', settings="runtime: {name: python, options: {virtualenv: venv}}"))
        assert [note.what for note in evaluation.notes] == [
            "the virtual environment `venv` does not exist; another interpreter ran the program"
        ]


class TestProjectFiles:
    """A project that cannot be read says where and what else to give."""

    def test_a_folder_without_a_project_is_an_error(self, tmp_path: Path) -> None:
        error = failing(tmp_path)
        assert error.what.startswith("no Pulumi.yaml in")

    def test_a_program_of_the_automation_api_is_told_to_be_no_project(self, tmp_path: Path) -> None:
        (tmp_path / "main.py").write_text("from pulumi import automation as auto\n", encoding="utf-8")
        error = failing(tmp_path)
        assert "`main.py` drives Pulumi by its Automation API" in error.what
        assert "pulumi preview --json" in error.help

    @pytest.mark.parametrize("runtime", ["nodejs", "go", "yaml", "{name: dotnet}"])
    def test_another_runtime_names_the_sources_to_give_instead(self, write: Write, runtime: str) -> None:
        error = failing(write("", settings=f"runtime: {runtime}"))
        assert "only Python is evaluated" in error.what
        assert "`pulumi preview --json`" in error.help
        assert "`pulumi stack export`" in error.help

    def test_malformed_yaml_names_the_line(self, write: Write) -> None:
        error = failing(write("", settings="runtime: python\nmain: [1"))
        assert error.what.startswith("the file is not valid YAML")
        assert error.where.startswith("Pulumi.yaml:")

    def test_a_malformed_stack_file_names_the_line(self, write: Write) -> None:
        error = failing(write("", dev="config:\n  a: 'b\n"))
        assert error.where.startswith("Pulumi.dev.yaml:")

    @pytest.mark.parametrize("text", ["- a\n", "config: [1]\n", "config: text\n"])
    def test_a_stack_file_of_another_form_is_an_error(self, write: Write, text: str) -> None:
        assert failing(write("", dev=text)).where.startswith("Pulumi.dev.yaml")

    def test_a_missing_program_is_an_error(self, write: Write) -> None:
        error = failing(write("", settings="runtime: python\nmain: nowhere"))
        assert error.what == "the program `nowhere` does not exist"
        assert error.where == "Pulumi.yaml: main"

    def test_the_project_file_itself_may_be_given(self, write: Write) -> None:
        assert "a" in by_name(run(write('Bucket("a")') / "Pulumi.yaml"))
