"""The program of every stack at the root: builds the stores that the stack's configuration lists.

In:  `residency:stores`, a list; each entry has name, country, owner and dataClass, and may have cloud, replicateTo and
     perimeter. The stack files stand beside this program.
Out: one output a store, under the store's name: where it is, and where its copy is.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pulumi

# The components are a package of their own beside this folder; an installed one would serve as well.
sys.path.append(str(Path(__file__).resolve().parent.parent / "components"))

from residency_components import ObjectStore
from residency_components.configured import stores

for store in stores(pulumi.Config().require_object("stores")):
    built = ObjectStore.build(store.name, store.args, cloud=store.cloud)
    pulumi.export(
        store.name,
        {
            "country": built.country,
            "region": built.region,
            "store": built.store_name,
            "copyRegion": built.copy_region,
        },
    )
