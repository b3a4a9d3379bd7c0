"""Runs the real Pulumi engine on a program, with stand-in providers and real policy packs; no cloud, no account.

In:  a program (a function or a project folder), configuration, policy packs.
Out: `results.Run`, and the exported state.

The program runs inside the test's process, in the Automation API's own inline language server, which the command
line is told of by ``--client``, as the Automation API does; so no language plugin is needed. The engine starts a pack
through an executable `pulumi-analyzer-policy-python` on PATH, its way where it finds no language plugin. Where it finds
one, PULUMI_DRY_RUN, PULUMI_STACK and PULUMI_PROJECT do not reach the pack: the starter here takes them away as well
(pulumi 3.259.0, `sdk/go/common/resource/plugin/analyzer_plugin.go`, `NewPolicyAnalyzer`; checked 2026-11-23).
"""

from __future__ import annotations

import contextlib
import json
import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent import futures
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import grpc
from pulumi.automation._server import LanguageServer
from pulumi.runtime.proto import language_pb2_grpc, provider_pb2_grpc

from tests.engine.results import Run, diagnostics, read_events, violations
from tests.engine.standin.aws import AwsCloud
from tests.engine.standin.azure import AzureCloud
from tests.engine.standin.gcp import GcpCloud
from tests.engine.standin.servicer import StandInProvider

ROOT = Path(__file__).resolve().parents[2]
SHIM = """#!/bin/sh
unset PULUMI_DRY_RUN PULUMI_STACK PULUMI_PROJECT PULUMI_ORGANIZATION PULUMI_CONFIG
exec "$PULUMI_PYTHON_CMD" -u -m pulumi.policy "$1" "$2"
"""
"""Starts a Python pack; the engine's further arguments are the runtime's options, which concern environments."""
SECONDS = 120
FOREIGN = ("AWS_", "GOOGLE_", "GCLOUD_", "CLOUDSDK_", "ARM_", "AZURE_", "PULUMI_")
"""Variables of these families never reach a run unless a test gives them."""
PASSPHRASE = "stand-in"  # noqa: S105 - of a backend that lives as long as its test

Program = Callable[[], Any]
Served = Callable[[], contextlib.AbstractContextManager[str]]
"""Serves a program while it is entered, and gives its address."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A policy pack's folder, and its configuration: from policy name to properties."""

    folder: Path
    config: Mapping[str, Any] = field(default_factory=dict[str, Any])


