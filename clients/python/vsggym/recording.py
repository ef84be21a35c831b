"""An episode that the server played and drew, as one picture that moves."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any, Dict, Iterable

from ._checks import real, whole
from ._files import to_path
from ._proto import environment_pb2 as pb
from .batch import check_seed
from .errors import invalid

MOST_STEPS = 1000
_SHORTEST_SECONDS, _LONGEST_SECONDS = 0.05, 60.0


@dataclasses.dataclass(frozen=True)
class Recording:
    """One episode, or its beginning, as an animated SVG; notebooks show it by itself."""

    svg: str
    """The whole document: the start and every step, again and again, without scripts."""
    steps: int
    returns: Dict[str, float]
    """Sum of rewards per player."""
    seed: int
    """The same seed, game and policies give the same recording."""
    ended: bool
    """Whether the episode ended by the game's own rules."""

    def save(self, path: Any) -> Path:
        """Writes the SVG to a file and returns where it is."""
        file = to_path(path, "path")
        file.write_bytes(self.svg.encode())
        return file

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        scores = ", ".join(f"{player} {score:.4g}" for player, score in self.returns.items())
        return f"Recording({self.steps} steps; {scores}; seed {self.seed})"


def record_request(game: Any, seed: Any, max_steps: Any, seconds_per_step: Any) -> pb.RecordRequest:
    """The request, but for who plays."""
    request = pb.RecordRequest(game=game, max_steps=0 if max_steps is None else whole(max_steps, "max_steps", 1, MOST_STEPS))
    if seed is not None:
        request.seed = check_seed(seed)
    if seconds_per_step is not None:
        request.seconds_per_step = real(seconds_per_step, "seconds_per_step")
        if not _SHORTEST_SECONDS <= request.seconds_per_step <= _LONGEST_SECONDS:
            raise invalid("seconds_per_step", seconds_per_step, f"must be in [{_SHORTEST_SECONDS:g}, {_LONGEST_SECONDS:g}]", "out_of_range")
    return request


def recording_of(message: pb.RecordResponse, players: Iterable[str]) -> Recording:
    """A recording of the protocol."""
    return Recording(message.svg, message.steps, dict(zip(players, message.returns)), message.seed, message.ended)
