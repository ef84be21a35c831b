"""Training on the real server: runs are followed, steered, killed with their server, taken home, and their models take seats."""

from __future__ import annotations

import contextlib
import hashlib
import threading
import time
from pathlib import Path
from typing import Any, Dict, Iterator, List

import numpy as np
import pytest
from harness import Server, eventually, paths, serving

import vsggym

LEARNER = "rommeo_ac"
GAMES = ("differential-v0", "climbing-v0")
SMALL: Dict[str, Any] = {"steps": 200, "hidden": [8], "batch": 16, "exploration_steps": 20, "learning_starts": 20}
LONG = {**SMALL, "steps": 100_000_000}
MIDDLE = {**SMALL, "steps": 1500}
"""Long enough to be killed in the middle, short enough to be waited for."""


@pytest.fixture(scope="module")
def trainer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that trains one run at a time."""
    with serving("--runs", str(tmp_path_factory.mktemp("runs")), "--max-runs", "1") as server:
        yield server


@pytest.fixture(scope="module")
def own(trainer: Server) -> Iterator[vsggym.Client]:
    """A client of it."""
    with vsggym.connect(trainer.tcp) as client:
        yield client


@pytest.fixture(scope="module")
def trained(own: vsggym.Client) -> Dict[str, vsggym.Run]:
    """A short run of each game, ended."""
    started = {game: own.train(game, LEARNER, SMALL, seed=3, name=f"short {game}") for game in GAMES}
    return {game: run.wait(timeout=60) for game, run in started.items()}


@contextlib.contextmanager
def long_run(client: vsggym.Client, game: str = "climbing-v0", **settings: Any) -> Iterator[vsggym.Run]:
    """A run without a near end, cancelled and removed at the end."""
    run = client.train(game, LEARNER, LONG, evaluate_every=0, checkpoint_every=1_000_000, metrics_every=50, **settings)
    try:
        yield run
    finally:
        if not run.refresh().done:
            run.cancel()
        run.delete()


def until_running(run: vsggym.Run) -> None:
    """Waits for the first numbers of a run."""
    for event in run.watch():
        if isinstance(event, vsggym.Metrics):
            return


def policies_of(run: vsggym.Run) -> Dict[str, vsggym.Model]:
    """The model of each player's policy; a run may export more of a player."""
    return {model.player: model for model in run.models if model.file.startswith("policy.")}


def log_of(events: List[Any]) -> List[str]:
    """A log as two runs of the same hash share it: everything but the run's own id in what it exported."""
    shared = [e for e in events if not isinstance(e, vsggym.StateChanged)]
    return [f"{e.sequence} {e.step} {[m.file for m in e.models]}" if isinstance(e, vsggym.Exported) else repr(e) for e in shared]


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


def test_start_with_the_same_request_id_starts_once(own: vsggym.Client) -> None:
    runs = [own.train("climbing-v0", LEARNER, SMALL, request_id="once") for _ in range(2)]
    assert runs[0].id == runs[1].id and runs[1].wait(timeout=60).state == "completed"


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


@pytest.mark.parametrize("game", GAMES)
def test_models_play_in_every_seat_and_say_the_same_each_time(own: vsggym.Client, trained: Dict[str, vsggym.Run], game: str) -> None:
    profile = policies_of(trained[game])
    first = own.evaluate(game, profile, 200, seed=1)
    assert first.episodes == 200 and set(first.returns) == set(profile) and first.mean_length >= 1
    again = own.evaluate(game, {player: f"model:{model.id}" for player, model in profile.items()}, 200, seed=1, num_envs=7)
    assert (again.returns, again.std_errors, again.lowest, again.highest) == (first.returns, first.std_errors, first.lowest, first.highest)
    assert own.evaluate(game, profile, 200, seed=2).returns != first.returns
    greedy = own.evaluate(game, profile, 50, greedy=True)
    assert greedy.lowest == greedy.highest and set(greedy.std_errors.values()) == {0.0}, "one state, and no chance in it"
    mixed = own.evaluate(game, {"player_0": vsggym.greedy(profile["player_0"]), "player_1": "uniform"}, 200)
    assert mixed.lowest["player_1"] < mixed.highest["player_1"]