class Engine:
    """The command line, the stand-in providers, and a folder of a test's own.

    Args:
        binary: the `pulumi` to run.
        scratch: an empty folder; backend, home and projects are kept in it, so that tests can run side by side.
    """

    def __init__(self, binary: Path, scratch: Path) -> None:
        self.binary = binary
        self.scratch = scratch
        self.environment: dict[str, str] = {}
        clouds = (AwsCloud(self.environment), GcpCloud(self.environment), AzureCloud(self.environment))
        self.providers = {cloud.package: StandInProvider(cloud) for cloud in clouds}
        self._servers = [_serve(provider) for provider in self.providers.values()]
        ports = zip(self.providers, self._servers, strict=True)
        self._ports = {package: port for package, (_, port) in ports}
        self._path = [str(scratch / "bin")]
        for name in ("backend", "home", "bin"):
            (scratch / name).mkdir()
        shim = scratch / "bin" / "pulumi-analyzer-policy-python"
        shim.write_text(SHIM, encoding="utf-8")
        shim.chmod(0o755)

    def close(self) -> None:
        """Stop the stand-ins."""
        for server, _ in self._servers:
            server.stop(0)

    def attach(self, package: str, port: int) -> None:
        """Have a provider that is served on a port answer for a package."""
        self._ports[package] = port

    def written(self, program: str, host: Path, *, packs: Sequence[Pack] = ()) -> Stack:
        """A stack of a program in another language, which the engine runs with a host of that language.

        Args:
            program: the whole `Pulumi.yaml`.
            host: the folder of the language's host.
            packs: policy packs to run with.
        """
        self._path.append(str(host))
        folder = self.scratch / "project-written"
        folder.mkdir()
        (folder / "Pulumi.yaml").write_text(program, encoding="utf-8")
        return self._made(folder, None, {}, "dev", packs)

    def variables(self) -> dict[str, str]:
        """The whole environment of a command line call."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        own = {
            "ARM_SUBSCRIPTION_ID": "00000000-0000-0000-0000-000000000000",
            "PATH": os.pathsep.join((*self._path, kept.get("PATH", ""))),
            "PYTHONPATH": str(ROOT),
            "PULUMI_BACKEND_URL": f"file://{self.scratch / 'backend'}",
            "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
            "PULUMI_DEBUG_COMMANDS": "true",  # or there is no --event-log
            "PULUMI_DEBUG_PROVIDERS": ",".join(f"{package}:{port}" for package, port in self._ports.items()),
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PULUMI_HOME": str(self.scratch / "home"),
            "PULUMI_PYTHON_CMD": sys.executable,
            "PULUMI_SKIP_UPDATE_CHECK": "1",
        }
        return {**kept, **own, **self.environment}

    def call(self, arguments: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
        """One call of the command line in a folder, never interactive."""
        command = [str(self.binary), *arguments, "--non-interactive", "--color=never"]
        return subprocess.run(
            command, cwd=folder, env=self.variables(), capture_output=True, text=True, timeout=SECONDS, check=False
        )

    def stack(
        self,
        program: Program,
        config: Mapping[str, str] | None = None,
        *,
        name: str = "dev",
        packs: Sequence[Pack] = (),
    ) -> Stack:
        """A new stack of a new project whose program is a function; keys of `config` carry their package."""
        return self.served(lambda: inline(program), config, name=name, packs=packs)

    def served(
        self,
        program: Served,
        config: Mapping[str, str] | None = None,
        *,
        name: str = "dev",
        packs: Sequence[Pack] = (),
    ) -> Stack:
        """As `stack`, of a program that is served anew for each run, in any process."""
        folder = self.scratch / f"project-{name}"
        folder.mkdir()
        (folder / "Pulumi.yaml").write_text("name: sample\nruntime: python\n", encoding="utf-8")
        return self._made(folder, program, config or {}, name, packs)

    def project(
        self, source: Path, name: str, *, packs: Sequence[Pack] = (), main: str = "", beside: Sequence[str] = ()
    ) -> Stack:
        """A stack of a project that exists; a copy is run, so that the engine's own writing never touches the source.

        Args:
            source: the folder of `Pulumi.yaml`.
            name: the stack; its `Pulumi.<name>.yaml` is used if there is one.
            packs: policy packs to run with.
            main: the program's folder within the project; empty for the project's own folder.
            beside: further folders of the project that the program reads; linked, not copied.
        """
        folder = self.scratch / f"project-{name}"
        folder.mkdir()
        for found in (*source.glob("Pulumi*.yaml"), *source.glob("residency.toml")):
            shutil.copy(found, folder)
        for other in beside:
            (folder / other).symlink_to(source / other)
        code = folder / main
        shutil.copytree(source / main, code, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        return self._made(folder, lambda: inline(lambda: run_folder(code)), {}, name, packs)

    def _made(
        self, folder: Path, program: Served | None, config: Mapping[str, str], name: str, packs: Sequence[Pack]
    ) -> Stack:
        if config:
            settings = json.dumps({"config": dict(config)})  # JSON is YAML
            (folder / f"Pulumi.{name}.yaml").write_text(settings, encoding="utf-8")
        done = self.call(["stack", "init", name], folder)
        if done.returncode != 0:
            raise RuntimeError(f"pulumi stack init: {done.stderr}")
        return Stack(self, folder, name, program, tuple(packs))

    def analyze(self, state: Mapping[str, Any], pack: Pack) -> Run:
        """`pulumi policy analyze` on an exported state, with its events as JSON."""
        file = self.scratch / "state.json"
        file.write_text(json.dumps(state), encoding="utf-8")
        arguments = ["policy", "analyze", "--file", str(file), *_pack_arguments((pack,), self.scratch)]
        done = self.call([*arguments, "--json"], self.scratch)
        events = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        return Run(done.returncode == 0, done.stdout, done.stderr, violations(events), diagnostics(events), {})

    @contextlib.contextmanager
    def in_environment(self) -> Generator[None]:
        """This process with the run's variables: an inline program reads them as its own."""
        before = dict(os.environ)
        os.environ.clear()
        os.environ.update(self.variables())
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


