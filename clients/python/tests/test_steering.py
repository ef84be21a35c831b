"""Runs on the real server are steered, watched, queued and killed with their server."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any, List

import pytest
from harness import eventually, serving
from training_runs import LEARNER, LONG, MIDDLE, SMALL, log_of, long_run, policies_of, until_running

import vsggym


def test_pause_resume_and_cancel(own: vsggym.Client) -> None:
    with long_run(own) as run:
        until_running(run)
        assert run.refresh().state == "running"
        paused = run.pause()
        assert paused is run and run.state == "paused" and run.checkpoint_step == run.step > 0
        step = run.step
        assert run.refresh().step == step, "a paused run stands still"
        assert own.runs("paused")[-1].id == run.id and run.id not in [r.id for r in own.runs(["running", "queued"])]
        assert run.resume().state in ("queued", "running")
        for event in run.watch():
            if event.step > step:
                break
        assert run.cancel().state == "cancelled" and run.refresh().done
        events = list(run.watch())
        assert isinstance(events[-1], vsggym.Ended) and events[-1].reason == "cancelled" and run.wait() is run
        assert [event.sequence for event in events] == list(range(1, len(events) + 1))
        assert set(policies_of(run)) == set(run.players)


def test_pausing_leaves_no_trace_in_the_log(own: vsggym.Client) -> None:
    undisturbed = own.train("climbing-v0", LEARNER, MIDDLE, seed=5).wait(timeout=100)
    run = own.train("climbing-v0", LEARNER, MIDDLE, seed=5)
    for event in run.watch():
        if isinstance(event, vsggym.Metrics):
            break
    assert run.pause().state == "paused", "or it was over before it could be paused: make MIDDLE longer"
    run.resume().wait(timeout=100)
    assert log_of(list(run.watch())) == log_of(list(undisturbed.watch()))


def test_runs_wait_in_a_queue(own: vsggym.Client) -> None:
    with long_run(own) as first, long_run(own, name="second") as second, long_run(own) as third:
        until_running(first)
        assert [run.refresh().queue_position for run in (first, second, third)] == [0, 1, 2] and "queued at position 1" in repr(second)
        assert second.pause().state == "paused" and third.refresh().queue_position == 1
        assert second.resume().queue_position == 2 and third.cancel().state == "cancelled"
        first.pause()
        until_running(second)
        assert second.refresh().state == "running"


def test_watch_follows_the_states(own: vsggym.Client) -> None:
    with long_run(own) as run:
        until_running(run)
        run.pause()
        seen: List[str] = []

        def follow() -> None:
            seen.extend(event.state for event in own.run(run.id).watch() if isinstance(event, (vsggym.StateChanged, vsggym.Ended)))

        watcher = threading.Thread(target=follow)
        watcher.start()
        time.sleep(0.5)
        run.cancel()
        watcher.join(30)
        assert not watcher.is_alive() and seen[-1] == "cancelled"


def test_wait_ends_while_the_run_goes_on(own: vsggym.Client) -> None:
    with long_run(own) as run:
        with pytest.raises(vsggym.DeadlineExceeded, match="goes on in the server"):
            run.wait(timeout=0.5)
        assert not run.refresh().done


def test_a_killed_server_goes_on_where_it_was(tmp_path: Path) -> None:
    with serving("--runs", str(tmp_path / "runs")) as server, vsggym.connect(server.unix) as client:
        undisturbed = client.train("climbing-v0", LEARNER, MIDDLE, seed=8).wait(timeout=100)
        run = client.train("climbing-v0", LEARNER, MIDDLE, seed=8, name="survivor")
        seen: List[Any] = []
        kills = 0
        for event in run.watch():
            seen.append(event)
            if isinstance(event, vsggym.Checkpoint) and kills < 2:
                assert not client.run(run.id).done, "it was over before it could be killed: make MIDDLE longer"
                server.kill()
                server.start()
                kills += 1
        assert kills == 2 and run.state == "completed" and client.run(run.id).name == "survivor"
        assert log_of(seen) == log_of(list(undisturbed.watch())), "what a watcher saw through two deaths"
        assert log_of(list(run.watch())) == log_of(seen), "what the log holds"
        scores = [client.evaluate("climbing-v0", policies_of(r.refresh()), 100).returns for r in (run, undisturbed)]
        assert scores[0] == scores[1]


def test_a_server_that_ends_and_comes_back_takes_up_its_queue(tmp_path: Path) -> None:
    with serving("--runs", str(tmp_path / "runs"), "--max-runs", "1", "--grace-seconds", "2") as server, vsggym.connect(server.unix) as client:
        first = client.train("climbing-v0", LEARNER, LONG, evaluate_every=0, metrics_every=50)
        second = client.train("climbing-v0", LEARNER, SMALL)
        third = client.train("climbing-v0", LEARNER, LONG)
        third.pause()
        until_running(first)
        assert server.stop() == 0
        server.start()
        eventually(second.refresh)  # the first call may still find the old connection
        assert second.refresh().state == "queued" and third.refresh().state == "paused" and not first.refresh().done
        assert first.step > 0 and first.cancel().state == "cancelled"
        assert second.wait(timeout=60).state == "completed" and third.cancel().state == "cancelled"
