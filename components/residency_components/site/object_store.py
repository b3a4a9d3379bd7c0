"""An object store in a data centre of one's own, which speaks the protocol of Amazon S3.

Facts: a provider instance sends S3's calls to `endpoints[].s3`, and asks AWS for nothing else where the three checks
are skipped (pulumi-aws 7.51.1, aws.ProviderArgs). Ceph and MinIO encrypt a bucket under a key of their own key service
that its default encryption names (https://docs.ceph.com/en/latest/radosgw/encryption/ (unread),
https://min.io/docs/minio/linux/administration/server-side-encryption.html (unread), checked 2026-11-24).
"""
# Annotations are values here, not text: see `component`.

import json
from collections.abc import Mapping
from typing import Any, ClassVar, Optional

import pulumi
import pulumi_aws as aws

from residency_components.arguments import Argument, hidden, label, matching, needed
from residency_components.ask import Asked
from residency_components.capabilities.object_store import ObjectStore, ObjectStoreArgs
from residency_components.site.placed import InSite, SitedArgs
from residency_components.sites import endpoint_of, with_site


class SiteObjectStoreArgs(ObjectStoreArgs, SitedArgs):
    """What an object store in a site is asked for."""

    endpoint: str
    """Address of the store's S3 interface: https, and a host that the site declares."""
    key: str
    """Name of the key in the site's own key service that encrypts the data."""
    access_key: pulumi.Input[str]
    """The id of the access key with which the bucket is made."""
    secret_key: pulumi.Input[str]
    """The secret of that access key. It is kept encrypted in the state, and shown nowhere."""


class SiteObjectStore(InSite, ObjectStore):
    """A bucket of an S3-compatible store in a site that the perimeter file declares, reached over https only.

    The provider is the component's own: it sends nothing to AWS, whatever the program's providers are. The store's
    copies are the site's own affair, so `replicateTo` is refused.
    """

    _cloud = "site"
    _package = "aws"
    _cost = "what the site's disks cost; there is no cloud"
    _arguments: ClassVar[Mapping[str, Argument]] = with_site(
        {
            **ObjectStore.arguments(),
            "endpoint": needed(matching(r"https://[^\s]+", "an https address")),
            "key": needed(label),
            "access_key": needed(hidden),
            "secret_key": needed(hidden),
        }
    )

    def __init__(self, name: str, args: SiteObjectStoreArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None:
        """See ``Component``."""
        super().__init__(name, args, opts)

    def _refuse(self, asked: Asked) -> None:
        super()._refuse(asked)
        endpoint_of(asked["endpoint"], self._declared(asked))

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        provider = self._own_provider(name, asked)
        kept = pulumi.ResourceOptions.merge(self._kept, pulumi.ResourceOptions(provider=provider))
        child = pulumi.ResourceOptions.merge(self._child, pulumi.ResourceOptions(provider=provider))
        bucket = aws.s3.Bucket(name, force_destroy=False, tags=asked.tags, region=asked.region, opts=kept)
        aws.s3.BucketVersioning(
            name,
            bucket=bucket.bucket,
            versioning_configuration={"status": "Enabled"},
            region=asked.region,
            opts=child,
        )
        aws.s3.BucketServerSideEncryptionConfiguration(
            name,
            bucket=bucket.bucket,
            rules=[
                {
                    "apply_server_side_encryption_by_default": {
                        "sse_algorithm": "aws:kms",
                        "kms_master_key_id": asked["key"],
                    }
                }
            ],
            region=asked.region,
            opts=child,
        )
        aws.s3.BucketPolicy(
            name, bucket=bucket.bucket, policy=bucket.bucket.apply(_only_tls), region=asked.region, opts=child
        )
        return {
            "store_name": bucket.bucket,
            "store_id": bucket.arn,
            "key_id": asked["key"],
            "copy_region": None,
            "copy_name": None,
        }

    def _own_provider(self, name: str, asked: Asked) -> aws.Provider:
        """A provider that reaches the site's store, and nothing of AWS."""
        return aws.Provider(
            name,
            region=asked.region,
            endpoints=[{"s3": asked["endpoint"]}],
            access_key=asked["access_key"],
            secret_key=asked["secret_key"],
            s3_use_path_style=True,
            skip_credentials_validation=True,
            skip_metadata_api_check=True,
            skip_region_validation=True,
            skip_requesting_account_id=True,
            opts=self._child,
        )


def _only_tls(bucket: str) -> str:
    """Denies plain HTTP."""
    statement = {
        "Sid": "OnlyTls",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
