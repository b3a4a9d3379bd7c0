"""Types without an input for a place: the list of them is what the generated layer has."""

from __future__ import annotations

from residency.catalogue import generated, resources


def test_the_list_has_each_type_without_a_location_and_no_other() -> None:
    listed = generated.inventory("azure-native").types
    without = {each.token for each in listed if all(path.path != "location" for path in each.paths)}
    assert resources.unplaced("azure-native") == without


def test_packages_without_a_list_have_no_such_types() -> None:
    assert resources.unplaced("aws") == frozenset()
    assert resources.unplaced("../azure-native") == frozenset()
