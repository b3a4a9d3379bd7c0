"""Serves the stand-ins from this process, so that a real Terraform can be attached to them.

In:  providers by their address, ``hashicorp/aws``.
Out: the text for ``TF_REATTACH_PROVIDERS``, Terraform's own way to use a provider that already runs. TCP and not a
     socket file: each of Terraform's connections has its own port then, and a connection is one provider block.
"""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Generator, Mapping
from concurrent import futures
from contextlib import ExitStack, contextmanager
from typing import Any

from tests.terraform import wire
from tests.terraform.standin import StandIn

grpc: Any = importlib.import_module("grpc")


@contextmanager
def attached(providers: Mapping[str, StandIn]) -> Generator[str]:
    """Serve while the context lasts."""
    with ExitStack() as stack:
        found = {address: stack.enter_context(_served(standin)) for address, standin in sorted(providers.items())}
        yield json.dumps(found)


@contextmanager
def _served(standin: StandIn) -> Generator[Mapping[str, Any]]:
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=8))
    methods = {name: _handler(standin, name) for name in wire.CALLS}
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(wire.SERVICE, methods),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield {
            "Protocol": "grpc",
            "ProtocolVersion": 5,
            "Pid": os.getpid(),
            "Test": True,
            "Addr": {"Network": "tcp", "String": f"127.0.0.1:{port}"},
        }
    finally:
        server.stop(None).wait()


def _handler(standin: StandIn, call: str) -> Any:
    takes, gives = wire.CALLS[call]

    def answer(request: Any, context: Any) -> Any:
        return standin.answer(call, request, context.peer())

    return grpc.unary_unary_rpc_method_handler(
        answer,
        request_deserializer=wire.message(takes).FromString,
        response_serializer=wire.message(gives).SerializeToString,
    )
