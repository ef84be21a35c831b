"""Models that the server keeps: what runs exported and what callers uploaded."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, List, Optional

from . import _files, _tensors, spaces
from ._checks import text
from ._connection import Connection
from ._proto import model_pb2, run_pb2
from .errors import Fault, ResourceExhausted, invalid
from .spaces import Space

if TYPE_CHECKING:
    from ._client_base import Limits

_ENVELOPE_BYTES = 64  # what a message is longer than the data in it
PREFIX = "model:"
_DAMAGED = "damaged"  # how the server marks a file that is no longer what it was; sending it again mends it


@dataclasses.dataclass(frozen=True)
class Model:
    """One player's policy as an ONNX file on the server; it may fill a seat wherever policies are named."""

    id: str
    player: str
    game: str
    game_options: Dict[str, Any]
    run: str
    """The run that exported it; empty for an upload."""
    file: str
    bytes: int
    sha256: str
    observation_space: Optional[Space]
    """None where the file does not say."""
    action_space: Optional[Space]
    """None where the file does not say."""
    metadata: Dict[str, str]
    """As in the file."""

    def __repr__(self) -> str:
        what = " of ".join(part for part in (self.player, self.game) if part)
        spaces_told = f", {self.observation_space} -> {self.action_space}" if self.observation_space and self.action_space else ""
        return f"Model({self.id}{': ' if what else ''}{what}{spaces_told}, {self.bytes} bytes)"


def model_of(message: run_pb2.Model) -> Model:
    """A model of the protocol."""
    return Model(
        id=message.model_id,
        player=message.player,
        game=message.game_id,
        game_options=_tensors.from_json(message.game_options_json),
        run=message.run_id,
        file=message.file,
        bytes=message.bytes,
        sha256=message.sha256,
        observation_space=spaces.from_message(message.observation) if message.HasField("observation") else None,
        action_space=spaces.from_message(message.action) if message.HasField("action") else None,
        metadata=dict(message.metadata),
    )


def model_id(model: Any, path: str = "model") -> str:
    """The id of a model: of a :class:`Model`, ``"ID"`` or ``"model:ID"``."""
    if isinstance(model, Model):
        return model.id
    name = text(model, path, "the id of a model, or a Model")
    return name[len(PREFIX) :] if name.startswith(PREFIX) else name


def list_models(connection: Connection, run_id: str = "", game_id: str = "") -> List[Model]:
    """The models that the server keeps."""
    request = model_pb2.ListModelsRequest(run_id=run_id, game_id=game_id)
    return [model_of(m) for m in connection.call(connection.models.List, request).models]


def upload(connection: Connection, limits: "Limits", source: Any, name: Optional[str], path: str = "model") -> Model:
    """Sends a model to the server, which checks it before it keeps it."""
    content = _files.read_bytes(source, path)
    given = name if name is not None else Path(source).name if not isinstance(source, (bytes, bytearray, memoryview)) else "model.onnx"
    checked = text(given, "name", "a file's name")
    if not content:
        raise invalid(path, "0 bytes", f"{checked} is empty: it must be an ONNX file", "empty")
    if limits.max_model_bytes and len(content) > limits.max_model_bytes:
        rule = f"the server keeps models of at most {limits.max_model_bytes} bytes"
        raise ResourceExhausted("", [Fault(path, f"{checked}: {len(content)} bytes", rule, "model_too_large")])
    largest = limits.max_message_bytes - _ENVELOPE_BYTES if limits.max_message_bytes else _files.CHUNK_BYTES
    chunks = _files.chunks_of(checked, content, min(_files.CHUNK_BYTES, largest))
    return model_of(connection.call(connection.models.Upload, chunks))


def keep(connection: Connection, limits: "Limits", content: bytes, name: str, path: str) -> str:
    """The id under which the server keeps these bytes; they are sent unless it has them."""
    sha256 = hashlib.sha256(content).hexdigest()
    same = (model for model in list_models(connection) if model.sha256.lower() == sha256)
    known = next((model.id for model in same if _DAMAGED not in model.metadata), None)
    return known if known is not None else upload(connection, limits, content, name, path).id


def download(connection: Connection, model: Any, target: Any) -> Path:
    """Writes a model to a file, or under its own name into a folder."""
    path = _files.to_path(target, "path")
    request = model_pb2.ModelRequest(model_id=model_id(model))
    chunks = connection.stream(connection.models.Download, request)
    folder, save_as = (path, None) if path.is_dir() else (path.parent, path.name)
    return _files.receive(chunks, folder, save_as)[0]
