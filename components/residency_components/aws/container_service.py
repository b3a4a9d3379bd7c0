"""Containers in Amazon ECS on Fargate.

Facts, each checked 2026-11-24: what the key's policy must let Fargate do (Amazon ECS Developer Guide, Customer
managed keys for Fargate ephemeral storage,
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-managing-kms-key.html); Container Insights writes
to `/aws/ecs/containerinsights/NAME/performance`, and makes the group without a key if it is missing (Amazon
CloudWatch User Guide, Container Insights metrics,
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html (unread)); the
pairs of processors and memory (pulumi-aws 7.51.1, ecs.TaskDefinition).
"""
# Annotations are values here, not text: see `component`.

import json
from collections.abc import Sequence
from typing import Any

import pulumi
import pulumi_aws as aws

from residency_components.ask import Asked
from residency_components.aws.keys import Owner, own_key, owner_of
from residency_components.aws.logs import Groups, own_log_groups, writing
from residency_components.aws.networks import HTTPS, own_group
from residency_components.aws.roles import allow, may, own_role
from residency_components.capabilities.container_service import ContainerService
from residency_components.spots import Spot

SIZES = {"small": ("512", "1024"), "medium": ("1024", "2048"), "large": ("2048", "4096")}
"""Processors in 1024ths and memory in MiB."""


class AwsContainerService(ContainerService):
    """A service of ECS on Fargate in the subnets that were given; its disks and logs are under a KMS key of the region.

    It is reached at its own port from `networkBlock` only, and reaches port 443 of that block only: AWS services by the
    endpoints of a PrivateNetwork. Images come from ECR of the same account and region.
    """

    _cloud = "aws"
    _cost = "the processors and memory of what runs, what is logged, and one key"

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        names = {
            name: f"/residency/{name}",
            f"{name}insight": f"/aws/ecs/containerinsights/{name}/performance",
        }
        groups = own_log_groups(name, spot, key, Groups(names), lambda owner: _fargate(owner, name))
        cluster = self._cluster(name, spot, key, [*groups.values()])
        starter = own_role(f"{name}start", "ecs-tasks.amazonaws.com", f"Starts the containers of {name}", spot)
        rights = may(f"{name}start", starter, groups[name].arn.apply(_starting), spot)
        runner = own_role(name, "ecs-tasks.amazonaws.com", f"The containers of {name}", spot)
        task = self._task(name, spot, groups[name], starter, runner)
        group = own_group(name, f"Reaches {name}", spot, into=[asked["port"]], out_of=[HTTPS])
        service = aws.ecs.Service(
            name,
            name=name,
            cluster=cluster.arn,
            task_definition=task.arn,
            desired_count=asked["count"],
            launch_type="FARGATE",
            platform_version="LATEST",
            network_configuration={
                "subnets": asked["subnet_ids"],
                "security_groups": [group.id],
                "assign_public_ip": False,
            },
            deployment_circuit_breaker={"enable": True, "rollback": True},
            availability_zone_rebalancing="ENABLED",
            enable_execute_command=False,
            propagate_tags="SERVICE",
            tags=asked.tags,
            region=asked.region,
            opts=pulumi.ResourceOptions.merge(self._kept, pulumi.ResourceOptions(depends_on=[rights])),
        )
        return {
            "service_id": service.id,
            "identity_id": runner.arn,
            "log_id": groups[name].arn,
            "key_id": key.arn,
        }

    def _cluster(self, name: str, spot: Spot, key: aws.kms.Key, groups: Sequence[pulumi.Resource]) -> aws.ecs.Cluster:
        return aws.ecs.Cluster(
            name,
            name=name,
            settings=[{"name": "containerInsights", "value": "enabled"}],
            configuration={
                "managed_storage_configuration": {
                    "fargate_ephemeral_storage_kms_key_id": key.arn,
                    "kms_key_id": key.arn,
                }
            },
            tags=spot.asked.tags,
            region=spot.region,
            opts=pulumi.ResourceOptions.merge(spot.child, pulumi.ResourceOptions(depends_on=groups)),
        )

    def _task(
        self,
        name: str,
        spot: Spot,
        group: aws.cloudwatch.LogGroup,
        starter: aws.iam.Role,
        runner: aws.iam.Role,
    ) -> aws.ecs.TaskDefinition:
        asked = spot.asked
        processors, memory = SIZES[asked["size"]]
        known = pulumi.Output.all(image=asked["image"], group=group.name, environment=asked.environment)
        return aws.ecs.TaskDefinition(
            name,
            family=name,
            requires_compatibilities=["FARGATE"],
            network_mode="awsvpc",
            cpu=processors,
            memory=memory,
            execution_role_arn=starter.arn,
            task_role_arn=runner.arn,
            runtime_platform={"operating_system_family": "LINUX", "cpu_architecture": "X86_64"},
            container_definitions=known.apply(lambda values: _container(name, spot, values)),
            tags=asked.tags,
            region=asked.region,
            opts=spot.child,
        )


def _container(name: str, spot: Spot, known: dict[str, Any]) -> str:
    """The one container, which writes its logs in its own region."""
    port = spot.asked["port"]
    options = {
        "awslogs-group": known["group"],
        "awslogs-region": spot.region,
        "awslogs-stream-prefix": name,
    }
    container = {
        "name": name,
        "image": known["image"],
        "essential": True,
        "readonlyRootFilesystem": True,
        "portMappings": [{"containerPort": port, "protocol": "tcp"}],
        "environment": [{"name": key, "value": each} for key, each in sorted(known["environment"].items())],
        "logConfiguration": {"logDriver": "awslogs", "options": options},
    }
    return json.dumps([container])


def _starting(group: str) -> list[dict[str, Any]]:
    """Images of this account's registry in the region, and the log group."""
    owner = owner_of(group)
    pulling = [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer",
    ]
    registry = f"arn:{owner.partition}:ecr:{owner.region}:{owner.account}:repository/*"
    return [allow("ecr:GetAuthorizationToken", "*"), allow(pulling, registry), *writing(group)]


def _fargate(owner: Owner, cluster: str) -> list[dict[str, Any]]:
    """What Fargate does with the key: disks of this cluster's containers, and nothing else."""
    disks = {
        "kms:EncryptionContext:aws:ecs:clusterAccount": [owner.account],
        "kms:EncryptionContext:aws:ecs:clusterName": [cluster],
    }
    service = {"Effect": "Allow", "Principal": {"Service": "fargate.amazonaws.com"}, "Resource": "*"}
    return [
        {
            "Sid": "Disks",
            **service,
            "Action": "kms:GenerateDataKeyWithoutPlaintext",
            "Condition": {"StringEquals": disks},
        },
        {
            "Sid": "DisksOfTasks",
            **service,
            "Action": "kms:CreateGrant",
            "Condition": {
                "StringEquals": disks,
                "ForAllValues:StringEquals": {"kms:GrantOperations": ["Decrypt"]},
            },
        },
    ]
