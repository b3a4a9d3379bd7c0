"""Terraform and OpenTofu as a source: the JSON of a plan or of a state.

In:  a file that ``terraform show -json`` or ``tofu show -json`` wrote.
Out: the same kind of ResourceGraph as every other source gives, by :func:`read`.
"""

from residency.ingest.terraform.read import read

__all__ = ["read"]
