"""Same seed, same bits: for every batch size, transport and client.

The golden file is shared with the C# client's tests. For each game: every seat is the caller's, default options, the default
autoreset (next step), illegal actions refused, reset with the file's seed, then ``steps`` steps. The action of seat p (its place in
the game) of copy k at step t, with m = 7 t + 3 k + 5 p, is the (m mod n)-th of the n legal actions of that seat in that copy, in rising
order; for a box it is low + (high - low) * (m mod 11) / 10 per dimension, computed in float64 from left to right and rounded to
float32. ``sha256`` runs over the copies 0 .. 63 in order: for each, the bytes of its reset, then of each of its steps, where the bytes
of one copy are its rows of the fields in the order of MakeResponse.fields: exactly StepResponse.data of a single copy with seed + k.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import List

import numpy as np
import pytest
from harness import ROOT

import vsggym
from vsggym._builtin_games import GAMES

GOLDEN = ROOT / "tests/golden/determinism.json"
COPIES, STEPS, SEED = 64, 50, 20_240_607


def actions(env: vsggym.BatchEnv, first: int, step: int) -> List[np.ndarray]:
    """The formula's actions; ``first`` is the number of the batch's first copy."""
    assert env.last is not None
    batch = []
    for p, player in enumerate(env.players):
        space = env.action_spaces[player]
        m = 7 * step + 3 * (first + np.arange(env.num_envs)) + 5 * p
        if isinstance(space, vsggym.Box):
            low, high = np.asarray(space.low, np.float64), np.asarray(space.high, np.float64)
            batch.append((low + (high - low) * (m % 11)[:, np.newaxis] / 10).astype(np.float32))
            continue
        legal = env.last.legal_actions.get(player)
        legal = np.ones((env.num_envs, space.n), np.bool_) if legal is None else legal
        batch.append(np.array([np.flatnonzero(row)[j % row.sum()] for row, j in zip(legal, m)], np.int32))
    return batch


def rows(env: vsggym.BatchEnv) -> List[bytes]:
    """The bytes of each copy."""
    fields = [(f.offset, f.bytes // env.num_envs) for f in env._session.made.fields]
    return [b"".join(env.data[at + k * size : at + (k + 1) * size] for at, size in fields) for k in range(env.num_envs)]


def digest(client: vsggym.Client, game: str, batch: int, transport: str) -> str:
    """The hash of 64 copies, played in batches of the given size."""
    total = hashlib.sha256()
    for first in range(0, COPIES, batch):
        size = min(batch, COPIES - first)
        with client.batch_env(game, size, seed=1, transport=transport) as env:
            env.reset(SEED + first)
            parts = [rows(env)]
            for step in range(STEPS):
                env.step(actions(env, first, step))
                parts.append(rows(env))
        for k in range(size):
            total.update(b"".join(part[k] for part in parts))
    return total.hexdigest()


@pytest.mark.parametrize("batch, transport", [(1, "unary"), (7, "stream"), (64, "unary"), (64, "stream")])
@pytest.mark.parametrize("game", list(GAMES))
def test_trajectory_equals_the_golden_hash(client: vsggym.Client, game: str, batch: int, transport: str) -> None:
    found = {"seed": SEED, "steps": STEPS, "sha256": digest(client, game, batch, transport)}
    golden = json.loads(GOLDEN.read_text()) if GOLDEN.is_file() else {}
    if os.environ.get("VSGGYM_UPDATE") and batch == 64 and transport == "unary":
        golden[game] = found
        GOLDEN.parent.mkdir(parents=True, exist_ok=True)
        GOLDEN.write_text(json.dumps({g: golden[g] for g in sorted(golden) if g in GAMES}, indent=2) + "\n")
    elif os.environ.get("VSGGYM_UPDATE"):
        golden[game] = {**found, "sha256": digest(client, game, 64, "unary")}
    assert golden.get(game) == found, f"{GOLDEN}: {game} plays differently (VSGGYM_UPDATE=1 rewrites the file)"


def test_other_seeds_and_copies_play_differently(client: vsggym.Client) -> None:
    with client.batch_env("pursuit-v0", 64) as env:
        starts = env.reset(SEED)["hunter"].copy()
        assert len(set(starts.tolist())) > 8
        assert (env.reset(SEED + 1)["hunter"][:-1] == starts[1:]).all()
        assert not (env.reset()["hunter"] == starts).all()
