"""Following runs over connections that break: nothing lost, nothing twice, and an end to the patience."""

from __future__ import annotations

import pickle
import random
import threading
import time
from typing import Any, List

import grpc
import pytest
from harness import eventually, run_client
from run_server import RUN_ID, RunServer, numbers

import vsggym
from vsggym import _forks

UNAVAILABLE, CANCELLED = grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED


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


def test_streams_are_counted_out_after_everything(runs: RunServer, run: vsggym.Run) -> None:
    list(run.watch())
    eventually(lambda: _assert_no_streams())


def _assert_no_streams() -> None:
    assert _forks.open_streams() == 0
