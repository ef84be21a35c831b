"""What a solver returns, and what a certificate says."""

from __future__ import annotations

import dataclasses
from typing import Any, Dict, List, Optional

import numpy as np

from . import _tensors
from ._proto import solver_pb2 as pb


@dataclasses.dataclass(frozen=True)
class Progress:
    """Where a running solve is; ``max_iterations`` is 0 where the method has no limit."""

    iteration: int
    max_iterations: int
    residual: float
    metrics: Dict[str, float]


@dataclasses.dataclass(frozen=True)
class Solution:
    """A solver's answer, with everything that produced it."""

    policies: Dict[str, np.ndarray]
    """Per player [S, A], or [T, S, A] for a finite horizon."""
    opponent_models: Dict[str, np.ndarray]
    """Per player the joint distribution over the others' actions, [S, A_j, ...]; only where the method has one."""
    values: Dict[str, np.ndarray]
    """Per player [S] or [T + 1, S]; only where the method has them."""
    certificate: Optional[Dict[str, Any]]
    """``concept``, ``gap``, ``gap_per_player``, ``values``, ``bounds`` (name -> value, premise_holds, statement, measured).

    None where the deadline left no time to measure.
    """
    trace: List[Dict[str, float]]
    """Rows with ``iteration``, ``residual`` and the method's own measures."""
    status: str
    """``converged``, ``stopped`` or ``diverged``."""
    stop_reason: str
    """``tolerance``, ``max_iterations``, ``episodes``, ``time_limit``, ``deadline``, ``stop_requested`` or ``diverged``."""
    iterations: int
    residual: float
    options: Dict[str, Any]
    """The solver's options with every default filled in."""
    seed: int
    solver: str
    game: str
    game_options: Dict[str, Any]
    joint_policy: Optional[np.ndarray] = None
    """[S, A_1, ..., A_N] or [T, S, A_1, ..., A_N] of players who act on a common signal; ``policies`` are its marginals."""
    arrays: Dict[str, np.ndarray] = dataclasses.field(default_factory=dict)
    """What else the method found, by name; ``client.describe(solver).remarks`` says what."""

    def __repr__(self) -> str:
        gap = "" if self.certificate is None else f", {self.certificate['concept']} gap {self.certificate['gap']:.4g}"
        return f"Solution({self.solver} on {self.game}: {self.status} ({self.stop_reason}) after {self.iterations} iterations{gap})"


_STATUS = {pb.SOLVE_STATUS_CONVERGED: "converged", pb.SOLVE_STATUS_STOPPED: "stopped", pb.SOLVE_STATUS_DIVERGED: "diverged"}


def solution(message: pb.Solution) -> Solution:
    """A solution of the protocol."""
    return Solution(
        policies={p.player: _tensors.decode(p.policy) for p in message.players},
        opponent_models={p.player: _tensors.decode(p.opponent_model) for p in message.players if p.HasField("opponent_model")},
        values={p.player: _tensors.decode(p.values) for p in message.players if p.HasField("values")},
        certificate=certificate(message.certificate) if message.HasField("certificate") else None,
        trace=_trace(message.trace) if message.HasField("trace") else [],
        status=_STATUS.get(message.status, "unknown"),
        stop_reason=message.stop_reason,
        iterations=message.iterations,
        residual=message.residual,
        options=_tensors.from_json(message.options_json),
        seed=message.seed,
        solver=message.solver,
        game=message.game_id,
        game_options=_tensors.from_json(message.game_options_json),
        joint_policy=_tensors.decode(message.joint_policy) if message.HasField("joint_policy") else None,
        arrays={array.name: _tensors.decode(array.value) for array in message.arrays},
    )


def certificate(message: pb.Certificate) -> Dict[str, Any]:
    """A certificate of the protocol."""
    return {
        "concept": message.concept,
        "gap": message.gap,
        "gap_per_player": {p.player: p.gap for p in message.players},
        "values": {p.player: p.value for p in message.players},
        "bounds": {
            b.name: {"value": b.value, "premise_holds": b.premise_holds, "statement": b.statement, "measured": b.measured}
            for b in message.bounds
        },
    }


def policy_of(source: Any, player: str) -> Optional[Any]:
    """A player's policy from a solution, or None where the source is not one."""
    return source.policies[player] if isinstance(source, Solution) else None


def _trace(message: pb.Trace) -> List[Dict[str, float]]:
    columns = list(message.columns)
    rows = _tensors.decode(message.rows).tolist() if message.rows.shape else []
    return [{name: int(x) if name == "iteration" else x for name, x in zip(columns, row)} for row in rows]
