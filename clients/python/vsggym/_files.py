"""Files in chunks: checked by length and SHA-256, and written whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import uuid
from pathlib import Path
from typing import IO, Any, Generator, Iterator, List, Optional, Union

from ._proto import run_pb2
from .errors import DataLoss, Fault, invalid

PathLike = Union[str, "os.PathLike[str]"]
CHUNK_BYTES = 1 << 20
_NOT_IN_NAMES = set('/\\:\0')  # parts of a path, here or on Windows


def to_path(value: Any, path: str) -> Path:
    """A path that the caller gave."""
    if not isinstance(value, (str, os.PathLike)) or not isinstance(os.fspath(value), str):
        raise invalid(path, type(value).__name__, "must be a path", "wrong_type")
    return Path(value)


def read_bytes(source: Any, path: str) -> bytes:
    """A file's bytes, given as they are or by its path."""
    return bytes(source) if isinstance(source, (bytes, bytearray, memoryview)) else to_path(source, path).read_bytes()


def chunks_of(name: str, content: bytes, chunk_bytes: int) -> Iterator[run_pb2.FileChunk]:
    """A file as the protocol sends it: name and size first, the SHA-256 last."""
    yield run_pb2.FileChunk(name=name, bytes=len(content))
    for start in range(0, len(content), chunk_bytes):
        yield run_pb2.FileChunk(data=content[start : start + chunk_bytes])
    yield run_pb2.FileChunk(sha256=hashlib.sha256(content).hexdigest())


def receive(chunks: Generator[run_pb2.FileChunk, None, None], folder: Path, save_as: Optional[str] = None) -> List[Path]:
    """Writes the files of a stream into a folder; a file that does not arrive whole leaves nothing there."""
    paths: List[Path] = []
    incoming: Optional[_Incoming] = None
    try:
        for chunk in chunks:
            if chunk.name:
                if incoming is not None:
                    raise incoming.broken("it ends without a checksum")
                incoming = _Incoming(chunk.name, chunk.bytes, folder, save_as)
            if incoming is None:
                raise DataLoss("the server sent data that belongs to no file")
            incoming.write(chunk.data)
            if chunk.sha256:
                paths.append(incoming.finish(chunk.sha256))
                incoming = None
        if incoming is not None:
            raise incoming.broken("it ends without a checksum")
    finally:
        chunks.close()
        if incoming is not None:
            incoming.discard()
    if not paths:
        raise DataLoss("the server sent no file")
    return paths


def _plain_name(name: str) -> str:
    """A name that stays in its folder."""
    if name in ("", ".", "..") or _NOT_IN_NAMES.intersection(name):
        raise DataLoss("", [Fault("name", name, "the server names a file outside the folder; it was not written", "unsafe_name")])
    return name


class _Incoming:
    """One file on its way, under a name that nobody looks for until it is whole."""

    def __init__(self, name: str, size: int, folder: Path, save_as: Optional[str]) -> None:
        self._name = _plain_name(name)
        self._size = size
        folder.mkdir(parents=True, exist_ok=True)
        self._target = folder / (save_as or name)
        self._part = folder / f".{uuid.uuid4().hex}.part"
        self._hash = hashlib.sha256()
        self._file: IO[bytes] = open(self._part, "xb")

    def write(self, data: bytes) -> None:
        """Takes the next bytes."""
        self._file.write(data)
        self._hash.update(data)
        if self._file.tell() > self._size:
            raise self.broken(f"more than its {self._size} bytes arrived")

    def finish(self, sha256: str) -> Path:
        """Checks the file and gives it its name."""
        if self._file.tell() != self._size:
            raise self.broken(f"{self._file.tell()} bytes of {self._size} arrived")
        if self._hash.hexdigest() != sha256.lower():
            raise self.broken("its SHA-256 is not the one that the server names")
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        os.replace(self._part, self._target)
        return self._target

    def broken(self, why: str) -> DataLoss:
        """The error of a file that did not arrive whole."""
        return DataLoss(f"the file {self._name} was not kept: {why}")

    def discard(self) -> None:
        """Removes what came of it."""
        self._file.close()
        with contextlib.suppress(FileNotFoundError):
            self._part.unlink()
