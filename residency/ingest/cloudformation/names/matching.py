"""Which type of a Pulumi SDK a CloudFormation type is, and how its properties are called there.

In:  CloudFormation's schemas and the Pulumi SDK; reviewed pairs.
Out: names for the table; types that no rule decides are listed, never guessed.

A pair is taken where the types are of one service, and either their names say the same (in a module that is called as
the service is, or a part of their properties does as well), or most of the properties do and no other type of the service comes near. Which modules of the SDK are a
service's is seen from the types whose names and properties agree. Source of the rules: the schemas and the SDK, compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from residency.catalogue import generated
from residency.catalogue.sdk import words
from residency.catalogue.sdk.paths import Leaf, leaves
from residency.catalogue.sdk.source import Sdk
from residency.ingest.cloudformation.names.schema import CloudFormationType, Schemas, Shape
from residency.ingest.cloudformation.names.table import BESIDE, NONE, Named, TypeNames, camel
from residency.ingest.pairing import Tree, forms, parts, plain, tree

_OWN = frozenset({"region", "tags", "tagsall"})
"""What every type of the SDK has; a property of a template that is called so is something else."""
_VOTE, _PART, _MOST, _APART_FROM_NEXT = 0.4, 0.3, 0.6, 0.15
_VOTES, _SHARE, _HOME = 2, 0.34, 0.3
_DEEPEST = 12
"""No block that places anything is as deep; schemas that contain themselves end here."""
_PAIR = frozenset({"Key", "Value"})
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+")
_FILLERS = frozenset(
    {
        *("name", "id", "arn", "identifier", "configuration", "config", "setting", "option", "list", "specification"),
        *("spec", "propertie", "property", "detail", "info", "definition"),
    }
)
"""Words that do not change what a name says."""


class _Candidate(msgspec.Struct, frozen=True, order=True):
    score: float
    alike: float
    named: bool
    home: bool
    token: str


def pairs(
    schemas: Schemas, sdk: Sdk, reviewed: Mapping[str, str]
) -> tuple[Mapping[str, str], Mapping[str, tuple[str, ...]]]:
    """CloudFormation type to token; and the types that were left, with the tokens that come nearest.

    Args:
        schemas: CloudFormation's types.
        sdk: the Pulumi package.
        reviewed: pairs that a person settled; "" where the SDK has no such type.
    """
    inputs = {each.token: frozenset(plain(field.wire) for field in each.fields) - _OWN for each in sdk.types}
    names = {token: parts(token) for token in inputs}
    modules = _modules(schemas, inputs, names)
    found: dict[str, str] = {}
    left: dict[str, tuple[str, ...]] = {}
    for name, declared in schemas.types.items():
        if name in reviewed:
            found[name] = reviewed[name]
            continue
        best = _ranked(declared, inputs, names, modules)
        if _is_sure(best):
            found[name] = best[0].token
        else:
            left[name] = tuple(each.token for each in best[:2])
    return {name: token for name, token in found.items() if token}, left


def _is_sure(best: Sequence[_Candidate]) -> bool:
    if not best:
        return False
    first = best[0]
    apart = len(best) == 1 or first.score - best[1].score > _APART_FROM_NEXT
    least = 0.0 if first.named and first.home else _PART if first.named else _MOST
    return apart and first.alike >= least


def _modules(
    schemas: Schemas, inputs: Mapping[str, frozenset[str]], names: Mapping[str, tuple[str, str]]
) -> Mapping[str, tuple[str, ...]]:
    """What the names of a module that is called as no service is may begin with: by vote of the types that agree."""
    services = {_service(name) for name in schemas.types}
    votes: dict[str, Counter[str]] = {}
    for name, declared in schemas.types.items():
        whole = _whole(name)
        given = _given(declared)
        for token, wires in inputs.items():
            module, own = names[token]
            if module not in services and whole.endswith(own) and whole != own and _alike(given, wires) >= _VOTE:
                votes.setdefault(module, Counter())[whole.removesuffix(own)] += 1
    found: dict[str, tuple[str, ...]] = {}
    for module, counted in votes.items():
        most = counted.most_common(1)[0][1]
        found[module] = tuple(word for word, count in sorted(counted.items()) if count >= max(_VOTES, most * _SHARE))
    return found


def _ranked(
    declared: CloudFormationType,
    inputs: Mapping[str, frozenset[str]],
    names: Mapping[str, tuple[str, str]],
    modules: Mapping[str, tuple[str, ...]],
) -> Sequence[_Candidate]:
    service, whole, given = _service(declared.name), _whole(declared.name), _given(declared)
    short = whole.removeprefix(service)
    found: list[_Candidate] = []
    for token, wires in inputs.items():
        module, own = names[token]
        begins = (module, *modules.get(module, ()))
        if not any(each.startswith(service) or service.startswith(each) for each in begins):
            continue
        named = whole in {f"{each}{own}" for each in begins} or short == own
        alike = _alike(given, wires)
        bonus = 1.0 if named else 0.3 if own.endswith(short) or short.endswith(own) else 0.0
        home = module == service
        found.append(_Candidate(alike + bonus + home * _HOME, alike, named, home, token))
    return sorted(found, reverse=True)[:3]


def _service(name: str) -> str:
    return plain(name.split("::")[1]) if name.count("::") > 1 else plain(name)


def _whole(name: str) -> str:
    return plain("".join(name.split("::")[1:]))


def _given(declared: CloudFormationType) -> tuple[frozenset[str], ...]:
    """The forms of each property's name, without the words of the type's own as well."""
    own = _own_words(declared.name)
    return tuple(
        frozenset(each for form in forms(plain(name)) for each in (form, *_without(form, own)))
        for name in declared.properties
        if plain(name) not in _OWN
    )


def _own_words(name: str) -> frozenset[str]:
    """What the names of a type's properties may begin with: its own name, the first words of it and the last."""
    listed = _WORD.findall(name.rpartition("::")[2])
    begins = {plain("".join(listed[:end])) for end in range(1, len(listed) + 1)}
    ends = {plain("".join(listed[start:])) for start in range(len(listed))}
    return frozenset(begins | ends)


