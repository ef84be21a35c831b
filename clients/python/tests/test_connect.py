"""Finding a server, and saying clearly why not."""

from __future__ import annotations

import copy
import json
import pickle
import socket
import subprocess
import threading
from concurrent import futures
from pathlib import Path
from typing import Any, Iterator

import grpc
import pytest
from harness import Server, serving

import vsggym
from vsggym._proto import catalog_pb2, catalog_pb2_grpc, common_pb2


def test_handshake_tells_server_and_limits(either: vsggym.Client) -> None:
    assert either.protocol.startswith("1.") and either.server
    assert {"stream", "unary"} <= set(either.capabilities)
    assert either.limits.max_num_envs == 65536 and either.limits.max_message_bytes == 64 << 20


def test_address_comes_from_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with vsggym.connect() as client:  # the address file
        assert client.address == server.tcp
    monkeypatch.setenv("VSGGYM_ADDRESS", server.unix)
    with vsggym.connect() as client:
        assert client.address == server.unix
    assert vsggym.default_client().address == server.unix
    with vsggym.connect(f"http://{server.tcp}") as client:
        assert client.address == server.tcp
    monkeypatch.delenv("VSGGYM_ADDRESS")
    assert vsggym.default_client().address == server.tcp
    assert vsggym.default_client() is vsggym.default_client()


def test_bad_address_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "address.json"
    monkeypatch.setenv("VSGGYM_ADDRESS_FILE", str(file))
    with pytest.raises(vsggym.ConnectError, match="does not exist") as error:
        vsggym.connect()
    assert error.value.stage == "address"
    for content in ("{", "[]", "{}"):
        file.write_text(content)
        with pytest.raises(vsggym.ConnectError, match="cannot read the address file"):
            vsggym.connect()


@pytest.mark.parametrize("address", ["nonsense", "host:", ":1", "host:port", "host:70000"])
def test_malformed_address(address: str) -> None:
    with pytest.raises(vsggym.ConnectError, match="must be HOST:PORT") as error:
        vsggym.connect(address)
    assert error.value.stage == "address"


@pytest.mark.parametrize("address, tls", [("http://127.0.0.1:1", True), ("https://127.0.0.1:1", False)])
def test_scheme_that_contradicts_tls(address: str, tls: bool) -> None:
    with pytest.raises(vsggym.ConnectError, match="tls says otherwise") as error:
        vsggym.connect(address, token="secret", tls=tls)
    assert error.value.stage == "address"


def test_https_never_goes_out_unencrypted(server: Server) -> None:
    with pytest.raises(vsggym.ConnectError, match="no encrypted connection") as error:
        vsggym.connect(f"https://{server.tcp}", token="secret")
    assert error.value.stage == "tls"


def test_tls(tmp_path: Path) -> None:
    for name, subject in (("own", "IP:127.0.0.1"), ("other", "DNS:elsewhere")):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}", "-addext", f"subjectAltName={subject}",
             "-keyout", str(tmp_path / f"{name}.key"), "-out", str(tmp_path / f"{name}.pem")],
            check=True, capture_output=True,
        )  # fmt: skip
    authority = tmp_path / "own.pem"
    with serving("--tls-cert", str(authority), "--tls-key", str(tmp_path / "own.key")) as server:
        for address, tls in ((server.tcp, authority), (server.tcp, {"ca": authority.read_bytes()}), (f"https://{server.tcp}", str(authority))):
            with vsggym.connect(address, tls=tls) as client, client.batch_env("climbing-v0", transport="stream") as env:
                env.reset()
                assert client.address == server.tcp
        wrong = {
            "tls": [True, tmp_path / "other.pem", {"ca": b"hello"}, {"ca": authority, "server_name": "elsewhere"}],
            "handshake": [None, False],
        }
        for stage, settings in wrong.items():
            for tls in settings:
                with pytest.raises(vsggym.ConnectError) as error:
                    vsggym.connect(server.tcp, tls=tls)
                assert error.value.stage == stage and "nobody listens" not in str(error.value), str(error.value)
        with pytest.raises(vsggym.ConnectError, match="does it speak TLS"):
            vsggym.connect(server.tcp)


