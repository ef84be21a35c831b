"""What happens in a training run, as :meth:`Run.watch` tells it."""

from __future__ import annotations

import dataclasses
from typing import Dict, Optional, Sequence, Tuple, Union

from . import _tensors
from ._proto import run_pb2 as pb
from .errors import Fault, faults_of
from .models import Model, model_of

STATES = {
    "queued": pb.RUN_STATE_QUEUED,
    "running": pb.RUN_STATE_RUNNING,
    "paused": pb.RUN_STATE_PAUSED,
    "completed": pb.RUN_STATE_COMPLETED,
    "cancelled": pb.RUN_STATE_CANCELLED,
    "failed": pb.RUN_STATE_FAILED,
}
STATE_NAMES = {number: name for name, number in STATES.items()}
ENDED = ("completed", "cancelled", "failed")


@dataclasses.dataclass(frozen=True)
class StateChanged:
    """The run entered another state; not part of the log: its number is that of the event before, and it does not come again."""

    sequence: int
    step: int
    state: str
    """``queued``, ``running``, ``paused``, ``completed``, ``cancelled`` or ``failed``."""


@dataclasses.dataclass(frozen=True)
class Metrics:
    """The learner's numbers after a step; NaN where one is not yet known."""

    sequence: int
    step: int
    values: Dict[str, float]


@dataclasses.dataclass(frozen=True)
class PlayerScore:
    """How one player did in an evaluation; ``mean_action`` only for box actions."""

    mean_return: float
    std_error: float
    mean_action: Optional[Tuple[float, ...]] = None


@dataclasses.dataclass(frozen=True)
class Evaluation:
    """Whole episodes of the policies learned so far, played greedily and sampled."""

    sequence: int
    step: int
    episodes: int
    greedy: Dict[str, PlayerScore]
    sampled: Dict[str, PlayerScore]
    nash_conv: Optional[float]
    """Of the sampled policies; None where the game has no table."""
    opponent_model_distance: Dict[str, float]
    """Per player: mean total variation of its model from the others' policies; empty where the game has no table."""


@dataclasses.dataclass(frozen=True)
class Checkpoint:
    """The run can be continued from here."""

    sequence: int
    step: int
    sha256: str
    bytes: int


@dataclasses.dataclass(frozen=True)
class Exported:
    """Models were written."""

    sequence: int
    step: int
    models: Tuple[Model, ...]


@dataclasses.dataclass(frozen=True)
class Ended:
    """The last event."""

    sequence: int
    step: int
    state: str
    """``completed``, ``cancelled`` or ``failed``."""
    reason: str
    """``steps``, ``converged``, ``cancelled``, ``diverged`` or ``failed``."""
    faults: Tuple[Fault, ...]


Event = Union[StateChanged, Metrics, Evaluation, Checkpoint, Exported, Ended]


def event_of(message: pb.RunEvent, metric_names: Sequence[str], players: Sequence[str]) -> Optional[Event]:
    """An event of the protocol; None for a kind that this client does not know."""
    kind, at = message.WhichOneof("event"), (message.sequence, message.step)
    if kind == "metrics":
        return Metrics(*at, dict(zip(metric_names, message.metrics.values)))
    if kind == "evaluation":
        return _evaluation(message, players)
    if kind == "checkpoint":
        return Checkpoint(*at, message.checkpoint.sha256, message.checkpoint.bytes)
    if kind == "export":
        return Exported(*at, tuple(model_of(m) for m in message.export.models))
    if kind == "end":
        end = message.end
        return Ended(*at, STATE_NAMES.get(end.state, "unknown"), end.reason, faults_of(end.faults))
    return None


def _evaluation(message: pb.RunEvent, players: Sequence[str]) -> Evaluation:
    found = message.evaluation
    return Evaluation(
        message.sequence,
        message.step,
        found.episodes,
        {p.player: _score(p) for p in found.greedy},
        {p.player: _score(p) for p in found.sampled},
        found.nash_conv if found.HasField("nash_conv") else None,
        dict(zip(players, found.opponent_model_distance)),
    )


def _score(message: pb.PlayerEvaluation) -> PlayerScore:
    action = tuple(_tensors.decode(message.mean_action).tolist()) if message.HasField("mean_action") else None
    return PlayerScore(message.mean_return, message.std_error, action)
