"""The bytes of a step, written and read by hand: the messages are fixed at Make, so only the arrays change."""

from __future__ import annotations

from typing import Optional, Tuple

from ._proto import environment_pb2
from .errors import from_message


def varint(number: int) -> bytes:
    """A length as protobuf writes it."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def _field(number: int, length: int) -> bytes:
    """The start of a length-delimited field."""
    return varint(number << 3 | 2) + varint(length)


class StepCodec:
    """Writes StepRequests and reads StepResponses of one environment; for a stream inside their envelopes.

    The generated classes stay the authority: whatever does not look exactly as expected goes through them.
    """

    def __init__(self, environment_id: str, action_bytes: int, step_bytes: int, stream: bool) -> None:
        identity = environment_id.encode()
        head = b"" if stream else _field(1, len(identity)) + identity
        head += _field(2, action_bytes)
        if stream:
            head = _field(3, len(head) + action_bytes) + head
        self.stream = stream
        self.step_bytes = step_bytes
        self.actions_at = len(head)
        self.request = bytearray(head) + bytearray(action_bytes)
        """The request to send; the actions start at ``actions_at``."""
        body = _field(1, step_bytes)
        self._prefix = _field(2, len(body) + step_bytes) + body if stream else body
        self._length = len(self._prefix) + step_bytes

    def read(self, response: bytes) -> Tuple[bytearray, Optional[Tuple[int, ...]]]:
        """The step's data in a buffer of its own (aligned and writable), and the seeds where a reset set them."""
        if len(response) == self._length and response.startswith(self._prefix):
            return bytearray(memoryview(response)[len(self._prefix) :]), None
        return self.read_generated(response)

    def read_generated(self, response: bytes) -> Tuple[bytearray, Optional[Tuple[int, ...]]]:
        """The same through the generated classes; raises the error that a stream carried."""
        if self.stream:
            envelope = environment_pb2.EnvironmentResponse.FromString(response)
            if envelope.WhichOneof("response") == "error":
                raise from_message(envelope.error)
            message = envelope.step
        else:
            message = environment_pb2.StepResponse.FromString(response)
        if len(message.data) != self.step_bytes:
            raise RuntimeError(f"the server sent {len(message.data)} bytes for a step of {self.step_bytes}")
        return bytearray(message.data), tuple(message.seeds) or None
