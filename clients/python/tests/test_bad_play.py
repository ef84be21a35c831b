"""What a playing caller can do wrong, over the wire: refused by name, and the worlds stay as they were."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Tuple

import numpy as np
import pytest
from harness import TRANSPORTS

import vsggym
from vsggym._proto import environment_pb2


def snapshot(env: vsggym.BatchEnv) -> List[bytes]:
    """What one step from here brings, for every copy."""
    step = env.step(([0] * env.num_envs, [0] * env.num_envs))
    return [array.tobytes() for arrays in step for array in arrays.values()]


BAD_ACTIONS: List[Tuple[str, Any, str, str, str]] = [
    # name, hunter's actions, path, value, part of the rule
    ("floats", np.zeros(3), "actions.hunter", "float64", "whole numbers"),
    ("bools", np.zeros(3, np.bool_), "actions.hunter", "bool", "whole numbers"),
    ("texts", ["a", "b", "c"], "actions.hunter", "dtype", "whole numbers"),
    ("objects", [None, None, None], "actions.hunter", "object", "whole numbers"),
    ("wrong length", [0, 0], "actions.hunter", "[2]", "[3]"),
    ("wrong dimensions", np.zeros((3, 1), np.int32), "actions.hunter", "[3, 1]", "[3]"),
    ("ragged", [[0], [0, 0], [0]], "actions.hunter", "", "[3]"),
    ("too large", [0, 99, 0], "actions.hunter[1]", "99", "must be in [0, 4]"),
    ("negative", [0, 0, -1], "actions.hunter[2]", "-1", "must be in [0, 4]"),
    ("beyond int32", np.array([0, 0, 2**32]), "actions.hunter[2]", "4294967296", "must be in [0, 4]"),
    ("beyond int32, unsigned", np.array([2**63, 0, 0], np.uint64), "actions.hunter[0]", "9223372036854775808", "must be in [0, 4]"),
]


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("name, actions, path, value, rule", BAD_ACTIONS, ids=[case[0] for case in BAD_ACTIONS])
def test_bad_action_is_refused_and_changes_nothing(
    client: vsggym.Client, transport: str, name: str, actions: Any, path: str, value: str, rule: str
) -> None:
    settings: Dict[str, Any] = {"seed": 8, "illegal_actions": "first_legal", "transport": transport}
    with client.batch_env("pursuit-v0", 3, **settings) as env, client.batch_env("pursuit-v0", 3, **settings) as twin:
        env.reset()
        twin.reset()
        with pytest.raises(vsggym.InvalidArgument) as error:
            env.step({"hunter": actions, "prey": [0, 0, 0]})
        assert error.value.path == path and value in error.value.value and rule in error.value.rule, error.value.faults
        assert snapshot(env) == snapshot(twin)


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_illegal_actions_are_all_named_and_change_nothing(client: vsggym.Client, transport: str) -> None:
    with client.batch_env("pursuit-v0", 8, seed=8, transport=transport) as env, client.batch_env("pursuit-v0", 8, seed=8) as twin:
        env.reset()
        twin.reset()
        assert env.last is not None
        legal = env.last.legal_actions
        first = {p: legal[p].argmax(axis=1).astype(np.int32) for p in env.players}
        bad = {p: legal[p].argmin(axis=1).astype(np.int32) for p in env.players}
        expected = {f"actions.{p}[{k}]" for p in env.players for k in range(8) if not legal[p][k].all()}
        assert expected
        with pytest.raises(vsggym.InvalidArgument) as error:
            env.step(bad)
        named = [f for f in error.value.faults if f.path != "..."]  # the last one may say how many more there are
        assert {f.path for f in named} <= expected and len(named) == min(10, len(expected))
        assert {f.reason for f in named} == {"illegal_action"} and all("legal: " in f.rule for f in named)
        steps = [e.step(first) for e in (env, twin)]
        for ours, theirs in zip(*steps):
            assert all((ours[p] == theirs[p]).all() for p in ours)


BAD_BOXES = [
    ("above", [[0.0], [10.5]], "actions.player_0[1, 0]", "10.5", "[-10, 10]"),
    ("NaN", [[np.nan], [0.0]], "actions.player_0[0, 0]", "NaN", "[-10, 10]"),
    ("huge", [[1e300], [0.0]], "actions.player_0[0, 0]", "Infinity", "[-10, 10]"),
    ("wrong shape", [0.0, 0.0], "actions.player_0", "[2]", "[2, 1]"),
    ("complex", [[1j], [0j]], "actions.player_0", "complex", "real numbers"),
]


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("name, actions, path, value, rule", BAD_BOXES, ids=[case[0] for case in BAD_BOXES])
def test_bad_box_action_is_refused_and_changes_nothing(
    client: vsggym.Client, transport: str, name: str, actions: Any, path: str, value: str, rule: str
) -> None:
    settings: Dict[str, Any] = {"seed": 0, "transport": transport}
    with client.batch_env("differential-v0", 2, **settings) as env, client.batch_env("differential-v0", 2, **settings) as twin:
        env.reset()
        twin.reset()
        with np.errstate(over="ignore"), pytest.raises(vsggym.InvalidArgument) as error:
            env.step((actions, [[0.0], [0.0]]))
        assert error.value.path == path and value in error.value.value and rule in error.value.rule, error.value.faults
        played = ([[1.0], [2.0]], np.zeros((2, 1)))
        for ours, theirs in zip(env.step(played), twin.step(played)):
            assert all((ours[p] == theirs[p]).all() for p in ours)


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_calls_out_of_order_are_refused_and_change_nothing(client: vsggym.Client, transport: str) -> None:
    settings: Dict[str, Any] = {"game_options": {"horizon": 2}, "seed": 5, "autoreset": "disabled", "illegal_actions": "first_legal"}
    env = client.batch_env("pursuit-v0", 2, transport=transport, **settings)
    with client.batch_env("pursuit-v0", 2, **settings) as twin:
        actions = ([0, 0], [0, 0])
        refused(lambda: env.step(actions), "step", "reset the environment before the first step")
        refused(env.render, "render", "before the first picture")
        refused(lambda: env.reset(mask=np.array([True, False])), "reset_mask", "first reset")
        for episode in range(2):
            ours, theirs = env.reset(), twin.reset()
            assert all((ours[p] == theirs[p]).all() for p in ours)
            for _ in range(2):
                assert snapshot(env) == snapshot(twin)
            picture = env.render()
            refused(lambda: env.step(actions), "step[0]", "autoreset is disabled")
            assert env.render() == picture == twin.render()
        env.close()
        for name, call in (("step", lambda: env.step(actions)), ("reset", env.reset), ("render", env.render)):
            assert refused(call, name, f"{name} after close").reason == "after_close"
        assert env.last is not None and twin.last is not None and (env.last.observations["prey"] == twin.last.observations["prey"]).all()


def refused(call: Callable[[], Any], path: str, rule: str) -> vsggym.Fault:
    """The fault of a call that comes out of order."""
    with pytest.raises(vsggym.FailedPrecondition) as error:
        call()
    assert error.value.path == path and rule in error.value.rule, error.value.faults
    return error.value.faults[0]


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_environment_of_a_closed_client_is_refused(client: vsggym.Client, transport: str) -> None:
    with vsggym.connect(client.address) as own:
        env = own.batch_env("climbing-v0", transport=transport)
        env.reset()
    for name, call in (("step", lambda: env.step(([0], [0]))), ("reset", env.reset), ("render", env.render)):
        assert refused(call, name, "its client was closed").reason == "after_close"
    env.close()


BAD_PICTURES = [
    ({"copy": "a"}, "copy", "a", "whole number"),
    ({"copy": 2**40}, "copy", "1099511627776", "at most"),
    ({"copy": 2}, "copy", "2", "[0, 1]"),
    ({"format": []}, "format", "[]", "text, svg, rgb"),
    ({"format": "png"}, "format", "png", "text, svg, rgb"),
]


@pytest.mark.parametrize("settings, path, value, rule", BAD_PICTURES, ids=[str(case[0]) for case in BAD_PICTURES])
def test_bad_picture_is_refused(client: vsggym.Client, settings: Dict[str, Any], path: str, value: str, rule: str) -> None:
    with client.batch_env("climbing-v0", 2) as env:
        env.reset()
        with pytest.raises(vsggym.InvalidArgument) as error:
            env.render(**settings)
        assert error.value.path == path and value in error.value.value and rule in error.value.rule, error.value.faults


def test_step_after_close_is_refused_by_the_server_too(client: vsggym.Client) -> None:
    env = client.batch_env("climbing-v0", 2)
    env.reset()
    env.close()
    stub, made = client._connection.environments, env._session.made
    request = environment_pb2.StepRequest(environment_id=made.environment_id, actions=bytes(made.action_bytes))
    fault = refused(lambda: client._connection.call(stub.Step, request), "step", "after close")
    assert fault.reason == "after_close"
    request.environment_id = "nobody"
    with pytest.raises(vsggym.NotFound) as error:
        client._connection.call(stub.Step, request)
    assert error.value.path == "environment_id" and "nobody" in error.value.value


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_bad_seeds_and_masks(client: vsggym.Client, transport: str) -> None:
    with client.batch_env("pursuit-v0", 3, seed=1, transport=transport) as env:
        before = env.reset()["hunter"].copy()
        bad: List[Tuple[Dict[str, Any], str, str, str]] = [
            ({"seed": [1, 2]}, "seeds", "2 seeds", "one per copy (3)"),
            ({"seed": -1}, "seeds", "-1", "[0, 2^64)"),
            ({"seed": 2**64}, "seeds", "18446744073709551616", "[0, 2^64)"),
            ({"seed": "one"}, "seeds", "one", "whole number"),
            ({"mask": [1, 0, 1]}, "reset_mask", "int64", "bool"),
            ({"mask": [True]}, "reset_mask", "[1]", "[3]"),
            ({"mask": [False] * 3}, "reset_mask", "all false", "at least one"),
        ]
        for settings, path, value, rule in bad:
            with pytest.raises(vsggym.InvalidArgument) as error:
                env.reset(**settings)
            assert error.value.path == path and value in error.value.value and rule in error.value.rule, error.value.faults
        assert env.last is not None and (env.last.observations["hunter"] == before).all()
        assert env.seeds == (1, 2, 3)


def test_wrong_players_in_a_step(client: vsggym.Client) -> None:
    with client.batch_env("pursuit-v0", 1, seed=1) as env:
        env.reset()
        for actions, path in (({"hunter": [0]}, "actions.prey"), ({"hunter": [0], "prey": [0], "fox": [0]}, "actions.fox"), (([0],), "actions"), (5, "actions"), (None, "actions")):
            with pytest.raises(vsggym.InvalidArgument) as error:
                env.step(actions)
            assert error.value.path == path
