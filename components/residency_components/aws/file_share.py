"""A file share in Amazon EFS.

Facts, each checked 2026-11-24: a file system is copied to another region only by a replication configuration of its
own (pulumi-aws 7.51.1, efs.ReplicationConfiguration); its policy can ask for TLS and for a mount target (Amazon EFS
User Guide, Resource-based policies, https://docs.aws.amazon.com/efs/latest/ug/access-control-block-public-access.html
(unread)); NFS is served on port 2049 (the same, Network access).
"""
# Annotations are values here, not text: see `component`.

import json
from typing import Any

import pulumi_aws as aws

from residency_components.ask import Asked
from residency_components.aws.backups import own_plan, own_selection, own_vault
from residency_components.aws.keys import own_key
from residency_components.aws.networks import each_subnet, own_group
from residency_components.capabilities.file_share import FileShare

NFS = 2049
USER = 10001
"""Whom everybody is who mounts the share by its access point: not root, to whom a new file system belongs."""


class AwsFileShare(FileShare):
    """An EFS file system with a mount target in each part of the network, and a vault of AWS Backup in the same region.

    It grows by itself, so `sizeGib` has no effect. Machines mount it over TLS only, by its access point, which makes
    them one user that may write; nobody is root there.
    """

    _cloud = "aws"
    _cost = "what is stored and backed up, what is read and written, and one key"

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        share = aws.efs.FileSystem(
            name,
            encrypted=True,
            kms_key_id=key.arn,
            performance_mode="generalPurpose",
            throughput_mode="elastic",
            protection={"replication_overwrite": "ENABLED"},
            tags=asked.tags,
            region=asked.region,
            opts=self._kept,
        )
        aws.efs.FileSystemPolicy(
            name,
            file_system_id=share.id,
            policy=share.arn.apply(_only_tls),
            region=asked.region,
            opts=self._child,
        )
        aws.efs.AccessPoint(
            name,
            file_system_id=share.id,
            posix_user={"uid": USER, "gid": USER},
            root_directory={
                "path": f"/{name}",
                "creation_info": {"owner_uid": USER, "owner_gid": USER, "permissions": "0770"},
            },
            tags=asked.tags,
            region=asked.region,
            opts=self._child,
        )
        group = own_group(name, f"Mounts {name}", spot, into=[NFS])
        for at, subnet in enumerate(each_subnet(asked)):
            aws.efs.MountTarget(
                f"{name}{at}",
                file_system_id=share.id,
                subnet_id=subnet,
                security_groups=[group.id],
                region=asked.region,
                opts=self._child,
            )
        vault = own_vault(name, spot, key, asked["keep_days"])
        plan = own_plan(name, spot, vault, asked["keep_days"])
        own_selection(name, spot, plan, key, resources=[share.arn])
        return {"share_id": share.id, "address": share.dns_name, "key_id": key.arn}


def _only_tls(share: str) -> str:
    """Mounting through a mount target of the network, and never without TLS."""
    anyone = {"Principal": {"AWS": "*"}, "Resource": share}
    actions = [f"elasticfilesystem:Client{right}" for right in ("Mount", "Write")]
    inside = {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}}
    statements: list[dict[str, Any]] = [
        {"Sid": "Mount", "Effect": "Allow", **anyone, "Action": actions, "Condition": inside},
        {
            "Sid": "OnlyTls",
            "Effect": "Deny",
            **anyone,
            "Action": "*",
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        },
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements})
