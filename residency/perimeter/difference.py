"""How one perimeter lets pass more than another.

In:  the perimeter before a change and the one after it.
Out: what was added, in words. A change that widens the perimeter has no finding, so that it must be told by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from residency.catalogue import places
from residency.perimeter.values import DataClass, Perimeter


def widened(before: Perimeter, after: Perimeter) -> Iterator[str]:
    """Each addition, as what comes after "the change": ``adds Norway (NO) to the perimeter``."""
    for code in sorted(after.countries - before.countries):
        yield f"adds {places.country_name(code)} ({code}) to the perimeter `{after.name}`"
    added = [
        *(f"exemption `{each.rule} for {each.resource}`" for each in after.exemptions if each not in before.exemptions),
        *(f"transfer `{each.name}`" for each in after.transfers if each not in before.transfers),
        *(f"external `{each.name}`" for each in after.externals if each not in before.externals),
        *(f"site `{each.name}`" for each in after.sites if each not in before.sites),
        *(_class(each) for each in after.classes if each not in before.classes),
        *(f"`{each.resource}` as `{each.data_class}`" for each in after.holdings if each not in before.holdings),
        *(f"rows of its own, `{each.name}`," for each in after.own_rows if each not in before.own_rows),
    ]
    yield from (f"adds or alters {each} in the perimeter `{after.name}`" for each in added)
    # A class may also be narrower than the perimeter, so that to take it away lets more pass.
    taken = [
        *(f"class `{each.name}`" for each in before.classes if each.name not in {one.name for one in after.classes}),
        *(f"`{each.resource}` as `{each.data_class}`" for each in before.holdings if each not in after.holdings),
    ]
    yield from (f"takes {each} out of the perimeter `{after.name}`" for each in taken)
    if after.class_tag != before.class_tag:
        named = f"the tag `{after.class_tag}`" if after.class_tag else "no tag"
        yield f"has {named} say what resources hold, in the perimeter `{after.name}`"
    if before.undetermined_blocks and not after.undetermined_blocks:
        yield f"lets what is undetermined pass in the perimeter `{after.name}`"


def _class(each: DataClass) -> str:
    return f"class `{each.name}`" if each.user_data else f"class `{each.name}`, which is no user data,"
