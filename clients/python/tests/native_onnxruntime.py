"""The part of the onnxruntime package that the client uses, over the C library that the server brings: PyPI is not always there.

It runs the real ONNX Runtime; only the Python in front of it is ours.
"""

from __future__ import annotations

import ctypes
import functools
import os
import platform
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Sequence

import numpy as np
from harness import DLL

_API_VERSION = 16
_ARCHITECTURES = {"x86_64": "x64", "AMD64": "x64", "aarch64": "arm64", "arm64": "arm64"}
_TYPES = {1: ("float", np.float32), 7: ("int64", np.int64), 9: ("bool", np.bool_), 11: ("double", np.float64)}
_NUMBERS = {np.dtype(dtype): number for number, (_, dtype) in _TYPES.items()}
# The places of the functions in struct OrtApi, which only grows (onnxruntime_c_api.h).
_PLACES = {
    "GetErrorMessage": 2, "CreateEnv": 3, "CreateSessionFromArray": 8, "Run": 9, "CreateSessionOptions": 10, "SetIntraOpNumThreads": 24,
    "SessionGetInputCount": 30, "SessionGetOutputCount": 31, "SessionGetInputTypeInfo": 33, "SessionGetOutputTypeInfo": 34,
    "SessionGetInputName": 36, "SessionGetOutputName": 37, "CreateTensorWithDataAsOrtValue": 49, "GetTensorMutableData": 51,
    "CastTypeInfoToTensorInfo": 55, "GetTensorElementType": 60, "GetDimensionsCount": 61, "GetDimensions": 62, "GetTensorTypeAndShape": 65,
    "CreateCpuMemoryInfo": 69, "GetAllocatorWithDefaultOptions": 78, "SessionGetModelMetadata": 111,
    "ModelMetadataLookupCustomMetadataMap": 116, "ModelMetadataGetCustomMetadataMapKeys": 123,
}  # fmt: skip


class Fail(Exception):
    """What the library says went wrong."""


class NodeArg(NamedTuple):
    """An input or output."""

    name: str
    type: str
    shape: List[Optional[int]]


class ModelMeta(NamedTuple):
    """What a file carries besides its graph."""

    custom_metadata_map: Dict[str, str]


class InferenceSession:
    """A graph, ready to run; nothing is given back to the library before the process ends."""

    def __init__(self, content: bytes, providers: Sequence[str]) -> None:
        assert list(providers) == get_available_providers()
        options = _made("CreateSessionOptions")
        _call("SetIntraOpNumThreads", options, ctypes.c_int(1))
        self._session = _made("CreateSessionFromArray", _environment(), content, ctypes.c_size_t(len(content)), options)
        self._inputs, self._outputs = self._args("Input"), self._args("Output")

    def get_inputs(self) -> List[NodeArg]:
        """The inputs."""
        return self._inputs

    def get_outputs(self) -> List[NodeArg]:
        """The outputs."""
        return self._outputs

    def get_providers(self) -> List[str]:
        """Where it runs."""
        return get_available_providers()

    def get_modelmeta(self) -> ModelMeta:
        """The metadata."""
        metadata, keys, count = _made("SessionGetModelMetadata", self._session), ctypes.POINTER(ctypes.c_char_p)(), ctypes.c_int64()
        _call("ModelMetadataGetCustomMetadataMapKeys", metadata, _allocator(), ctypes.byref(keys), ctypes.byref(count))
        found = {}
        for i in range(count.value):
            value = ctypes.c_char_p()
            _call("ModelMetadataLookupCustomMetadataMap", metadata, _allocator(), keys[i], ctypes.byref(value))
            found[keys[i].decode()] = (value.value or b"").decode()
        return ModelMeta(found)

    def run(self, output_names: Sequence[str], input_feed: Dict[str, np.ndarray]) -> List[np.ndarray]:
        """Runs the graph."""
        if set(input_feed) != {arg.name for arg in self._inputs}:
            raise ValueError(f"the inputs are {[arg.name for arg in self._inputs]}")
        arrays = [np.ascontiguousarray(array) for array in input_feed.values()]
        values = (ctypes.c_void_p * len(arrays))(*(_tensor(array) for array in arrays))
        names = (ctypes.c_char_p * len(arrays))(*(name.encode() for name in input_feed))
        wanted = (ctypes.c_char_p * len(output_names))(*(name.encode() for name in output_names))
        results = (ctypes.c_void_p * len(output_names))()
        counts = ctypes.c_size_t(len(arrays)), ctypes.c_size_t(len(output_names))
        _call("Run", self._session, None, names, values, counts[0], wanted, counts[1], results)
        return [_array(ctypes.c_void_p(result)) for result in results]

    def _args(self, kind: str) -> List[NodeArg]:
        count = ctypes.c_size_t()
        _call(f"SessionGet{kind}Count", self._session, ctypes.byref(count))
        found = []
        for i in range(count.value):
            name = ctypes.c_char_p()
            _call(f"SessionGet{kind}Name", self._session, ctypes.c_size_t(i), _allocator(), ctypes.byref(name))
            info = _made(f"SessionGet{kind}TypeInfo", self._session, ctypes.c_size_t(i))
            number, shape = _type_and_shape(_made("CastTypeInfoToTensorInfo", info))
            type_name = _TYPES[number][0] if number in _TYPES else f"type {number}"
            found.append(NodeArg((name.value or b"").decode(), f"tensor({type_name})", [n if n >= 0 else None for n in shape]))
        return found


