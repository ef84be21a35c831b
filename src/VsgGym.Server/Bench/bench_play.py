"""Measures env-steps per second of the Python client on pursuit beside Gymnasium's SyncVectorEnv of the same game in plain Python.

Usage: bench_play.py ADDRESS BYTES_ADDRESS [--sizes 1,64,1024,4096] [--rounds 7] [--seconds 0.4] [--json]

What is measured: one seat, the hunter, acts; the prey plays uniformly over its legal moves. One env-step is one step of one copy.
Horizon 22, next-step autoreset, illegal moves become "stay", actions drawn before the clock starts. The contenders take turns
within each round, so that a busy moment of the machine hits all of them; medians over the rounds are shown, and the ratio of the
best rounds, which is the one to read on a busy machine.
  SyncVectorEnv   Gymnasium's loop over environments written in plain Python below: tables, random.Random, no info at all
  with masks      the same with the legal-action mask in info, which is what the contenders below deliver too
  batch_env       vsggym.batch_env, players=["hunter"]: observations, rewards, flags and legal-action masks as arrays
  both seats      vsggym.batch_env with the actions of both seats sent and their arrays returned
  make_vec        vsggym.make_vec: Gymnasium's vector interface over the same server
Below each size, where a step of batch_env spends its time: a gRPC call without content; what the step's bytes add to it, measured
on a second server at BYTES_ADDRESS that takes and returns as many bytes and computes nothing; what the server adds to that; and
the work in Python. The second server answers without the server's gRPC library, so that "its bytes" is a lower bound, below 0 at
small sizes, and the server's part holds the library's work too. All parts are differences of measurements: on a
busy machine they are off by as much as the measurements are.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import sys
import time
from typing import Any, Callable, Dict, List, Optional, Tuple

import grpc
import gymnasium
import numpy as np

import vsggym

SIDE, NODES, HORIZON, CATCH = 3, 9, 22, 0.4
MOVES = ((0, 0), (-1, 0), (0, 1), (1, 0), (0, -1))


def _target(node: int, move: Tuple[int, int]) -> Optional[int]:
    row, column = node // SIDE + move[0], node % SIDE + move[1]
    return row * SIDE + column if 0 <= row < SIDE and 0 <= column < SIDE else None


TARGETS = [[_target(node, move) for move in MOVES] for node in range(NODES)]
PLAYED = [[node if target is None else target for target in TARGETS[node]] for node in range(NODES)]  # illegal: stay
LEGAL = [[target for target in TARGETS[node] if target is not None] for node in range(NODES)]


class PlainPursuit(gymnasium.Env):
    """The rules of pursuit-v0 for the hunter's seat, written to be quick in Python."""

    masks: Optional[List[np.ndarray]] = None

    def __init__(self) -> None:
        self.observation_space = gymnasium.spaces.Discrete(NODES * NODES)
        self.action_space = gymnasium.spaces.Discrete(len(MOVES))
        self._random = random.Random()
        self._hunter = self._prey = self._time = 0

    def reset(self, *, seed: Optional[int] = None, options: Optional[Dict[str, Any]] = None) -> Tuple[int, Dict[str, Any]]:
        """A uniformly random state."""
        if seed is not None:
            self._random.seed(seed)
        self._hunter, self._prey = divmod(int(self._random.random() * (NODES * NODES)), NODES)
        self._time = 0
        return self._hunter * NODES + self._prey, self._info()

    def step(self, action: int) -> Tuple[int, float, bool, bool, Dict[str, Any]]:
        """Both move; the reward is paid on the state before the move, and on the last state too."""
        reward = CATCH if self._hunter == self._prey else 0.0
        moves = LEGAL[self._prey]
        self._hunter = hunter = PLAYED[self._hunter][action]
        self._prey = prey = moves[int(self._random.random() * len(moves))]
        self._time += 1
        ended = self._time >= HORIZON
        if ended and hunter == prey:
            reward += CATCH
        return hunter * NODES + prey, reward, ended, False, self._info()

    def _info(self) -> Dict[str, Any]:
        return {} if self.masks is None else {"action_mask": self.masks[self._hunter]}


class MaskedPursuit(PlainPursuit):
    """The same, and it tells the legal moves."""

    masks = [np.array([target is not None for target in TARGETS[node]], np.int8) for node in range(NODES)]


COLUMNS = ("SyncVectorEnv", "with masks", "batch_env", "both seats", "make_vec")
REFERENCES = COLUMNS[:2]
Step = Callable[[int], Any]


def contenders(client: vsggym.Client, copies: int) -> Tuple[Dict[str, Step], List[Any]]:
    """A function per contender that takes the i-th step, and what to close in the end."""
    draws = np.random.default_rng(0).integers(0, len(MOVES), size=(16, 2, copies))
    wide, narrow = [row[0].astype(np.int64) for row in draws], [(row[0].astype(np.int32), row[1].astype(np.int32)) for row in draws]
    sync = gymnasium.vector.SyncVectorEnv([PlainPursuit] * copies)
    masked = gymnasium.vector.SyncVectorEnv([MaskedPursuit] * copies)
    hunter = client.batch_env("pursuit-v0", copies, players=["hunter"], seed=0, illegal_actions="first_legal")
    both = client.batch_env("pursuit-v0", copies, seed=0, illegal_actions="first_legal")
    vector = client.make_vec("pursuit-v0", copies, "hunter", seed=0)
    for env in (sync, masked, hunter, both, vector):
        env.reset(seed=0)
    steps: Dict[str, Step] = {
        "SyncVectorEnv": lambda i: sync.step(wide[i % 16]),
        "with masks": lambda i: masked.step(wide[i % 16]),
        "batch_env": lambda i: hunter.step((narrow[i % 16][0],)),
        "both seats": lambda i: both.step(narrow[i % 16]),
        "make_vec": lambda i: vector.step(wide[i % 16]),
    }
    return steps, [hunter, sync, masked, both, vector]


