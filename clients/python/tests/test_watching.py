"""Following runs over connections that break: nothing lost, nothing twice, and an end to the patience."""

from __future__ import annotations

import pickle
import random
import threading
import time
from typing import Any, Iterator, List

import grpc
import numpy as np
import pytest
from harness import eventually, run_client
from run_server import METRICS, RUN_ID, RunServer, log

import vsggym
from vsggym import _forks
from vsggym._proto import common_pb2, run_pb2

UNAVAILABLE, CANCELLED = grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED


@pytest.fixture
def runs() -> Iterator[RunServer]:
    """A server of one finished run with twelve events."""
    server = RunServer(log(12))
    yield server
    server.watch_left.set()
    server.stop()


@pytest.fixture
def run(runs: RunServer) -> Iterator[vsggym.Run]:
    """That run."""
    with vsggym.connect(runs.address) as client:
        yield client.run(RUN_ID)


def numbers(events: List[Any]) -> List[int]:
    """The sequence numbers of a log."""
    return [event.sequence for event in events if not isinstance(event, vsggym.StateChanged)]


def test_events_are_typed_and_carry_their_names(run: vsggym.Run) -> None:
    events = list(run.watch())
    assert [type(event) for event in events[:4]] == [vsggym.Metrics, vsggym.Checkpoint, vsggym.Evaluation, vsggym.Metrics]
    assert events[0] == vsggym.Metrics(1, 10, {"loss": 0.5, "entropy": -1.0})
    evaluation = events[2]
    assert evaluation.greedy["player_0"] == vsggym.PlayerScore(1.0, 0.1, (0.5,)) and evaluation.sampled["player_0"].mean_action is None
    assert evaluation.nash_conv == 0.0 and evaluation.opponent_model_distance == {"player_0": 0.1, "player_1": 0.2}
    assert events[-2].models[0].id == "r-1.player_0" and isinstance(events[-2].models[0].action_space, vsggym.Box)
    assert (events[-1].state, events[-1].reason, events[-1].sequence) == ("completed", "steps", 12)
    assert numbers(list(run.watch(from_sequence=11))) == [11, 12] and pickle.loads(pickle.dumps(events)) == events


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("follow", [True, False])
def test_broken_connections_lose_and_repeat_nothing(runs: RunServer, run: vsggym.Run, seed: int, follow: bool) -> None:
    draw = random.Random(seed)
    runs.breaks = [(draw.randrange(4), draw.choice([UNAVAILABLE, CANCELLED])) for _ in range(6)]
    events = list(run.watch(follow=follow))
    assert numbers(events) == list(range(1, 13)) and not runs.breaks
    assert len(runs.watches) == 7 and runs.watches == sorted(runs.watches), "each connection asks for what is missing"


def test_a_stream_that_ends_before_the_run_is_made_again(runs: RunServer, run: vsggym.Run) -> None:
    runs.events, end = runs.events[:6], runs.events[6:]
    runs.breaks = [(3, None), (2, None)]
    seen: List[Any] = []
    for event in run.watch():
        seen.append(event)
        if event.sequence == 6 and len(runs.events) == 6:
            runs.events += end
            runs.watch_left.set()  # ends the stream that has no more to say
            runs.watch_left = threading.Event()
    assert numbers(seen) == list(range(1, 13))


def test_a_server_that_comes_back_is_found_again(runs: RunServer, run: vsggym.Run) -> None:
    runs.hold_after = 5
    seen: List[Any] = []
    for event in run.watch():
        seen.append(event)
        if len(seen) == 5:
            runs.stop()
            runs.hold_after = None
            threading.Timer(0.5, runs.start).start()
    assert numbers(seen) == list(range(1, 13))


def test_patience_ends_and_says_where_to_go_on(runs: RunServer, run: vsggym.Run) -> None:
    runs.hold_after = 5
    before, start, seen = _forks.open_streams(), 0.0, []
    with pytest.raises(vsggym.Unavailable) as error:
        for event in run.watch(reconnect_timeout=0.7):
            seen.append(event)
            if len(seen) == 5:
                runs.stop()
                start = time.monotonic()
    assert 0.6 < time.monotonic() - start < 5
    assert RUN_ID in str(error.value) and "watch(from_sequence=6)" in str(error.value) and "0.7 s" in str(error.value)
    assert _forks.open_streams() == before


def test_what_is_no_broken_connection_is_raised_at_once(runs: RunServer, run: vsggym.Run) -> None:
    runs.breaks = [(2, grpc.StatusCode.NOT_FOUND)]
    with pytest.raises(vsggym.NotFound):
        list(run.watch())
    assert len(runs.watches) == 1


def test_a_gap_in_the_log_is_an_error(runs: RunServer, run: vsggym.Run) -> None:
    del runs.events[3]
    with pytest.raises(vsggym.InternalError, match="4 was due and 5 came"):
        list(run.watch())


def test_leaving_the_loop_ends_the_stream(runs: RunServer, run: vsggym.Run) -> None:
    runs.hold_after = 3
    before = _forks.open_streams()
    for _ in run.watch():
        break
    assert runs.watch_left.wait(10) and _forks.open_streams() == before


FORKING = """
import os, sys, vsggym
client = vsggym.connect(sys.argv[1])
events = client.run(sys.argv[2]).watch()
next(events)
for attempt in range(5):  # gRPC itself ends about one child in thirty, silently, with this status, when its core was not at rest
    pid = os.fork()
    if pid == 0:
        try:
            next(events)
        except vsggym.FailedPrecondition as error:
            assert "before a fork" in str(error), error
            os._exit(0)
        os._exit(1)
    _, status = os.waitpid(pid, 0)
    if status != os.EX_USAGE << 8:
        break
assert status == 0, status
assert [event.sequence for event in events] == list(range(2, 13))
print("fine")
"""


