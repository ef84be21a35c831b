"""The rules that PettingZoo's parallel API test states, followed here without the package."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from harness import TRANSPORTS

import vsggym
from vsggym._builtin_games import GAMES

EPISODES = 3


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("game", list(GAMES))
def test_parallel_api(either: vsggym.Client, game: str, transport: str) -> None:
    env = either.parallel_env(game, transport=transport, render_mode="ansi", time_limit=30)  # some games have no end
    env.max_cycles = 10  # the original test assigns it
    assert env.unwrapped is env and isinstance(env.possible_agents, list) and env.metadata["name"] == game
    assert env.possible_agents == list(GAMES[game]) and env.max_num_agents == len(GAMES[game])
    for agent in env.possible_agents:
        assert env.observation_space(agent) is env.observation_space(agent)
        assert env.action_space(agent) is env.action_space(agent)
    for episode in range(EPISODES):
        play_episode(env, episode)
    assert isinstance(env.render(), str)
    env.close()
    env.close()


def play_episode(env: Any, seed: int) -> None:
    observations, infos = env.reset(seed=seed, options={"options": 1})
    live, gone = set(env.agents), set()
    assert live == set(env.possible_agents) == set(observations) == set(infos)
    for agent in env.agents:
        env.action_space(agent).seed(seed)
    while env.agents:
        actions = {a: env.action_space(a).sample(infos[a]["action_mask"]) if infos[a] else env.action_space(a).sample() for a in env.agents}
        observations, rewards, terminations, truncations, infos = env.step(actions)
        for result in (observations, rewards, terminations, truncations, infos):
            assert set(result) == live, "a step speaks of the agents that were live before it"
        assert all(type(r) is float for r in rewards.values())
        assert all(type(f) is bool for flags in (terminations, truncations) for f in flags.values())
        for agent, observation in observations.items():
            assert env.observation_space(agent).contains(observation)
            assert observation.dtype == env.observation_space(agent).dtype
            if infos[agent]:
                assert infos[agent]["action_mask"].any()
        ended = {a for a in live if terminations[a] or truncations[a]}
        live, gone = live - ended, gone | ended
        assert set(env.agents) == live and not set(env.agents) & gone, "dead agents never revive"
        assert env.num_agents == len(live)


@pytest.mark.parametrize("game", list(GAMES))
def test_same_seed_same_play(client: vsggym.Client, game: str) -> None:
    traces = []
    for _ in range(2):
        env = client.parallel_env(game, time_limit=30, illegal_actions="first_legal")
        trace = []
        for seed in (5, None):
            observations, _ = env.reset(seed=seed)
            trace.append([np.asarray(observations[a]).tolist() for a in env.agents])
            spaces = {a: env.action_space(a) for a in env.agents}
            for agent in env.agents:
                spaces[agent].seed(1)
            while env.agents:
                observations, rewards, *_ = env.step({a: spaces[a].sample() for a in env.agents})
                trace.append([np.asarray(o).tolist() for o in observations.values()] + list(rewards.values()))
        env.close()
        traces.append(trace)
    assert traces[0] == traces[1]


def test_actions_of_agents_that_are_not_there_are_named(client: vsggym.Client) -> None:
    env = client.parallel_env("pursuit-v0")
    env.reset(seed=0)
    with pytest.raises(vsggym.InvalidArgument) as error:
        env.step({"hunter": 0})
    assert error.value.path == "actions.prey" and "every live agent" in error.value.rule
    with pytest.raises(vsggym.InvalidArgument) as error:
        env.step({"hunter": 0, "prey": 0, "fox": 0})
    assert error.value.path == "actions.fox" and "hunter, prey" in error.value.rule
    env.step({"hunter": np.int32(0), "prey": 0})
    env.close()


def test_step_after_the_end_is_refused(client: vsggym.Client) -> None:
    env = client.parallel_env("climbing-v0")
    env.reset()
    env.step({"player_0": 0, "player_1": 0})
    assert env.agents == []
    with pytest.raises(vsggym.FailedPrecondition):
        env.step({})
    env.reset()
    assert env.agents == env.possible_agents
    env.close()


def test_some_seats_may_be_left_to_policies(client: vsggym.Client) -> None:
    env = client.parallel_env("pursuit-v0", players=["prey"], others={"hunter": "uniform"})
    observations, _ = env.reset(seed=0)
    assert set(observations) == {"prey"}
    env.step({"prey": 0})
    env.close()
