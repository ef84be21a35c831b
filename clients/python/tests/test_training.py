"""Training on the real server: what runs tell, what of them is the same again, and what is refused."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Dict

import numpy as np
import pytest
from harness import paths
from training_runs import GAMES, LEARNER, SMALL, log_of, long_run, policies_of

import vsggym


def test_learners_are_described(own: vsggym.Client) -> None:
    learners = {entry.id: entry for entry in own.learners()}
    assert learners[LEARNER].kind == "learner" and learners[LEARNER].sources
    described = own.describe(LEARNER)
    assert described.kind == "learner" and described.game is None and set(SMALL) <= set(described.options_schema["properties"])
    assert own.limits.max_runs == 1 and own.limits.max_models > 0 and own.limits.max_model_bytes > 0


@pytest.mark.parametrize("game", GAMES)
def test_run_tells_everything(trained: Dict[str, vsggym.Run], game: str) -> None:
    run = trained[game]
    assert (run.state, run.step, run.max_steps, run.name) == ("completed", 200, 200, f"short {game}")
    assert run.game == game and run.learner == LEARNER and run.seed == 3 and run.players == ("player_0", "player_1")
    assert {name: run.options[name] for name in SMALL} == SMALL and run.ended is not None and run.ended >= run.created
    assert list(policies_of(run)) == list(run.players) and not run.faults and len(run.hash) == 64
    events = list(run.watch())
    assert [event.sequence for event in events] == list(range(1, run.last_sequence + 1))
    kinds = {type(event) for event in events}
    assert kinds == {vsggym.Metrics, vsggym.Evaluation, vsggym.Checkpoint, vsggym.Exported, vsggym.Ended}
    assert (events[-1].state, events[-1].reason, events[-1].step) == ("completed", "steps", 200)
    assert list(run.watch(from_sequence=5)) == events[4:] or log_of(list(run.watch(from_sequence=5))) == log_of(events[4:])


@pytest.mark.parametrize("game", GAMES)
def test_numbers_of_a_run(trained: Dict[str, vsggym.Run], game: str) -> None:
    run = trained[game]
    columns = run.metrics()
    assert set(columns) == {"step", *run.metric_names} and run.metric_names
    assert columns["step"][-1] == 200 and (np.diff(columns["step"]) > 0).all()
    known = [name for name in run.metric_names if name.endswith(("reward", "q_loss"))]  # the policies start later
    assert known and all(np.isfinite(columns[name][-1]) for name in known)
    last = run.evaluations()[-1]
    assert last.step == 200 and last.episodes == 100 and set(last.greedy) == set(last.sampled) == set(run.players)
    if game == "climbing-v0":
        assert last.nash_conv is not None and last.nash_conv >= 0 and set(last.opponent_model_distance) == set(run.players)
        assert all(score.mean_action is None and -30 <= score.mean_return <= 11 for score in last.sampled.values())
    else:
        assert last.nash_conv is None and all(score.mean_action is not None and len(score.mean_action) == 1 for score in last.greedy.values())


def test_same_seed_same_log(own: vsggym.Client, trained: Dict[str, vsggym.Run]) -> None:
    again = own.train("climbing-v0", LEARNER, SMALL, seed=3).wait(timeout=60)
    other = own.train("climbing-v0", LEARNER, SMALL, seed=4).wait(timeout=60)
    first = trained["climbing-v0"]
    assert again.hash == first.hash != other.hash and again.id != first.id
    assert log_of(list(again.watch())) == log_of(list(first.watch())) != log_of(list(other.watch()))


def test_start_with_the_same_request_id_starts_once(own: vsggym.Client) -> None:
    runs = [own.train("climbing-v0", LEARNER, SMALL, request_id="once") for _ in range(2)]
    assert runs[0].id == runs[1].id and runs[1].wait(timeout=60).state == "completed"


def test_download_brings_the_files(trained: Dict[str, vsggym.Run], tmp_path: Path) -> None:
    run = trained["differential-v0"]
    found = {path.name: path for path in run.download(tmp_path / "out")}
    assert {"events.jsonl", "spec.json", *(model.file for model in run.models)} <= set(found)
    for model in run.models:
        content = found[model.file].read_bytes()
        assert len(content) == model.bytes and hashlib.sha256(content).hexdigest() == model.sha256
    assert len(found["events.jsonl"].read_text().splitlines()) == run.last_sequence
    (only,) = run.download(tmp_path / "one", ["spec.json"])
    assert only.read_bytes() == found["spec.json"].read_bytes()


def test_deleted_run_is_gone_with_its_models(own: vsggym.Client) -> None:
    run = own.train("climbing-v0", LEARNER, SMALL, seed=77).wait(timeout=60)
    model = run.models[0]
    run.delete()
    for call in (run.refresh, lambda: own.run(run.id), lambda: list(run.watch()), run.delete, lambda: own.model(model.id)):
        with pytest.raises(vsggym.NotFound) as error:
            call()
        assert run.id in str(error.value)
    assert run.id not in [r.id for r in own.runs()]


def test_errors_say_what_is_wrong(own: vsggym.Client, trained: Dict[str, vsggym.Run], tmp_path: Path) -> None:
    run = trained["differential-v0"]
    with pytest.raises(vsggym.NotFound) as error:
        own.train("climbing-v0", "romeo_ac")
    assert error.value.path == "learner" and LEARNER in error.value.rule
    with pytest.raises(vsggym.NotFound) as error:
        own.train("climing-v0", LEARNER)
    assert error.value.path == "game.id" and "climbing-v0" in error.value.rule
    with pytest.raises(vsggym.InvalidArgument) as error:
        own.train("climbing-v0", LEARNER, {"stepz": 1, "steps": 0, "num_envs": "many", "target_tau": 2.0})
    assert {"options.stepz", "options.steps", "options.num_envs", "options.target_tau"} <= set(paths(error.value))
    assert "steps" in next(f.rule for f in error.value.faults if f.path == "options.stepz")
    for call in (run.pause, run.resume, run.cancel):
        with pytest.raises(vsggym.FailedPrecondition) as error:
            call()
        assert run.id in str(error.value) and "completed" in str(error.value)
    with pytest.raises(vsggym.NotFound, match="run-nothing"):
        own.run("run-nothing")
    with pytest.raises(vsggym.NotFound) as error:
        run.download(tmp_path, ["policy.fox.onnx"])
    assert error.value.value == "policy.fox.onnx" and "events.jsonl" in error.value.rule
    with pytest.raises(vsggym.Error) as error:
        own.make("differential-v0", player="player_0", others="model:nothing")
    assert "others.player_1" in str(error.value) and "nothing" in str(error.value)
    with pytest.raises(vsggym.Error) as error:
        own.evaluate("pursuit-v0", {"hunter": policies_of(run)["player_0"]}, 10)
    assert "policies.hunter" in str(error.value), "made for other spaces"
    with pytest.raises(vsggym.InvalidArgument):
        own.upload_model(b"this is no model", "mine.onnx")
    with long_run(own) as going:
        with pytest.raises(vsggym.FailedPrecondition, match="cancel it first"):
            going.delete()


def test_functions_of_the_module_train_and_evaluate(own: vsggym.Client, trained: Dict[str, vsggym.Run]) -> None:
    assert vsggym.train("climbing-v0", LEARNER, SMALL, client=own).wait(timeout=60).state == "completed"
    result = vsggym.evaluate("climbing-v0", policies_of(trained["climbing-v0"]), episodes=10, client=own)
    assert result.episodes == 10 and vsggym.learners(client=own) == own.learners()