def _without(form: str, own: frozenset[str]) -> Iterator[str]:
    for each in own:
        if form.startswith(each) and len(form) > len(each) + 1:
            yield form[len(each) :]


def _alike(given: Sequence[frozenset[str]], wires: frozenset[str]) -> float:
    hit = min(sum(bool(each & wires) for each in given), len(wires))
    return hit / max(1, len(given) + len(wires) - hit)


def names(declared: CloudFormationType, sdk: Sdk, token: str, rename: Mapping[str, str]) -> TypeNames:
    """How the properties of a type are called: only what the rule of ``table.camel`` does not say by itself.

    Args:
        declared: the type.
        sdk: the Pulumi package.
        token: of the type there.
        rename: properties by path that a person named.
    """
    owner = next(each for each in sdk.types if each.token == token)
    inputs = {name: each for name, each in tree(leaves(sdk, owner)).items() if name != "region"}
    listed = next((each.paths for each in generated.inventory("aws").types if each.token == token), ())
    walk = _Walk(declared, frozenset(each.plain for each in listed), rename)
    return TypeNames(token, dict(walk.top(inputs)))


class _Walk:
    """Goes through a type's properties and the SDK's inputs side by side."""

    def __init__(self, declared: CloudFormationType, listed: frozenset[str], rename: Mapping[str, str]) -> None:
        self._declared, self._listed, self._rename = declared, listed, rename

    def top(self, inputs: Mapping[str, Tree]) -> Iterator[tuple[str, Named]]:
        """The type's own properties; a block whose properties are the type's inputs is opened."""
        given = {name: self._declared.shape(node) for name, node in self._declared.properties.items()}
        own = _own_words(self._declared.name)
        matched = self._matched(given, inputs, own, "")
        free = {name: each for name, each in inputs.items() if name not in matched.values()}
        for name in [name for name in given if name not in matched and name not in self._rename]:
            inner = self._inner(given[name])
            found = self._matched(inner, free, own, f"{name}.")
            if not given[name].many and len(found) >= max(2, len(inner) / 2):
                yield name, Named(BESIDE)
                yield from self._level(inner, found, free, (f"{name}.", ""))
                del given[name]
        yield from self._level(given, matched, inputs, ("", ""))

    def _inner(self, shape: Shape) -> Mapping[str, Shape]:
        return {key: self._declared.shape(node) for key, node in shape.inner.items()}

    def _matched(
        self, given: Mapping[str, Shape], inputs: Mapping[str, Tree], own: frozenset[str], prefix: str
    ) -> Mapping[str, str]:
        """As the module's function, with what a person named settled beforehand."""
        named = {name: self._rename.get(f"{prefix}{name}", NONE) for name in given}
        settled = {name: ours for name, ours in named.items() if ours in inputs}
        left = {name: shape for name, shape in given.items() if named[name] == NONE}
        free = {name: each for name, each in inputs.items() if name not in settled.values()}
        return {**_matched(left, free, own), **settled}

    def _level(
        self,
        given: Mapping[str, Shape],
        matched: Mapping[str, str],
        inputs: Mapping[str, Tree],
        above: tuple[str, str],
    ) -> Iterator[tuple[str, Named]]:
        for name in sorted(given):
            shape, path = given[name], f"{above[0]}{name}"
            if self._rename.get(path) == "":
                inner, own_words = self._inner(shape), _own_words(f"::{name}")
                yield path, Named(BESIDE)
                yield from self._level(
                    inner, self._matched(inner, inputs, own_words, f"{path}."), inputs, (f"{path}.", above[1])
                )
            elif name not in matched:
                yield path, Named(NONE)
            else:
                yield from self._one(shape, matched[name], inputs[matched[name]], path, above[1])

    def _one(self, shape: Shape, own: str, child: Tree, path: str, above: str) -> Iterator[tuple[str, Named]]:
        """A property that has a counterpart, and what is in it."""
        ours, mark = f"{above}{own}", _mark(shape, child)
        if mark or own != camel(path.rpartition(".")[2]) or self._is_silent(ours, shape):
            yield path, Named(own, mark)
        if not shape.inner or mark in ("*", "k") or path.count(".") > _DEEPEST:
            return
        inner = self._inner(shape)
        if mark == "j":
            yield from self._tables(inner, f"{path}.")
        else:
            below = self._matched(inner, child.inner, _own_words(f"::{path.rpartition('.')[2]}"), f"{path}.")
            yield from self._level(inner, below, child.inner, (f"{path}.", f"{ours}."))

    def _tables(self, given: Mapping[str, Shape], prefix: str) -> Iterator[tuple[str, Named]]:
        """In a text of JSON, the blocks whose keys are data."""
        for name in sorted(given):
            shape = given[name]
            if shape.many == "map" or (shape.form == "object" and not shape.inner):
                yield f"{prefix}{name}", Named(camel(name), "*")
            elif shape.inner and name not in prefix.split("."):
                yield from self._tables(self._inner(shape), f"{prefix}{name}.")

    def _is_silent(self, ours: str, shape: Shape) -> bool:
        """Whether only the SDK's words tell that an input is no place: its name alone would leave a doubt."""
        form = {"boolean": "flag", "number": "number"}.get(shape.form, "text")
        return ours not in self._listed and words.why(Leaf(ours, frozenset({form}), "", ())) is not None


