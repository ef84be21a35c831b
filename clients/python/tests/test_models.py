"""What the real server has trained takes seats, comes home and acts there as it does in the server."""

from __future__ import annotations

from pathlib import Path
from typing import Dict

import numpy as np
import pytest
from training_runs import GAMES, policies_of

import vsggym


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
