"""Gymnasium's rules for vector environments, against its own SyncVectorEnv of our single environments."""

from __future__ import annotations

from typing import Any, List

import numpy as np
import pytest
from gymnasium.vector import AutoresetMode, SyncVectorEnv
from harness import SEATS

import vsggym

MODES = list(AutoresetMode)
SETTINGS = {"pursuit-v0": {"horizon": 5}}
COPIES = 5


def pair(client: vsggym.Client, game: str, player: str, mode: AutoresetMode, **settings: Any) -> List[Any]:
    """Our vector environment, and Gymnasium's of single ones."""
    options = SETTINGS.get(game)
    vector = client.make_vec(game, COPIES, player, game_options=options, autoreset_mode=mode, **settings)
    single = [lambda: client.make(game, player, game_options=options) for _ in range(COPIES)]
    return [vector, SyncVectorEnv(single, autoreset_mode=mode)]


def assert_same(ours: Any, theirs: Any, where: str) -> None:
    """Equal in value, type, dtype and structure."""
    assert type(ours) is type(theirs), where
    if isinstance(ours, dict):
        assert set(ours) == set(theirs), where
        for key in ours:
            assert_same(ours[key], theirs[key], f"{where}.{key}")
    elif isinstance(ours, tuple):
        for i, (own, their) in enumerate(zip(ours, theirs)):
            assert_same(own, their, f"{where}[{i}]")
    elif isinstance(ours, np.ndarray):
        assert ours.dtype == theirs.dtype and ours.shape == theirs.shape, where
        for own, their in zip(ours.ravel(), theirs.ravel()):
            assert np.array_equal(own, their), where
    else:
        assert ours == theirs, where


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("game, player, transport", SEATS)
def test_equal_to_sync_vector_env_step_for_step(either: vsggym.Client, game: str, player: str, mode: AutoresetMode, transport: str) -> None:
    ours, theirs = pair(either, game, player, mode, transport=transport)
    assert ours.metadata["autoreset_mode"] is mode is theirs.metadata["autoreset_mode"]
    assert ours.observation_space == theirs.observation_space and ours.action_space == theirs.action_space
    assert ours.single_observation_space == theirs.single_observation_space
    assert_same(ours.reset(seed=42), theirs.reset(seed=42), "reset")
    theirs.action_space.seed(7)
    for step in range(14):
        actions = theirs.action_space.sample()
        results = ours.step(actions), theirs.step(actions)
        assert_same(*results, f"step {step}")
        assert results[0][0] in ours.observation_space
        ended = results[0][2] | results[0][3]
        if mode is AutoresetMode.DISABLED and ended.any():
            resets = [env.reset(options={"reset_mask": ended.copy()}) for env in (ours, theirs)]
            assert_same(*resets, f"reset after step {step}")
    assert_same(ours.reset(), theirs.reset(), "unseeded reset")
    assert_same(ours.reset(seed=[9, 8, 7, 6, 5]), theirs.reset(seed=[9, 8, 7, 6, 5]), "listed seeds")
    assert_same(ours.reset(seed=[1, None, 3, None, 5]), theirs.reset(seed=[1, None, 3, None, 5]), "partly seeded")
    ours.close()
    theirs.close()
    ours.close()


@pytest.mark.parametrize("mode", MODES)
def test_episodes_really_ended_in_each_mode(client: vsggym.Client, mode: AutoresetMode) -> None:
    envs = client.make_vec("pursuit-v0", 3, "hunter", game_options={"horizon": 2}, autoreset_mode=mode)
    envs.reset(seed=0)
    stay = np.zeros(3, np.int64)
    envs.step(stay)
    observations, rewards, terminated, truncated, infos = envs.step(stay)
    assert terminated.all() and not truncated.any()
    if mode is AutoresetMode.SAME_STEP:
        assert infos["_final_obs"].all() and infos["_final_info"].all() and infos["final_obs"].dtype == object
    elif mode is AutoresetMode.NEXT_STEP:
        _, rewards, terminated, truncated, _ = envs.step(stay)
        assert not (rewards.any() or terminated.any() or truncated.any())
    else:
        with pytest.raises(vsggym.FailedPrecondition, match="autoreset is disabled"):
            envs.step(stay)
    envs.close()


def test_time_limit_truncates(client: vsggym.Client) -> None:
    envs = client.make_vec("pursuit-v0", 2, time_limit=3)
    envs.reset(seed=0)
    flags = [envs.step(np.zeros(2, np.int64))[2:4] for _ in range(3)]
    assert not any(t.any() or c.any() for t, c in flags[:2])
    assert not flags[2][0].any() and flags[2][1].all()
    envs.close()


BAD_MASKS = [
    ([True, False, True], TypeError, "must be a numpy array"),
    (np.array([True, False]), AssertionError, r"must have shape `\(3,\)`"),
    (np.array([1, 0, 1]), TypeError, "must have `dtype=np.bool_`"),
    (np.array([False, False, False]), ValueError, "must contain a boolean array"),
]


@pytest.mark.parametrize("mask, kind, text", BAD_MASKS)
def test_bad_reset_mask_is_refused_in_gymnasiums_words(client: vsggym.Client, mask: Any, kind: type, text: str) -> None:
    envs = client.make_vec("pursuit-v0", 3, autoreset_mode="disabled")
    before, _ = envs.reset(seed=0)
    with pytest.raises(kind, match=text) as error:
        envs.reset(options={"reset_mask": mask})
    assert isinstance(error.value, vsggym.InvalidArgument) and error.value.path == "reset_mask"
    assert (envs.batch.last.observations["hunter"] == before).all()
    envs.close()


def test_seeds_are_told_and_copies_are_offset(client: vsggym.Client) -> None:
    envs = client.make_vec("pursuit-v0", 4)
    envs.reset(seed=100)
    assert envs.np_random_seed == (100, 101, 102, 103)
    with pytest.raises(vsggym.InvalidArgument, match="one seed per copy"):
        envs.reset(seed=[1, 2])
    envs.close()


def test_returned_arrays_belong_to_the_caller(client: vsggym.Client) -> None:
    envs = client.make_vec("pursuit-v0", 4)
    envs.reset(seed=0)
    first = envs.step(np.zeros(4, np.int64))
    kept = [array.copy() for array in first[:4]]
    envs.step(np.ones(4, np.int64))
    for array, copy in zip(first, kept):
        assert np.array_equal(array, copy)
        array[...] = 0
    envs.close()