@pytest.mark.parametrize("game", GAMES)
def test_models_fill_the_other_seat(own: vsggym.Client, trained: Dict[str, vsggym.Run], game: str) -> None:
    model = policies_of(trained[game])["player_1"]
    for others, alike in ((f"model:{model.id}", False), (vsggym.greedy(model), True)):
        with own.batch_env(game, 512, players=["player_0"], others=others, seed=4) as env:
            env.reset()
            space = env.action_spaces["player_0"]
            rewards = env.step((np.zeros((512, *space.shape), space.dtype),)).rewards["player_0"]
            assert (len(set(rewards.tolist())) == 1) == alike
    env = own.make(game, player="player_0", others=f"model:{model.id}")
    env.reset(seed=0)
    env.step(env.action_space.sample())
    env.close()


def test_models_come_home_and_back(own: vsggym.Client, trained: Dict[str, vsggym.Run], tmp_path: Path) -> None:
    run = trained["climbing-v0"]
    assert {m.id for m in own.models(run)} == {m.id for m in run.models if m.id}  # what can fill a seat has an id
    assert {m.id for m in own.models(game="climbing-v0")} >= {m.id for m in run.models if m.id}
    model = own.model(policies_of(run)["player_0"].id)
    assert (model.run, model.game, model.player) == (run.id, "climbing-v0", "player_0")
    assert isinstance(model.action_space, vsggym.Discrete) and model.action_space.n == 3
    path = own.download_model(model, tmp_path)
    uploaded = own.upload_model(path)
    assert uploaded.id.startswith("upload-") and uploaded.sha256 == model.sha256 and uploaded.player == "player_0"
    assert own.upload_model(path.read_bytes()).id == uploaded.id
    results = [own.evaluate("climbing-v0", {"player_0": policy}, 100, seed=6) for policy in (model, path, uploaded, str(path))]
    assert all(result.returns == results[0].returns for result in results)
    own.delete_model(uploaded)
    with pytest.raises(vsggym.NotFound, match=uploaded.id):
        own.model(uploaded.id)
    with pytest.raises(vsggym.FailedPrecondition):
        own.delete_model(model)


@pytest.mark.usefixtures("runtime")
@pytest.mark.parametrize("game", GAMES)
def test_policies_act_at_home_as_they_do_in_the_server(own: vsggym.Client, trained: Dict[str, vsggym.Run], tmp_path: Path, game: str) -> None:
    run = trained[game]
    found = {path.name: path for path in run.download(tmp_path)}
    profile = {player: vsggym.load_policy(found[model.file]) for player, model in policies_of(run).items()}
    for player, model in policies_of(run).items():
        policy = profile[player]
        assert (policy.player, policy.metadata) == (player, model.metadata) and policy.action.shape == model.action_space.shape
        assert policy.action_space == model.action_space and policy.observation_space == model.observation_space
    with own.batch_env(game, 4096, players=["player_0"], others=profile["player_1"], seed=9) as env:
        seen = env.reset()["player_0"]
        space = env.action_spaces["player_0"]
        rewards = env.step((np.zeros((4096, *space.shape), space.dtype),)).rewards["player_0"]
    actions = profile["player_1"](seen[:4])
    assert (actions == actions[0]).all(), "one state"
    sample = profile["player_1"].sample(seen, seed=1)
    assert np.isfinite(sample.log_probabilities).all() and len({tuple(np.atleast_1d(a)) for a in sample.actions.tolist()}) > 1
    if game == "climbing-v0":
        chances = profile["player_1"].probabilities(seen[:1])[0]
        assert chances.sum() == pytest.approx(1, abs=1e-5) and chances.argmax() == actions[0]
        in_server = np.array([(rewards == payoff).mean() for payoff in (11, -30, 0)])  # of the row of the first action
        at_home = np.bincount(sample.actions, minlength=3) / 4096
        assert np.abs(in_server - chances).max() < 0.04 and np.abs(at_home - chances).max() < 0.04, "five standard deviations"
        assert sample.log_probabilities == pytest.approx(np.log(chances[sample.actions]), abs=1e-4)
    else:
        assert np.allclose(run.evaluations()[-1].greedy["player_1"].mean_action, actions[0], atol=1e-3)
    results = [own.evaluate(game, policies, 100, seed=2).returns for policies in (profile, policies_of(run))]
    assert results[0] == results[1]


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
