"""One environment on the server, over unary calls or over a stream: the same messages and the same meaning."""

from __future__ import annotations

import abc
import collections
import os
import queue
import threading
from typing import Deque, Optional, Sequence, Tuple

import grpc

from . import _forks, errors
from ._connection import Connection
from ._proto import environment_pb2 as pb
from ._wire import StepCodec

_CLOSE_SECONDS = 5.0
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
        self.ending = "it was closed"
        self.codec = StepCodec(made.environment_id, made.action_bytes, made.step_bytes, stream)
        self.timeout = timeout
        self._connection = connection
        self._pid = os.getpid()

    def reset(self, seeds: Sequence[int], mask: bytes) -> StepData:
        """Resets; the seeds are the effective ones where some were given."""
        self._check_usable("reset")
        return self._reset(pb.ResetRequest(environment_id=self.made.environment_id, seeds=seeds, mask=mask))

    def step(self) -> StepData:
        """Takes the step whose actions lie in the codec's request."""
        if self.closed or self._connection.closed or self._pid != os.getpid():
            self._check_usable("step")
        return self._step()

    def render(self, copy: int, format: int) -> pb.RenderResponse:
        """A picture of one copy."""
        self._check_usable("render")
        return self._render(pb.RenderRequest(environment_id=self.made.environment_id, copy=copy, format=format))

    def close(self) -> None:
        """Gives the environment back; safe to repeat, after a fork and after the server's death."""
        if self.closed:
            return
        self.closed = True
        if self._pid == os.getpid():
            self._close()

    def _check_usable(self, call: str) -> None:
        if self._pid != os.getpid():
            rule = f"{call} after a fork (this process, {os.getpid()}, was forked from {self._pid}, which made it): make a new environment"
            raise errors.out_of_order(call, rule, "after_fork")
        if self.closed or self._connection.closed:
            because = self.ending if self.closed else "its client was closed"
            raise errors.out_of_order(call, f"{call} after close ({because}): make a new environment", "after_close")

    @abc.abstractmethod
    def _reset(self, request: pb.ResetRequest) -> StepData: ...

    @abc.abstractmethod
    def _step(self) -> StepData: ...

    @abc.abstractmethod
    def _render(self, request: pb.RenderRequest) -> pb.RenderResponse: ...

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

    def _render(self, request: pb.RenderRequest) -> pb.RenderResponse:
        return self._connection.call(self._connection.environments.Render, request, self.timeout)

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
        self._late = False
        try:
            made = self._ask(pb.EnvironmentRequest(make=request), timeout)
        except BaseException:
            self._end()
            raise
        super().__init__(connection, made.make, timeout, stream=True)

    def _ask(self, request: pb.EnvironmentRequest, timeout: Optional[float]) -> pb.EnvironmentResponse:
        response = pb.EnvironmentResponse.FromString(self._exchange(request.SerializeToString(), timeout))
        if response.WhichOneof("response") == "error":
            raise errors.from_message(response.error)
        return response

    def _exchange(self, request: bytes, timeout: Optional[float]) -> bytes:
        alarm = self._set_alarm(timeout)
        self._requests.put(request)
        try:
            return next(self._responses)
        except StopIteration:
            self._end()
            raise errors.Unavailable("the server ended the stream") from None
        except grpc.RpcError as error:
            self._end()
            if not self._late:
                raise errors.from_rpc(error) from None
            self._give_up("a call was not answered in time")
            raise errors.DeadlineExceeded(f"no answer in {timeout:g} s, and the environment is closed") from None
        except BaseException:
            self._give_up("a call was interrupted")  # its answer would be taken for another request's
            raise
        finally:
            if alarm is not None:
                alarm.cancel()

    def _set_alarm(self, timeout: Optional[float]) -> Optional[threading.Timer]:
        """A stream has one deadline for all its life, so that of each call is kept here."""
        if timeout is None:
            return None
        alarm = threading.Timer(timeout, self._ring)
        alarm.daemon = True
        alarm.start()
        return alarm

    def _ring(self) -> None:
        self._late = True
        self._responses.cancel()

    def _give_up(self, because: str) -> None:
        self.closed, self.ending = True, because
        self._end()

    def _reset(self, request: pb.ResetRequest) -> StepData:
        return self.codec.read_generated(self._exchange(pb.EnvironmentRequest(reset=request).SerializeToString(), self.timeout))

    def _step(self) -> StepData:
        return self.codec.read(self._exchange(bytes(self.codec.request), self.timeout))

    def _render(self, request: pb.RenderRequest) -> pb.RenderResponse:
        return self._ask(pb.EnvironmentRequest(render=request), self.timeout).render

    def _close(self) -> None:
        try:
            if self._open and not self._connection.closed:
                self._ask(pb.EnvironmentRequest(close=pb.CloseRequest()), min(_CLOSE_SECONDS, self.timeout or _CLOSE_SECONDS))
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
        connection.call(connection.environments.Close, pb.CloseRequest(environment_id=environment_id), timeout=_CLOSE_SECONDS)
    except errors.Error:
        pass  # the server is gone or has forgotten it: closed either way
