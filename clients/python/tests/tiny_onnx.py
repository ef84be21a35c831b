"""Two small policies as ONNX files, written byte by byte: what the client may count on, without the server that exports the real ones."""

from __future__ import annotations

from typing import Dict, Sequence, Tuple, Union

import numpy as np

WEIGHTS = np.array([[2.0], [-1.0]], np.float32)
TABLE = np.array([[0.0, 1.0, 2.0], [3.0, 2.0, 1.0]], np.float32)

_FLOAT, _INT64, _BOOL = 1, 7, 9
_NUMBERS = {np.dtype(np.float32): _FLOAT, np.dtype(np.int64): _INT64}
Field = Union[int, bytes, str]
Shape = Sequence[Union[int, str]]


def box_policy() -> bytes:
    """action = observation . WEIGHTS, sampled_action = action + noise, log_probability = -sum(noise^2)."""
    nodes = [
        _node("MatMul", ["observation", "weights"], "action"),
        _node("Add", ["action", "noise"], "sampled_action"),
        _node("Mul", ["noise", "noise"], "squares"),
        _node("ReduceSum", ["squares", "one"], "distance", keepdims=0),
        _node("Neg", ["distance"], "log_probability"),
    ]
    inputs = [_value("observation", _FLOAT, ["B", 2]), _value("noise", _FLOAT, ["B", 1])]
    outputs = [_value("action", _FLOAT, ["B", 1]), _value("sampled_action", _FLOAT, ["B", 1]), _value("log_probability", _FLOAT, ["B"])]
    space = '{"kind":"box","low":[-10],"high":[10]}'
    metadata = {"player": "player_0", "game_id": "differential-v0", "observation_space": "not JSON", "action_space": space}
    return _model(nodes, inputs, outputs, {"weights": WEIGHTS, "one": np.array([1])}, metadata)


def table_policy() -> bytes:
    """action = the best legal one by TABLE, plus the time; sampled_action = floor(3 noise); log_probability = noise."""
    nodes = [
        _node("Gather", ["table", "observation"], "scores"),
        _node("Where", ["legal_actions", "scores", "never"], "masked"),
        _node("ArgMax", ["masked"], "best", axis=1, keepdims=0),
        _node("Add", ["best", "time"], "action"),
        _node("Softmax", ["masked"], "probabilities", axis=1),
        _node("Squeeze", ["noise", "one"], "log_probability"),
        _node("Mul", ["log_probability", "three"], "scaled"),
        _node("Floor", ["scaled"], "floored"),
        _node("Cast", ["floored"], "sampled_action", to=_INT64),
    ]
    inputs = [
        _value("observation", _INT64, ["B"]), _value("noise", _FLOAT, ["B", 1]), _value("legal_actions", _BOOL, ["B", 3]), _value("time", _INT64, ["B"]),
    ]  # fmt: skip
    outputs = [
        _value("action", _INT64, ["B"]), _value("sampled_action", _INT64, ["B"]), _value("log_probability", _FLOAT, ["B"]),
        _value("probabilities", _FLOAT, ["B", 3]),
    ]  # fmt: skip
    constants = {"table": TABLE, "never": np.array([-1e9], np.float32), "one": np.array([1]), "three": np.array(3, np.float32)}
    metadata = {"player": "hunter", "observation_space": '{"kind":"discrete","count":2,"labels":["near","far"]}', "action_space": '{"kind":"torus"}'}
    return _model(nodes, inputs, outputs, constants, metadata)


def other_model() -> bytes:
    """A sound file that is no policy."""
    return _model([_node("Neg", ["x"], "y")], [_value("x", _FLOAT, ["B"])], [_value("y", _FLOAT, ["B"])], {}, {})


def _model(
    nodes: Sequence[bytes], inputs: Sequence[bytes], outputs: Sequence[bytes], constants: Dict[str, np.ndarray], metadata: Dict[str, str]
) -> bytes:
    tensors = [_tensor(name, array) for name, array in constants.items()]
    parts = [*((1, n) for n in nodes), (2, "policy"), *((5, t) for t in tensors), *((11, i) for i in inputs), *((12, o) for o in outputs)]
    entries = [(14, _message((1, key), (2, value))) for key, value in metadata.items()]
    return _message((1, 8), (7, _message(*parts)), (8, _message((1, ""), (2, 13))), *entries)


def _node(kind: str, inputs: Sequence[str], output: str, **attributes: int) -> bytes:
    settings = [(5, _message((1, name), (3, value), (20, 2))) for name, value in attributes.items()]
    return _message(*((1, name) for name in inputs), (2, output), (4, kind), *settings)


def _value(name: str, element: int, shape: Shape) -> bytes:
    dimensions = [(1, _message((1, n) if isinstance(n, int) else (2, n))) for n in shape]
    return _message((1, name), (2, _message((1, _message((1, element), (2, _message(*dimensions)))))))


def _tensor(name: str, array: np.ndarray) -> bytes:
    return _message(*((1, n) for n in array.shape), (2, _NUMBERS[array.dtype]), (8, name), (9, array.tobytes()))


def _message(*fields: Tuple[int, Field]) -> bytes:
    """A protobuf message of whole numbers, texts and messages."""
    out = b""
    for number, value in fields:
        if isinstance(value, int):
            out += _varint(number << 3) + _varint(value)
        else:
            content = value.encode() if isinstance(value, str) else value
            out += _varint(number << 3 | 2) + _varint(len(content)) + content
    return out


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])
