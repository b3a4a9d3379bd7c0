"""The catalogue's words on a default are shown where there is one, not where the program says the place itself."""

from __future__ import annotations

import pytest

from residency.judge import judge
from tests.residency.samples import eea, graph_of, provider, resource

BUCKET = "gcp:storage/bucket:Bucket"


@pytest.mark.parametrize(("inputs", "words"), [({"location": "US"}, False), ({}, True)], ids=["said", "default"])
def test_a_default_is_explained_only_where_it_applies(inputs: dict[str, str], words: bool) -> None:
    [found] = judge(graph_of(provider("g", "gcp"), resource(BUCKET, "b", inputs, by="g")), eea())
    assert found.countries == ("US",)
    assert ("without a location" in found.why) is words
    assert (found.fix == "set `location`") is words
