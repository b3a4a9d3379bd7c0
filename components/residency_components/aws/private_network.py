"""A private network in Amazon VPC.

Facts, each checked 2026-11-24: a new VPC has neither a way in nor out, and its default security group lets its
members reach one another until its rules are taken away (pulumi-aws 7.51.1, ec2.Vpc, ec2.DefaultSecurityGroup); the
service that an endpoint reaches is of the region in its name (the same, ec2.VpcEndpoint.service_name); the layers of
images come from a bucket of the registry in the same region (Amazon ECR User Guide, Interface VPC endpoints,
https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html (unread)).
"""
# Annotations are values here, not text: see `component`.

import ipaddress
import json
from collections.abc import Sequence
from typing import Any

import pulumi
import pulumi_aws as aws

from residency_components.ask import Asked
from residency_components.aws.keys import own_key, owner_of
from residency_components.aws.logs import Groups, own_log_groups
from residency_components.aws.networks import HTTPS, ZONES
from residency_components.aws.roles import allow, may, own_role
from residency_components.capabilities.private_network import PrivateNetwork
from residency_components.spots import Spot

SERVICES = (
    "ec2",
    "ecr.api",
    "ecr.dkr",
    "eks",
    "eks-auth",
    "kms",
    "logs",
    "monitoring",
    "secretsmanager",
    "sqs",
    "ssm",
    "sts",
)
"""What the components of this package call from inside a network: each has an endpoint there."""
_GATEWAYS = ("dynamodb", "s3")


