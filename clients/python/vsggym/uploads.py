"""Games that the caller brings: payoff arrays, tables, mean-field games, flow graphs, Gambit files."""

from __future__ import annotations

import os
from typing import Any, Iterable, Mapping, Optional, Sequence, Tuple, Union

import numpy as np

from . import _tensors
from ._checks import real, text, whole
from ._proto import common_pb2
from .errors import Fault, InvalidArgument, invalid
from .sparse import SparseArray


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
    episode; ``initial`` [S], default state 0; ``terminal_rewards`` [N, S], paid on the state at time T; ``legal_actions``
    one bool array [S, A_p] per player, default all legal. ``rewards`` and ``transitions`` may each be a :class:`SparseArray`.
    The constructor checks how many dimensions each has, the server everything else.
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
        legal_actions: Optional[Sequence[Any]] = None,
    ) -> None:
        _check_dimensions(rewards, transitions, initial, terminal_rewards)
        self.rewards, self.transitions, self.initial, self.terminal_rewards = rewards, transitions, initial, terminal_rewards
        self.discount = None if discount is None else real(discount, "discount")
        self.horizon = None if horizon is None else whole(horizon, "horizon")
        self.players, self.states = _names(players, "players"), _names(states, "states")
        self.actions = _labels(actions)
        self.title = text(title, "title", "a text")
        self.legal_actions = None if legal_actions is None else tuple(legal_actions)

    def to_message(self) -> common_pb2.GameSpec:
        """The game as the protocol has it."""
        table = common_pb2.TabularGame(
            players=self.players,
            actions=self.actions,
            states=self.states,
            title=self.title,
        )
        for name, array in (("rewards", self.rewards), ("transitions", self.transitions)):
            if isinstance(array, SparseArray):
                getattr(table, f"sparse_{name}").CopyFrom(array.to_message(f"sparse_{name}"))
            else:
                getattr(table, name).CopyFrom(_tensors.encode(array, name))
        table.legal_actions.extend(_tensors.encode_flags(mask, f"legal_actions[{p}]") for p, mask in enumerate(self.legal_actions or ()))
        if self.initial is not None:
            table.initial.CopyFrom(_tensors.encode(self.initial, "initial"))
        if self.terminal_rewards is not None:
            table.terminal_rewards.CopyFrom(_tensors.encode(self.terminal_rewards, "terminal_rewards"))
        if self.discount is not None:
            table.discount = self.discount
        if self.horizon is not None:
            table.horizon = self.horizon
        return common_pb2.GameSpec(tabular=table)


class MeanFieldGame:
    """A game of a population, whose rewards and transitions are linear in its distribution mu over the states.

    ``rewards`` [S, A] and ``mass_rewards`` [S, A, S]: the reward of s, a is rewards[s, a] + sum over z of mu(z) mass_rewards[s, a, z].
    ``transitions`` [S, A, S] and ``mass_transitions`` [S, A, S, S]: the probability of s' is transitions[s, a, s'] + sum over z of
    mu(z) mass_transitions[s, a, s', z]. Each of the four may have T times as its first axis. ``initial`` [S], default all in state 0;
    ``horizon`` T >= 1 decisions. Played by ``agents`` agents, 1 to 1000, default 10. The server checks it.
    """

    def __init__(
        self,
        rewards: Any,
        transitions: Any,
        initial: Any = None,
        *,
        horizon: int,
        agents: Optional[int] = None,
        mass_rewards: Any = None,
        mass_transitions: Any = None,
        states: Optional[Sequence[str]] = None,
        actions: Optional[Sequence[str]] = None,
        title: str = "",
    ) -> None:
        self.rewards, self.transitions, self.initial = rewards, transitions, initial
        self.mass_rewards, self.mass_transitions = mass_rewards, mass_transitions
        self.horizon = whole(horizon, "horizon")
        self.agents = None if agents is None else whole(agents, "agents")
        self.states, self.actions = _names(states, "states"), _names(actions, "actions")
        self.title = text(title, "title", "a text")

    def to_message(self) -> common_pb2.GameSpec:
        """The game as the protocol has it."""
        game = common_pb2.MeanFieldGame(horizon=self.horizon, states=self.states, actions=self.actions, title=self.title, agents=self.agents)
        for name in ("rewards", "transitions", "initial", "mass_rewards", "mass_transitions"):
            if getattr(self, name) is not None:
                getattr(game, name).CopyFrom(_tensors.encode(getattr(self, name), name))
        return common_pb2.GameSpec(mean_field=game)


