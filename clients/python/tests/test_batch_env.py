"""The fast path: shapes, ownership, and the hand-written bytes against the generated classes."""

from __future__ import annotations

import gc
from typing import Any

import numpy as np
import pytest
from harness import TRANSPORTS

import vsggym
from vsggym._builtin_games import GAMES
from vsggym._proto import environment_pb2 as pb
from vsggym._wire import StepCodec, varint

B = 6


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("game", list(GAMES))
def test_shapes_and_dtypes(either: vsggym.Client, game: str, transport: str) -> None:
    with either.batch_env(game, B, seed=1, autoreset="same_step", illegal_actions="first_legal", transport=transport) as env:
        assert env.players == GAMES[game] and env.num_envs == B and env.seeds == tuple(range(1, 1 + B))
        observations = env.reset()
        for player, space in env.observation_spaces.items():
            assert observations[player].shape == (B, *space.shape) and observations[player].dtype == space.dtype
        step = env.step({p: np.zeros((B, *space.shape), space.dtype) for p, space in env.action_spaces.items()})
        for player in env.players:
            assert step.rewards[player].shape == (B,) and step.rewards[player].dtype == np.float64
            for flags in (step.terminated, step.truncated, step.live):
                assert flags[player].shape == (B,) and flags[player].dtype == np.bool_
            assert step.final_observations[player].dtype == step.observations[player].dtype
        described = either.describe(game).game
        assert described is not None and bool(step.legal_actions) == described.has_illegal_actions
        assert env.horizon == described.horizon and env.reward_range == described.reward_range


def test_arrays_are_aligned_writable_and_the_callers_own(client: vsggym.Client) -> None:
    with client.batch_env("pursuit-v0", B, seed=0, illegal_actions="first_legal") as env:
        env.reset()
        first = env.step((np.zeros(B, np.int32), np.zeros(B, np.int32)))
        kept = first.observations["prey"].copy()
        for arrays in first[:6]:
            for array in arrays.values():
                assert array.flags.aligned and array.flags.writeable
        env.step((np.full(B, 1, np.int32), np.full(B, 2, np.int32)))
        assert (first.observations["prey"] == kept).all()


def test_dict_and_tuple_and_lists_play_the_same(client: vsggym.Client) -> None:
    rewards = []
    for actions in ({"prey": [1] * B, "hunter": [0] * B}, ([0] * B, [1] * B), (np.zeros(B, np.int64), np.ones(B, np.uint8))):
        with client.batch_env("pursuit-v0", B, seed=4, illegal_actions="first_legal") as env:
            env.reset()
            rewards.append([env.step(actions).rewards["hunter"].tolist() for _ in range(5)])
    assert rewards[0] == rewards[1] == rewards[2]


def test_players_may_be_asked_for_in_any_order(client: vsggym.Client) -> None:
    with client.batch_env("pursuit-v0", B, players=["prey", "hunter"], seed=2) as env, client.batch_env("pursuit-v0", B, seed=2) as usual:
        assert env.players == ("prey", "hunter")
        assert (env.reset()["hunter"] == usual.reset()["hunter"]).all()


def test_partial_reset_leaves_the_others(client: vsggym.Client) -> None:
    with client.batch_env("pursuit-v0", B, seed=2, autoreset="disabled") as env:
        before = env.reset()["hunter"].copy()
        mask = np.arange(B) % 2 == 0
        after = env.reset(seed=99, mask=mask)["hunter"]
        assert (after[~mask] == before[~mask]).all()
        assert [seed for seed, marked in zip(env.seeds, mask) if marked] == [99 + k for k in range(B) if mask[k]]


@pytest.mark.parametrize("stream", [False, True])
def test_codec_agrees_with_the_generated_classes(stream: bool) -> None:
    for actions, data in ((4, 20), (300, 5000), (40_000, 70_000), (9_000_000, 2_100_000)):
        codec = StepCodec("e-12345", actions, data, stream)
        codec.request[codec.actions_at :] = bytes(i % 251 for i in range(actions))
        inner = pb.StepRequest(environment_id="" if stream else "e-12345", actions=bytes(codec.request[codec.actions_at :]))
        request = pb.EnvironmentRequest(step=inner) if stream else inner
        assert type(request).FromString(bytes(codec.request)) == request
        content = bytes(i % 253 for i in range(data))
        response = pb.StepResponse(data=content)
        sent = (pb.EnvironmentResponse(step=response) if stream else response).SerializeToString()
        assert codec.read(sent) == codec.read_generated(sent) == (bytearray(content), None)


def test_codec_falls_back_on_fields_it_does_not_expect() -> None:
    codec = StepCodec("e", 4, 20, False)
    content = bytes(range(20))
    with_seeds = pb.StepResponse(data=content, seeds=[1, 2]).SerializeToString()
    assert codec.read(with_seeds) == (bytearray(content), (1, 2))
    unknown_field = varint(15 << 3 | 2) + varint(3) + b"new" + pb.StepResponse(data=content).SerializeToString()
    assert codec.read(unknown_field) == (bytearray(content), None)
    with pytest.raises(RuntimeError, match="19 bytes for a step of 20"):
        codec.read(pb.StepResponse(data=content[:19]).SerializeToString())


def test_stream_error_leaves_the_world_and_the_stream(client: vsggym.Client) -> None:
    with client.batch_env("pursuit-v0", 2, seed=0, transport="stream") as env:
        with pytest.raises(vsggym.FailedPrecondition, match="reset"):
            env.step(([0, 0], [0, 0]))
        env.reset()
        env.step(([0, 0], [0, 0]))


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_environments_that_are_dropped_are_given_back(client: vsggym.Client, transport: str) -> None:
    from vsggym import _session

    env: Any = client.batch_env("pursuit-v0", 2, transport=transport)
    session_id = env._session.made.environment_id
    del env
    gc.collect()
    if transport == "unary":
        assert any(forgotten[2] == session_id for forgotten in _session._forgotten)
    client.batch_env("pursuit-v0", 2).close()
    assert not any(forgotten[2] == session_id for forgotten in _session._forgotten)
    with pytest.raises(vsggym.Error):
        client._connection.call(client._connection.environments.Render, pb.RenderRequest(environment_id=session_id))
