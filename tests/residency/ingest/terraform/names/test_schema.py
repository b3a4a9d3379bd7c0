"""A provider's types are read from the package that CDK for Terraform publishes of it."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from residency.errors import InputError
from residency.ingest.terraform.names import schema
from residency.ingest.terraform.names.schema import Attribute

# What the generator writes, shortened: the comments are in the TypeScript that the source map carries.
TYPESCRIPT = """
export class TableReplicaOutputReference extends cdktf.ComplexObject {
  // arn - computed: true, optional: false, required: false
  public get arn() {
    return this.getStringAttribute('arn');
  }

  // region_name - computed: false, optional: false, required: true
  private _regionName?: string;
  public get regionName() {
    return this.getStringAttribute('region_name');
  }
}
export class TableStreamOutputReference extends cdktf.ComplexObject {
  // shards - computed: true, optional: false, required: false
  public get shards() {
    return cdktf.Fn.tolist(this.getListAttribute('shards'));
  }
}
export class Table extends cdktf.TerraformResource {
  // endpoints - computed: true, optional: false, required: false
  private _endpoints = new cdktf.StringMap(this, "endpoints");

  // region - computed: true, optional: true, required: false
  private _region?: string;
  public get region() {
    return this.getStringAttribute('region');
  }

  // size - computed: true, optional: false, required: false
  public get size() {
    return this.getNumberAttribute('size');
  }

  // stream - computed: true, optional: false, required: false
  private _stream = new TableStreamList(this, "stream", false);

  // replica - computed: false, optional: true, required: false
  private _replica = new TableReplicaList(this, "replica", true);
}
"""
JAVASCRIPT = """
function tableReplicaToHclTerraform(struct) {
    const attrs = {
        region_name: {
            value: cdktf.stringToHclTerraform(struct.regionName),
            isBlock: false,
            type: "simple",
            storageClassType: "string",
        },
    };
}
class Table extends cdktf.TerraformResource {
                providerVersion: '1.2.3',
    synthesizeHclAttributes() {
        const attrs = {
            region: {
                value: cdktf.stringToHclTerraform(this._region),
                isBlock: false,
                type: "simple",
                storageClassType: "string",
            },
            replica: {
                value: cdktf.listMapperHcl(tableReplicaToHclTerraform, true)(this._replica.internalValue),
                isBlock: true,
                type: "set",
                storageClassType: "TableReplicaList",
            },
        };
    }
}
Table.tfResourceType = "cloud_table";
"""


def package(folder: Path, *, typescript: str = TYPESCRIPT) -> Path:
    """A package with one type."""
    carried = base64.b64encode(json.dumps({"version": 3, "sourcesContent": [typescript]}).encode()).decode()
    file = folder / "lib" / "table" / "index.js"
    file.parent.mkdir(parents=True)
    file.write_text(f"{JAVASCRIPT}//# sourceMappingURL=data:application/json;base64,{carried}", "utf-8")
    return folder


def test_what_is_computed_and_required_is_read_from_the_source_map(tmp_path: Path) -> None:
    region, replica = schema.read(package(tmp_path)).types["cloud_table"].attributes
    assert (region.computed, region.required) == (True, False)
    assert (replica.computed, replica.required) == (False, False)
    assert [(each.name, each.computed, each.required) for each in replica.nested] == [("region_name", False, True)]


def test_what_only_the_provider_says_has_its_type(tmp_path: Path) -> None:
    outputs = schema.read(package(tmp_path)).types["cloud_table"].outputs
    shards = Attribute("shards", "string", "set", block=False, single=False, computed=True)
    assert outputs == (
        Attribute("endpoints", "string", "map", block=False, single=False, computed=True),
        Attribute("size", "number", "", block=False, single=False, computed=True),
        Attribute("stream", "", "list", block=False, single=False, computed=True, outputs=(shards,)),
    )


def test_what_only_the_provider_says_inside_a_block_is_kept_with_the_block(tmp_path: Path) -> None:
    (replica,) = [each for each in schema.read(package(tmp_path)).types["cloud_table"].attributes if each.block]
    assert [each.name for each in replica.outputs] == ["arn"]


def test_a_folder_without_types_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="declares no Terraform resource"):
        schema.read(tmp_path)
