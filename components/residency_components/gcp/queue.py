"""A queue in Pub/Sub.

Facts, from pulumi-gcp 10.2.0, pubsub.Topic and pubsub.Subscription, checked 2026-11-24: without a storage policy
messages are kept in the region that is nearest to whoever sends them; with `enforce_in_transit` they are also handled
in the named regions only; a subscription keeps messages for up to 31 days; what failed goes to a dead letter topic,
by the agent of Pub/Sub.
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi
import pulumi_gcp as gcp

from residency_components.ask import Asked
from residency_components.capabilities.queue import Queue
from residency_components.gcp.keys import lend, own_key, waiting
from residency_components.gcp.labels import labels, refuse_labels
from residency_components.spots import Spot

ATTEMPTS = 5
"""How often a message is taken before it goes to the queue for failures."""


class GcpQueue(Queue):
    """A topic of Pub/Sub with one subscription, kept and handled in one region only, under a key of the same region.

    The agent of Pub/Sub hands on what failed: it may write to the topic for failures and read the subscription.
    """

    _cloud = "gcp"
    _cost = "what is sent and kept, and the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_labels(asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        permission = lend(name, key, "pubsub", spot)
        topic = self._topic(name, spot, key, permission)
        failed = self._topic(f"{name}failed", spot, key, permission)
        subscription = self._subscription(name, asked, topic, failed)
        self._subscription(f"{name}failed", asked, failed, None)
        gcp.pubsub.TopicIAMMember(
            name,
            topic=failed.name,
            role="roles/pubsub.publisher",
            member=permission.member,
            opts=self._child,
        )
        gcp.pubsub.SubscriptionIAMMember(
            name,
            subscription=subscription.name,
            role="roles/pubsub.subscriber",
            member=permission.member,
            opts=self._child,
        )
        return {
            "queue_name": topic.name,
            "queue_id": topic.id,
            "failed_id": failed.id,
            "key_id": key.id,
        }

    def _topic(self, name: str, spot: Spot, key: gcp.kms.CryptoKey, permission: pulumi.Resource) -> gcp.pubsub.Topic:
        return gcp.pubsub.Topic(
            name,
            name=name,
            kms_key_name=key.id,
            message_storage_policy={
                "allowed_persistence_regions": [spot.region],
                "enforce_in_transit": True,
            },
            labels=labels(spot.asked),
            opts=waiting(spot, permission),
        )

    def _subscription(
        self, name: str, asked: Asked, topic: gcp.pubsub.Topic, failed: gcp.pubsub.Topic | None
    ) -> gcp.pubsub.Subscription:
        letters: Any = {"dead_letter_topic": failed.id, "max_delivery_attempts": ATTEMPTS} if failed else None
        return gcp.pubsub.Subscription(
            name,
            name=name,
            topic=topic.id,
            message_retention_duration=f"{asked['keep_days'] * 24 * 3600}s",
            expiration_policy={"ttl": ""},
            dead_letter_policy=letters,
            labels=labels(asked),
            opts=self._kept,
        )
