"""Games that the caller brings: payoff arrays, tables, Gambit files."""

from __future__ import annotations

import os
from typing import Any, Mapping, Optional, Sequence, Union

from . import _tensors
from ._proto import common_pb2
from .errors import invalid


class NormalFormGame:
    """One simultaneous decision: ``payoffs`` float64 [N, A_1, ..., A_N], N at least 1.

    ``players`` are N names (default ``player_0``, ...), ``actions`` one list of labels per player. The server checks it.
    """

    def __init__(
        self, payoffs: Any, *, players: Optional[Sequence[str]] = None, actions: Optional[Sequence[Sequence[str]]] = None, title: str = ""
    ) -> None:
        self.payoffs = payoffs
        self.players = _names(players, "players")
        self.actions = _labels(actions)
        self.title = title

    def to_message(self) -> common_pb2.GameSpec:
        """The game as the protocol has it."""
        return common_pb2.GameSpec(
            normal_form=common_pb2.NormalFormGame(
                payoffs=_tensors.encode(self.payoffs, "payoffs"), players=self.players, actions=self.actions, title=self.title
            )
        )


class TabularGame:
    """A finite stochastic game with exactly one of ``discount`` in (0, 1) and ``horizon`` T >= 1 (decisions at times 0..T-1).

    ``rewards`` [N, S, A_1, ..., A_N]; ``transitions`` [S, A_1, ..., A_N, S], whose rows sum to 1, and a row of zeros ends the
    episode; ``initial`` [S], default state 0; ``terminal_rewards`` [N, S], paid on the state at time T. The server checks it.
    """

    def __init__(
        self,
        rewards: Any,
        transitions: Any,
        initial: Any = None,
        *,
        discount: Optional[float] = None,
        horizon: Optional[int] = None,
        terminal_rewards: Any = None,
        players: Optional[Sequence[str]] = None,
        actions: Optional[Sequence[Sequence[str]]] = None,
        states: Optional[Sequence[str]] = None,
        title: str = "",
    ) -> None:
        if horizon is not None and int(horizon) != horizon:
            raise invalid("horizon", horizon, "must be a whole number", "wrong_type")
        self.rewards, self.transitions, self.initial, self.terminal_rewards = rewards, transitions, initial, terminal_rewards
        self.discount, self.horizon = discount, horizon
        self.players, self.states = _names(players, "players"), _names(states, "states")
        self.actions = _labels(actions)
        self.title = title

    def to_message(self) -> common_pb2.GameSpec:
        """The game as the protocol has it."""
        table = common_pb2.TabularGame(
            rewards=_tensors.encode(self.rewards, "rewards"),
            transitions=_tensors.encode(self.transitions, "transitions"),
            players=self.players,
            actions=self.actions,
            states=self.states,
            title=self.title,
        )
        if self.initial is not None:
            table.initial.CopyFrom(_tensors.encode(self.initial, "initial"))
        if self.terminal_rewards is not None:
            table.terminal_rewards.CopyFrom(_tensors.encode(self.terminal_rewards, "terminal_rewards"))
        if self.discount is not None:
            table.discount = float(self.discount)
        if self.horizon is not None:
            table.horizon = int(self.horizon)
        return common_pb2.GameSpec(tabular=table)


GameLike = Union[str, "os.PathLike[str]", NormalFormGame, TabularGame]
"""An id, an uploaded game's id, a path to a ``.nfg`` file, or a game given in full."""


def to_message(game: GameLike, options: Optional[Mapping[str, Any]] = None) -> common_pb2.GameSpec:
    """What a caller names as a game, as the protocol has it; a path is read here."""
    if isinstance(game, (NormalFormGame, TabularGame)):
        spec = game.to_message()
    elif isinstance(game, os.PathLike) or (isinstance(game, str) and game.endswith(".nfg")):
        spec = common_pb2.GameSpec(nfg=_read(os.fspath(game)))
    elif isinstance(game, str):
        spec = common_pb2.GameSpec(id=game)
    else:
        raise invalid("game", type(game).__name__, "must be an id, a path to a .nfg file, a NormalFormGame or a TabularGame", "wrong_type")
    spec.options_json = _tensors.options_json(options, "game.options")
    return spec


def short_name(game: GameLike) -> str:
    """A name for messages and Gymnasium ids."""
    if isinstance(game, (NormalFormGame, TabularGame)):
        return "normal_form" if isinstance(game, NormalFormGame) else "table"
    return os.path.basename(os.fspath(game))


def _read(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def _names(names: Optional[Sequence[str]], path: str) -> Sequence[str]:
    if names is None:
        return ()
    if isinstance(names, str) or not all(isinstance(name, str) for name in names):
        raise invalid(path, names, "must be a list of texts", "wrong_type")
    if len(names) == 0:
        raise invalid(path, "[]", "must not be empty; leave it out for default names", "empty")
    return tuple(names)


def _labels(actions: Optional[Sequence[Sequence[str]]]) -> Sequence[common_pb2.ActionLabels]:
    if actions is None:
        return ()
    if len(actions) == 0:
        raise invalid("actions", "[]", "must not be empty; leave it out for no labels", "empty")
    return tuple(common_pb2.ActionLabels(labels=_names(labels, f"actions[{i}]")) for i, labels in enumerate(actions))
