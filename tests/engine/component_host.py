"""Serves the component package as its plugin does, for an engine that attaches to it instead of starting it.

In:  nothing; the engine says its address when it attaches.
Out: the port, as the first line; then it serves until it is ended.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import grpc
from google.protobuf import empty_pb2
from pulumi.provider.server import ProviderServicer
from pulumi.runtime.proto import provider_pb2_grpc
from residency_components.hosting import provider


class _Attached(ProviderServicer):
    """The SDK's own server has the engine's address from the command line, and no `Attach`."""

    async def Attach(self, request: Any, context: Any) -> empty_pb2.Empty:  # noqa: N802 - the protocol's own name
        del context
        self.engine_address = request.address
        return empty_pb2.Empty()


async def serve() -> None:
    """Serve on a free port."""
    server = grpc.aio.server()
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(_Attached(provider(), [], engine_address=""), server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    print(port, flush=True)  # noqa: T201 - told to the test
    await server.wait_for_termination()


if __name__ == "__main__":
    sys.exit(asyncio.run(serve()))
