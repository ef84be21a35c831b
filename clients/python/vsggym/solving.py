"""Running a solve on the server: progress, early stop, interruption."""

from __future__ import annotations

from typing import Any, Callable, Mapping, Optional, Union

import grpc
import numpy as np

from . import _forks, _tensors, errors, uploads
from ._checks import seconds, text, whole
from ._connection import Connection
from ._progress import ProgressBar
from ._proto import solver_pb2 as pb
from .batch import check_seed
from .solution import Progress, Solution, certificate, solution

ProgressLike = Union[None, bool, Callable[[Progress], Any]]


def solve(connection: Connection, request: pb.SolveRequest, progress: ProgressLike) -> Solution:
    """Runs a solve to its end; a callback that returns False stops it, and what it has then is returned."""
    bar = ProgressBar(f"solve {request.solver}") if progress is True else None
    report: Optional[Callable[[Progress], Any]] = bar.show if bar is not None else progress if callable(progress) else None
    call = connection.solver.Solve(request, metadata=connection.metadata)
    _forks.stream_opened()
    started = pb.SolveStarted()
    try:
        for event in call:
            kind = event.WhichOneof("event")
            if kind == "started":
                started = event.started
            elif kind == "progress" and report is not None and report(_progress(event.progress, started)) is False:
                _stop(connection, started.solve_id)
                report = None
            elif kind == "solution":
                answer = solution(event.solution)
                if bar is not None:
                    bar.finish(answer.stop_reason)
                return answer
    except grpc.RpcError as error:
        raise errors.from_rpc(error) from None
    finally:
        _forks.stream_ended()
        call.cancel()  # also when interrupted: the server then gives the solve up
    raise errors.Unavailable("the server ended the solve without a solution")


def solve_request(
    game: uploads.GameLike,
    solver: str,
    options: Optional[Mapping[str, Any]],
    game_options: Optional[Mapping[str, Any]],
    seed: int,
    timeout: Optional[float],
    trace_rows: Optional[int],
    concept: Optional[str],
    concept_options: Optional[Mapping[str, Any]],
    start: Optional[Solution],
    threads: int,
    progress: ProgressLike,
) -> pb.SolveRequest:
    """The request of a solve."""
    if progress is not None and not isinstance(progress, bool) and not callable(progress):
        raise errors.invalid("progress", type(progress).__name__, "must be None, True or a function", "wrong_type")
    return pb.SolveRequest(
        game=uploads.to_message(game, game_options),
        solver=text(solver, "solver", "the id of a solver"),
        options_json=_tensors.options_json(options, "options"),
        seed=check_seed(seed),
        time_limit_seconds=seconds(timeout, "timeout") or 0.0,
        trace_rows=0 if trace_rows is None else whole(trace_rows, "trace_rows", 0) or -1,
        concept=_concept(concept),
        concept_options_json=_tensors.options_json(concept_options, "concept_options"),
        start=None if start is None else _warm_start(start),
        threads=whole(threads, "threads", 0),
    )


def certify(
    connection: Connection,
    game: uploads.GameLike,
    policies: Any,
    concept: Optional[str],
    concept_options: Optional[Mapping[str, Any]],
    game_options: Optional[Mapping[str, Any]],
) -> Mapping[str, Any]:
    """Measures a profile of policies, or a joint policy."""
    request = pb.CertifyRequest(
        game=uploads.to_message(game, game_options),
        concept=_concept(concept),
        concept_options_json=_tensors.options_json(concept_options, "concept_options"),
    )
    joint = policies.joint_policy if isinstance(policies, Solution) else policies if isinstance(policies, np.ndarray) else None
    if joint is not None:
        request.joint_policy.CopyFrom(_tensors.encode(joint, "joint_policy"))
        return certificate(connection.call(connection.solver.Certify, request))
    if isinstance(policies, Solution):
        policies = policies.policies
    if not isinstance(policies, Mapping):
        rule = "must be a dict of player -> array, an array of joint probabilities [S, A_1, ..., A_N], or a Solution"
        raise errors.invalid("policies", type(policies).__name__, rule, "wrong_type")
    for player, policy in policies.items():
        name = text(player, "policies", "a dict whose keys are names of players")
        request.policies.add(player=name, policy=_tensors.encode(policy, f"policies.{name}"))
    return certificate(connection.call(connection.solver.Certify, request))


def _concept(concept: Optional[str]) -> str:
    return "" if concept is None else text(concept, "concept", "the id of a concept")


def _warm_start(start: Any) -> pb.WarmStart:
    if not isinstance(start, Solution):
        raise errors.invalid("start", type(start).__name__, "must be a Solution", "wrong_type")
    message = pb.WarmStart()
    for player, policy in start.policies.items():
        part = message.players.add(player=player, policy=_tensors.encode(policy, f"start.policies.{player}"))
        if player in start.values:
            part.values.CopyFrom(_tensors.encode(start.values[player], f"start.values.{player}"))
        if player in start.opponent_models:
            part.opponent_model.CopyFrom(_tensors.encode(start.opponent_models[player], f"start.opponent_models.{player}"))
    if start.joint_policy is not None:
        message.joint_policy.CopyFrom(_tensors.encode(start.joint_policy, "start.joint_policy"))
    for name, array in start.arrays.items():
        message.arrays.add(name=name, value=_tensors.encode(array, f"start.arrays.{name}"))
    return message


def _stop(connection: Connection, solve_id: str) -> None:
    try:
        connection.call(connection.solver.Stop, pb.StopRequest(solve_id=solve_id))
    except errors.NotFound:
        pass  # it was at its end already, and the solution is on its way


def _progress(message: pb.SolveProgress, started: pb.SolveStarted) -> Progress:
    metrics = dict(zip(started.metric_names, message.metrics))
    return Progress(message.iteration, started.max_iterations, message.residual, metrics)
