"""Waiting for runs: to their end, to the end of the time for it, and to that of the patience with a lost server."""

from __future__ import annotations

import threading
import time
from typing import Any, List

import grpc
import pytest
from run_server import RUN_ID, RunServer, log, numbers

import vsggym
from vsggym._proto import common_pb2, run_pb2

UNAVAILABLE = grpc.StatusCode.UNAVAILABLE


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
