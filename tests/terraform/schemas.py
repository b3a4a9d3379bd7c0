"""Writes ``schemas/*.json``: the types that the fixtures use, as the real providers declare them.

``python -m tests.terraform.schemas FOLDER`` reads the npm packages that CDK for Terraform publishes, unpacked as
``FOLDER/<provider>/package``: aws (@cdktf/provider-aws), google, google-beta, azurerm. The packages do not say what is
sensitive, nor the version of a type's state: the first is named below, the second is left at 0.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from residency.ingest.terraform.names import schema
from tests.terraform.shape import FOLDER, Attribute, Block, Declared, Nested

FIXTURES = Path(__file__).parents[1] / "residency" / "ingest" / "terraform" / "fixtures"
"""The configurations whose types are wanted."""

PROVIDERS: Mapping[str, str] = {"aws": "aws_", "google": "google_", "google-beta": "google_", "azurerm": "azurerm_"}
"""A provider to the prefix of its types."""

_SENSITIVE = re.compile(
    r"(master_|root_|administrator_|administrator_login_)?password|secret_data|secret_string"
    r"|(primary|secondary)_(\w+_)?(key|connection_string)"
)
_DECLARED = re.compile(r'^(resource|data) "(\w+)" "\w+" \{(?:\n  provider += (google-beta))?', re.MULTILINE)
_NAMED = re.compile(r'tfResourceType = "(\w+)"')
_VERSION = re.compile(r"providerVersion: '([^']+)'")


def main(folder: Path) -> None:
    """Write the file of each provider."""
    for provider in PROVIDERS:
        found = _read(provider, folder / provider / "package")
        (FOLDER / f"{provider}.json").write_text(_text(found), "utf-8")


def _text(found: Declared) -> str:
    """The JSON, a line a type, so that a change reads as a diff."""
    parts = [f'"source":{_json(found.source)}', f'"version":{_json(found.version)}']
    for key, types in (("resources", found.resources), ("data_sources", found.data_sources)):
        lines = ",\n".join(f"{_json(name)}:{_json(block)}" for name, block in types.items())
        parts.append(f'"{key}":{{\n{lines}\n}}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _json(value: Any) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


def used(provider: str) -> set[tuple[str, str]]:
    """The types of a provider that the fixtures use: ``("resource", "aws_s3_bucket")``."""
    texts = (file.read_text("utf-8") for file in sorted(FIXTURES.rglob("*.tf")))
    return {
        (kind, name)
        for text in texts
        for kind, name, beta in _DECLARED.findall(text)
        if name.startswith(PROVIDERS[provider]) and (beta or "") == ("google-beta" if provider == "google-beta" else "")
    }


def _read(provider: str, package: Path) -> Declared:
    found: dict[tuple[str, str], Block] = {}
    version, wanted = "", used(provider)
    for kind, name, text in _texts(package):
        if (kind, name) in wanted:
            version = (_VERSION.search(text) or [""])[1]
            declared = schema.declaration(name, text)
            found[kind, name] = _block(declared.attributes, declared.outputs)
    if missing := sorted(wanted - found.keys()):
        raise SystemExit(f"{package} does not declare {missing}")
    parts = [
        {name: block for (kind, name), block in sorted(found.items()) if kind == part} for part in ("resource", "data")
    ]
    return Declared(f"npm package of CDK for Terraform for hashicorp/{provider}", version, *parts)


def _texts(package: Path) -> Iterator[tuple[str, str, str]]:
    for file in sorted((package / "lib").glob("*/index.js")):
        text = file.read_text("utf-8")
        if named := _NAMED.search(text):
            data = file.parent.name.startswith("data-") and "extends cdktf.TerraformDataSource" in text
            yield "data" if data else "resource", named.group(1), text


def _block(given: tuple[schema.Attribute, ...], outputs: tuple[schema.Attribute, ...]) -> Block:
    blocks = {each.name: _nested(each) for each in given if each.block}
    plain = {each.name: _attribute(each, settable=True) for each in given if not each.block}
    plain |= {each.name: _attribute(each, settable=False) for each in outputs}
    return Block(plain, blocks)


def _nested(each: schema.Attribute) -> Nested:
    most = 1 if each.single and each.many else 0
    return Nested(each.many or "single", _block(each.nested, each.outputs), int(each.required), most)


def _attribute(each: schema.Attribute, *, settable: bool) -> Attribute:
    return Attribute(
        _type(each),
        required=each.required,
        optional=settable and not each.required,
        computed=each.computed,
        sensitive=bool(_SENSITIVE.fullmatch(each.name)),
    )


def _type(each: schema.Attribute) -> Any:
    inner = (*each.nested, *each.outputs)
    element: Any = ["object", {part.name: _type(part) for part in inner}] if inner else _scalar(each.form)
    return [each.many, element] if each.many else element


def _scalar(form: str) -> str:
    return "string" if form in ("", "any") else form


if __name__ == "__main__":
    main(Path(sys.argv[1]))