def test_a_watch_is_not_followed_after_a_fork(runs: RunServer) -> None:
    output, errors = run_client(FORKING, runs.address, RUN_ID).communicate(timeout=40)
    assert output == "fine\n", errors


def test_a_closed_client_ends_the_watch(runs: RunServer) -> None:
    runs.hold_after = 2
    client = vsggym.connect(runs.address)
    threading.Timer(0.5, client.close).start()
    start = time.monotonic()
    with pytest.raises(vsggym.Error):
        list(client.run(RUN_ID).watch())
    assert time.monotonic() - start < 10
    with pytest.raises(vsggym.FailedPrecondition, match="connect again"):
        client.runs()


def test_states_are_told_once_each(runs: RunServer, run: vsggym.Run) -> None:
    runs.events, end = runs.events[:6], runs.events[6:]
    with vsggym.connect(runs.address) as client:
        early = client.run(RUN_ID)
    assert early.state == "running" and not early.done and run.done
    runs.events += end
    with vsggym.connect(runs.address) as client:
        early._connection = client._connection
        states = [event.state for event in early.watch() if isinstance(event, (vsggym.StateChanged, vsggym.Ended))]
    assert states == ["completed", "completed"] and early.done and early.step == 120 and early.last_sequence == 12


def test_wait_returns_the_run(runs: RunServer, run: vsggym.Run, capsys: pytest.CaptureFixture) -> None:
    runs.events, end = runs.events[:6], runs.events[6:]
    runs.breaks = [(0, UNAVAILABLE), (3, UNAVAILABLE), (2, UNAVAILABLE)]
    run.refresh()
    seen: List[Any] = []

    def go_on() -> None:
        time.sleep(0.5)
        runs.events += end
        runs.watch_left.set()

    threading.Thread(target=go_on).start()
    assert run.wait(timeout=20, progress=seen.append) is run and run.state == "completed" and len(run.models) == 1
    assert numbers(seen) == list(range(7, 13)), "after the newest that the run knew"
    assert run.wait(progress=True) is run and "train rommeo_ac  completed" in capsys.readouterr().err
    with pytest.raises(vsggym.InvalidArgument, match="progress"):
        run.wait(progress=3)  # type: ignore[arg-type]


def test_bar_shows_steps_and_numbers(runs: RunServer, run: vsggym.Run, capsys: pytest.CaptureFixture) -> None:
    runs.breaks = [(0, UNAVAILABLE)]
    runs.events, end = runs.events[:6], runs.events[6:]
    run.refresh()
    threading.Timer(0.5, lambda: (runs.events.extend(end), runs.watch_left.set())).start()
    run.wait(progress=True)
    shown = capsys.readouterr().err
    assert "train rommeo_ac [#" in shown and "] 70/1000  loss 3.5  entropy -7" in shown and shown.endswith("  completed\n")


def test_wait_runs_into_its_timeout(runs: RunServer, run: vsggym.Run) -> None:
    runs.events = runs.events[:6]
    start = time.monotonic()
    with pytest.raises(vsggym.DeadlineExceeded) as error:
        run.wait(timeout=0.5)
    assert 0.4 < time.monotonic() - start < 10
    assert str(error.value) == f"after 0.5 s the run {RUN_ID} is still running, step 60 of 1000; it goes on in the server"
    runs.stop()
    with pytest.raises(vsggym.DeadlineExceeded, match=f"no connection to {runs.address}"):
        run.wait(timeout=0.5)
    with pytest.raises(vsggym.Unavailable, match="in 0.5 s"):
        run.wait(reconnect_timeout=0.5)


def test_wait_runs_into_its_timeout_without_a_connection(runs: RunServer, run: vsggym.Run) -> None:
    runs.events, runs.hold_after = runs.events[:6], 0
    threading.Timer(0.3, runs.stop).start()
    with pytest.raises(vsggym.DeadlineExceeded, match="goes on in the server"):
        run.wait(timeout=1.5)


def test_wait_raises_the_faults_of_a_failed_run(runs: RunServer, run: vsggym.Run) -> None:
    fault = common_pb2.Fault(path="player_0/q_loss", value="NaN", rule="must be finite", reason="not_finite")
    runs.events = log(6, run_pb2.RUN_STATE_FAILED, [fault])
    with pytest.raises(vsggym.RunFailed) as error:
        run.wait()
    assert error.value.path == "player_0/q_loss" and error.value.code == "ABORTED"
    assert str(error.value) == f"the run {RUN_ID} failed at step 60; player_0/q_loss: must be finite (given: NaN)"
    assert list(run.watch())[-1].faults == run.faults
    assert repr(run) == "Run(r-1 'first', rommeo_ac on differential-v0: failed, step 60 of 1000 (player_0/q_loss: must be finite (given: NaN)))"


def test_wait_returns_a_cancelled_run(runs: RunServer, run: vsggym.Run) -> None:
    runs.events = log(6, run_pb2.RUN_STATE_CANCELLED)
    assert run.wait().state == "cancelled"


def test_metrics_are_columns(runs: RunServer, run: vsggym.Run) -> None:
    runs.events[3].metrics.values[1] = float("nan")
    runs.breaks = [(4, UNAVAILABLE)]
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


def test_streams_are_counted_out_after_everything(runs: RunServer, run: vsggym.Run) -> None:
    list(run.watch())
    eventually(lambda: _assert_no_streams())


def _assert_no_streams() -> None:
    assert _forks.open_streams() == 0
