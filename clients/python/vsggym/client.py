"""The client: a connection to one server and everything that can be asked of it."""

from __future__ import annotations

import dataclasses
import os
import threading
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union

from . import _runs, description, errors, exports, models, solving, uploads
from ._checks import INT64, choice, seconds, text, whole
from ._connection import Connection, Tls, resolve_address
from ._extras import require
from ._handshake import shake_hands
from ._proto import catalog_pb2, environment_pb2, model_pb2
from ._seating import Others, Seating, own_seats
from ._session import open_session
from .batch import AUTORESET, BatchEnv, check_seed
from .evaluating import EvaluationResult, result_of
from .exports import ExportedGame, Upload
from .models import Model
from .solution import Solution
from .training import Run
from .uploads import GameLike

_ILLEGAL = {
    "refuse": environment_pb2.ILLEGAL_ACTION_RULE_REFUSE,
    "first_legal": environment_pb2.ILLEGAL_ACTION_RULE_FIRST_LEGAL,
}


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


class Client:
    """A connection to a server, made by :func:`connect`; it may be shared by threads and used again after a fork."""

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

    def batch_env(
        self,
        game: GameLike,
        num_envs: int = 1,
        *,
        players: Optional[Sequence[str]] = None,
        others: Others = None,
        seed: Optional[int] = None,
        game_options: Optional[Mapping[str, Any]] = None,
        autoreset: str = "next_step",
        illegal_actions: str = "refuse",
        time_limit: Optional[int] = None,
        transport: str = "unary",
        timeout: Optional[float] = None,
        max_message_bytes: Optional[int] = None,
    ) -> BatchEnv:
        """Copies of a game with numpy arrays in and out, for every seat or those in ``players``.

        ``others``: who plays the remaining seats: ``"uniform"`` (default), a Solution, a model for the one remaining seat, or a dict
        player -> any of them or a float64 policy [S, A] or [T, S, A]. A model is ``"model:ID"``, a Model, the path of an .onnx file or a
        loaded Policy (both are sent to the server); it samples, and ``vsggym.greedy(model)`` does not. ``autoreset``: next_step,
        same_step or disabled. ``illegal_actions``: refuse or first_legal. ``time_limit``: decisions until truncation. ``transport``:
        unary (the quicker here) or stream. ``timeout``: seconds per call, default none (a dead connection is noticed in 30 s); over a
        stream a late answer closes the copies. ``max_message_bytes``: the largest message to take.
        """
        own = own_seats(players)
        largest = self.limits.max_message_bytes if max_message_bytes is None else whole(max_message_bytes, "max_message_bytes", 1, INT64)
        request = environment_pb2.MakeRequest(
            game=self._game(game, game_options),
            num_envs=whole(num_envs, "num_envs"),
            autoreset=choice(AUTORESET, autoreset, "autoreset"),
            illegal_actions=choice(_ILLEGAL, illegal_actions, "illegal_actions"),
            players=own,
            time_limit=0 if time_limit is None else whole(time_limit, "time_limit"),
            max_message_bytes=largest,
        )
        if seed is not None:
            request.seed = check_seed(seed)
        request.others.extend(self._seating(game, game_options).others(own, others))
        return BatchEnv(open_session(self._connection, request, transport, seconds(timeout, "timeout")))

    def make(self, game: GameLike, player: Optional[str] = None, others: Others = "uniform", **settings: Any) -> Any:
        """A ``gymnasium.Env`` for one seat (default: the first); see :class:`vsggym.gymnasium_env.GymnasiumEnv`."""
        require("gymnasium", "vsggym.make")
        from .gymnasium_env import make

        return make(game, player=player, others=others, client=self, **settings)

    def make_vec(self, game: GameLike, num_envs: int = 1, player: Optional[str] = None, others: Others = "uniform", **settings: Any) -> Any:
        """A Gymnasium vector environment for one seat; see :class:`vsggym.gymnasium_vector.GymnasiumVectorEnv`."""
        require("gymnasium", "vsggym.make_vec")
        from .gymnasium_vector import make_vec

        return make_vec(game, num_envs=num_envs, player=player, others=others, client=self, **settings)

    def parallel_env(self, game: GameLike, **settings: Any) -> Any:
        """A PettingZoo parallel environment of every seat; see :class:`vsggym.parallel.ParallelEnv`."""
        require("gymnasium", "vsggym.parallel_env")
        from .parallel import ParallelEnv

        return ParallelEnv(game, client=self, **settings)

    def solve(
        self,
        game: GameLike,
        solver: str,
        options: Optional[Mapping[str, Any]] = None,
        *,
        game_options: Optional[Mapping[str, Any]] = None,
        seed: int = 0,
        timeout: Optional[float] = None,
        progress: solving.ProgressLike = None,
        trace_rows: Optional[int] = None,
        concept: str = "nash",
    ) -> Solution:
        """Runs a solver on the server and returns its answer with a certificate.

        ``timeout``: seconds after which the server returns what it has. ``progress``: True for a bar on the error stream, or a
        function of :class:`Progress` that may return False to stop early. ``trace_rows``: most rows of the trace, default 1000.
        """
        request = solving.solve_request(game, solver, options, game_options, seed, timeout, trace_rows, concept, progress)
        self._check_size(request, "game")
        return solving.solve(self._connection, request, progress)

    def certify(
        self, game: GameLike, policies: Any, concept: str = "nash", *, game_options: Optional[Mapping[str, Any]] = None
    ) -> Mapping[str, Any]:
        """Measures a profile, a dict player -> [S, A] or [T, S, A] or a Solution, against an equilibrium concept."""
        return solving.certify(self._connection, game, policies, concept, game_options)

    def train(
        self,
        game: GameLike,
        learner: str,
        options: Optional[Mapping[str, Any]] = None,
        *,
        game_options: Optional[Mapping[str, Any]] = None,
        seed: int = 0,
        name: str = "",
        evaluate_every: Optional[int] = None,
        evaluation_episodes: Optional[int] = None,
        checkpoint_every: Optional[int] = None,
        metrics_every: Optional[int] = None,
        request_id: Optional[str] = None,
    ) -> Run:
        """Starts a training run in the server and returns at once; the run outlasts this client, and a restart of the server.

        ``name``: for people. ``evaluate_every``: steps between two evaluations, default a twentieth of the run, 0 for one at the end
        only. ``evaluation_episodes``: default 100. ``checkpoint_every``: steps, default a tenth of the run. ``metrics_every``: steps
        between two rows of metrics, default a hundredth. ``request_id``: a second call with the same text gives the same run.
        """
        request = _runs.start_request(
            game, learner, options, game_options, seed, name, evaluate_every, evaluation_episodes, checkpoint_every, metrics_every, request_id
        )
        self._check_size(request, "game")
        return _runs.start(self._connection, request)

    def run(self, id: str) -> Run:
        """A run by its id."""
        return _runs.get_run(self._connection, id)

    def runs(self, state: Union[None, str, Sequence[str]] = None) -> List[Run]:
        """The server's runs, oldest first; only those in ``state`` (or in one of several) where given."""
        return _runs.list_runs(self._connection, state)

    def models(self, run: Union[None, str, Run] = None, game: Optional[str] = None) -> List[Model]:
        """The models that the server keeps; only those of a run, or of a game, where given."""
        run_id = run.id if isinstance(run, Run) else "" if run is None else text(run, "run", "a Run, or the id of one")
        game_id = "" if game is None else text(game, "game", "the id of a game")
        return models.list_models(self._connection, run_id, game_id)

    def model(self, id: str) -> Model:
        """A model by its id."""
        request = model_pb2.ModelRequest(model_id=models.model_id(id, "id"))
        return models.model_of(self._connection.call(self._connection.models.Get, request))

    def upload_model(self, source: Any, name: Optional[str] = None) -> Model:
        """Keeps an ONNX file, a path or its bytes, on the server, which first checks and runs it. ``name``: default the file's."""
        return models.upload(self._connection, self.limits, source, name)

    def download_model(self, id: Union[str, Model], path: Union[str, "os.PathLike[str]"]) -> Path:
        """Writes a model to a file, or under its own name into a folder that exists, and returns where it is."""
        return models.download(self._connection, id, path)

    def delete_model(self, id: Union[str, Model]) -> None:
        """Removes an uploaded model; a run's own models go with the run."""
        self._connection.call(self._connection.models.Delete, model_pb2.ModelRequest(model_id=models.model_id(id, "id")))

    def evaluate(
        self,
        game: GameLike,
        policies: Any,
        episodes: int = 1000,
        seed: int = 0,
        *,
        num_envs: Optional[int] = None,
        provider: str = "cpu",
        greedy: bool = False,
        time_limit: Optional[int] = None,
        game_options: Optional[Mapping[str, Any]] = None,
    ) -> EvaluationResult:
        """Plays whole episodes on the server; seats that ``policies`` does not name play uniformly.

        ``policies``: a dict player -> what :meth:`batch_env` takes in ``others``, or a Solution. ``greedy``: models play their
        deterministic actions; ``vsggym.greedy(model)`` says so for one seat. ``num_envs``: copies at once, default the server's choice.
        ``provider``: where models run, cpu or cuda. ``time_limit``: decisions after which an episode is cut.
        """
        request = model_pb2.EvaluateRequest(
            game=self._game(game, game_options),
            episodes=whole(episodes, "episodes", 1, INT64),
            seed=check_seed(seed),
            num_envs=0 if num_envs is None else whole(num_envs, "num_envs"),
            provider=text(provider, "provider", "cpu or cuda"),
            time_limit=0 if time_limit is None else whole(time_limit, "time_limit"),
        )
        request.policies.extend(self._seating(game, game_options).profile(policies, bool(greedy)))
        self._check_size(request, "policies")
        return result_of(self._connection.call(self._connection.models.Evaluate, request))

    def close(self) -> None:
        """Closes the connection; the server closes what was made over it. Safe to repeat."""
        self._connection.close()

    @property
    def closed(self) -> bool:
        """Whether :meth:`close` was called."""
        return self._connection.closed

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Client({self.address!r}, server={self.server!r})"

    def __copy__(self) -> "Client":
        return self

    def __deepcopy__(self, _: Dict[int, Any]) -> "Client":
        return self  # Gymnasium copies the settings of an environment; a connection is shared

    def __reduce__(self) -> Any:
        return connect, (*self._identity, self._timeout)

    @property
    def _identity(self) -> Tuple[str, Optional[str], Optional[Tls]]:
        return self.address, self._connection.token, self._connection.tls

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


