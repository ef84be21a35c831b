"""One connection to a server: its channel, made anew in a forked process, and calls that raise typed errors."""

from __future__ import annotations

import json
import os
import threading
import weakref
from typing import Any, Callable, Dict, Generator, List, Mapping, Optional, Sequence, Tuple, Union

import grpc

from . import _forks, errors
from ._checks import text
from ._proto import catalog_pb2_grpc, environment_pb2_grpc, model_pb2_grpc, run_pb2_grpc, solver_pb2_grpc

Tls = Union[bool, str, "os.PathLike[str]", Mapping[str, Any]]

DEFAULT_ADDRESS = "127.0.0.1:50051"
_SCHEMES: Dict[str, Optional[bool]] = {"http": False, "https": True, "grpc": None}  # whether each asks for TLS
_abandoned: List[grpc.Channel] = []  # a parent's channels: closing them in the child could hang
_connections: "weakref.WeakSet[Connection]" = weakref.WeakSet()


class Connection:
    """A channel to one address, opened at the first call of each process."""

    def __init__(self, address: str, token: Optional[str], tls: Optional[Tls]) -> None:
        self.address = address
        self.token = token
        self.tls = tls
        self.metadata: Optional[Tuple[Tuple[str, str], ...]] = (("authorization", f"Bearer {token}"),) if token else None
        self.closed = False
        self._lock = threading.Lock()
        self._channel: Optional[grpc.Channel] = None
        self._stubs: Dict[str, Any] = {}
        self._pid = 0
        _connections.add(self)

    @property
    def channel(self) -> grpc.Channel:
        """The channel of this process."""
        if self._channel is None or self._pid != os.getpid():
            _forks.check()
            self._open()
        assert self._channel is not None
        return self._channel

    @property
    def catalog(self) -> Any:
        """The stub of the catalog service."""
        return self._stub("catalog")

    @property
    def environments(self) -> Any:
        """The stub of the environment service."""
        return self._stub("environments")

    @property
    def solver(self) -> Any:
        """The stub of the solver service."""
        return self._stub("solver")

    @property
    def runs(self) -> Any:
        """The stub of the run service."""
        return self._stub("runs")

    @property
    def models(self) -> Any:
        """The stub of the model service."""
        return self._stub("models")

    def call(self, method: Callable[..., Any], request: Any, timeout: Optional[float] = None) -> Any:
        """A unary call whose failure is a typed error."""
        try:
            return method(request, timeout=timeout, metadata=self.metadata)
        except grpc.RpcError as error:
            raise errors.from_rpc(error) from None

    def stream(self, method: Callable[..., Any], request: Any, timeout: Optional[float] = None) -> Generator[Any, None, None]:
        """The messages of a server's stream; its failure is a typed error, and whoever leaves it early ends it."""
        call = method(request, timeout=timeout, metadata=self.metadata)
        pid = os.getpid()
        _forks.stream_opened()
        try:
            for message in call:
                yield message
                if pid != os.getpid():
                    raise errors.FailedPrecondition("this stream was opened before a fork, in another process: open one in this process")
        except grpc.RpcError as error:
            raise errors.from_rpc(error) from None
        finally:
            if pid == os.getpid():
                _forks.stream_ended()
                call.cancel()

    def close(self) -> None:
        """Closes the channel; more calls raise. Safe to repeat."""
        with self._lock:
            self.closed = True
            channel, self._channel = self._channel, None
            if channel is None:
                return
            if self._pid == os.getpid():
                channel.close()
            else:
                _abandoned.append(channel)

    def _stub(self, name: str) -> Any:
        channel = self.channel  # first: it may clear the stubs of a parent process
        if name not in self._stubs:
            self._stubs[name] = _STUBS[name](channel)
        return self._stubs[name]

    def _open(self) -> None:
        with self._lock:
            if self.closed:
                raise errors.FailedPrecondition("this client is closed: connect again")
            if self._channel is not None and self._pid == os.getpid():
                return
            if self._channel is not None:
                _abandoned.append(self._channel)
            self._stubs = {}
            self._channel = _new_channel(self.address, self.tls)
            self._pid = os.getpid()


def _renew_locks() -> None:
    for connection in _connections:
        connection._lock = threading.Lock()  # a parent's thread may have held it at the fork


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_locks)


_STUBS = {
    "catalog": catalog_pb2_grpc.CatalogServiceStub,
    "environments": environment_pb2_grpc.EnvironmentServiceStub,
    "models": model_pb2_grpc.ModelServiceStub,
    "runs": run_pb2_grpc.RunServiceStub,
    "solver": solver_pb2_grpc.SolverServiceStub,
}


