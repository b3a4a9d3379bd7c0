"""A key in AWS KMS.

Facts: defaults and names are the SDK's own (pulumi-aws 7.51.1, aws.kms.KeyArgs).
Every resource takes `region` itself, and that wins over its provider (pulumi-aws 7.51.1).
"""
# Annotations are values here, not text: see `component`.

from typing import Any

from residency_components.ask import Asked
from residency_components.aws.keys import own_key
from residency_components.capabilities.encryption_key import EncryptionKey


class AwsEncryptionKey(EncryptionKey):
    """A KMS key of one region, renewed every year."""

    _cloud = "aws"
    _cost = "the key a month, and requests"

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        key = own_key(name, self._spot(asked))
        return {"key_id": key.arn}