def connect(address: Optional[str] = None, token: Optional[str] = None, tls: Optional[Tls] = None, timeout: float = 10.0) -> Client:
    """Connects to a server and checks the protocol.

    ``address``: HOST:PORT or unix:/PATH; default VSGGYM_ADDRESS, then the address file that VSGGYM_ADDRESS_FILE names, then
    127.0.0.1:50051; ``https://HOST:PORT`` asks for TLS, ``http://HOST:PORT`` refuses it. ``token``: default VSGGYM_TOKEN. ``tls``: True,
    the path of a CA file, or a dict of ca, certificate, key (paths or PEM bytes) and server_name. ``timeout``: seconds for the
    handshake. Raises ConnectError, which says what failed.
    """
    checked = seconds(timeout, "timeout")
    return Client(*resolve_address(address, token, tls), 10.0 if checked is None else checked)


_default: Optional[Client] = None
_default_lock = threading.Lock()


def default_client() -> Client:
    """The process's client at the default address, connected on first use and again when that address has changed."""
    global _default
    address, token, tls = resolve_address(None, None, None)
    with _default_lock:
        if _default is None or _default.closed or _default._identity != (address, token, tls):
            _default = connect(address, token, tls)
        return _default


def _renew_lock() -> None:
    global _default_lock
    _default_lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_lock)
