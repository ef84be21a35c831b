"""Stock tools can look at the server: reflection lists and resolves every service, health answers."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, Iterator, List

import grpc
import pytest
from google.protobuf import descriptor_pb2, descriptor_pool
from harness import ROOT, Server, serving

SERVICES = {
    "vsggym.v1.CatalogService", "vsggym.v1.EnvironmentService", "vsggym.v1.SolverService",
    "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection",
}  # fmt: skip


@pytest.fixture(scope="module")
def stubs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dict[str, Any]]:
    """The standard stubs, generated from the contracts in protos/grpc."""
    folder = tmp_path_factory.mktemp("stubs")
    protos = [str(p.relative_to(ROOT / "protos")) for p in (ROOT / "protos/grpc").rglob("*.proto")]
    plugin = subprocess.run(["which", "grpc_python_plugin"], check=True, capture_output=True, text=True).stdout.strip()
    subprocess.run(
        ["protoc", "-I", ".", f"--python_out={folder}", f"--plugin=protoc-gen-grpc_python={plugin}", f"--grpc_python_out={folder}", *protos],
        cwd=ROOT / "protos", check=True,
    )  # fmt: skip
    sys.path.insert(0, str(folder))
    grpc_path = list(grpc.__path__)
    grpc.__path__.insert(0, str(Path(folder) / "grpc"))  # the stubs live in the package grpc too
    names = ["health.v1.health", "reflection.v1.reflection", "reflection.v1alpha.reflection"]
    yield {name: tuple(importlib.import_module(f"grpc.{name}_{part}") for part in ("pb2", "pb2_grpc")) for name in names}
    grpc.__path__[:] = grpc_path
    sys.path.remove(str(folder))


@pytest.fixture(params=["tcp", "unix"])
def channel(request: pytest.FixtureRequest, server: Server) -> Iterator[grpc.Channel]:
    """A bare channel."""
    with grpc.insecure_channel(server.addresses()[request.param], [("grpc.enable_http_proxy", 0)]) as opened:
        yield opened


@pytest.mark.parametrize("version", ["reflection.v1.reflection", "reflection.v1alpha.reflection"])
def test_reflection_lists_and_resolves_every_service(channel: grpc.Channel, stubs: Dict[str, Any], version: str) -> None:
    messages, services = stubs[version]
    ask = services.ServerReflectionStub(channel).ServerReflectionInfo
    (answer,) = ask(iter([messages.ServerReflectionRequest(list_services="")]))
    listed = {service.name for service in answer.list_services_response.service}
    assert SERVICES <= listed
    pool = descriptor_pool.DescriptorPool()
    for service in sorted(listed):
        (answer,) = ask(iter([messages.ServerReflectionRequest(file_containing_symbol=service)]))
        add_files(pool, list(answer.file_descriptor_response.file_descriptor_proto))
        assert pool.FindServiceByName(service).methods
    connect = pool.FindServiceByName("vsggym.v1.EnvironmentService").FindMethodByName("Connect")
    assert connect.input_type.full_name == "vsggym.v1.EnvironmentRequest"
    assert {method.name for method in pool.FindServiceByName("vsggym.v1.SolverService").methods} == {"Solve", "Stop", "Certify"}


def add_files(pool: descriptor_pool.DescriptorPool, serialized: List[bytes]) -> None:
    """Adds files in the order of their imports; one that is there already is left."""
    files = {f.name: f for f in map(descriptor_pb2.FileDescriptorProto.FromString, serialized)}

    def add(name: str) -> None:
        try:
            pool.FindFileByName(name)
        except KeyError:
            for dependency in files[name].dependency:
                add(dependency)
            pool.Add(files[name])

    for name in files:
        add(name)


def test_reflection_finds_by_file_and_names_what_is_unknown(channel: grpc.Channel, stubs: Dict[str, Any]) -> None:
    messages, services = stubs["reflection.v1.reflection"]
    ask = services.ServerReflectionStub(channel).ServerReflectionInfo
    requests = [
        messages.ServerReflectionRequest(file_by_filename="vsggym/v1/environment.proto"),
        messages.ServerReflectionRequest(file_containing_symbol="vsggym.v1.StepRequest"),
        messages.ServerReflectionRequest(file_containing_symbol="vsggym.v1.Nothing"),
    ]
    by_name, by_symbol, unknown = ask(iter(requests))
    for answer in (by_name, by_symbol):
        files = [descriptor_pb2.FileDescriptorProto.FromString(f) for f in answer.file_descriptor_response.file_descriptor_proto]
        assert "vsggym/v1/environment.proto" in {f.name for f in files}
    assert unknown.error_response.error_code == grpc.StatusCode.NOT_FOUND.value[0]


def test_health_answers_for_the_server_and_its_services(channel: grpc.Channel, stubs: Dict[str, Any]) -> None:
    messages, services = stubs["health.v1.health"]
    health = services.HealthStub(channel)
    for service in ("", "vsggym.v1.EnvironmentService"):
        assert health.Check(messages.HealthCheckRequest(service=service)).status == messages.HealthCheckResponse.SERVING
    with pytest.raises(grpc.RpcError) as error:
        health.Check(messages.HealthCheckRequest(service="nobody"))
    assert error.value.code() is grpc.StatusCode.NOT_FOUND


def test_health_watch_tells_of_the_drain(stubs: Dict[str, Any]) -> None:
    messages, services = stubs["health.v1.health"]
    with serving("--grace-seconds", "2") as server, grpc.insecure_channel(server.tcp) as opened:
        watch = services.HealthStub(opened).Watch(messages.HealthCheckRequest(service=""))
        assert next(watch).status == messages.HealthCheckResponse.SERVING
        server.process.terminate()
        assert next(watch).status == messages.HealthCheckResponse.NOT_SERVING
        watch.cancel()
        assert server.stop() == 0
