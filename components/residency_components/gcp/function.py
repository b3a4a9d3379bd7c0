"""A function in Cloud Run, from a container image. Facts: see `runs` and `logs`."""
# Annotations are values here, not text: see `component`.

from typing import Any

from residency_components.ask import Asked
from residency_components.capabilities.function import Function
from residency_components.gcp.keys import own_key
from residency_components.gcp.labels import refuse_labels
from residency_components.gcp.logs import own_logs
from residency_components.gcp.runs import Scale, logs_of, own_account, own_service

MOST = 100
"""How many instances there can be."""
PORT = 8080
"""Where a function listens, which Cloud Run tells it by `PORT`."""


class GcpFunction(Function):
    """A service of Cloud Run that runs when it is called, under a key of the same region; it listens on port 8080.

    It is called from the network only, by callers that are given the right, and calls by the network's part only. Its
    logs go to a bucket of the region, and are kept from the global one.
    """

    _cloud = "gcp"
    _cost = "the processors and memory of what runs, what is logged, and the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_labels(asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        logs = own_logs(name, spot, key, logs_of(name, spot))
        account = own_account(name, f"The function of {name}", spot)
        service = own_service(name, spot, key, account, Scale(0, MOST, PORT, asked["seconds"]))
        return {
            "function_id": service.id,
            "identity_id": account.id,
            "log_id": logs.id,
            "key_id": key.id,
        }
