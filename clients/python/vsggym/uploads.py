"""Games that the caller brings: payoff arrays, tables, Gambit files."""

from __future__ import annotations

import os
from typing import Any, Iterable, Mapping, Optional, Sequence, Union

from . import _tensors
from ._checks import real, text, whole
from ._proto import common_pb2
from .errors import Fault, InvalidArgument, invalid


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
        self.title = text(title, "title", "a text")

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
    episode; ``initial`` [S], default state 0; ``terminal_rewards`` [N, S], paid on the state at time T. The constructor
    checks how many dimensions each has, the server everything else.
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
        _check_dimensions(rewards, transitions, initial, terminal_rewards)
        self.rewards, self.transitions, self.initial, self.terminal_rewards = rewards, transitions, initial, terminal_rewards
        self.discount = None if discount is None else real(discount, "discount")
        self.horizon = None if horizon is None else whole(horizon, "horizon")
        self.players, self.states = _names(players, "players"), _names(states, "states")
        self.actions = _labels(actions)
        self.title = text(title, "title", "a text")

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
            table.discount = self.discount
        if self.horizon is not None:
            table.horizon = self.horizon
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
        spec = common_pb2.GameSpec(id=text(game, "game", "an id"))
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
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except UnicodeDecodeError as error:
        given = f"{os.path.basename(path)}: byte 0x{error.object[error.start]:02x}"
        raise invalid("game.nfg", given, f"the file {path} must be UTF-8 text: convert it", "not_utf8") from None


def _check_dimensions(rewards: Any, transitions: Any, initial: Any, terminal_rewards: Any) -> None:
    """Names every array of a table whose count of dimensions is wrong."""
    shape = _tensors.shape(rewards, "rewards")
    players = shape[0] if shape else 0
    with_actions = f"{players + 2} dimensions for {players} players" if shape else "N + 2 dimensions for N players"
    expected = [
        ("rewards", shape, players + 2 if shape else None, f"must be [N, S, A_1, ..., A_N]: {with_actions}"),
        ("transitions", _tensors.shape(transitions, "transitions"), players + 2 if shape else None, f"must be [S, A_1, ..., A_N, S]: {with_actions}"),
    ]
    if initial is not None:
        expected.append(("initial", _tensors.shape(initial, "initial"), 1, "must be [S]: 1 dimension"))
    if terminal_rewards is not None:
        expected.append(("terminal_rewards", _tensors.shape(terminal_rewards, "terminal_rewards"), 2, "must be [N, S]: 2 dimensions"))
    faults = [Fault(path, f"shape {list(found)}", rule, "wrong_shape") for path, found, count, rule in expected if len(found) != count]
    if faults:
        raise InvalidArgument("", faults)


def _names(names: Optional[Sequence[str]], path: str) -> Sequence[str]:
    if names is None:
        return ()
    if isinstance(names, str) or not isinstance(names, Iterable):
        raise invalid(path, names, "must be a list of texts", "wrong_type")
    checked = tuple(text(name, f"{path}[{i}]", "a text") for i, name in enumerate(names))
    if not checked:
        raise invalid(path, "[]", "must not be empty; leave it out for default names", "empty")
    return checked


def _labels(actions: Optional[Sequence[Sequence[str]]]) -> Sequence[common_pb2.ActionLabels]:
    if actions is None:
        return ()
    if isinstance(actions, str) or not isinstance(actions, Iterable):
        raise invalid("actions", actions, "must be a list of lists of texts, one per player", "wrong_type")
    labels_of = tuple(actions)
    if not labels_of:
        raise invalid("actions", "[]", "must not be empty; leave it out for no labels", "empty")
    return tuple(common_pb2.ActionLabels(labels=_names(labels, f"actions[{i}]")) for i, labels in enumerate(labels_of))
