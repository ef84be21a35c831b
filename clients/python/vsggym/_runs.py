"""Requests about runs: start one, find one, list them."""

from __future__ import annotations

from typing import Any, List, Mapping, Optional, Sequence, Union

from . import _tensors, uploads
from ._checks import INT64, choice, text, whole
from ._connection import Connection
from ._proto import run_pb2 as pb
from .batch import check_seed
from .errors import invalid
from .events import STATES
from .training import Run


def start(connection: Connection, request: pb.StartRunRequest) -> Run:
    """Starts a run."""
    return Run(connection, connection.call(connection.runs.Start, request))


def start_request(
    game: uploads.GameLike,
    learner: str,
    options: Optional[Mapping[str, Any]],
    game_options: Optional[Mapping[str, Any]],
    seed: int,
    name: str,
    evaluate_every: Optional[int],
    evaluation_episodes: Optional[int],
    checkpoint_every: Optional[int],
    metrics_every: Optional[int],
    request_id: Optional[str],
) -> pb.StartRunRequest:
    """The request of a run."""
    return pb.StartRunRequest(
        game=uploads.to_message(game, game_options),
        learner=text(learner, "learner", "the id of a learner"),
        options_json=_tensors.options_json(options, "options"),
        seed=check_seed(seed),
        name=text(name, "name", "a text"),
        evaluate_every=0 if evaluate_every is None else whole(evaluate_every, "evaluate_every", 0, INT64) or -1,
        evaluation_episodes=0 if evaluation_episodes is None else whole(evaluation_episodes, "evaluation_episodes"),
        checkpoint_every=0 if checkpoint_every is None else whole(checkpoint_every, "checkpoint_every", 1, INT64),
        metrics_every=0 if metrics_every is None else whole(metrics_every, "metrics_every", 1, INT64),
        request_id="" if request_id is None else text(request_id, "request_id", "a text"),
    )


def get_run(connection: Connection, run_id: Any) -> Run:
    """One run."""
    request = pb.RunRequest(run_id=text(run_id, "id", "the id of a run"))
    return Run(connection, connection.call(connection.runs.Get, request))


def list_runs(connection: Connection, state: Union[None, str, Sequence[str]]) -> List[Run]:
    """The runs in these states, oldest first."""
    names = [] if state is None else [state] if isinstance(state, str) else state
    if not isinstance(names, (list, tuple)):
        raise invalid("state", state, f"must be None, or one or more of {', '.join(STATES)}", "wrong_type")
    request = pb.ListRunsRequest(states=[choice(STATES, name, "state") for name in names])
    return [Run(connection, message) for message in connection.call(connection.runs.List, request).runs]
