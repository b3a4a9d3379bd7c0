"""``residency catalogue``: for maintainers. ``pack`` needs only the catalogue, the others the provider's SDK.

``terraform`` needs as well the npm package that CDK for Terraform publishes of the provider, unpacked;
``cloudformation`` the schemas that cfn-lint ships.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from residency.catalogue import compiled, coverage, generated, resources
from residency.catalogue.generated import Inventory
from residency.catalogue.rows import ModuleFile, ProviderFile
from residency.catalogue.sdk import generate, source, unread
from residency.catalogue.sdk.generate import Change
from residency.errors import UsageError
from residency.ingest.cloudformation.names import generate as cloudformation_names
from residency.ingest.cloudformation.names import schema as cloudformation_schema
from residency.ingest.cloudformation.names import table as cloudformation_table
from residency.ingest.terraform.names import generate as names
from residency.ingest.terraform.names import table

DIFFERENT = 1


def run(options: argparse.Namespace) -> int:
    """Carry out what is asked for: ``generate``, ``terraform``, ``cloudformation``, ``unanswered`` or ``pack``."""
    if options.what == "pack":
        return _pack()
    if options.what in ("terraform", "cloudformation"):
        return _terraform(options) if options.what == "terraform" else _cloudformation(options)
    return _unanswered(options) if options.what == "unanswered" else _generate(options)


def _generate(options: argparse.Namespace) -> int:
    """Write the generated layer of a provider; with ``--check``, say what would change, and end with 1 if anything."""
    folder = Path(options.sdk) if options.sdk else generate.installed(options.provider)
    made = generate.inventory(options.provider, folder)
    if options.check:
        return _check(made, generated.inventory(options.provider))
    (generated.FOLDER / f"{options.provider}.txt").write_text(generated.render(made), "utf-8")
    sys.stdout.write(f"{made.package} {made.version}: {len(made.types)} types, {made.count} paths\n")
    return 0


def _terraform(options: argparse.Namespace) -> int:
    """Write the table of Terraform's names; with ``--check``, end with 1 if it differs from the one that is there."""
    folder = Path(options.sdk) if options.sdk else generate.installed(names.PROVIDERS[options.provider])
    made, left = names.text(options.provider, Path(options.schema), folder)
    file = table.FOLDER / f"{options.provider}.txt"
    if options.check:
        same = file.is_file() and file.read_text("utf-8") == made
        sys.stdout.write("nothing differs\n" if same else f"`{file.name}` differs\n")
        return 0 if same else DIFFERENT
    file.write_text(made, "utf-8")
    sys.stdout.writelines(f"in no pair: {name}\n" for name in left)
    return 0


def _cloudformation(options: argparse.Namespace) -> int:
    """Write the table of CloudFormation's names; with ``--check``, end with 1 if it differs from the one there is."""
    folder = Path(options.sdk) if options.sdk else generate.installed("aws")
    schemas = Path(options.schema) if options.schema else cloudformation_schema.installed()
    made, left = cloudformation_names.text(schemas, folder)
    if options.check:
        same = cloudformation_table.FILE.read_text("utf-8") == made
        sys.stdout.write("nothing differs\n" if same else f"`{cloudformation_table.FILE.name}` differs\n")
        return 0 if same else DIFFERENT
    cloudformation_table.FILE.write_text(made, "utf-8")
    sys.stdout.writelines(
        f"in no pair: {name} ({', '.join(near) or 'nothing is near'})\n" for name, near in left.items()
    )
    return 0


def _unanswered(options: argparse.Namespace) -> int:
    provider, _, module = options.provider.partition(":")
    if provider not in generated.PROVIDERS:
        raise UsageError(f"unknown provider `{provider}`", help=f"one of {', '.join(generated.PROVIDERS)}")
    sdk = source.read(Path(options.sdk) if options.sdk else generate.installed(provider))
    sys.stdout.writelines(f"{line}\n" for line in unread.lines(provider, sdk, module))
    return 0


def _pack() -> int:
    files = resources.files()
    for path in files:
        if path.stem == "_provider":
            resources.read(path, path.read_bytes(), ProviderFile)
        else:
            resources.read(path, path.read_bytes(), ModuleFile)
    compiled.FILE.write_bytes(compiled.pack(files))
    sys.stdout.write(f"{len(files)} files checked and packed\n")
    return 0


def _check(made: Inventory, committed: Inventory) -> int:
    same = generated.render(made) == generated.render(committed)
    sys.stdout.write("nothing differs\n" if same else text(generate.change(committed, made), made))
    return 0 if same else DIFFERENT


def text(change: Change, made: Inventory) -> str:
    """What is new and gone, a line each; for what is new, whether the rows answer it already."""
    answered = coverage.of(made)
    unanswered = frozenset(coverage.unanswered(answered.types))
    answers = {each.token: each.answer.value for each in answered.types}
    lines = [f"{made.package} {made.version}\n"]
    lines += [f"+ {token}: {answers[token]}\n" for token in change.new_types]
    lines += [f"- {token}\n" for token in change.gone_types]
    lines += [f"+ {path}: {'unanswered' if path in unanswered else 'answered'}\n" for path in change.new_paths]
    lines += [f"- {path}\n" for path in change.gone_paths]
    return "".join(lines)
