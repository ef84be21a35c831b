"""Runs on a real server for the tests: short ones, long ones, and what can be compared of their logs."""

from __future__ import annotations

import contextlib
from typing import Any, Dict, Iterator, List

import vsggym

LEARNER = "rommeo_ac"
GAMES = ("differential-v0", "climbing-v0")
SMALL: Dict[str, Any] = {"steps": 200, "hidden": [8], "batch": 16, "exploration_steps": 20, "learning_starts": 20}
LONG = {**SMALL, "steps": 100_000_000}
MIDDLE = {**SMALL, "steps": 1500}
"""Long enough to be killed in the middle, short enough to be waited for."""


@contextlib.contextmanager
def long_run(client: vsggym.Client, game: str = "climbing-v0", **settings: Any) -> Iterator[vsggym.Run]:
    """A run without a near end, cancelled and removed at the end."""
    run = client.train(game, LEARNER, LONG, evaluate_every=0, checkpoint_every=1_000_000, metrics_every=50, **settings)
    try:
        yield run
    finally:
        if not run.refresh().done:
            run.cancel()
        run.delete()


def until_running(run: vsggym.Run) -> None:
    """Waits for the first numbers of a run."""
    for event in run.watch():
        if isinstance(event, vsggym.Metrics):
            return


def policies_of(run: vsggym.Run) -> Dict[str, vsggym.Model]:
    """The model of each player's policy; a run may export more of a player."""
    return {model.player: model for model in run.models if model.file.startswith("policy.")}


def log_of(events: List[Any]) -> List[str]:
    """A log as two runs of the same hash share it: everything but the run's own id in what it exported."""
    shared = [e for e in events if not isinstance(e, vsggym.StateChanged)]
    return [f"{e.sequence} {e.step} {[m.file for m in e.models]}" if isinstance(e, vsggym.Exported) else repr(e) for e in shared]