def per_step(step: Step, seconds: float) -> Tuple[float, float]:
    """Wall and processor seconds of this process per call."""
    count, start, used = 0, time.perf_counter(), time.process_time()
    while True:
        for _ in range(4):
            step(count)
            count += 1
        now = time.perf_counter()
        if now - start >= seconds:
            return (now - start) / count, (time.process_time() - used) / count


def measure(client: vsggym.Client, floor: grpc.Channel, copies: int, rounds: int, seconds: float) -> Dict[str, Any]:
    """Medians of one batch size."""
    steps, environments = contenders(client, copies)
    hunter = environments[0]
    bare = client._connection.channel.unary_unary("/grpc.health.v1.Health/Check")
    session = hunter._session
    steps["bare call"] = lambda i: bare(b"")
    requests = []
    for i in range(16):
        steps["batch_env"](i)
        requests.append(bytes(session.codec.request))
    steps["step call"] = lambda i: session._send_step(requests[i % 16])
    same_bytes = floor.unary_unary(f"/bytes/{session.made.step_bytes}")
    steps["same bytes"] = lambda i: same_bytes(requests[i % 16])
    steps["arrays"] = lambda i: hunter._arrays(bytearray(session.made.step_bytes))
    for step in steps.values():
        per_step(step, seconds / 4)
    samples: Dict[str, List[Tuple[float, float]]] = {name: [] for name in steps}
    for _ in range(rounds):
        for name, step in steps.items():
            samples[name].append(per_step(step, seconds))
    for environment in environments:
        environment.close()
    wall = {name: statistics.median(w for w, _ in found) for name, found in samples.items()}
    best = {name: min(w for w, _ in found) for name, found in samples.items()}
    ratios = {name: [s[0] / b[0] for s, b in zip(samples[name], samples["batch_env"])] for name in REFERENCES}
    return {
        "copies": copies,
        "steps_per_second": {name: copies / wall[name] for name in COLUMNS},
        "ratios": {
            name: {"median": statistics.median(r), "least": min(r), "greatest": max(r), "of_best": best[name] / best["batch_env"]}
            for name, r in ratios.items()
        },
        "microseconds": {name: seconds_ * 1e6 for name, seconds_ in wall.items()},
        "least_microseconds": {name: seconds_ * 1e6 for name, seconds_ in best.items()},
        "client_cpu_microseconds": statistics.median(c for _, c in samples["batch_env"]) * 1e6,
        "bytes": {"request": len(session.codec.request), "response": int(session.made.step_bytes)},
    }


def show(result: Dict[str, Any]) -> None:
    """One batch size as text."""
    rate, took, size = result["steps_per_second"], result["microseconds"], result["bytes"]
    ratios = "".join(f"   {r['median']:>6.1f}x ({r['least']:.1f} to {r['greatest']:.1f}; {r['of_best']:.1f})" for r in result["ratios"].values())
    print(f"{result['copies']:>5} copies   " + " ".join(f"{rate[name]:>13,.0f}" for name in COLUMNS) + ratios)
    for title, spent in (("median", took), ("best", result["least_microseconds"])):
        parts = ("bare call", "same bytes", "step call", "batch_env")
        bare, same, call, whole = (spent[name] for name in parts)
        print(f"      {title:>6}: batch_env step {whole:.0f} us = bare gRPC call {bare:.0f} + its bytes {same - bare:.0f}"
              f" + the server's step and gRPC library {call - same:.0f} + Python's actions and arrays {whole - call:.0f}")  # fmt: skip
    print(f"              {size['request']} bytes out, {size['response']} back; this process computes for"
          f" {result['client_cpu_microseconds']:.0f} us of the median; {whole / same:.2f} times the call that only moves the bytes")  # fmt: skip


def machine() -> str:
    """Processor, cores this process may use, and versions."""
    model = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            model = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), model)
    except OSError:
        pass  # no Linux
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{model}, {cores} cores; Python {platform.python_version()}, grpcio {grpc.__version__}, gymnasium {gymnasium.__version__}, numpy {np.__version__}"


def main() -> int:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("address")
    parser.add_argument("bytes_address")
    parser.add_argument("--sizes", default="1,64,1024,4096")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=0.3)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    results = []
    with vsggym.connect(arguments.address) as client, grpc.insecure_channel(arguments.bytes_address) as floor:
        if not arguments.json:
            print(f"pursuit-v0, the hunter's seat against a uniform prey, over {client.address}; env-steps/s, medians of {arguments.rounds} interleaved rounds")
            print(machine())
            print(f"{'':>14} " + " ".join(f"{name:>13}" for name in COLUMNS) + "   batch_env / SyncVectorEnv, / with masks (least to greatest; of the best rounds)")
        for copies in map(int, arguments.sizes.split(",")):
            results.append(measure(client, floor, copies, arguments.rounds, arguments.seconds))
            if not arguments.json:
                show(results[-1])
                sys.stdout.flush()
    if arguments.json:
        print(json.dumps({"address": arguments.address, "machine": machine(), "rounds": arguments.rounds, "results": results}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
