"""Every seat of many copies of a game as numpy arrays: the fast path."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple, Union

import numpy as np

from . import _tensors, spaces
from ._actions import ActionWriter
from ._checks import choice, whole
from ._proto import environment_pb2 as pb
from ._session import Session
from .errors import FailedPrecondition, invalid
from .spaces import Space

Arrays = Dict[str, np.ndarray]


class BatchStep(NamedTuple):
    """What a step brought, per player; the arrays are the caller's own and may be written."""

    observations: Arrays
    """int32 [B], or float32 [B, n] for a box."""
    rewards: Arrays
    """float64 [B]."""
    terminated: Arrays
    """bool [B]: the rules ended the seat's episode."""
    truncated: Arrays
    """bool [B]: a time limit cut it."""
    live: Arrays
    """bool [B]: the seat is in the episode after the step."""
    legal_actions: Arrays
    """bool [B, A]; empty dict where the game forbids nothing."""
    final_observations: Arrays
    """With same-step autoreset, the last observation where an episode ended; else an empty dict."""


_KINDS = {
    pb.FIELD_KIND_OBSERVATION: 0,
    pb.FIELD_KIND_REWARD: 1,
    pb.FIELD_KIND_TERMINATED: 2,
    pb.FIELD_KIND_TRUNCATED: 3,
    pb.FIELD_KIND_LIVE: 4,
    pb.FIELD_KIND_LEGAL_ACTIONS: 5,
    pb.FIELD_KIND_FINAL_OBSERVATION: 6,
}


_FORMATS = {"text": pb.RENDER_FORMAT_TEXT, "svg": pb.RENDER_FORMAT_SVG, "rgb": pb.RENDER_FORMAT_RGB}


