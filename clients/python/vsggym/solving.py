"""Running a solve on the server: progress, early stop, interruption."""

from __future__ import annotations

from typing import Any, Callable, Mapping, Optional, Union

import grpc

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
    concept: str,
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
        concept=text(concept, "concept", "the id of a concept"),
    )


def certify(
    connection: Connection, game: uploads.GameLike, policies: Any, concept: str, game_options: Optional[Mapping[str, Any]]
) -> Mapping[str, Any]:
    """Measures a profile of policies."""
    if isinstance(policies, Solution):
        policies = policies.policies
    if not isinstance(policies, Mapping):
        raise errors.invalid("policies", type(policies).__name__, "must be a dict of player -> array, or a Solution", "wrong_type")
    request = pb.CertifyRequest(game=uploads.to_message(game, game_options), concept=text(concept, "concept", "the id of a concept"))
    for player, policy in policies.items():
        name = text(player, "policies", "a dict whose keys are names of players")
        request.policies.add(player=name, policy=_tensors.encode(policy, f"policies.{name}"))
    return certificate(connection.call(connection.solver.Certify, request))


def _stop(connection: Connection, solve_id: str) -> None:
    try:
        connection.call(connection.solver.Stop, pb.StopRequest(solve_id=solve_id))
    except errors.NotFound:
        pass  # it was at its end already, and the solution is on its way


def _progress(message: pb.SolveProgress, started: pb.SolveStarted) -> Progress:
    metrics = dict(zip(started.metric_names, message.metrics))
    return Progress(message.iteration, started.max_iterations, message.residual, metrics)