def get_available_providers() -> List[str]:
    """Where this library can run."""
    return ["CPUExecutionProvider"]


def library() -> Path:
    """Where the library is."""
    given = os.environ.get("VSGGYM_ONNXRUNTIME")
    by_platform = f"runtimes/linux-{_ARCHITECTURES[platform.machine()]}/native/libonnxruntime.so"
    places = [Path(given)] if given else [DLL.parent / by_platform, DLL.parent / "libonnxruntime.so"]
    found = next((path for path in places if path.is_file()), None)
    assert found, f"no ONNX Runtime at {places[0]}: build the server, or set VSGGYM_ONNXRUNTIME"
    return found


@functools.lru_cache(maxsize=None)
def _functions() -> Any:
    base = ctypes.CDLL(str(library())).OrtGetApiBase
    base.restype = ctypes.POINTER(ctypes.c_void_p)
    get_api = ctypes.CFUNCTYPE(ctypes.POINTER(ctypes.c_void_p), ctypes.c_uint32)(base()[0])
    return get_api(_API_VERSION)


def _call(name: str, *arguments: Any) -> None:
    status = ctypes.CFUNCTYPE(ctypes.c_void_p, *map(_c_type, arguments))(_functions()[_PLACES[name]])(*arguments)
    if status:
        message = ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.c_void_p)(_functions()[_PLACES["GetErrorMessage"]])(status)
        raise Fail((message or b"").decode())


def _c_type(argument: Any) -> Any:
    """Numbers as what they are; everything else is a pointer."""
    return type(argument) if isinstance(argument, (ctypes.c_int, ctypes.c_size_t, ctypes.c_int64)) else ctypes.c_void_p


def _made(name: str, *arguments: Any) -> ctypes.c_void_p:
    """A call that makes something, which is its last argument."""
    made = ctypes.c_void_p()
    _call(name, *arguments, ctypes.byref(made))
    return made


@functools.lru_cache(maxsize=None)
def _environment() -> ctypes.c_void_p:
    return _made("CreateEnv", ctypes.c_int(3), b"tests")


@functools.lru_cache(maxsize=None)
def _allocator() -> ctypes.c_void_p:
    return _made("GetAllocatorWithDefaultOptions")


def _tensor(array: np.ndarray) -> Any:
    memory = _made("CreateCpuMemoryInfo", ctypes.c_int(0), ctypes.c_int(0))
    shape = (ctypes.c_int64 * array.ndim)(*array.shape)
    size, dimensions = ctypes.c_size_t(array.nbytes), ctypes.c_size_t(array.ndim)
    data = ctypes.c_void_p(array.ctypes.data)
    return _made("CreateTensorWithDataAsOrtValue", memory, data, size, shape, dimensions, ctypes.c_int(_NUMBERS[array.dtype])).value


def _array(value: ctypes.c_void_p) -> np.ndarray:
    number, shape = _type_and_shape(_made("GetTensorTypeAndShape", value))
    dtype = np.dtype(_TYPES[number][1])
    content = ctypes.string_at(_made("GetTensorMutableData", value), int(np.prod(shape)) * dtype.itemsize)
    return np.frombuffer(content, dtype).reshape(shape).copy()


def _type_and_shape(info: ctypes.c_void_p) -> Any:
    number, count = ctypes.c_int(), ctypes.c_size_t()
    _call("GetTensorElementType", info, ctypes.byref(number))
    _call("GetDimensionsCount", info, ctypes.byref(count))
    shape = (ctypes.c_int64 * count.value)()
    _call("GetDimensions", info, shape, ctypes.c_size_t(count.value))
    return number.value, list(shape)
