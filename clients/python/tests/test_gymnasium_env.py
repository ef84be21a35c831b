"""Gymnasium's own checker, unmodified, and what it does not look at."""

from __future__ import annotations

import warnings
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from harness import SEATS

import vsggym

# The checker recommends action boxes within [-1, 1]; the actions of the differential game are real numbers in [-10, 10], as published.
EXPLAINED = {"differential-v0": "For Box action spaces, we recommend using a symmetric and normalized space"}


@pytest.mark.parametrize("game, player, transport", SEATS)
def test_every_seat_passes_check_env(either: vsggym.Client, game: str, player: str, transport: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        if game in EXPLAINED:
            warnings.filterwarnings("ignore", message=f".*{EXPLAINED[game]}.*")
        env = either.make(game, player, transport=transport)
        check_env(env)
        env.close()
        env.close()


@pytest.mark.parametrize("game", list(EXPLAINED))
def test_explained_warning_is_still_given(client: vsggym.Client, game: str) -> None:
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        check_env(client.make(game), skip_render_check=True)
    assert {str(warning.message).split("WARN: ")[-1][:30] for warning in found} == {EXPLAINED[game][:30]}


@pytest.mark.parametrize("name", ["vsggym/pursuit-v0", "vsggym:vsggym/pursuit-v0"])
def test_gymnasium_make_opens_the_game(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        env = gymnasium.make(name, player="prey", render_mode="ansi")
        check_env(env.unwrapped)
        assert env.unwrapped.player == "prey"
        env.reset(seed=1)
        assert isinstance(env.render(), str)
        env.close()


def test_gymnasium_make_vec_opens_many_copies() -> None:
    envs = gymnasium.make_vec("vsggym/pursuit-v0", num_envs=3, game_options={"horizon": 4})
    observations, _ = envs.reset(seed=0)
    assert observations.shape == (3,) and envs.num_envs == 3 and envs.unwrapped.batch.horizon == 4
    envs.close()


def test_types_are_those_of_plain_python(client: vsggym.Client) -> None:
    env = client.make("pursuit-v0", seed=3)
    observation, info = env.reset()
    assert type(observation) is int
    assert info["action_mask"].dtype == np.int8 and info["action_mask"].any()
    for action in (0, np.int64(1), np.int32(2), np.array(3), np.array([4])):
        observation, reward, terminated, truncated, info = env.step(action)
        assert (type(observation), type(reward), type(terminated), type(truncated)) == (int, float, bool, bool)
    env.close()


def test_box_observation_may_be_written_and_stays_the_callers(client: vsggym.Client) -> None:
    env = client.make("differential-v0", seed=3)
    first, _ = env.reset()
    first[...] = 7.0
    env.step(np.zeros(1, np.float32))
    assert (first == 7.0).all()
    env.close()


def test_masked_sample_is_legal_and_refused_otherwise(client: vsggym.Client) -> None:
    env = client.make("pursuit-v0", illegal_actions="refuse", seed=5)
    _, info = env.reset()
    for _ in range(10):
        observation, _, _, _, info = env.step(env.action_space.sample(info["action_mask"]))
    illegal = int(np.flatnonzero(info["action_mask"] == 0)[0]) if not info["action_mask"].all() else None
    while illegal is None:
        _, _, ended, _, info = env.step(env.action_space.sample(info["action_mask"]))
        assert not ended, "every state of the walk allowed every move"
        illegal = None if info["action_mask"].all() else int(np.flatnonzero(info["action_mask"] == 0)[0])
    with pytest.raises(vsggym.InvalidArgument, match="illegal"):
        env.step(illegal)
    env.close()


def test_first_legal_plays_any_member_of_the_space(client: vsggym.Client) -> None:
    env = client.make("pursuit-v0", "prey", seed=5)
    env.reset()
    for step in range(22):
        _, _, ended, _, info = env.step(step % int(env.action_space.n))
    assert ended and (info["action_mask"] == 1).all(), "no action follows the end, so every one is marked"
    env.close()


def play(env: Any, steps: int) -> list:
    """Rewards and observations under a fixed policy."""
    observation, _ = env.reset(seed=11)
    trace = [observation]
    for step in range(steps):
        observation, reward, terminated, truncated, _ = env.step(step % int(env.action_space.n))
        trace += [observation, reward, terminated]
        if terminated or truncated:
            trace.append(env.reset()[0])
    return trace


def test_others_may_be_uniform_a_policy_or_a_solution(client: vsggym.Client) -> None:
    description = client.describe("pursuit-v0").game
    assert description is not None and description.states is not None
    actions = client.describe("pursuit-v0").game.players["prey"].action_space.n
    table = np.full((description.states, actions), 1 / actions)
    stay = client.make("matching_pennies-v0", others={"player_1": np.array([[1.0, 0.0]])})
    stay.reset(seed=0)
    assert len({stay.step(0)[1] for _ in range(3) if stay.reset()}) == 1, "a pure policy always answers the same"
    solution = client.solve("matching_pennies-v0", "mge_f")
    env = client.make("matching_pennies-v0", others=solution, player="player_0")
    env.reset(seed=0)
    env.step(1)
    with pytest.raises(vsggym.InvalidArgument) as error:
        client.make("pursuit-v0", player="hunter", others={"prey": table[:5]})
    assert error.value.path == "others.prey"
    for name in ("uniform", {"prey": "uniform"}, None):
        other = client.make("pursuit-v0", player="hunter", others=name)
        assert play(other, 30) == play(client.make("pursuit-v0", player="hunter"), 30)
        other.close()


def test_seed_at_make_equals_seed_at_reset(client: vsggym.Client) -> None:
    made, plain = client.make("pursuit-v0", seed=123), client.make("pursuit-v0")
    assert made.reset()[0] == plain.reset(seed=123)[0]
    assert made.np_random_seed == plain.np_random_seed == 123


def test_pictures_are_text_and_svg(client: vsggym.Client) -> None:
    text = client.make("pursuit-v0", render_mode="ansi")
    text.reset()
    assert "\n" in text.render()
    svg = client.make("pursuit-v0", render_mode="svg")
    svg.reset()
    assert svg.render().lstrip().startswith("<svg")
    with pytest.raises(vsggym.InvalidArgument, match="render_mode"):
        client.make("pursuit-v0", render_mode="human")