@dataclass(frozen=True, slots=True)
class Stack:
    """A stack that exists in the backend, its program and the packs it runs with; None: the engine runs the program."""

    engine: Engine
    folder: Path
    name: str
    program: Served | None
    packs: tuple[Pack, ...] = ()

    def preview(self) -> Run:
        """`pulumi preview`."""
        return self._run(["preview"])

    def preview_json(self) -> tuple[Run, dict[str, Any]]:
        """`pulumi preview --json`: the run, and the document it printed."""
        run = self._run(["preview", "--json"])
        return run, json.loads(run.stdout)

    def up(self) -> Run:
        """`pulumi up --yes`, as a person runs it: a preview first, then the deployment."""
        return self._run(["up", "--yes"])

    def up_without_preview(self) -> Run:
        """`pulumi up --skip-preview`, as the Automation API and many pipelines run it."""
        return self._run(["up", "--yes", "--skip-preview"])

    def export(self) -> dict[str, Any]:
        """`pulumi stack export`."""
        done = self.engine.call(["stack", "export", "--stack", self.name], self.folder)
        if done.returncode != 0:
            raise RuntimeError(f"pulumi stack export: {done.stderr}")
        return json.loads(done.stdout)

    def _run(self, verb: list[str]) -> Run:
        log = self.folder / "events.json"
        log.unlink(missing_ok=True)
        for provider in self.engine.providers.values():
            provider.forget()
        serving = self.program() if self.program else contextlib.nullcontext("")
        with serving as address, self.engine.in_environment(), contextlib.chdir(self.folder):
            client = [f"--client={address}", "--exec-kind=auto.inline"] if address else []
            arguments = [*client, f"--event-log={log}"]
            packs = _pack_arguments(self.packs, self.folder)
            done = self.engine.call([*verb, "--stack", self.name, *arguments, *packs], self.folder)
        events = read_events(log)
        made = {package: provider.operations for package, provider in self.engine.providers.items()}
        return Run(done.returncode == 0, done.stdout, done.stderr, violations(events), diagnostics(events), made)


def run_folder(folder: Path) -> None:
    """Run a program's `__main__.py` as Python would: its folder first on the path, its modules not kept afterwards."""
    before = set(sys.modules)
    sys.path.insert(0, str(folder))
    try:
        runpy.run_path(str(folder / "__main__.py"), run_name="__main__")
    finally:
        sys.path.remove(str(folder))
        for name in set(sys.modules) - before:
            file = getattr(sys.modules[name], "__file__", None) or ""
            if file.startswith(str(folder)):
                del sys.modules[name]


@contextlib.contextmanager
def inline(program: Program) -> Generator[str]:
    """The address of a language server that runs the program."""
    server = grpc.server(futures.ThreadPoolExecutor(4))
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(LanguageServer(program), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.stop(0)


def _serve(provider: StandInProvider) -> tuple[grpc.Server, int]:
    """A server of one stand-in, and its port."""
    server = grpc.server(futures.ThreadPoolExecutor(8))
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(provider, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return server, port


def _pack_arguments(packs: Sequence[Pack], folder: Path) -> list[str]:
    """The flags for packs; where one has configuration, each must."""
    arguments = [f"--policy-pack={pack.folder}" for pack in packs]
    if any(pack.config for pack in packs):
        for number, pack in enumerate(packs):
            file = folder / f"pack-{number}.json"
            file.write_text(json.dumps(dict(pack.config)), encoding="utf-8")
            arguments.append(f"--policy-pack-config={file}")
    return arguments
