"""What every part of a client stands on: the connection, what the server has and allows, and games as the protocol sends them."""

from __future__ import annotations

import dataclasses
from typing import Any, List, Mapping, Optional, Tuple, Union

from . import description, errors, exports, uploads
from ._checks import text
from ._connection import Connection, Tls
from ._handshake import shake_hands
from ._proto import catalog_pb2
from ._seating import Seating
from .exports import ExportedGame, Upload
from .uploads import GameLike


@dataclasses.dataclass(frozen=True)
class Limits:
    """What the server allows; 0 where an older server does not say."""

    max_message_bytes: int
    max_num_envs: int
    max_environments: int
    max_solves: int
    max_uploads: int
    idle_seconds: float
    orphan_seconds: float
    max_runs: int
    max_queued_runs: int
    max_models: int
    max_model_bytes: int
    max_solve_bytes: int


class ClientBase:
    """A connection to a server that has answered the handshake, and the catalog of that server."""

    def __init__(self, address: str, token: Optional[str], tls: Optional[Tls], timeout: float) -> None:
        self._connection = Connection(address, token, tls)
        self._timeout = timeout
        answer = shake_hands(self._connection, timeout)
        self.server: str = answer.server
        self.protocol: str = f"{answer.protocol_major}.{answer.protocol_minor}"
        self.capabilities: Tuple[str, ...] = tuple(answer.capabilities)
        limits = answer.limits
        self.limits = Limits(**{field.name: getattr(limits, field.name) for field in dataclasses.fields(Limits)})

    @property
    def address(self) -> str:
        """Where the server is."""
        return self._connection.address

    def games(self) -> List[description.Entry]:
        """Every built-in game."""
        return self._list(catalog_pb2.ENTRY_KIND_GAME)

    def solvers(self) -> List[description.Entry]:
        """Every solver."""
        return self._list(catalog_pb2.ENTRY_KIND_SOLVER)

    def learners(self) -> List[description.Entry]:
        """Every learner that :meth:`train` can run."""
        return self._list(catalog_pb2.ENTRY_KIND_LEARNER)

    def metrics(self) -> List[description.Entry]:
        """Every concept that :meth:`certify` can measure."""
        return self._list(catalog_pb2.ENTRY_KIND_METRIC)

    def describe(self, what: GameLike, game_options: Optional[Mapping[str, Any]] = None) -> description.Description:
        """One game, solver, learner or metric with its options; a game also with its players, spaces and size."""
        if isinstance(what, str) and game_options is None and not uploads.is_file(what):
            request = catalog_pb2.DescribeRequest(id=what)
        else:
            request = catalog_pb2.DescribeRequest(game=self._game(what, game_options))
        return description.description(self._call("Describe", request))

    def upload_game(self, game: GameLike) -> str:
        """Keeps a game on the server and returns its id, which is made of what the game is: the same game in any form has one id.

        A NormalFormGame, TabularGame, MeanFieldGame or FlowGraph, or the path of a .nfg or .efg file.
        """
        return self._call("UploadGame", catalog_pb2.UploadGameRequest(game=self._game(game, None))).id

    def uploads(self) -> List[Upload]:
        """The uploaded games that the server keeps, by id."""
        return [exports.upload(u) for u in self._call("ListUploads", catalog_pb2.ListUploadsRequest()).uploads]

    def delete_upload(self, id: Union[str, Upload]) -> None:
        """Forgets an uploaded game; environments, solves and runs that have it keep it."""
        name = text(id.id if isinstance(id, Upload) else id, "id", "the id of an uploaded game")
        self._call("DeleteUpload", catalog_pb2.DeleteUploadRequest(id=name))

    def export_game(self, game: GameLike, *, game_options: Optional[Mapping[str, Any]] = None, sparse: bool = False) -> ExportedGame:
        """A game of the catalogue or an uploaded one as arrays, which :meth:`upload_game` takes back; see :class:`ExportedGame`.

        ``sparse``: a table's rewards and transitions as :class:`SparseArray`, which large games need.
        """
        request = catalog_pb2.ExportGameRequest(game=self._game(game, game_options), sparse=bool(sparse))
        return exports.exported(self._call("ExportGame", request))

    def _seating(self, game: GameLike, game_options: Optional[Mapping[str, Any]]) -> Seating:
        def players() -> List[str]:
            described = self.describe(game, game_options if game_options is not None else {}).game
            return list(described.players) if described is not None else []

        return Seating(self._connection, self.limits, players)

    def _list(self, kind: int) -> List[description.Entry]:
        return [description.entry(e) for e in self._call("List", catalog_pb2.ListRequest(kind=kind)).entries]

    def _call(self, method: str, request: Any) -> Any:
        return self._connection.call(getattr(self._connection.catalog, method), request)

    def _game(self, game: GameLike, options: Optional[Mapping[str, Any]]) -> Any:
        spec = uploads.to_message(game, options)
        self._check_size(spec, "game")
        return spec

    def _check_size(self, message: Any, path: str) -> None:
        size, limit = message.ByteSize(), self.limits.max_message_bytes
        if limit and size > limit:
            fault = errors.Fault(path, f"{size} bytes", f"the server takes messages of at most {limit} bytes", "message_too_large")
            raise errors.ResourceExhausted("", [fault])