class BatchEnv:
    """``num_envs`` copies of a game; made by :func:`vsggym.batch_env`. One thread at a time."""

    def __init__(self, session: Session) -> None:
        made = session.made
        self._session = session
        self.game_id: str = made.game_id
        self.players: Tuple[str, ...] = tuple(p.name for p in made.players)
        """The caller's seats, in the order of the actions."""
        self.all_players: Tuple[str, ...] = tuple(made.all_players)
        self.observation_spaces: Dict[str, Space] = {p.name: spaces.from_message(p.observation) for p in made.players}
        self.action_spaces: Dict[str, Space] = {p.name: spaces.from_message(p.action) for p in made.players}
        self.num_envs: int = len(made.seeds)
        self.horizon: Optional[int] = made.horizon if made.HasField("horizon") else None
        self.discount: float = made.discount
        self.reward_range: Tuple[float, float] = (made.lowest_reward, made.highest_reward)
        self.autoreset: str = AUTORESET_NAMES[made.autoreset]
        self.seeds: Tuple[int, ...] = tuple(made.seeds)
        """The effective seed of each copy."""
        self.last: Optional[BatchStep] = None
        """The last reset's or step's arrays."""
        self.data: bytearray = bytearray()
        """The bytes under those arrays, as the server sent them."""
        self._fields: List[Tuple[int, str, Tuple[int, ...], np.dtype, int]] = [
            (_KINDS[f.kind], f.player, tuple(f.shape), _tensors.DTYPES[f.dtype], f.offset) for f in made.fields if f.kind in _KINDS
        ]
        self._writers = self._make_writers()
        self._ordered = tuple(self._writers.values())

    def reset(self, seed: Union[None, int, Sequence[int]] = None, mask: Optional[np.ndarray] = None) -> Arrays:
        """Starts new episodes and returns the observations of every copy.

        ``seed``: None goes on with the copies' streams, an int gives copy k the seed + k, a list gives one each.
        ``mask``: bool [num_envs], which copies to reset; default all.
        """
        data, seeds = self._session.reset(check_seeds(seed, self.num_envs), self._check_mask(mask))
        if seeds is not None:
            self.seeds = seeds
        return self._arrays(data).observations

    def step(self, actions: Union[Mapping[str, Any], Sequence[Any]]) -> BatchStep:
        """Takes one step with int32 [B] or float32 [B, n] actions per player: a dict, or a tuple in the order of ``players``.

        Other widths are taken too: whole numbers must fit, real numbers are rounded to float32.
        """
        if isinstance(actions, Mapping):
            self._write_mapping(actions)
        else:
            if not isinstance(actions, (tuple, list)) and not (isinstance(actions, np.ndarray) and actions.ndim):
                raise invalid("actions", actions, f"must be a dict, or a tuple with one array per player: {', '.join(self.players)}", "wrong_type")
            if len(actions) != len(self._ordered):
                raise invalid("actions", f"{len(actions)} arrays", f"must have one array per player: {', '.join(self.players)}", "wrong_shape")
            for writer, own in zip(self._ordered, actions):
                writer.write(own)
        return self._arrays(self._session.step()[0])

    def render(self, copy: int = 0, format: str = "text") -> Any:
        """A picture of one copy: a str with ``text`` or ``svg``; with ``rgb`` the SVG's pixels on a light page, uint8 [H, W, 3]."""
        response = self._session.render(whole(copy, "copy", 0), choice(_FORMATS, format, "format"))
        if format != "rgb":
            return response.picture
        return np.frombuffer(response.pixels, np.uint8).reshape(response.height, response.width, 3).copy()

    def close(self) -> None:
        """Gives the copies back to the server; safe to repeat."""
        self._session.close()

    @property
    def closed(self) -> bool:
        """Whether the copies were given back."""
        return self._session.closed

    def __enter__(self) -> "BatchEnv":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"BatchEnv({self.game_id}, num_envs={self.num_envs}, players={list(self.players)})"

    def __reduce__(self) -> Any:
        raise FailedPrecondition("an environment lives in one process and cannot be pickled: make it in the process that plays it")

    def _make_writers(self) -> Dict[str, ActionWriter]:
        writers: Dict[str, ActionWriter] = {}
        offset = self._session.codec.actions_at
        for player in self.players:
            writer = ActionWriter(player, self.action_spaces[player], self.num_envs, self._session.codec.request, offset)
            writers[player] = writer
            offset += writer.bytes
        return writers

    def _write_mapping(self, actions: Mapping[str, Any]) -> None:
        writers = self._writers
        if len(actions) != len(writers) or any(player not in writers for player in actions):
            self._explain_players(actions)
        for player, own in actions.items():
            writers[player].write(own)

    def _explain_players(self, actions: Mapping[str, Any]) -> None:
        for player in actions:
            if player not in self._writers:
                raise invalid(f"actions.{player}", player, f"no such player here; known: {', '.join(self.players)}", "unknown_player")
        for player in self._writers:
            if player not in actions:
                raise invalid(f"actions.{player}", "absent", "every player needs an array of actions", "missing")

    def _check_mask(self, mask: Any) -> bytes:
        if mask is None:
            return b""
        array = np.asarray(mask)
        if array.dtype != np.bool_:
            raise invalid("reset_mask", f"dtype {array.dtype}", "must be bool", "wrong_dtype")
        if array.shape != (self.num_envs,):
            raise invalid("reset_mask", f"shape {list(array.shape)}", f"must have shape [{self.num_envs}]", "wrong_shape")
        return array.tobytes()

    def _arrays(self, data: bytearray) -> BatchStep:
        groups: Tuple[Arrays, ...] = ({}, {}, {}, {}, {}, {}, {})
        for group, player, shape, dtype, offset in self._fields:
            groups[group][player] = np.ndarray(shape, dtype, data, offset)
        self.data = data
        self.last = step = BatchStep._make(groups)
        return step


AUTORESET = {
    "next_step": pb.AUTORESET_MODE_NEXT_STEP,
    "same_step": pb.AUTORESET_MODE_SAME_STEP,
    "disabled": pb.AUTORESET_MODE_DISABLED,
}
AUTORESET_NAMES = {number: name for name, number in AUTORESET.items()}


def check_seed(seed: Any, path: str = "seed") -> int:
    """A seed in [0, 2^64)."""
    if isinstance(seed, (bool, np.bool_)) or not isinstance(seed, (int, np.integer)):
        raise invalid(path, seed, "must be a whole number", "wrong_type")
    if not 0 <= int(seed) < 2**64:
        raise invalid(path, seed, "must be in [0, 2^64)", "out_of_range")
    return int(seed)


def check_seeds(seed: Any, num_envs: int) -> List[int]:
    """The seeds of a reset: none, one, or one per copy."""
    if seed is None:
        return []
    if isinstance(seed, (list, tuple, np.ndarray)):
        if len(seed) != num_envs:
            raise invalid("seeds", f"{len(seed)} seeds", f"give none, one, or one per copy ({num_envs})", "wrong_shape")
        return [check_seed(s, f"seeds[{i}]") for i, s in enumerate(seed)]
    return [check_seed(seed, "seeds")]
