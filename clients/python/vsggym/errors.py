"""The errors of the client: one class per kind, each naming the fields that are wrong."""

from __future__ import annotations

import dataclasses
from typing import Any, Iterable, Optional, Sequence, Tuple

import grpc

from ._proto import common_pb2

_DETAILS = "grpc-status-details-bin"


@dataclasses.dataclass(frozen=True)
class Fault:
    """One thing wrong with a request."""

    path: str
    """The field: ``options.temperature.from``, ``actions.hunter[17]``."""
    value: str
    """What was given, shortened."""
    rule: str
    """What would have been right."""
    reason: str = ""
    """Stable machine code: ``unknown_option``, ``illegal_action``."""

    def __str__(self) -> str:
        given = f" (given: {self.value})" if self.value else ""
        return f"{self.path}: {self.rule}{given}"


class Error(Exception):
    """A call failed; ``code`` is the name of the gRPC status, ``faults`` says which fields are wrong and why."""

    code = "UNKNOWN"

    def __init__(self, message: str, faults: Iterable[Fault] = (), retry_after: Optional[float] = None) -> None:
        super().__init__(message)
        self.message = message
        self.faults: Tuple[Fault, ...] = tuple(faults)
        self.retry_after = retry_after
        """Seconds after which a retry may succeed, where the server knows."""

    @property
    def path(self) -> str:
        """The field of the first fault, or an empty text."""
        return self.faults[0].path if self.faults else ""

    @property
    def value(self) -> str:
        """What was given for the first fault, or an empty text."""
        return self.faults[0].value if self.faults else ""

    @property
    def rule(self) -> str:
        """The rule of the first fault, or an empty text."""
        return self.faults[0].rule if self.faults else ""

    def __str__(self) -> str:
        untold = [str(fault) for fault in self.faults if fault.path not in self.message or fault.rule not in self.message]
        return "; ".join([self.message, *untold]) if self.message else "; ".join(untold) or type(self).__name__

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self), (self.message, self.faults, self.retry_after)


class InvalidArgument(Error, ValueError):
    """A value, shape or type is wrong."""

    code = "INVALID_ARGUMENT"


class NotFound(Error, LookupError):
    """No such game, player, solver, learner, concept, environment, run, model or file."""

    code = "NOT_FOUND"


class FailedPrecondition(Error):
    """The call came out of order: a step before the first reset, or after the end."""

    code = "FAILED_PRECONDITION"


class ResourceExhausted(Error):
    """A limit of the server was reached; ``retry_after`` may say when to try again."""

    code = "RESOURCE_EXHAUSTED"


class Aborted(Error):
    """The numbers went out of range: a method diverged."""

    code = "ABORTED"


class Unavailable(Error):
    """The server cannot be reached, or went away."""

    code = "UNAVAILABLE"


class Unauthenticated(Error):
    """The server wants a token."""

    code = "UNAUTHENTICATED"


class PermissionDenied(Error):
    """The token does not allow this."""

    code = "PERMISSION_DENIED"


class DeadlineExceeded(Error, TimeoutError):
    """The call took longer than allowed."""

    code = "DEADLINE_EXCEEDED"


class Cancelled(Error):
    """The call was cancelled."""

    code = "CANCELLED"


class InternalError(Error):
    """The server has a bug; its log has more under the id in the message."""

    code = "INTERNAL"


class Unimplemented(Error, NotImplementedError):
    """The server does not offer this call: it may be older than the client."""

    code = "UNIMPLEMENTED"


class DataLoss(Error):
    """What arrived is not what was sent: its length or checksum differs."""

    code = "DATA_LOSS"


class RunFailed(Aborted):
    """A training run failed or diverged; ``faults`` say which quantity, step and file."""


class ConnectError(Unavailable, ConnectionError):
    """No connection; ``stage`` says where it failed: address, resolve, connect, tls, handshake or protocol."""

    def __init__(self, message: str, faults: Iterable[Fault] = (), retry_after: Optional[float] = None, stage: str = "connect") -> None:
        super().__init__(message, faults, retry_after)
        self.stage = stage

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self), (self.message, self.faults, self.retry_after, self.stage)


class ProtocolMismatch(ConnectError):
    """The server speaks another major version of the protocol."""

    code = "FAILED_PRECONDITION"


class ResetMaskError(InvalidArgument, TypeError, AssertionError):
    """A Gymnasium ``reset_mask`` is of the wrong type, shape or content; also what Gymnasium's own environments raise."""


_BY_CODE = {
    1: Cancelled, 3: InvalidArgument, 4: DeadlineExceeded, 5: NotFound, 7: PermissionDenied, 8: ResourceExhausted,
    9: FailedPrecondition, 10: Aborted, 12: Unimplemented, 13: InternalError, 14: Unavailable, 15: DataLoss, 16: Unauthenticated,
}  # fmt: skip


def invalid(path: str, value: Any, rule: str, reason: str) -> InvalidArgument:
    """An argument that is refused before anything is sent."""
    return InvalidArgument("", [Fault(path, shorten(value), rule, reason)])


def out_of_order(call: str, rule: str, reason: str) -> FailedPrecondition:
    """A call that cannot come now, refused before anything is sent."""
    return FailedPrecondition("", [Fault(call, "", rule, reason)])


def shorten(value: Any) -> str:
    """A value as text of at most 80 characters."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def faults_of(messages: Iterable[common_pb2.Fault]) -> Tuple[Fault, ...]:
    """Faults of the protocol."""
    return tuple(Fault(f.path, f.value, f.rule, f.reason) for f in messages)


def from_message(error: common_pb2.Error) -> Error:
    """The exception of an error that came as a message."""
    faults = faults_of(error.faults)
    retry_after = error.retry_after_ms / 1000 if error.retry_after_ms else None
    return _BY_CODE.get(error.code, Error)(error.message, faults, retry_after)


def from_rpc(error: grpc.RpcError) -> Error:
    """The exception of a failed call: from the details of its status where the server sent them."""
    trailers: Sequence[Tuple[str, Any]] = error.trailing_metadata() or () if hasattr(error, "trailing_metadata") else ()
    for key, value in trailers:
        if key == _DETAILS:
            found = _from_details(value)
            if found is not None:
                return found
    code = error.code().value[0] if hasattr(error, "code") else 2
    details = (error.details() if hasattr(error, "details") else "") or str(error)
    if code == 12:
        return Unimplemented(f"the server does not offer this call; it may be older than this client: {details}")
    lost = code in (2, 13) and any(sign in details for sign in ("Stream removed", "RST_STREAM", "Socket closed", "GOAWAY"))
    return Unavailable(f"the server went away: {details}") if lost else _BY_CODE.get(code, Error)(details)


def _from_details(value: bytes) -> Optional[Error]:
    status = common_pb2.RichStatus.FromString(value)
    for detail in status.details:
        message = common_pb2.Error()
        if detail.Is(common_pb2.Error.DESCRIPTOR):
            detail.Unpack(message)
            return from_message(message)
    return None
