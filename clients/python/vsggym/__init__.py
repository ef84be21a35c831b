"""Client of VsgGym: multi-agent games to play in batches, and equilibrium solvers whose answers carry a certificate.

    client = vsggym.connect("localhost:50051")
    env = vsggym.make("pursuit-v0", player="hunter")           # gymnasium.Env
    benv = vsggym.batch_env("pursuit-v0", num_envs=4096)       # every seat, numpy arrays in and out
    solution = client.solve("climbing-v0", "rommeo_q", seed=0)

The functions of this module use the process's default client; each also takes ``client=``.
"""

from __future__ import annotations

import os as _os
from typing import Any, List, Mapping, Optional

# Without it a forked process shares its parent's poller and crashes in its first calls; gRPC reads it when it is first imported.
_os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "1")

from ._version import __version__
from .batch import BatchEnv, BatchStep
from .client import Client, Limits, connect, default_client
from .description import Citation, Description, Entry, GameDescription, Player
from .errors import (
    Aborted,
    Cancelled,
    ConnectError,
    DeadlineExceeded,
    Error,
    FailedPrecondition,
    Fault,
    InternalError,
    InvalidArgument,
    NotFound,
    PermissionDenied,
    ProtocolMismatch,
    ResetMaskError,
    ResourceExhausted,
    Unauthenticated,
    Unavailable,
)
from .uploads import GameLike, NormalFormGame, TabularGame
from .registration import register_when_imported
from .solution import Progress, Solution
from .spaces import Box, Discrete


def make(game: GameLike, player: Optional[str] = None, *, client: Optional[Client] = None, **settings: Any) -> Any:
    """A ``gymnasium.Env`` for one seat; see :meth:`Client.make`."""
    return (client or default_client()).make(game, player, **settings)


def make_vec(game: GameLike, num_envs: int = 1, *, client: Optional[Client] = None, **settings: Any) -> Any:
    """A Gymnasium vector environment for one seat; see :meth:`Client.make_vec`."""
    return (client or default_client()).make_vec(game, num_envs, **settings)


def parallel_env(game: GameLike, *, client: Optional[Client] = None, **settings: Any) -> Any:
    """A PettingZoo parallel environment; see :meth:`Client.parallel_env`."""
    return (client or default_client()).parallel_env(game, **settings)


def batch_env(game: GameLike, num_envs: int = 1, *, client: Optional[Client] = None, **settings: Any) -> BatchEnv:
    """Every seat of many copies as numpy arrays; see :meth:`Client.batch_env`."""
    return (client or default_client()).batch_env(game, num_envs, **settings)


def solve(game: GameLike, solver: str, options: Optional[Mapping[str, Any]] = None, *, client: Optional[Client] = None, **settings: Any) -> Solution:
    """Runs a solver; see :meth:`Client.solve`."""
    return (client or default_client()).solve(game, solver, options, **settings)


def certify(game: GameLike, policies: Any, concept: str = "nash", *, client: Optional[Client] = None, **settings: Any) -> Mapping[str, Any]:
    """Measures a profile of policies; see :meth:`Client.certify`."""
    return (client or default_client()).certify(game, policies, concept, **settings)


def games(*, client: Optional[Client] = None) -> List[Entry]:
    """Every built-in game."""
    return (client or default_client()).games()


def solvers(*, client: Optional[Client] = None) -> List[Entry]:
    """Every solver."""
    return (client or default_client()).solvers()


def describe(what: GameLike, *, client: Optional[Client] = None, **settings: Any) -> Description:
    """One game, solver or metric with its options; see :meth:`Client.describe`."""
    return (client or default_client()).describe(what, **settings)


register_when_imported()

__all__ = [
    "Aborted", "BatchEnv", "BatchStep", "Box", "Cancelled", "Citation", "Client", "ConnectError", "DeadlineExceeded", "Description",
    "Discrete", "Entry", "Error", "FailedPrecondition", "Fault", "GameDescription", "GameLike", "InternalError", "InvalidArgument",
    "Limits", "NormalFormGame", "NotFound", "PermissionDenied", "Player", "Progress", "ProtocolMismatch", "ResetMaskError",
    "ResourceExhausted", "Solution", "TabularGame", "Unauthenticated", "Unavailable", "__version__", "batch_env", "certify", "connect",
    "default_client", "describe", "games", "make", "make_vec", "parallel_env", "solve", "solvers",
]  # fmt: skip
