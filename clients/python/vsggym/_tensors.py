"""Numbers to and from the wire's tensors: row-major, little-endian."""

from __future__ import annotations

import json
import math
from typing import Any, Dict, Mapping, Optional, Tuple

import numpy as np

from ._proto import common_pb2
from .errors import invalid

DTYPES = {
    common_pb2.DTYPE_BOOL: np.dtype("?"),
    common_pb2.DTYPE_INT32: np.dtype("<i4"),
    common_pb2.DTYPE_FLOAT32: np.dtype("<f4"),
    common_pb2.DTYPE_FLOAT64: np.dtype("<f8"),
}


def _as_array(values: Any, path: str) -> np.ndarray:
    try:
        return np.asarray(values)
    except ValueError as error:
        raise invalid(path, "ragged", "must be a rectangular array of numbers", "wrong_shape") from error


def shape(values: Any, path: str) -> Tuple[int, ...]:
    """The shape of an array, nested lists or a number."""
    return _as_array(values, path).shape


def encode(values: Any, path: str) -> common_pb2.Tensor:
    """Real numbers of any shape as a float64 tensor."""
    array = _as_array(values, path)
    if array.dtype.kind not in "iuf":
        raise invalid(path, f"dtype {array.dtype}", "must be real numbers", "wrong_type")
    wire = np.ascontiguousarray(array, dtype="<f8")  # of a scalar this makes one dimension
    return common_pb2.Tensor(dtype=common_pb2.DTYPE_FLOAT64, shape=array.shape, data=wire.tobytes())


def encode_as(values: Any, path: str, dtype: int, kinds: str, rule: str) -> common_pb2.Tensor:
    """Numbers of any shape as a tensor of another type; ``kinds`` are numpy's letters of what is taken."""
    array = _as_array(values, path)
    if array.dtype.kind not in kinds and array.size:
        raise invalid(path, f"dtype {array.dtype}", rule, "wrong_type")
    wire = array.astype(DTYPES[dtype])
    if not np.array_equal(wire, array):
        raise invalid(path, "a number too large", f"{rule} of 32 bits", "out_of_range")
    return common_pb2.Tensor(dtype=dtype, shape=array.shape, data=np.ascontiguousarray(wire).tobytes())


def encode_whole(values: Any, path: str) -> common_pb2.Tensor:
    """Whole numbers of any shape as an int32 tensor."""
    return encode_as(values, path, common_pb2.DTYPE_INT32, "iu", "must be whole numbers")


def encode_flags(values: Any, path: str) -> common_pb2.Tensor:
    """True and False of any shape as a bool tensor."""
    return encode_as(values, path, common_pb2.DTYPE_BOOL, "b", "must be True or False")


def decode(tensor: common_pb2.Tensor) -> np.ndarray:
    """A tensor as an array of its own."""
    return np.frombuffer(tensor.data, dtype=DTYPES[tensor.dtype]).reshape(tuple(tensor.shape)).copy()


def options_json(options: Optional[Mapping[str, Any]], path: str) -> str:
    """Options as JSON; the server knows their names, types and ranges."""
    if options is None:
        return ""
    if not isinstance(options, Mapping):
        raise invalid(path, options, "must be a dict of options, or None", "wrong_type")
    return json.dumps(_plain(options, path))


def from_json(text: str) -> Dict[str, Any]:
    """Options of the protocol; empty text is none."""
    return json.loads(text) if text else {}


def _plain(value: Any, path: str) -> Any:
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                raise invalid(path, key, "the name of an option must be text", "wrong_type")
        return {key: _plain(item, f"{path}.{key}") for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item, f"{path}[{i}]") for i, item in enumerate(value)]
    if isinstance(value, np.ndarray):
        return _plain(value.tolist(), path)
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        raise invalid(path, value, "must be a finite number", "not_finite")
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise invalid(path, type(value).__name__, "must be a number, text, bool, list or dict", "wrong_type")
