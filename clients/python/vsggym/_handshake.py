"""The first call of a connection, and saying clearly why it failed."""

from __future__ import annotations

import grpc

from . import errors
from ._connection import Connection
from ._proto import catalog_pb2
from ._version import PROTOCOL_MAJOR, PROTOCOL_MINOR, __version__

_TLS_SIGNS = ("handshake failed", "ssl", "certificate", "tsi_")
_RESOLVE_SIGNS = ("DNS", "resolution", "resolve", "Name or service")
_HANG_UP_SIGNS = ("Socket closed", "reset by peer", "Broken pipe")
_CONNECT_SIGNS = ("refused", "No such file", "failed to connect", "Failed to connect", "connections to all")


def shake_hands(connection: Connection, timeout: float) -> catalog_pb2.HandshakeResponse:
    """Checks the protocol; closes the connection where it fails."""
    request = catalog_pb2.HandshakeRequest(
        protocol_major=PROTOCOL_MAJOR, protocol_minor=PROTOCOL_MINOR, client=f"vsggym-python/{__version__}", capabilities=["stream", "unary"]
    )
    try:
        answer = connection.catalog.Handshake(request, timeout=timeout, metadata=connection.metadata)
    except grpc.RpcError as error:
        connection.close()
        raise _explain(connection, error, timeout) from None
    if answer.protocol_major != PROTOCOL_MAJOR:
        connection.close()
        theirs = f"{answer.protocol_major}.{answer.protocol_minor}"
        raise errors.ProtocolMismatch(
            f"{connection.address} speaks protocol {theirs}, this client {PROTOCOL_MAJOR}.{PROTOCOL_MINOR}: update the older one", stage="protocol"
        )
    return answer


def _explain(connection: Connection, error: grpc.RpcError, timeout: float) -> errors.Error:
    typed = errors.from_rpc(error)
    address, details = connection.address, typed.message
    if isinstance(typed, errors.Unauthenticated):
        return typed
    if isinstance(typed, errors.DeadlineExceeded):
        return errors.ConnectError(f"{address} did not answer the handshake in {timeout:g} s: {details}", stage="handshake")
    if isinstance(typed, errors.FailedPrecondition):
        return errors.ProtocolMismatch(f"{address} refused the handshake: {typed}", typed.faults, stage="protocol")
    if typed.code == "UNAVAILABLE":
        return _explain_unavailable(address, details, bool(connection.tls))
    return errors.ConnectError(f"{address} is not a VsgGym server: {typed.code}: {details}", stage="handshake")


def _explain_unavailable(address: str, details: str, tls: bool) -> errors.ConnectError:
    # gRPC begins its text with "failed to connect" whatever went wrong, so that the more telling signs come first.
    if tls and "empty address list" in details:
        return errors.ConnectError(f"no encrypted connection to {address}: tls holds no usable certificate", stage="tls")
    if tls and any(sign in details.lower() for sign in _TLS_SIGNS):
        hint = "is the server started with --tls-cert, and does tls trust it?"
        return errors.ConnectError(f"no encrypted connection to {address} ({hint}): {details}", stage="tls")
    if any(sign in details for sign in _RESOLVE_SIGNS):
        return errors.ConnectError(f"cannot resolve {address}: {details}", stage="resolve")
    if any(sign in details for sign in _HANG_UP_SIGNS):
        hint = "" if tls else " (does it speak TLS? then give tls=)"
        return errors.ConnectError(f"{address} hung up before the handshake{hint}: {details}", stage="handshake")
    if any(sign in details for sign in _CONNECT_SIGNS):
        return errors.ConnectError(f"nobody listens at {address} (is the server running?): {details}", stage="connect")
    return errors.ConnectError(f"{address} is not a VsgGym server: UNAVAILABLE: {details}", stage="handshake")
