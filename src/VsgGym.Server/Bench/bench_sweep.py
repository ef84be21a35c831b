"""Times sweeps of mge_i (mge Algorithm 1, beta = 1, undamped) in vectorized numpy on a game that the server measures too.

Usage: bench_sweep.py FILE STATES ACTIONS SUCCESSORS DISCOUNT SECONDS

The file holds the arrays of a two-player discounted game with equally many successors per row, one behind the other: rewards
float64 [2, S, A, A], probabilities float64 [S * A * A, K], next states int32 [S * A * A, K]. A sweep is written the way a careful numpy user would write it: whole-array operations, no
loop over states, einsum for the expectations, temporaries reused. Prints {"seconds": best time of a sweep, "checksum": sum of V}
after exactly 20 sweeps from Q = 0, for the server to check that both compute the same thing.
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np

CHECKED_SWEEPS = 20


class Sweep:
    def __init__(self, path: str, states: int, actions: int, successors: int, discount: float) -> None:
        rows = states * actions * actions
        with open(path, "rb") as file:
            self.rewards = np.fromfile(file, np.float64, 2 * rows).reshape(2, states, actions, actions)
            self.probabilities = np.fromfile(file, np.float64, rows * successors).reshape(rows, successors)
            self.next_states = np.fromfile(file, np.int32, rows * successors).astype(np.intp).reshape(rows, successors)
        self.states, self.actions, self.discount = states, actions, discount
        self.q = np.zeros((2, self.states, self.actions))
        self.gathered = np.empty(self.next_states.shape)
        self.payoffs = np.empty((self.states, self.actions, self.actions))

    def policy(self) -> np.ndarray:
        weights = np.exp(self.q - self.q.max(axis=2, keepdims=True))
        return weights / weights.sum(axis=2, keepdims=True)

    def values(self) -> np.ndarray:
        return (self.policy() * self.q).sum(axis=2)

    def __call__(self) -> float:
        policy = self.policy()
        values = (policy * self.q).sum(axis=2)
        update = np.empty_like(self.q)
        for player, form in ((0, "sij,sj->si"), (1, "sij,si->sj")):
            np.take(values[player], self.next_states, out=self.gathered)
            np.einsum("rk,rk->r", self.gathered, self.probabilities, out=self.payoffs.reshape(-1))
            self.payoffs *= self.discount
            self.payoffs += self.rewards[player]
            np.einsum(form, self.payoffs, policy[1 - player], out=update[player])
        residual = np.abs(update - self.q).max()
        self.q = update
        return float(residual)


def main() -> None:
    path, states, actions, successors, discount, seconds = sys.argv[1:]
    sweep = Sweep(path, int(states), int(actions), int(successors), float(discount))
    for _ in range(CHECKED_SWEEPS):
        sweep()
    checksum = float(sweep.values().sum())
    best, end = float("inf"), time.perf_counter() + float(seconds)
    while time.perf_counter() < end:
        start = time.perf_counter()
        sweep()
        best = min(best, time.perf_counter() - start)
    print(json.dumps({"seconds": best, "checksum": checksum, "numpy": np.__version__}))


if __name__ == "__main__":
    main()
