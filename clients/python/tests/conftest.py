"""One server for the whole run, and one client per address."""

from __future__ import annotations

import sys
from typing import Dict, Iterator

import native_onnxruntime
import pytest
from harness import Server, serving
from run_server import RUN_ID, RunServer, log
from training_runs import GAMES, LEARNER, SMALL

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


@pytest.fixture
def runs() -> Iterator[RunServer]:
    """A server of one finished run with twelve events."""
    server = RunServer(log(12))
    yield server
    server.watch_left.set()
    server.stop()


@pytest.fixture
def run(runs: RunServer) -> Iterator[vsggym.Run]:
    """That run."""
    with vsggym.connect(runs.address) as client:
        yield client.run(RUN_ID)


@pytest.fixture(scope="session")
def trainer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that trains one run at a time."""
    with serving("--runs", str(tmp_path_factory.mktemp("runs")), "--max-runs", "1") as server:
        yield server


@pytest.fixture(scope="session")
def own(trainer: Server) -> Iterator[vsggym.Client]:
    """A client of it."""
    with vsggym.connect(trainer.tcp) as client:
        yield client


@pytest.fixture(scope="session")
def trained(own: vsggym.Client) -> Dict[str, vsggym.Run]:
    """A short run of each game, ended."""
    started = {game: own.train(game, LEARNER, SMALL, seed=3, name=f"short {game}") for game in GAMES}
    return {game: run.wait(timeout=60) for game, run in started.items()}
