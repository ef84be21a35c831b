"""What the server keeps of its callers' games, and games given back as arrays."""

from __future__ import annotations

import dataclasses
from typing import Any, Optional, Tuple, Union

import numpy as np

from . import _tensors
from ._proto import catalog_pb2, common_pb2
from .sparse import SparseArray
from .uploads import FlowGraph, MeanFieldGame, TabularGame


@dataclasses.dataclass(frozen=True)
class Upload:
    """An uploaded game: ``kind`` is tabular, mean_field or flow, ``bytes`` the length of the message that brought it."""

    id: str
    title: str
    kind: str
    bytes: int


@dataclasses.dataclass(frozen=True, repr=False)
class ExportedGame:
    """A game as arrays. ``game`` is a TabularGame, MeanFieldGame or FlowGraph, whose attributes are numpy arrays; what it has can be
    read here too: ``exported.rewards``, ``exported.transitions``, ``exported.edges``.

    ``nfg``: Gambit's normal-form text of a game of one state and one decision, else None.
    """

    game: Union[TabularGame, MeanFieldGame, FlowGraph]
    nfg: Optional[str]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in ("game", "nfg"):
            raise AttributeError(name)
        return getattr(self.game, name)

    def __repr__(self) -> str:
        return f"ExportedGame({type(self.game).__name__} {self.game.title!r}{', with nfg' if self.nfg is not None else ''})"


def upload(message: catalog_pb2.Upload) -> Upload:
    """A kept game of the protocol."""
    return Upload(message.id, message.title, message.kind, message.bytes)


def exported(message: catalog_pb2.ExportGameResponse) -> ExportedGame:
    """A game of the protocol as arrays."""
    readers = {"tabular": _table, "mean_field": _mean_field, "flow": _flow}
    source = message.game.WhichOneof("source")
    return ExportedGame(readers[source](getattr(message.game, source)), message.nfg or None)


def _array(message: Any, name: str) -> Optional[np.ndarray]:
    return _tensors.decode(getattr(message, name)) if message.HasField(name) else None


def _either(table: common_pb2.TabularGame, name: str) -> Union[np.ndarray, SparseArray, None]:
    if not table.HasField(f"sparse_{name}"):
        return _array(table, name)
    sparse = getattr(table, f"sparse_{name}")
    return SparseArray(_tensors.decode(sparse.indices), _tensors.decode(sparse.values), tuple(sparse.shape))


def _table(table: common_pb2.TabularGame) -> TabularGame:
    return TabularGame(
        _either(table, "rewards"),
        _either(table, "transitions"),
        _array(table, "initial"),
        discount=table.discount if table.HasField("discount") else None,
        horizon=table.horizon if table.HasField("horizon") else None,
        terminal_rewards=_array(table, "terminal_rewards"),
        players=tuple(table.players),
        actions=tuple(tuple(labels.labels) for labels in table.actions),
        states=_names(table.states),
        title=table.title,
        legal_actions=tuple(_tensors.decode(mask) for mask in table.legal_actions) or None,
    )


def _mean_field(game: common_pb2.MeanFieldGame) -> MeanFieldGame:
    return MeanFieldGame(
        _array(game, "rewards"),
        _array(game, "transitions"),
        _array(game, "initial"),
        horizon=game.horizon,
        agents=game.agents if game.HasField("agents") else None,
        mass_rewards=_array(game, "mass_rewards"),
        mass_transitions=_array(game, "mass_transitions"),
        states=_names(game.states),
        actions=_names(game.actions),
        title=game.title,
    )


def _flow(graph: common_pb2.FlowGraph) -> FlowGraph:
    return FlowGraph(
        _array(graph, "edges"),
        _array(graph, "returns"),
        graph.root,
        labels=_names(graph.labels),
        players=_names(graph.players),
        owners=_array(graph, "owners"),
        edge_actions=_array(graph, "actions"),
        actions=_names(graph.action_labels),
        title=graph.title,
    )


def _names(names: Any) -> Optional[Tuple[str, ...]]:
    return tuple(names) or None
