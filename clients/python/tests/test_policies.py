"""Exported policies, run here by the real ONNX Runtime: the missing extra, the checks, the noise, the numbers."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from typing import Any, List

import numpy as np
import pytest
from harness import run_client
from tiny_onnx import TABLE, WEIGHTS, box_policy, other_model, table_policy

import vsggym
from vsggym._onnx import ArraySpec, check_graph, legal_batch, noise_batch, observation_batch, spec_of, time_batch

BOX = ArraySpec(np.dtype("f4"), (3,))
NUMBER = ArraySpec(np.dtype("i8"), ())
MASK = ArraySpec(np.dtype("?"), (2,))

WITHOUT = """
import sys
class Blocker:
    def find_spec(self, name, path, target=None):
        if name.split(".")[0] == "onnxruntime":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Blocker())
import vsggym
try:
    vsggym.load_policy("nowhere.onnx")
except ModuleNotFoundError as error:
    assert error.name == "onnxruntime" and 'pip install "vsggym[onnx]"' in str(error) and "client.evaluate" in str(error), error
    print("fine")
"""


def test_missing_extra_is_named() -> None:
    output, errors = run_client(WITHOUT).communicate(timeout=40)
    assert output == "fine\n", errors


def test_arrays_of_a_graph() -> None:
    assert spec_of("tensor(float)", ["batch", 3]) == BOX and spec_of("tensor(int64)", [None]) == NUMBER and spec_of("tensor(bool)", ["B", 2]) == MASK
    assert spec_of("tensor(float)", ["batch", "n"]).shape == (1,)
    assert (repr(BOX), repr(NUMBER), repr(MASK)) == ("float32 [B, 3]", "int64 [B]", "bool [B, 2]")
    with pytest.raises(vsggym.InvalidArgument, match="float16"):
        spec_of("tensor(float16)", ["batch", 3])


def test_graph_of_something_else_is_refused() -> None:
    check_graph({"observation": BOX, "noise": BOX}, {"action": BOX}, "a.onnx")
    for inputs, outputs in (({"x": BOX}, {"y": BOX}), ({"observation": BOX}, {"y": BOX}), ({"observation": BOX, "x": BOX}, {"action": BOX})):
        with pytest.raises(vsggym.InvalidArgument) as error:
            check_graph(inputs, outputs, "a.onnx")
        assert error.value.path == "path" and error.value.value.startswith("a.onnx: ") and "exported policy" in error.value.rule


def test_observations_are_converted_and_kinds_are_kept_apart() -> None:
    for values in (np.ones((2, 3)), np.ones((2, 3), np.int32), [[1, 1, 1], [1, 1, 1]]):
        batch = observation_batch(values, BOX)
        assert batch.dtype == np.float32 and batch.tolist() == [[1, 1, 1], [1, 1, 1]]
    assert observation_batch([1, 2], NUMBER).dtype == np.int64 and observation_batch(np.array([1], np.int32), NUMBER).tolist() == [1]
    assert observation_batch(np.zeros((0, 3)), BOX).shape == (0, 3)
    for values, spec, value in (
        (np.ones(3), BOX, "shape [3]"), (np.ones((2, 4)), BOX, "shape [2, 4]"), (1, NUMBER, "shape []"), ([[1], [2]], NUMBER, "shape [2, 1]"),
        ([0.5], NUMBER, "dtype float64"), ([[True] * 3], BOX, "dtype bool"), ([[1], [2, 3]], BOX, "ragged"), (["a"], NUMBER, "dtype <U1"),
    ):  # fmt: skip
        with pytest.raises(vsggym.InvalidArgument) as error:
            observation_batch(values, spec)
        assert (error.value.path, error.value.value) == ("observations", value) and repr(spec) in error.value.rule


def test_noise_is_normal_for_boxes_and_uniform_for_discrete_actions() -> None:
    normal, uniform = (noise_batch(None, 7, BOX, kind, 20_000) for kind in (False, True))
    assert normal.dtype == uniform.dtype == np.float32 and normal.shape == uniform.shape == (20_000, 3)
    assert abs(normal.mean()) < 0.02 and abs(normal.std() - 1) < 0.02
    assert uniform.min() >= 0 and uniform.max() < 1 and abs(uniform.mean() - 0.5) < 0.01 and abs(uniform.std() - 12**-0.5) < 0.01


def test_seeds_repeat_noise_and_generators_go_on() -> None:
    def draw(seed: Any) -> List[float]:
        return noise_batch(None, seed, BOX, False, 2).ravel().tolist()

    assert draw(3) == draw(np.int64(3)) != draw(4) and draw(None) != draw(None)
    generator = np.random.default_rng(3)
    assert draw(generator) == draw(3) != draw(generator)
    for seed in (-1, 1.5, True, "x"):
        with pytest.raises(vsggym.InvalidArgument, match="seed"):
            draw(seed)


def test_given_noise_is_checked() -> None:
    given = noise_batch([[0.25, -2.0, 3.0]], None, BOX, False, 1)
    assert given.dtype == np.float32 and given.tolist() == [[0.25, -2.0, 3.0]]
    for noise, uniform, value in (
        ([[0.5, 0.5, 1.0]], True, "1.0"), ([[-0.5, 0.5, 0.5]], True, "-0.5"), ([[0.5, np.nan, 0.5]], False, "nan"),
        ([[0.5] * 3] * 2, False, "shape [2, 3]"), ([[1, 2, 3]], False, "dtype int64"),
    ):  # fmt: skip
        with pytest.raises(vsggym.InvalidArgument) as error:
            noise_batch(noise, None, BOX, uniform, 1)
        assert error.value.path == "noise" and value in error.value.value
    assert noise_batch(np.array([[np.nextafter(1, 0)] * 3]), None, BOX, True, 1).max() < 1, "float64 just below 1 must not round up to 1"
    with pytest.raises(vsggym.InvalidArgument, match="exclude each other"):
        noise_batch([[0.5] * 3], 3, BOX, False, 1)


def test_legal_actions_of_ended_copies_count_as_all_legal() -> None:
    for given in ([[True, False], [False, False]], np.array([[1, 0], [0, 0]], np.int8)):
        mask = legal_batch(given, MASK, 2)
        assert mask is not None and mask.dtype == np.bool_ and mask.tolist() == [[True, False], [True, True]]
    assert legal_batch(None, None, 2) is None
    for given, spec, rule in (
        (None, MASK, "bool [B, 2]"), ([[True, True]], None, "forbids no action"), ([[1, 2]], MASK, "0 or 1"), ([[True, True]] * 2, MASK, "1 rows"),
        ([[0.5, 1.0]], MASK, "bool [B, 2]"),
    ):  # fmt: skip
        with pytest.raises(vsggym.InvalidArgument) as error:
            legal_batch(given, spec, 1)
        assert error.value.path == "legal_actions" and rule in error.value.rule, error.value.faults


def test_one_time_stands_for_all() -> None:
    for given in (4, [4, 4, 4], np.full(3, 4, np.int32)):
        times = time_batch(given, NUMBER, 3)
        assert times is not None and times.dtype == np.int64 and times.tolist() == [4, 4, 4]
    assert time_batch(None, None, 3) is None
    for given, spec, rule in ((None, NUMBER, "depends on time"), (3, None, "does not depend"), (-1, NUMBER, "at least 0"), ([1, 2], NUMBER, "3 rows")):
        with pytest.raises(vsggym.InvalidArgument) as error:
            time_batch(given, spec, 3)
        assert error.value.path == "time" and rule in error.value.rule


def saved(folder: Path, content: bytes) -> Path:
    """A file with this content."""
    path = folder / "policy.player_0.onnx"
    path.write_bytes(content)
    return path


@pytest.mark.usefixtures("runtime")
def test_box_policy_acts(tmp_path: Path) -> None:
    policy = vsggym.load_policy(saved(tmp_path, box_policy()))
    assert (policy.player, policy.metadata["game_id"]) == ("player_0", "differential-v0") and policy.content == box_policy()
    assert (repr(policy.observation), repr(policy.action)) == ("float32 [B, 2]", "float32 [B, 1]")
    assert repr(policy) == "Policy(policy.player_0.onnx: player_0, float32 [B, 2] -> float32 [B, 1])"
    assert not policy.needs_legal_actions and not policy.needs_time and copy.deepcopy(policy) is policy
    assert policy.action_space == vsggym.Box((-10.0,), (10.0,)) and policy.observation_space is None
    observations = np.array([[1.0, 2.0], [0.5, -1.0], [3.0, 0.0]])
    actions = policy(observations)
    assert actions.dtype == np.float32 and np.array_equal(actions, observations.astype(np.float32) @ WEIGHTS)
    noise = np.array([[0.5], [-1.0], [2.0]])
    assert np.array_equal(policy(observations, deterministic=False, noise=noise), actions + noise.astype(np.float32))
    sample = policy.sample(observations, seed=3)
    assert sample.log_probabilities == pytest.approx(-((sample.actions - actions) ** 2).ravel(), abs=1e-5) and sample.actions.shape == (3, 1)
    assert np.array_equal(policy(observations, False, seed=3), sample.actions) and not np.array_equal(policy.sample(observations).actions, sample.actions)
    assert policy(np.zeros((0, 2))).shape == (0, 1)
    with pytest.raises(vsggym.FailedPrecondition, match="has no probabilities"):
        policy.probabilities(observations)
    with pytest.raises(vsggym.FailedPrecondition, match="pickled"):
        pickle.dumps(policy)


@pytest.mark.usefixtures("runtime")
def test_discrete_policy_acts(tmp_path: Path) -> None:
    policy = vsggym.load_policy(str(saved(tmp_path, table_policy())), provider="cpu")
    assert policy.needs_legal_actions and policy.needs_time
    assert (repr(policy.observation), repr(policy.action)) == ("int64 [B]", "int64 [B]")
    assert policy.observation_space == vsggym.Discrete(2, ("near", "far")) and policy.action_space is None
    seen, legal = np.array([0, 1, 1], np.int32), np.array([[1, 1, 1], [0, 1, 1], [0, 0, 0]], np.int8)
    assert policy(seen, legal_actions=legal, time=0).tolist() == [2, 1, 0] and policy(seen, legal_actions=legal, time=[0, 5, 6]).tolist() == [2, 6, 6]
    weights = np.where(legal_batch(legal, ArraySpec(np.dtype("?"), (3,)), 3), np.exp(TABLE[seen]), 0)
    assert policy.probabilities(seen, legal_actions=legal, time=0) == pytest.approx(weights / weights.sum(1, keepdims=True), abs=1e-6)
    many = policy.sample(np.zeros(3000, np.int64), seed=1, legal_actions=np.ones((3000, 3), bool), time=0)
    assert np.bincount(many.actions, minlength=3).min() > 850 and many.log_probabilities.min() >= 0 and many.log_probabilities.max() < 1
    with pytest.raises(vsggym.InvalidArgument, match="legal_actions"):
        policy(seen, time=0)


@pytest.mark.usefixtures("runtime")
def test_files_that_are_no_policy_are_refused(tmp_path: Path) -> None:
    for content, rule in ((b"no model", "must be an ONNX file"), (other_model(), "must be an exported policy")):
        with pytest.raises(vsggym.InvalidArgument) as error:
            vsggym.load_policy(saved(tmp_path, content))
        assert error.value.path == "path" and "policy.player_0.onnx" in error.value.value and rule in error.value.rule
    path = saved(tmp_path, box_policy())
    for provider, rule in (("cuda", "this onnxruntime has CPUExecutionProvider"), ("quantum", "CPUExecutionProvider"), (3, "name of an execution provider")):
        with pytest.raises(vsggym.InvalidArgument) as error:
            vsggym.load_policy(path, provider)  # type: ignore[arg-type]
        assert error.value.path == "provider" and rule in error.value.rule
    with pytest.raises(FileNotFoundError, match="nowhere.onnx"):
        vsggym.load_policy("nowhere.onnx")
    with pytest.raises(vsggym.InvalidArgument, match="must be a path"):
        vsggym.load_policy(3)  # type: ignore[arg-type]
