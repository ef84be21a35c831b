"""Requests about runs and what the answers become: fields, columns, refusals."""

from __future__ import annotations

import pickle
from typing import Any

import grpc
import numpy as np
import pytest
from run_server import METRICS, RUN_ID, RunServer

import vsggym


def test_metrics_are_columns(runs: RunServer, run: vsggym.Run) -> None:
    runs.events[3].metrics.values[1] = float("nan")
    runs.breaks = [(4, grpc.StatusCode.UNAVAILABLE)]
    columns = run.metrics()
    assert list(columns) == ["step", *METRICS] and columns["step"].dtype == np.int64 and columns["loss"].dtype == np.float64
    assert columns["step"].tolist() == [10, 40, 50, 60, 70, 80, 90, 100]
    assert columns["loss"].tolist() == [0.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0]
    assert np.isnan(columns["entropy"]).tolist() == [False, True, *[False] * 6]
    assert [evaluation.step for evaluation in run.evaluations()] == [30]
    runs.events = runs.events[:0]
    assert run.metrics()["loss"].shape == (0,) and run.evaluations() == []


def test_fields_of_a_run(runs: RunServer, run: vsggym.Run) -> None:
    assert (run.id, run.name, run.game, run.learner, run.seed) == (RUN_ID, "first", "differential-v0", "rommeo_ac", 2**63)
    assert run.game_options == {"payoff": "code"} and run.options == {"steps": 1000} and run.metric_names == METRICS
    assert run.created.isoformat() == "2023-11-14T22:13:20+00:00" and run.ended is None
    assert repr(run) == "Run(r-1 'first', rommeo_ac on differential-v0: completed, step 120 of 1000)"
    runs.events = runs.events[:2]
    assert run.pause() is run and run.state == "paused" and run.resume().state == "queued"
    with pytest.raises(vsggym.FailedPrecondition, match="pass its id"):
        pickle.dumps(run)


def test_requests_of_a_start(runs: RunServer) -> None:
    with vsggym.connect(runs.address) as client:
        client.train("differential-v0", "rommeo_ac", {"steps": 3}, game_options={"payoff": "code"}, seed=5, name="n", evaluate_every=0, request_id="once")
        request = runs.requests["start"]
        assert (request.game.id, request.game.options_json, request.options_json) == ("differential-v0", '{"payoff": "code"}', '{"steps": 3}')
        assert (request.seed, request.name, request.request_id, request.evaluate_every) == (5, "n", "once", -1)
        client.train("differential-v0", "rommeo_ac", evaluate_every=7, evaluation_episodes=8, checkpoint_every=9, metrics_every=10)
        request = runs.requests["start"]
        counts = request.evaluate_every, request.evaluation_episodes, request.checkpoint_every, request.metrics_every
        assert counts == (7, 8, 9, 10) and not request.request_id and not request.options_json
        assert [r.id for r in client.runs()] == [RUN_ID] == [r.id for r in client.runs(["failed", "completed"])] and client.runs("paused") == []


BAD = [
    ("learner of wrong type", lambda c: c.train("climbing-v0", 5), "learner", "5", "id of a learner"),
    ("steps between checkpoints", lambda c: c.train("climbing-v0", "x", checkpoint_every=0), "checkpoint_every", "0", "at least 1"),
    ("steps between metrics", lambda c: c.train("climbing-v0", "x", metrics_every=2.5), "metrics_every", "2.5", "whole number"),
    ("steps between evaluations", lambda c: c.train("climbing-v0", "x", evaluate_every=-1), "evaluate_every", "-1", "at least 0"),
    ("episodes", lambda c: c.train("climbing-v0", "x", evaluation_episodes=0), "evaluation_episodes", "0", "at least 1"),
    ("name", lambda c: c.train("climbing-v0", "x", name=3), "name", "3", "text"),
    ("state", lambda c: c.runs("finished"), "state", "finished", "completed"),
    ("states", lambda c: c.runs(3), "state", "3", "one or more of"),
    ("id", lambda c: c.run(3), "id", "3", "id of a run"),
    ("sequence", lambda c: c.run(RUN_ID).watch(0), "from_sequence", "0", "at least 1"),
    ("patience", lambda c: c.run(RUN_ID).watch(reconnect_timeout=-1), "reconnect_timeout", "-1", "above 0"),
    ("timeout", lambda c: c.run(RUN_ID).wait(timeout="1"), "timeout", "1", "above 0"),
]


@pytest.mark.parametrize("name, call, path, value, rule", BAD, ids=[case[0] for case in BAD])
def test_request_is_refused_before_it_is_sent(run: vsggym.Run, runs: RunServer, name: str, call: Any, path: str, value: str, rule: str) -> None:
    with vsggym.connect(runs.address) as client, pytest.raises(vsggym.InvalidArgument) as error:
        call(client)
    assert (error.value.path, error.value.value) == (path, value) and rule in error.value.rule


def test_a_server_without_the_call_says_so(runs: RunServer, run: vsggym.Run) -> None:
    with pytest.raises(vsggym.Unimplemented, match="older than this client"):
        run.cancel()
