"""What the server has, as the client shows it."""

from __future__ import annotations

import dataclasses
from typing import Any, Dict, Optional, Tuple

from . import spaces
from ._proto import catalog_pb2
from ._tensors import from_json
from .errors import shorten
from .spaces import Space

_KINDS = {
    catalog_pb2.ENTRY_KIND_GAME: "game",
    catalog_pb2.ENTRY_KIND_SOLVER: "solver",
    catalog_pb2.ENTRY_KIND_METRIC: "metric",
    catalog_pb2.ENTRY_KIND_LEARNER: "learner",
}


@dataclasses.dataclass(frozen=True)
class Citation:
    """Where a game or method was published."""

    key: str
    locus: str
    text: str


@dataclasses.dataclass(frozen=True)
class Entry:
    """A game, solver, learner or metric in a list."""

    id: str
    kind: str
    summary: str
    sources: Tuple[Citation, ...]
    concept: str = ""
    """Solvers: what their answers are measured against unless asked otherwise."""
    game_kind: str = ""
    """Solvers and metrics: tabular, mean_field, flow or any."""

    def __repr__(self) -> str:
        return f"Entry({self.id}, {self.kind}: {shorten(self.summary)})"


@dataclasses.dataclass(frozen=True)
class Player:
    """A seat and its spaces."""

    name: str
    observation_space: Space
    action_space: Space


@dataclasses.dataclass(frozen=True)
class GameDescription:
    """A game's size and promises under its options; ``states`` and ``transitions`` are None where it has no table."""

    players: Dict[str, Player]
    horizon: Optional[int]
    discount: float
    reward_range: Tuple[float, float]
    states: Optional[int]
    transitions: Optional[int]
    has_illegal_actions: bool
    options: Dict[str, Any]
    state_labels: Tuple[str, ...]
    kind: str = ""
    """tabular, box, mean_field or flow; empty where an older server does not say."""

    def __repr__(self) -> str:
        size = (self.kind or "no table") if self.states is None else f"{self.states} states"
        length = f"discount {self.discount:g}" if self.horizon is None else f"horizon {self.horizon}"
        return f"GameDescription(players {shorten(', '.join(self.players))}; {size}, {length})"


@dataclasses.dataclass(frozen=True)
class Description:
    """One entry with its options; ``game`` is None for everything but games."""

    id: str
    kind: str
    summary: str
    remarks: str
    sources: Tuple[Citation, ...]
    options_schema: Dict[str, Any]
    """JSON Schema of the options."""
    default_options: Dict[str, Any]
    game: Optional[GameDescription]

    def __repr__(self) -> str:
        players = "" if self.game is None else f", players {shorten(', '.join(self.game.players))}"
        return f"Description({self.id}, {self.kind}{players})"


def entry(message: catalog_pb2.Entry) -> Entry:
    """A list entry of the protocol."""
    sources = tuple(Citation(s.key, s.locus, s.text) for s in message.sources)
    return Entry(message.id, _KINDS.get(message.kind, "unknown"), message.summary, sources, message.concept, message.game_kind)


def description(message: catalog_pb2.DescribeResponse) -> Description:
    """A description of the protocol."""
    head = entry(message.entry)
    game = _game(message.game) if message.HasField("game") else None
    schema, defaults = from_json(message.options_schema_json), from_json(message.default_options_json)
    return Description(head.id, head.kind, head.summary, message.remarks, head.sources, schema, defaults, game)


def _game(message: catalog_pb2.GameDescription) -> GameDescription:
    players = (Player(p.name, spaces.from_message(p.observation), spaces.from_message(p.action)) for p in message.players)
    return GameDescription(
        players={player.name: player for player in players},
        horizon=message.horizon if message.HasField("horizon") else None,
        discount=message.discount,
        reward_range=(message.lowest_reward, message.highest_reward),
        states=message.states if message.HasField("states") else None,
        transitions=message.transitions if message.HasField("transitions") else None,
        has_illegal_actions=message.has_illegal_actions,
        options=from_json(message.options_json),
        state_labels=tuple(message.state_labels),
        kind=message.kind,
    )
