"""Client of VsgGym: games to play in batches, solvers whose answers carry a certificate, and learners that train in the server.

    client = vsggym.connect("localhost:50051")
    env = vsggym.make("pursuit-v0", player="hunter")           # gymnasium.Env
    benv = vsggym.batch_env("pursuit-v0", num_envs=4096)       # every seat, numpy arrays in and out
    solution = client.solve("climbing-v0", "rommeo_q", seed=0)
    run = client.train("differential-v0", "rommeo_ac", seed=0)  # goes on in the server: run.watch(), run.wait(), run.download("out")

The functions of this module use the process's default client; each also takes ``client=``.
"""

from __future__ import annotations

import os as _os
from typing import Any, List, Mapping, Optional

# Without it a forked process shares its parent's poller and crashes in its first calls; gRPC reads it when it is first imported.
_os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "1")

from ._seating import Greedy, greedy
from ._version import __version__
from .batch import BatchEnv, BatchStep
from .client import Client, Limits, connect, default_client
from .description import Citation, Description, Entry, GameDescription, Player
from .errors import (
    Aborted,
    Cancelled,
    ConnectError,
    DataLoss,
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
    RunFailed,
    Unauthenticated,
    Unavailable,
    Unimplemented,
)
from .evaluating import EvaluationResult
from .events import Checkpoint, Ended, Evaluation, Event, Exported, Metrics, PlayerScore, StateChanged
from .exports import ExportedGame, Upload
from .models import Model
from .policies import Policy, Sample, load_policy
from .recording import Recording
from .registration import register_when_imported
from .solution import Progress, Solution
from .spaces import Box, Discrete
from .sparse import SparseArray
from .training import Run
from .uploads import FlowGraph, GameLike, MeanFieldGame, NormalFormGame, TabularGame


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


def train(game: GameLike, learner: str, options: Optional[Mapping[str, Any]] = None, *, client: Optional[Client] = None, **settings: Any) -> Run:
    """Starts a training run; see :meth:`Client.train`."""
    return (client or default_client()).train(game, learner, options, **settings)


def evaluate(game: GameLike, policies: Any, *, client: Optional[Client] = None, **settings: Any) -> EvaluationResult:
    """Plays whole episodes of a profile of policies; see :meth:`Client.evaluate`."""
    return (client or default_client()).evaluate(game, policies, **settings)


def record(game: GameLike, path: Any = None, policies: Any = None, *, client: Optional[Client] = None, **settings: Any) -> Recording:
    """Plays one episode and draws it as an SVG that moves; see :meth:`Client.record`."""
    return (client or default_client()).record(game, path, policies, **settings)


def certify(game: GameLike, policies: Any, concept: str = "nash", *, client: Optional[Client] = None, **settings: Any) -> Mapping[str, Any]:
    """Measures a profile of policies; see :meth:`Client.certify`."""
    return (client or default_client()).certify(game, policies, concept, **settings)


def games(*, client: Optional[Client] = None) -> List[Entry]:
    """Every built-in game."""
    return (client or default_client()).games()


def solvers(*, client: Optional[Client] = None) -> List[Entry]:
    """Every solver."""
    return (client or default_client()).solvers()


def learners(*, client: Optional[Client] = None) -> List[Entry]:
    """Every learner."""
    return (client or default_client()).learners()


def describe(what: GameLike, *, client: Optional[Client] = None, **settings: Any) -> Description:
    """One game, solver, learner or metric with its options; see :meth:`Client.describe`."""
    return (client or default_client()).describe(what, **settings)


register_when_imported()

__all__ = [
    "Aborted", "BatchEnv", "BatchStep", "Box", "Cancelled", "Checkpoint", "Citation", "Client", "ConnectError", "DataLoss",
    "DeadlineExceeded", "Description", "Discrete", "Ended", "Entry", "Error", "Evaluation", "EvaluationResult", "Event", "Exported",
    "ExportedGame", "FailedPrecondition", "Fault", "FlowGraph", "GameDescription", "GameLike", "Greedy", "InternalError", "InvalidArgument",
    "Limits", "MeanFieldGame", "Metrics", "Model", "NormalFormGame", "NotFound", "PermissionDenied", "Player", "PlayerScore", "Policy",
    "Progress", "ProtocolMismatch", "Recording", "ResetMaskError", "ResourceExhausted", "Run", "RunFailed", "Sample", "Solution",
    "SparseArray", "StateChanged", "TabularGame", "Unauthenticated", "Unavailable", "Unimplemented", "Upload", "__version__", "batch_env",
    "certify", "connect", "default_client", "describe", "evaluate", "games", "greedy", "learners", "load_policy", "make", "make_vec",
    "parallel_env", "record", "solve", "solvers", "train",
]  # fmt: skip