def _mark(shape: Shape, child: Tree) -> str:
    if shape.many == "map" and shape.inner and child.inner and child.many:
        return "m"
    if shape.many == "map" or (not shape.inner and shape.form == "object"):
        return "*"
    if shape.inner and not child.inner:
        return "k" if shape.many and shape.inner.keys() <= _PAIR else "j"
    if shape.many == "list" and not child.many:
        return "1"
    return "+" if child.many and not shape.many else ""


def _matched(given: Mapping[str, Shape], inputs: Mapping[str, Tree], own: frozenset[str]) -> Mapping[str, str]:
    """CloudFormation's name to the SDK's at one level: the same first, then plurals, then without words that say nothing.

    Args:
        given: the properties.
        inputs: the SDK's.
        own: what a name may begin with that only repeats what it is in.
    """
    found: dict[str, str] = {}
    free = dict(inputs)
    for keys in (_same, _plural, lambda name: _bare(name, own), lambda name: _core(name, own)):
        theirs, ours = _once(given, found, keys), _once(free, {}, keys)
        for key in sorted(theirs.keys() & ours.keys()):
            if _fits(given[theirs[key]], free[ours[key]]):
                found[theirs[key]] = ours[key]
                del free[ours[key]]
    return found


def _once(names: Mapping[str, Any], taken: Mapping[str, str], keys: Any) -> Mapping[str, str]:  # noqa: ANN401
    """Names by key, without keys that two names have."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for name in names:
        key = keys(name)
        if name in taken or not key:
            continue
        if key in found:
            twice.add(key)
        found[key] = name
    return {key: name for key, name in found.items() if key not in twice}


def _same(name: str) -> str:
    return plain(name)


def _plural(name: str) -> str:
    return "".join(_singular(word) for word in _words(name))


def _bare(name: str, own: frozenset[str]) -> str:
    """Without what only repeats the type: ``TopicName`` of a topic is ``name``."""
    form = plain(name)
    longest = max((each for each in own if form.startswith(each) and len(form) > len(each) + 1), key=len, default="")
    return _singular(form[len(longest) :])


def _core(name: str, own: frozenset[str]) -> str:
    kept = [word for each in _words(name) if (word := _singular(each)) not in _FILLERS]
    return _bare("".join(kept), own) if kept else ""


def _words(name: str) -> Sequence[str]:
    return [word.lower() for word in _WORD.findall(name)]


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _fits(shape: Shape, child: Tree) -> bool:
    """Whether a value of the one can be one of the other: a block is a block, or a text of JSON."""
    if not child.inner:
        return True
    return bool(shape.inner) or shape.form == "object"