class AwsPrivateNetwork(PrivateNetwork):
    """A VPC with three private subnets and endpoints of AWS services of the same region, whose flows are logged there.

    `egress` is the id of a transit gateway; without it there is no route but those within the network and to the
    endpoints.
    """

    _cloud = "aws"
    _cost = "an endpoint an hour for each service in each zone, what passes them, the flow logs, and one key"

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        network = aws.ec2.Vpc(
            name,
            cidr_block=asked["block"],
            enable_dns_support=True,
            enable_dns_hostnames=True,
            tags=asked.tags,
            region=asked.region,
            opts=self._kept,
        )
        aws.ec2.DefaultSecurityGroup(
            name,
            vpc_id=network.id,
            ingress=[],
            egress=[],
            tags=asked.tags,
            region=asked.region,
            opts=self._child,
        )
        subnets = self._subnets(name, asked, network)
        routes = self._routes(name, asked, network, subnets)
        self._gateways(name, spot, network, routes, key)
        self._endpoints(name, spot, network, subnets)
        group = self._flows(name, spot, network, key)
        return {
            "network_id": network.id,
            "block": asked["block"],
            "subnet_ids": pulumi.Output.all(*(subnet.id for subnet in subnets)),
            "log_id": group.arn,
            "key_id": key.arn,
        }

    def _subnets(self, name: str, asked: Asked, network: aws.ec2.Vpc) -> list[aws.ec2.Subnet]:
        """A quarter of the addresses for each of three zones; the last quarter stays free."""
        blocks = [*ipaddress.IPv4Network(asked["block"]).subnets(prefixlen_diff=2)][:ZONES]
        return [
            aws.ec2.Subnet(
                f"{name}{zone}",
                vpc_id=network.id,
                cidr_block=str(block),
                availability_zone=f"{asked.region}{zone}",
                map_public_ip_on_launch=False,
                tags=asked.tags,
                region=asked.region,
                opts=self._kept,
            )
            for zone, block in zip("abc", blocks, strict=True)
        ]

    def _routes(
        self, name: str, asked: Asked, network: aws.ec2.Vpc, subnets: Sequence[aws.ec2.Subnet]
    ) -> aws.ec2.RouteTable:
        """One table for all subnets, without a route out unless the caller names one."""
        table = aws.ec2.RouteTable(name, vpc_id=network.id, tags=asked.tags, region=asked.region, opts=self._child)
        for zone, subnet in zip("abc", subnets, strict=True):
            aws.ec2.RouteTableAssociation(
                f"{name}{zone}",
                route_table_id=table.id,
                subnet_id=subnet.id,
                region=asked.region,
                opts=self._child,
            )
        if asked["egress"] is not None:
            attached = aws.ec2transitgateway.VpcAttachment(
                name,
                transit_gateway_id=asked["egress"],
                vpc_id=network.id,
                subnet_ids=[subnet.id for subnet in subnets],
                tags=asked.tags,
                region=asked.region,
                opts=self._child,
            )
            aws.ec2.Route(
                name,
                route_table_id=table.id,
                destination_cidr_block="0.0.0.0/0",
                transit_gateway_id=asked["egress"],
                region=asked.region,
                opts=pulumi.ResourceOptions.merge(self._child, pulumi.ResourceOptions(depends_on=[attached])),
            )
        return table

    def _gateways(
        self, name: str, spot: Spot, network: aws.ec2.Vpc, table: aws.ec2.RouteTable, key: aws.kms.Key
    ) -> None:
        """S3 and DynamoDB of the region, for this account's own roles only."""
        for service in _GATEWAYS:
            aws.ec2.VpcEndpoint(
                f"{name}{service}",
                vpc_id=network.id,
                vpc_endpoint_type="Gateway",
                service_name=f"com.amazonaws.{spot.region}.{service}",
                route_table_ids=[table.id],
                policy=key.arn.apply(_own_account),
                tags=spot.asked.tags,
                region=spot.region,
                opts=self._child,
            )

    def _endpoints(self, name: str, spot: Spot, network: aws.ec2.Vpc, subnets: Sequence[aws.ec2.Subnet]) -> None:
        """The other services of the region, at addresses of the network."""
        group = aws.ec2.SecurityGroup(
            name,
            description="Reaches AWS services",
            vpc_id=network.id,
            tags=spot.asked.tags,
            region=spot.region,
            opts=self._child,
        )
        aws.vpc.SecurityGroupIngressRule(
            name,
            security_group_id=group.id,
            cidr_ipv4=spot.asked["block"],
            ip_protocol="tcp",
            from_port=HTTPS,
            to_port=HTTPS,
            tags=spot.asked.tags,
            region=spot.region,
            opts=self._child,
        )
        for service in SERVICES:
            aws.ec2.VpcEndpoint(
                f"{name}{service}",
                vpc_id=network.id,
                vpc_endpoint_type="Interface",
                service_name=f"com.amazonaws.{spot.region}.{service}",
                subnet_ids=[subnet.id for subnet in subnets],
                security_group_ids=[group.id],
                private_dns_enabled=True,
                tags=spot.asked.tags,
                region=spot.region,
                opts=self._child,
            )

    def _flows(self, name: str, spot: Spot, network: aws.ec2.Vpc, key: aws.kms.Key) -> aws.cloudwatch.LogGroup:
        """Every flow is logged in the same region."""
        groups = Groups({f"{name}flows": f"/residency/{name}/flows"}, spot.asked["keep_days"])
        group = own_log_groups(name, spot, key, groups)[f"{name}flows"]
        role = own_role(
            f"{name}flows",
            "vpc-flow-logs.amazonaws.com",
            f"Logs the flows of {name}",
            spot,
            key.arn.apply(lambda arn: owner_of(arn).account),
        )
        may(f"{name}flows", role, group.arn.apply(_logging), spot)
        aws.ec2.FlowLog(
            name,
            vpc_id=network.id,
            traffic_type="ALL",
            log_destination_type="cloud-watch-logs",
            log_destination=group.arn,
            iam_role_arn=role.arn,
            max_aggregation_interval=60,
            tags=spot.asked.tags,
            region=spot.region,
            opts=self._child,
        )
        return group


def _own_account(key: str) -> str:
    """Roles of the key's account, and the layers of images, which a registry hands out by signed addresses."""
    owner = owner_of(key)
    layers = f"arn:{owner.partition}:s3:::prod-{owner.region}-starport-layer-bucket/*"
    statements: list[dict[str, Any]] = [
        {
            "Sid": "OwnAccount",
            "Principal": "*",
            **allow("*", "*", StringEquals={"aws:PrincipalAccount": owner.account}),
        },
        {"Sid": "Layers", "Principal": "*", **allow("s3:GetObject", layers)},
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def _logging(group: str) -> list[dict[str, Any]]:
    actions = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
    return [allow(actions, f"{group}:*"), allow("logs:DescribeLogGroups", "*")]
