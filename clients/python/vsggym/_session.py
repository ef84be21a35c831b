"""One environment on the server, over unary calls or over a stream: the same messages and the same meaning."""

from __future__ import annotations

import abc
import collections
import os
import queue
from typing import Deque, Optional, Sequence, Tuple

import grpc

from . import _forks, errors
from ._connection import Connection
from ._proto import environment_pb2 as pb
from ._wire import StepCodec

TRANSPORTS = ("unary", "stream")
_SERVICE = "/vsggym.v1.EnvironmentService/"
_forgotten: Deque[Tuple[Connection, int, str]] = collections.deque()  # environments whose owners were collected without close

StepData = Tuple[bytearray, Optional[Tuple[int, ...]]]


def open_session(connection: Connection, request: pb.MakeRequest, transport: str, timeout: Optional[float]) -> "Session":
    """Makes an environment on the server."""
    if transport not in TRANSPORTS:
        raise errors.invalid("transport", transport, f"must be one of {', '.join(TRANSPORTS)}", "unknown_value")
    _close_forgotten()
    return (UnarySession if transport == "unary" else StreamSession)(connection, request, timeout)


class Session(abc.ABC):
    """An environment made on the server; one caller at a time."""

    def __init__(self, connection: Connection, made: pb.MakeResponse, timeout: Optional[float], stream: bool) -> None:
        self.made = made
        self.closed = False
        self.codec = StepCodec(made.environment_id, made.action_bytes, made.step_bytes, stream)
        self.timeout = timeout
        self._connection = connection
        self._pid = os.getpid()

    def reset(self, seeds: Sequence[int], mask: bytes) -> StepData:
        """Resets; the seeds are the effective ones where some were given."""
        self._check_usable()
        return self._reset(pb.ResetRequest(environment_id=self.made.environment_id, seeds=seeds, mask=mask))

    def step(self) -> StepData:
        """Takes the step whose actions lie in the codec's request."""
        if self.closed or self._pid != os.getpid():
            self._check_usable()
        return self._step()

    def render(self, copy: int, format: int) -> str:
        """A picture of one copy."""
        self._check_usable()
        return self._render(pb.RenderRequest(environment_id=self.made.environment_id, copy=copy, format=format))

    def close(self) -> None:
        """Gives the environment back; safe to repeat, after a fork and after the server's death."""
        if self.closed:
            return
        self.closed = True
        if self._pid == os.getpid() and not self._connection.closed:
            self._close()

    def _check_usable(self) -> None:
        if self._pid != os.getpid():
            raise errors.FailedPrecondition(
                f"this environment was made in process {self._pid} and this is process {os.getpid()}, forked from it: make it anew here"
            )
        if self.closed:
            raise errors.FailedPrecondition("this environment is closed: make it anew")

    @abc.abstractmethod
    def _reset(self, request: pb.ResetRequest) -> StepData: ...

    @abc.abstractmethod
    def _step(self) -> StepData: ...

    @abc.abstractmethod
    def _render(self, request: pb.RenderRequest) -> str: ...

    @abc.abstractmethod
    def _close(self) -> None: ...


class UnarySession(Session):
    """Each step is a call of its own: the quickest from synchronous Python."""

    def __init__(self, connection: Connection, request: pb.MakeRequest, timeout: Optional[float]) -> None:
        made = connection.call(connection.environments.Make, request, timeout)
        super().__init__(connection, made, timeout, stream=False)
        # Without serializers gRPC takes and gives bytes; the codec does the rest.
        self._send_step = connection.channel.unary_unary(_SERVICE + "Step")
        self._send_reset = connection.channel.unary_unary(_SERVICE + "Reset")
        self._metadata = connection.metadata

    def _reset(self, request: pb.ResetRequest) -> StepData:
        return self.codec.read_generated(self._connection.call(self._send_reset, request.SerializeToString(), self.timeout))

    def _step(self) -> StepData:
        codec = self.codec
        try:
            return codec.read(self._send_step(bytes(codec.request), self.timeout, self._metadata))
        except grpc.RpcError as error:
            raise errors.from_rpc(error) from None

    def _render(self, request: pb.RenderRequest) -> str:
        return self._connection.call(self._connection.environments.Render, request, self.timeout).picture

    def _close(self) -> None:
        _close_quietly(self._connection, self.made.environment_id)

    def __del__(self) -> None:
        # A call from here could meet a lock of gRPC's that this very thread holds: leave it to the next Make.
        if not getattr(self, "closed", True):
            _forgotten.append((self._connection, self._pid, self.made.environment_id))


class StreamSession(Session):
    """All messages in one ordered stream; the server closes the environment when the stream ends."""

    def __init__(self, connection: Connection, request: pb.MakeRequest, timeout: Optional[float]) -> None:
        self._requests: "queue.SimpleQueue[Optional[bytes]]" = queue.SimpleQueue()
        open_stream = connection.channel.stream_stream(_SERVICE + "Connect")
        self._responses = open_stream(iter(self._requests.get, None), metadata=connection.metadata)
        _forks.stream_opened()
        self._open = True
        try:
            made = self._ask(pb.EnvironmentRequest(make=request))
        except BaseException:
            self._end()
            raise
        super().__init__(connection, made.make, timeout, stream=True)

    def _ask(self, request: pb.EnvironmentRequest) -> pb.EnvironmentResponse:
        response = pb.EnvironmentResponse.FromString(self._exchange(request.SerializeToString()))
        if response.WhichOneof("response") == "error":
            raise errors.from_message(response.error)
        return response

    def _exchange(self, request: bytes) -> bytes:
        self._requests.put(request)
        try:
            return next(self._responses)
        except StopIteration:
            raise errors.Unavailable("the server ended the stream") from None
        except grpc.RpcError as error:
            raise errors.from_rpc(error) from None
        except BaseException:
            self.closed = True  # interrupted: a later answer would be taken for another request's
            self._end()
            raise

    def _reset(self, request: pb.ResetRequest) -> StepData:
        return self.codec.read_generated(self._exchange(pb.EnvironmentRequest(reset=request).SerializeToString()))

    def _step(self) -> StepData:
        return self.codec.read(self._exchange(bytes(self.codec.request)))

    def _render(self, request: pb.RenderRequest) -> str:
        return self._ask(pb.EnvironmentRequest(render=request)).render.picture

    def _close(self) -> None:
        try:
            self._ask(pb.EnvironmentRequest(close=pb.CloseRequest()))
        except errors.Error:
            pass  # the server is gone, and the environment with it
        self._end()

    def _end(self) -> None:
        self._requests.put(None)
        self._responses.cancel()
        if self._open:
            self._open = False
            _forks.stream_ended()

    def __del__(self) -> None:
        if getattr(self, "_open", False) and getattr(self, "_pid", 0) == os.getpid():
            self._requests.put(None)  # half-closes the stream; the server then closes the environment
            _forks.stream_ended()


def _close_forgotten() -> None:
    while _forgotten:
        try:
            connection, pid, environment_id = _forgotten.popleft()
        except IndexError:
            return
        if pid == os.getpid() and not connection.closed:
            _close_quietly(connection, environment_id)


def _close_quietly(connection: Connection, environment_id: str) -> None:
    try:
        connection.call(connection.environments.Close, pb.CloseRequest(environment_id=environment_id), timeout=5.0)
    except errors.Error:
        pass  # the server is gone or has forgotten it: closed either way
