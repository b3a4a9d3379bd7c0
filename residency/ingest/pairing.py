"""What the tables of names have in common: names that say the same, and the inputs of an SDK's type as a tree.

In:  names as another source writes them, and the leaves of a type of the Pulumi SDK.
Out: forms that a name may have in the SDK, words of a name, trees of inputs. For maintainers' commands only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from residency.catalogue.sdk.paths import Leaf


class Tree(msgspec.Struct, frozen=True):
    """The inputs of a Pulumi type at one level.

    Attributes:
        many: a list of it.
        inner: what is in it, by name; empty for a value.
        forms: what a value may be: text, flag, number, any.
    """

    many: bool
    inner: Mapping[str, Tree]
    forms: frozenset[str] = frozenset()


def tree(listed: Sequence[Leaf]) -> Mapping[str, Tree]:
    """Paths such as ``rules[*].destination.bucket`` as a tree."""
    by_first: dict[str, list[Leaf]] = {}
    marks: dict[str, bool] = {}
    forms: dict[str, frozenset[str]] = {}
    for leaf in listed:
        first, _, rest = leaf.path.partition(".")
        name = first.removesuffix("[*]").removesuffix("[*]")
        marks[name] = marks.get(name, False) or first.endswith("[*]")
        inner = by_first.setdefault(name, [])
        rest = rest.removeprefix("*").removeprefix(".") if rest.startswith("*") else rest
        if rest:
            inner.append(Leaf(rest, leaf.forms, "", ()))
        else:
            forms[name] = forms.get(name, frozenset()) | leaf.forms
    return {name: Tree(marks[name], tree(inner), forms.get(name, frozenset())) for name, inner in by_first.items()}


def plain(name: str) -> str:
    """A name without case and marks: ``KMSKeyId`` is ``kmskeyid``."""
    return re.sub("[^a-z0-9]", "", name.lower())


def forms(name: str) -> Iterator[str]:
    """The forms that a name may have in the SDK: itself, a list's in the plural, an element's in the singular."""
    yield name
    yield f"{name}s"
    yield f"{name}es"
    if name.endswith("y"):
        yield f"{name[:-1]}ies"
    if name.endswith("s"):
        yield name[:-1]
    if name.endswith("ies"):
        yield f"{name[:-3]}y"


def parts(token: str) -> tuple[str, str]:
    """Module and name of a token, both plain: ``aws:s3/bucket:Bucket`` is ``("s3", "bucket")``."""
    _, module, name = token.split(":")
    return plain(module.partition("/")[0]), plain(name)
