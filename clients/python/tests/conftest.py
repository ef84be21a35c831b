"""One server for the whole run, and one client per address."""

from __future__ import annotations

import sys
from typing import Dict, Iterator

import native_onnxruntime
import pytest
from harness import Server, serving

import vsggym


@pytest.fixture(scope="session", autouse=True)
def server() -> Iterator[Server]:
    """The server that every test may use; the default client finds it through its address file."""
    with serving() as running, pytest.MonkeyPatch.context() as patch:
        for name in ("VSGGYM_ADDRESS", "VSGGYM_TOKEN"):
            patch.delenv(name, raising=False)
        patch.setenv("VSGGYM_ADDRESS_FILE", str(running.address_file))
        yield running


@pytest.fixture(scope="session")
def clients(server: Server) -> Iterator[Dict[str, vsggym.Client]]:
    """A client over TCP and one over the unix socket."""
    found = {kind: vsggym.connect(address) for kind, address in server.addresses().items()}
    yield found
    for client in found.values():
        client.close()


@pytest.fixture(scope="session")
def client(clients: Dict[str, vsggym.Client]) -> vsggym.Client:
    """The client over TCP."""
    return clients["tcp"]


@pytest.fixture(params=["tcp", "unix"])
def either(request: pytest.FixtureRequest, clients: Dict[str, vsggym.Client]) -> vsggym.Client:
    """Each client in turn."""
    return clients[request.param]


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's ONNX Runtime, as the package of PyPI presents it."""
    assert native_onnxruntime.library()
    monkeypatch.setitem(sys.modules, "onnxruntime", native_onnxruntime)