def test_nobody_listens(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        free = f"127.0.0.1:{taken.getsockname()[1]}"
        for address in (free, f"unix:{tmp_path / 'none.sock'}"):
            with pytest.raises(ConnectionError, match="nobody listens") as error:
                vsggym.connect(address)
            assert isinstance(error.value, vsggym.ConnectError) and error.value.stage == "connect" and address in str(error.value)


def test_name_that_does_not_resolve() -> None:
    with pytest.raises(vsggym.ConnectError, match="cannot resolve") as error:
        vsggym.connect("no-such-host.invalid:50051", timeout=20.0)
    assert error.value.stage == "resolve"


@pytest.fixture
def silent() -> Iterator[str]:
    """Accepts connections and says nothing."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield f"127.0.0.1:{listener.getsockname()[1]}"


def test_silent_listener_is_given_up_after_the_timeout(silent: str) -> None:
    with pytest.raises(vsggym.ConnectError, match="did not answer the handshake in 0.5 s") as error:
        vsggym.connect(silent, timeout=0.5)
    assert error.value.stage == "handshake"


class OtherVersion(catalog_pb2_grpc.CatalogServiceServicer):
    """Speaks version 9, by refusing or by answering."""

    def __init__(self, refuse: bool) -> None:
        self.refuse = refuse

    def Handshake(self, request: Any, context: Any) -> Any:
        if self.refuse:
            details = common_pb2.RichStatus(code=9, message="protocol 1.0 is not spoken here: 9.1 is")
            details.details.add().Pack(common_pb2.Error(code=9, message=details.message))
            context.set_trailing_metadata((("grpc-status-details-bin", details.SerializeToString()),))
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, "refused")
        return catalog_pb2.HandshakeResponse(protocol_major=9, protocol_minor=1)


@pytest.mark.parametrize("refuse", [True, False])
def test_other_protocol_version_names_both(refuse: bool) -> None:
    other = grpc.server(futures.ThreadPoolExecutor(1))
    catalog_pb2_grpc.add_CatalogServiceServicer_to_server(OtherVersion(refuse), other)
    port = other.add_insecure_port("127.0.0.1:0")
    other.start()
    with pytest.raises(vsggym.ProtocolMismatch) as error:
        vsggym.connect(f"127.0.0.1:{port}")
    assert "9.1" in str(error.value) and "1.0" in str(error.value) and error.value.stage == "protocol"
    other.stop(None)


def test_server_refuses_another_major_version(client: vsggym.Client) -> None:
    request = catalog_pb2.HandshakeRequest(protocol_major=9, protocol_minor=3, client="test")
    with pytest.raises(vsggym.FailedPrecondition) as error:
        client._call("Handshake", request)
    assert "9" in str(error.value) and "1.0" in str(error.value)


def test_another_kind_of_server() -> None:
    other = grpc.server(futures.ThreadPoolExecutor(1))
    port = other.add_insecure_port("127.0.0.1:0")
    other.start()
    with pytest.raises(vsggym.ConnectError, match="is not a VsgGym server") as error:
        vsggym.connect(f"127.0.0.1:{port}")
    assert error.value.stage == "handshake"
    other.stop(None)


def test_token_is_asked_for_and_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "token"
    file.write_text("open-sesame-0123456789\n")
    with serving("--token-file", str(file)) as server:
        content = json.loads(server.address_file.read_text())
        for token in (None, "wrong"):
            with pytest.raises(vsggym.Unauthenticated):
                vsggym.connect(server.tcp, token=token)
        with vsggym.connect(server.tcp, token="open-sesame-0123456789") as client, client.batch_env("climbing-v0", transport="stream") as env:
            env.reset()
            assert client.games()
        monkeypatch.setenv("VSGGYM_ADDRESS_FILE", str(server.address_file))
        if content["token"] is None:
            monkeypatch.setenv("VSGGYM_TOKEN", "open-sesame-0123456789")
        with vsggym.connect() as client:
            assert client.games()


def test_closed_client_says_so(server: Server) -> None:
    client = vsggym.connect(server.tcp)
    env = client.batch_env("climbing-v0")
    client.close()
    client.close()
    env.close()
    with pytest.raises(vsggym.FailedPrecondition, match="closed"):
        client.games()


def test_client_is_shared_by_copies_and_reconnects_from_a_pickle(client: vsggym.Client) -> None:
    assert copy.deepcopy({"client": client})["client"] is client
    with pickle.loads(pickle.dumps(client)) as other:
        assert other is not client and other.address == client.address


def test_client_serves_many_threads(client: vsggym.Client) -> None:
    starts = []

    def play(seed: int) -> None:
        with client.batch_env("pursuit-v0", 3, seed=seed) as env:
            starts.append((seed, env.reset()["hunter"].tolist()))

    threads = [threading.Thread(target=play, args=(seed % 2,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(starts) == 8 and len({str(start) for start in starts}) == 2


def test_errors_survive_a_pickle() -> None:
    fault = vsggym.Fault("options.x", "1", "must be 2", "out_of_range")
    for error in (vsggym.InvalidArgument("no", [fault]), vsggym.ConnectError("gone", stage="connect"), vsggym.ResourceExhausted("full", [], 2.5)):
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again), again.faults, again.code) == (type(error), str(error), error.faults, error.code)
        assert getattr(again, "stage", None) == getattr(error, "stage", None) and again.retry_after == error.retry_after