class FlowGraph:
    """A directed graph without cycles, walked from ``root`` to a node without edges, which pays its return.

    ``edges`` whole numbers [E, 2], from and to; ``returns`` [nodes], or [N, nodes] for N players: above 0 at nodes without edges, 0
    elsewhere. ``owners`` [nodes]: the player who moves there, default the first; ``edge_actions`` [E]: the number of each edge among
    the actions at its node, default the order of the edges. ``labels`` name the nodes, ``actions`` the actions. The server checks it.
    """

    def __init__(
        self,
        edges: Any,
        returns: Any,
        root: int = 0,
        *,
        labels: Optional[Sequence[str]] = None,
        players: Optional[Sequence[str]] = None,
        owners: Any = None,
        edge_actions: Any = None,
        actions: Optional[Sequence[str]] = None,
        title: str = "",
    ) -> None:
        self.edges, self.returns = edges, returns
        self.root = whole(root, "root", 0)
        self.labels, self.players, self.actions = _names(labels, "labels"), _names(players, "players"), _names(actions, "actions")
        self.owners, self.edge_actions = owners, edge_actions
        self.title = text(title, "title", "a text")

    def to_message(self) -> common_pb2.GameSpec:
        """The game as the protocol has it."""
        shape = _tensors.shape(self.returns, "returns")
        graph = common_pb2.FlowGraph(
            nodes=shape[-1] if shape else 0,
            edges=_tensors.encode_whole(self.edges, "edges"),
            returns=_tensors.encode(self.returns, "returns"),
            root=self.root,
            labels=self.labels,
            players=self.players,
            action_labels=self.actions,
            title=self.title,
        )
        if self.owners is not None:
            graph.owners.CopyFrom(_tensors.encode_whole(self.owners, "owners"))
        if self.edge_actions is not None:
            graph.actions.CopyFrom(_tensors.encode_whole(self.edge_actions, "edge_actions"))
        return common_pb2.GameSpec(flow=graph)


GameLike = Union[str, "os.PathLike[str]", NormalFormGame, TabularGame, MeanFieldGame, FlowGraph]
"""An id, an uploaded game's id, a path to a ``.nfg`` or ``.efg`` file, or a game given in full."""

_IN_FULL = {NormalFormGame: "normal_form", TabularGame: "table", MeanFieldGame: "mean_field", FlowGraph: "flow"}


def is_file(game: Any) -> bool:
    """Whether a text or path names a Gambit file."""
    return isinstance(game, os.PathLike) or (isinstance(game, str) and game.endswith((".nfg", ".efg")))


def to_message(game: GameLike, options: Optional[Mapping[str, Any]] = None) -> common_pb2.GameSpec:
    """What a caller names as a game, as the protocol has it; a path is read here, as .efg where its name ends so and else as .nfg."""
    if isinstance(game, tuple(_IN_FULL)):
        spec = game.to_message()
    elif is_file(game):
        path = os.fspath(game)
        form = "efg" if path.endswith(".efg") else "nfg"
        spec = common_pb2.GameSpec(**{form: _read(path, form)})
    elif isinstance(game, str):
        spec = common_pb2.GameSpec(id=text(game, "game", "an id"))
    else:
        rule = f"must be an id, a path to a .nfg or .efg file, or a {', '.join(kind.__name__ for kind in _IN_FULL)}"
        raise invalid("game", type(game).__name__, rule, "wrong_type")
    spec.options_json = _tensors.options_json(options, "game.options")
    return spec


def short_name(game: GameLike) -> str:
    """A name for messages and Gymnasium ids."""
    for kind, name in _IN_FULL.items():
        if isinstance(game, kind):
            return name
    return os.path.basename(os.fspath(game))


def _read(path: str, form: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except UnicodeDecodeError as error:
        given = f"{os.path.basename(path)}: byte 0x{error.object[error.start]:02x}"
        raise invalid(f"game.{form}", given, f"the file {path} must be UTF-8 text: convert it", "not_utf8") from None


def _shape(array: Any, path: str) -> Tuple[int, ...]:
    return array.shape if isinstance(array, SparseArray) else _tensors.shape(array, path)


def _check_dimensions(rewards: Any, transitions: Any, initial: Any, terminal_rewards: Any) -> None:
    """Names every array of a table whose count of dimensions is wrong."""
    shape = _shape(rewards, "rewards")
    players = shape[0] if shape else 0
    with_actions = f"{players + 2} dimensions for {players} players" if shape else "N + 2 dimensions for N players"
    expected = [
        ("rewards", shape, players + 2 if shape else None, f"must be [N, S, A_1, ..., A_N]: {with_actions}"),
        ("transitions", _shape(transitions, "transitions"), players + 2 if shape else None, f"must be [S, A_1, ..., A_N, S]: {with_actions}"),
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