def resolve_address(address: Optional[str], token: Optional[str], tls: Optional[Tls]) -> Tuple[str, Optional[str], Optional[Tls]]:
    """The address, token and TLS to use: the arguments, else VSGGYM_ADDRESS and VSGGYM_TOKEN, else the file VSGGYM_ADDRESS_FILE names."""
    token = token if token is not None else os.environ.get("VSGGYM_TOKEN") or None
    address = address or os.environ.get("VSGGYM_ADDRESS") or None
    path = os.environ.get("VSGGYM_ADDRESS_FILE")
    if address is None and path:
        address, found = _read_address_file(path)
        token = token if token is not None else found
    address = text(address or DEFAULT_ADDRESS, "address", "a text: HOST:PORT or unix:/PATH")
    token = None if token is None else text(token, "token", "a text")
    if not (tls is None or isinstance(tls, (bool, str, bytes, os.PathLike, Mapping))):
        raise errors.invalid("tls", type(tls).__name__, "must be True, the path of a CA file, or a dict", "wrong_type")
    checked, secure = _check_address(address, tls)
    return checked, token, secure


def _read_address_file(path: str) -> Tuple[str, Optional[str]]:
    try:
        with open(path, encoding="utf-8") as file:
            content = json.load(file)
        return content["address"], content.get("token")
    except FileNotFoundError:
        raise errors.ConnectError(f"VSGGYM_ADDRESS_FILE names {path}, which does not exist: is the server running?", stage="address") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise errors.ConnectError(f"cannot read the address file {path}: {error}", stage="address") from None


def _check_address(given: str, tls: Optional[Tls]) -> Tuple[str, Optional[Tls]]:
    scheme, separator, address = given.partition("://")
    if separator and scheme.lower() in _SCHEMES:
        address = address.rstrip("/")
        implied = _SCHEMES[scheme.lower()]
        if implied is not None and tls is not None and bool(tls) != implied:
            kind = "encrypted" if implied else "not encrypted"
            raise errors.ConnectError(f'the address "{given}" is {kind}, and tls says otherwise: leave one of them out', stage="address")
        tls = implied if tls is None else tls
    else:
        address = given
    if address.startswith(("unix:", "dns:", "ipv4:", "ipv6:")):
        return address, tls
    host, colon, port = address.rpartition(":")
    if not colon or not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise errors.ConnectError(f'the address "{address}" must be HOST:PORT or unix:/PATH', stage="address")
    return address, tls


def _new_channel(address: str, tls: Optional[Tls]) -> grpc.Channel:
    options: Sequence[Tuple[str, Any]] = [
        ("grpc.max_receive_message_length", -1),
        ("grpc.max_send_message_length", -1),
        ("grpc.enable_http_proxy", 0),
        ("grpc.keepalive_time_ms", 20_000),
        ("grpc.keepalive_timeout_ms", 10_000),
        ("grpc.http2.max_pings_without_data", 0),
        ("grpc.initial_reconnect_backoff_ms", 100),
        ("grpc.max_reconnect_backoff_ms", 2_000),  # else minutes after a long outage, in which every call fails at once
        ("grpc.use_local_subchannel_pool", 1),  # a connection of its own, so that its end is this client's end
        # gRPC tries again by itself where a connection died before the server saw the call. In its core (1.51), where that second try finds
        # no connection either, what is asked of the call from then on is kept for good: a stream never ends, whatever its deadline.
        ("grpc.enable_retries", 0),
    ]
    if not tls:
        return grpc.insecure_channel(address, options)
    settings = dict(tls) if isinstance(tls, Mapping) else {"ca": None if tls is True else tls}
    unknown = set(settings) - {"ca", "certificate", "key", "server_name"}
    if unknown:
        raise errors.invalid("tls", sorted(unknown), "known keys: ca, certificate, key, server_name", "unknown_option")
    if settings.get("server_name"):
        options = [*options, ("grpc.ssl_target_name_override", settings["server_name"])]
    credentials = grpc.ssl_channel_credentials(*(_pem(settings.get(name)) for name in ("ca", "key", "certificate")))
    return grpc.secure_channel(address, credentials, options)


def _pem(source: Any) -> Optional[bytes]:
    """PEM bytes as they are, or from a path."""
    if source is None or isinstance(source, bytes):
        return source
    if not isinstance(source, (str, os.PathLike)):
        raise errors.invalid("tls", type(source).__name__, "certificates and keys are paths or PEM bytes", "wrong_type")
    with open(source, "rb") as file:
        return file.read()
