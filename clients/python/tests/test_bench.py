"""The benchmark verb runs and its reference plays the same game."""

from __future__ import annotations

import importlib.util
import json
import subprocess
from typing import Any

import numpy as np
import pytest
from harness import DLL, ROOT

import vsggym

SCRIPT = ROOT / "src/VsgGym.Server/Bench/bench_play.py"


@pytest.fixture(scope="module")
def bench() -> Any:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("bench_play", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_plain_game_obeys_the_same_rules(client: vsggym.Client, bench: Any) -> None:
    env, plain = client.make("pursuit-v0", "hunter"), bench.MaskedPursuit()
    rng = np.random.default_rng(0)
    for episode in range(5):
        state, info = env.reset(seed=episode)
        plain.reset(seed=episode)
        plain._hunter, plain._prey = divmod(state, bench.NODES)
        ended = False
        while not ended:
            assert (info["action_mask"] == bench.MaskedPursuit.masks[plain._hunter]).all()
            action = int(rng.integers(5))
            state, reward, ended, _, info = env.step(action)
            prey = state % bench.NODES
            moves = bench.LEGAL[plain._prey]
            assert prey in moves
            plain._random = Replay((moves.index(prey) + 0.5) / len(moves))
            assert plain.step(action)[:3] == (state, pytest.approx(reward), ended)
        plain = bench.MaskedPursuit()
    env.close()


class Replay:
    """Draws the number that leads to the move the server's prey made."""

    def __init__(self, number: float) -> None:
        self.number = number

    def random(self) -> float:
        """That number."""
        return self.number


def test_verb_reports_rates_and_ratios() -> None:
    command = ["dotnet", str(DLL), "bench", "--sizes", "1,8", "--rounds", "1", "--seconds", "0.02", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=55)
    assert done.returncode == 0, done.stderr
    first, second = json.loads(done.stdout)["results"]
    assert (first["copies"], second["copies"]) == (1, 8)
    for result in (first, second):
        assert set(result["ratios"]) == {"SyncVectorEnv", "with masks"} and all(rate > 0 for rate in result["steps_per_second"].values())
        assert result["bytes"]["response"] == result["copies"] * 20


@pytest.mark.parametrize("arguments", [["--sizes", "0"], ["--sizes", "a"], ["--rounds", "0"], ["--seconds", "0"]])
def test_verb_refuses_bad_arguments(arguments: list) -> None:
    done = subprocess.run(["dotnet", str(DLL), "bench", *arguments], capture_output=True, text=True, timeout=55)
    assert done.returncode == 2 and arguments[0] in done.stderr


def test_verb_names_a_python_that_is_not_there() -> None:
    done = subprocess.run(["dotnet", str(DLL), "bench", "--python", "/nowhere/python"], capture_output=True, text=True, timeout=55)
    assert done.returncode == 1 and "/nowhere/python" in done.stderr


def test_solvers_are_measured_beside_numpy_that_computes_the_same() -> None:
    command = ["dotnet", str(DLL), "bench", "solvers", "--sizes", "100,500", "--rounds", "1", "--seconds", "0.02", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=55)  # fails where numpy's checksum differs
    assert done.returncode == 0, done.stderr
    first, second = json.loads(done.stdout)
    assert (first["entries"], first["transitions"], second["entries"]) == (100, 400, 500)
    assert all(first[key] > 0 for key in ("seconds_per_sweep", "seconds_per_sweep_all_threads", "numpy_seconds_per_sweep"))


@pytest.mark.parametrize("arguments", [["--sizes", "99"], ["--sizes", "1e3"], ["--python", "/nowhere/python"]])
def test_solvers_verb_refuses_bad_arguments(arguments: list) -> None:
    done = subprocess.run(["dotnet", str(DLL), "bench", "solvers", *arguments], capture_output=True, text=True, timeout=55)
    assert done.returncode == (1 if arguments[0] == "--python" else 2) and arguments[0] in done.stderr
