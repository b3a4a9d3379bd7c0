"""A Kubernetes cluster in Amazon EKS.

Facts, each checked 2026-11-24: EKS writes the logs of a cluster to `/aws/eks/NAME/cluster` (Amazon EKS User Guide,
Send control plane logs, https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html (unread)); the
policies of the roles (the same, Cluster IAM role and Node IAM role,
https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html); images of the type `AL2023_x86_64_STANDARD`
have their root disk at `/dev/xvda` (the same, Launch templates).
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi
import pulumi_aws as aws

from residency_components.ask import Asked
from residency_components.aws.keys import for_auto_scaling, own_key
from residency_components.aws.logs import Groups, own_log_groups
from residency_components.aws.machines import SIZES, metadata_options, root_disk, tagged
from residency_components.aws.roles import attach, own_role
from residency_components.capabilities.kubernetes_cluster import KubernetesCluster
from residency_components.spots import Spot

DISK_GIB = 100
"""Size of each node's disk: images and what pods write beside their volumes."""
LOGS = ("api", "audit", "authenticator", "controllerManager", "scheduler")
"""All kinds of logs that EKS writes."""
NODE_POLICIES = ("AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonEKS_CNI_Policy")


class AwsKubernetesCluster(KubernetesCluster):
    """An EKS cluster and one group of nodes; secrets, disks and logs are under a KMS key of the same region.

    Its API has an address in the network only. Who creates it administers it; others get access entries.
    """

    _cloud = "aws"
    _cost = "the cluster an hour, the nodes and their disks, what is logged, and one key"

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        groups = Groups({name: f"/aws/eks/{name}/cluster"})
        group = own_log_groups(name, spot, key, groups, for_auto_scaling)[name]
        cluster = self._cluster(name, spot, key, group)
        self._nodes(name, spot, key, cluster)
        return {
            "cluster_name": cluster.name,
            "cluster_id": cluster.arn,
            "address": cluster.endpoint,
            "log_id": group.arn,
            "key_id": key.arn,
        }

    def _cluster(self, name: str, spot: Spot, key: aws.kms.Key, group: aws.cloudwatch.LogGroup) -> aws.eks.Cluster:
        role = own_role(f"{name}plane", "eks.amazonaws.com", f"Control plane of {name}", spot)
        rights = attach(f"{name}plane", role, ["AmazonEKSClusterPolicy"], spot)
        return aws.eks.Cluster(
            name,
            name=name,
            role_arn=role.arn,
            vpc_config={
                "subnet_ids": spot.asked["subnet_ids"],
                "endpoint_private_access": True,
                "endpoint_public_access": False,
            },
            encryption_config={"provider": {"key_arn": key.arn}, "resources": ["secrets"]},
            enabled_cluster_log_types=[*LOGS],
            access_config={
                "authentication_mode": "API",
                "bootstrap_cluster_creator_admin_permissions": True,
            },
            upgrade_policy={"support_type": "STANDARD"},
            deletion_protection=True,
            tags=spot.asked.tags,
            region=spot.region,
            opts=pulumi.ResourceOptions.merge(spot.kept, pulumi.ResourceOptions(depends_on=[*rights, group])),
        )

    def _nodes(self, name: str, spot: Spot, key: aws.kms.Key, cluster: aws.eks.Cluster) -> None:
        asked = spot.asked
        role = own_role(f"{name}node", "ec2.amazonaws.com", f"Nodes of {name}", spot)
        rights = attach(f"{name}node", role, NODE_POLICIES, spot)
        template = aws.ec2.LaunchTemplate(
            name,
            metadata_options=metadata_options(2),
            monitoring={"enabled": True},
            block_device_mappings=root_disk("/dev/xvda", key, DISK_GIB),
            tag_specifications=tagged(asked),
            update_default_version=True,
            tags=asked.tags,
            region=spot.region,
            opts=spot.child,
        )
        aws.eks.NodeGroup(
            name,
            cluster_name=cluster.name,
            node_role_arn=role.arn,
            subnet_ids=asked["subnet_ids"],
            ami_type="AL2023_x86_64_STANDARD",
            instance_types=[SIZES[asked["size"]]],
            scaling_config={
                "desired_size": asked["nodes"],
                "min_size": asked["nodes"],
                "max_size": asked["nodes"],
            },
            update_config={"max_unavailable": 1},
            launch_template={"id": template.id, "version": template.latest_version.apply(str)},
            tags=asked.tags,
            region=spot.region,
            opts=pulumi.ResourceOptions.merge(spot.kept, pulumi.ResourceOptions(depends_on=rights)),
        )
