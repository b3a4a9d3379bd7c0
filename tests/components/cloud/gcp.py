"""What Google Cloud answers in the tests of the components, and which of its types have no place of their own."""

from __future__ import annotations

from typing import Any

UNPLACED: frozenset[str] = frozenset(
    {
        "gcp:cloudrunv2/serviceIamMember:ServiceIamMember",
        "gcp:compute/firewall:Firewall",
        "gcp:compute/globalAddress:GlobalAddress",
        "gcp:compute/network:Network",
        "gcp:compute/route:Route",
        "gcp:dns/managedZone:ManagedZone",
        "gcp:dns/recordSet:RecordSet",
        "gcp:firestore/backupSchedule:BackupSchedule",
        "gcp:firestore/index:Index",
        "gcp:kms/cryptoKey:CryptoKey",
        "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
        "gcp:logging/projectExclusion:ProjectExclusion",
        "gcp:logging/projectSink:ProjectSink",
        "gcp:projects/serviceIdentity:ServiceIdentity",
        "gcp:pubsub/subscription:Subscription",
        "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember",
        "gcp:pubsub/topic:Topic",
        "gcp:pubsub/topicIAMMember:TopicIAMMember",
        "gcp:secretmanager/secret:Secret",
        "gcp:secretmanager/secretVersion:SecretVersion",
        "gcp:serviceaccount/account:Account",
        "gcp:servicenetworking/connection:Connection",
        "gcp:sql/user:User",
        "gcp:storage/bucketIAMMember:BucketIAMMember",
    }
)
"""Types that are part of a placed resource, hold no data, or name their places in a property of their own."""

CALLS: dict[str, dict[str, Any]] = {
    "gcp:organizations/getProject:getProject": {"number": "123456789", "projectId": "project"},
}
"""What a function that only reads answers, by its token."""


def outputs(type_: str, name: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """The outputs of a created resource that components read, besides its inputs."""
    made: dict[str, dict[str, Any]] = {
        "gcp:backupdisasterrecovery/backupVault:BackupVault": {"backupVaultId": name},
        "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate": {
            "selfLink": f"projects/project/regions/{inputs.get('region')}/instanceTemplates/{name}",
        },
        "gcp:compute/globalAddress:GlobalAddress": {"address": "10.64.0.0"},
        "gcp:container/cluster:Cluster": {"endpoint": "10.20.0.2"},
        "gcp:logging/projectSink:ProjectSink": {"writerIdentity": f"serviceAccount:{name}-writer"},
        "gcp:projects/serviceIdentity:ServiceIdentity": {"member": f"serviceAccount:{inputs.get('service')}"},
        "gcp:serviceaccount/account:Account": {"email": f"{name}@project.iam.gserviceaccount.com"},
        "gcp:sql/databaseInstance:DatabaseInstance": {"privateIpAddress": "10.20.0.3"},
    }
    if type_ == "gcp:filestore/instance:Instance":
        return {"networks": [{**inputs["networks"][0], "ipAddresses": ["10.20.0.4"]}]}
    return made.get(type_, {})
