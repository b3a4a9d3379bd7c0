"""Which type of a Pulumi SDK a Terraform type is, and how its attributes are called there.

In:  a provider's schema and the Pulumi SDK that is generated from the same provider; reviewed pairs.
Out: names for the table of ``names/*.txt``; types that no rule decides are listed, never guessed.

A pair of types is taken where their names say the same and most of their attributes are the same, or where the
attributes are and no other type comes near. Source of the naming rules: the two packages themselves, compared.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from residency.catalogue.sdk.paths import leaves
from residency.catalogue.sdk.source import Sdk
from residency.ingest.pairing import Tree, forms, parts, plain, tree
from residency.ingest.terraform.names.schema import Attribute, Schema, TerraformType
from residency.ingest.terraform.names.table import Attributes, TypeNames, camel, snake

_APART = frozenset({"id", "timeouts", "tags_all", "terraform_labels", "effective_labels"})
"""What is Terraform's own, or only the provider says."""
_ALIKE, _CLOSE, _APART_FROM_NEXT = 0.5, 0.9, 0.15
_SAME_WORD = 0.6


class _Candidate(msgspec.Struct, frozen=True, order=True):
    score: float
    alike: float
    named: bool
    token: str


def pairs(schema: Schema, sdk: Sdk, reviewed: Mapping[str, str]) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Terraform type to token; and the types that were left.

    Args:
        schema: the Terraform provider's.
        sdk: the Pulumi package.
        reviewed: pairs that a person settled; "" where the SDK has no such type.
    """
    inputs = {each.token: frozenset(field.wire for field in each.fields) for each in sdk.types}
    words = _module_words(schema, inputs)
    found: dict[str, str] = {}
    left: list[str] = []
    for name, declared in schema.types.items():
        if name in reviewed:
            found[name] = reviewed[name]
            continue
        best = _ranked(declared, inputs, words)
        if _is_sure(best):
            found[name] = best[0].token
        else:
            left.append(name)
    return {name: token for name, token in found.items() if token}, tuple(left)


def _is_sure(best: Sequence[_Candidate]) -> bool:
    first, second = best
    apart = first.score - second.score > _APART_FROM_NEXT
    return apart and first.alike >= (_ALIKE if first.named else _CLOSE)


def _module_words(schema: Schema, inputs: Mapping[str, frozenset[str]]) -> Mapping[str, str]:
    """How each module of the SDK begins in Terraform's names, where types with the same attributes agree on it."""
    votes: dict[str, Counter[str]] = {}
    for declared in schema.types.values():
        mapped = _mapped(declared)
        short = plain(declared.name.partition("_")[2])
        for token, wires in inputs.items():
            module, name = parts(token)
            if short.endswith(name) and short != name and _alike(mapped, wires) >= _CLOSE:
                votes.setdefault(module, Counter())[short.removesuffix(name)] += 1
    return {module: counted.most_common(1)[0][0] for module, counted in votes.items()}


def _ranked(
    declared: TerraformType, inputs: Mapping[str, frozenset[str]], words: Mapping[str, str]
) -> Sequence[_Candidate]:
    mapped = _mapped(declared)
    short = plain(declared.name.partition("_")[2])
    found: list[_Candidate] = []
    for token, wires in inputs.items():
        module, name = parts(token)
        names = (module + name, words.get(module, module) + name, name)
        named = short in names
        alike = _alike(mapped, wires)
        bonus = 1 - 0.1 * names.index(short) if named else 0.3 if short.endswith(name) else 0.0
        found.append(_Candidate(alike + bonus, alike, named, token))
    return sorted(found, reverse=True)[:2]


def _mapped(declared: TerraformType) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(forms(camel(each.name))) for each in declared.attributes if each.name not in _APART)


def _alike(mapped: Sequence[frozenset[str]], wires: frozenset[str]) -> float:
    hit = sum(bool(names & wires) for names in mapped)
    return hit / max(1, len(mapped) + len(wires) - hit)


def names(declared: TerraformType, sdk: Sdk, token: str) -> TypeNames:
    """How the attributes of a type are called: only what the rule of ``table.camel`` does not say by itself."""
    owner = next(each for each in sdk.types if each.token == token)
    listed = leaves(sdk, owner)
    attributes = dict(_attributes(declared.attributes, tree(listed), ""))
    blocks = {each.name for each in declared.attributes if each.block}
    for name in blocks:
        said = attributes.get(name) or Attributes(camel(name))
        if said.name in owner.filled:
            attributes[name] = msgspec.structs.replace(said, filled=True)
    return TypeNames(token, attributes)


def settled(found: TypeNames, names: Mapping[str, str], filled: Sequence[str]) -> TypeNames:
    """The names with what a person settled: by path the name, "-" for none; and what the provider fills in."""
    attributes = dict(found.attributes)
    for path, name in names.items():
        attributes[path] = Attributes("" if name == "-" else name)
    for path in filled:
        said = attributes.get(path) or Attributes(camel(path))
        attributes[path] = msgspec.structs.replace(said, filled=True)
    return TypeNames(found.token, attributes)


def _attributes(
    given: Sequence[Attribute], inputs: Mapping[str, Tree], prefix: str
) -> Iterator[tuple[str, Attributes]]:
    matched = _matched(given, inputs)
    for each in given:
        path = f"{prefix}{each.name}"
        name = matched.get(each.name, "")
        if not name:
            if not prefix and each.name in _APART:
                continue
            yield path, Attributes("")
            continue
        child = inputs[name]
        flat = each.many in ("list", "set") and not child.many and each.form != "any"
        table = each.many == "map" and not each.nested
        ordered = each.many == "list" and bool(each.nested) and not flat
        if flat or table or ordered or name != camel(each.name) or snake(name) != each.name:
            yield path, Attributes(name, flat, table, ordered)
        yield from _attributes(each.nested, child.inner, f"{path}.")


def _matched(given: Sequence[Attribute], inputs: Mapping[str, Tree]) -> Mapping[str, str]:
    """Terraform's name to Pulumi's, at one level: the same in camel case first, then plurals, then what is left."""
    found: dict[str, str] = {}
    for each in given:
        if camel(each.name) in inputs:
            found[each.name] = camel(each.name)
    for each in given:
        taken = set(found.values())
        free = [form for form in forms(camel(each.name)) if form in inputs and form not in taken]
        if each.name not in found and free:
            found[each.name] = free[0]
    left = [each.name for each in given if each.name not in found and each.name not in _APART]
    free = sorted(inputs.keys() - set(found.values()))
    for name in left:
        near = difflib.get_close_matches(camel(name), free, 1, _SAME_WORD)
        if near and difflib.get_close_matches(near[0], [camel(each) for each in left], 1, _SAME_WORD) == [camel(name)]:
            found[name] = near[0]
            free.remove(near[0])
    return found
