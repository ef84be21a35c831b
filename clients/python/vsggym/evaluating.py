"""Playing whole episodes on the server with every seat filled by a policy."""

from __future__ import annotations

import dataclasses
from typing import Dict

from ._proto import model_pb2 as pb


@dataclasses.dataclass(frozen=True)
class EvaluationResult:
    """What an evaluation measured, per player."""

    returns: Dict[str, float]
    """Mean return of an episode."""
    std_errors: Dict[str, float]
    """Of the means."""
    lowest: Dict[str, float]
    highest: Dict[str, float]
    episodes: int
    mean_length: float
    """Decisions per episode."""
    elapsed_seconds: float

    def __repr__(self) -> str:
        scores = ", ".join(f"{player} {mean:.4g} +- {self.std_errors[player]:.2g}" for player, mean in self.returns.items())
        return f"EvaluationResult({scores}; {self.episodes} episodes)"


def result_of(message: pb.EvaluateResponse) -> EvaluationResult:
    """A result of the protocol."""
    return EvaluationResult(
        returns={p.player: p.mean_return for p in message.players},
        std_errors={p.player: p.std_error for p in message.players},
        lowest={p.player: p.lowest for p in message.players},
        highest={p.player: p.highest for p in message.players},
        episodes=message.episodes,
        mean_length=message.mean_length,
        elapsed_seconds=message.elapsed_seconds,
    )
