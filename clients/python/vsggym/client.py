"""The client: a connection to one server and everything that can be asked of it."""

from __future__ import annotations

import os
import threading
from typing import Any, Dict, Mapping, Optional, Sequence, Tuple, Union

from . import solving
from ._checks import INT64, choice, seconds, whole
from ._client_base import Limits as Limits
from ._client_learning import LearningClient
from ._connection import Tls, resolve_address
from ._extras import require
from ._files import to_path
from ._proto import environment_pb2
from ._seating import Others, own_seats
from ._session import open_session
from .batch import AUTORESET, BatchEnv, check_seed
from .recording import Recording, record_request, recording_of
from .solution import Solution
from .uploads import GameLike

_ILLEGAL = {
    "refuse": environment_pb2.ILLEGAL_ACTION_RULE_REFUSE,
    "first_legal": environment_pb2.ILLEGAL_ACTION_RULE_FIRST_LEGAL,
}


class Client(LearningClient):
    """A connection to a server, made by :func:`connect`; it may be shared by threads and used again after a fork."""

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

    def record(
        self,
        game: GameLike,
        path: Optional[Union[str, "os.PathLike[str]"]] = None,
        policies: Any = None,
        *,
        game_options: Optional[Mapping[str, Any]] = None,
        seed: Optional[int] = None,
        max_steps: Optional[int] = None,
        seconds_per_step: Optional[float] = None,
        greedy: bool = False,
    ) -> Recording:
        """Plays one episode on the server and draws every step of it: an SVG that moves, in browsers and notebooks.

        ``path``: a file to write it to, default none. ``policies``: a dict player -> what :meth:`batch_env` takes in ``others``, or a
        Solution; seats it does not name play uniformly. ``greedy``: models play their deterministic actions. ``seed``: default the
        server's choice. ``max_steps``: in [1, 1000], default 200, or the game's horizon where that is less. ``seconds_per_step``: in
        [0.05, 60], default 0.7.
        """
        file = None if path is None else to_path(path, "path")
        request = record_request(self._game(game, game_options), seed, max_steps, seconds_per_step)
        seating = self._seating(game, game_options)
        request.players.extend(seating.profile({} if policies is None else policies, bool(greedy)))
        self._check_size(request, "policies")
        recording = recording_of(self._connection.call(self._connection.environments.Record, request), seating.players())
        if file is not None:
            recording.save(file)
        return recording

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
        concept: Optional[str] = None,
        concept_options: Optional[Mapping[str, Any]] = None,
        start: Optional[Solution] = None,
        threads: int = 0,
    ) -> Solution:
        """Runs a solver on the server and returns its answer with a certificate.

        ``timeout``: seconds after which the server returns what it has, also within a long iteration; the certificate is measured
        after it. ``progress``: True for a bar on the error stream, or a
        function of :class:`Progress` that may return False to stop early. ``trace_rows``: most rows of the trace, default 1000.
        ``concept``: what the certificate measures, default the solver's own. ``start``: an earlier answer to start from.
        ``threads``: of the solver's sweeps, 0 for one per processor; the answer does not depend on it.
        """
        request = solving.solve_request(
            game, solver, options, game_options, seed, timeout, trace_rows, concept, concept_options, start, threads, progress
        )
        self._check_size(request, "game")
        return solving.solve(self._connection, request, progress)

    def certify(
        self,
        game: GameLike,
        policies: Any,
        concept: Optional[str] = None,
        *,
        concept_options: Optional[Mapping[str, Any]] = None,
        game_options: Optional[Mapping[str, Any]] = None,
    ) -> Mapping[str, Any]:
        """Measures a profile against an equilibrium concept.

        ``policies``: a dict player -> [S, A] or [T, S, A], an array of joint probabilities [S, A_1, ..., A_N] (or [T, S, ...]), or a
        Solution. ``concept``: default ``nash``, or what fits a mean-field game (``mean_field_nash``) or flow graph (``flow``).
        """
        return solving.certify(self._connection, game, policies, concept, concept_options, game_options)

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
