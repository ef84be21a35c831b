"""Who sits where: the parts of a Make request that name seats."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, Optional, Sequence, Union

from . import _tensors
from ._checks import text
from ._proto import environment_pb2
from .errors import invalid
from .solution import Solution, policy_of

Others = Union[None, str, Solution, Mapping[str, Any]]


def own_seats(players: Optional[Sequence[str]]) -> Sequence[str]:
    """The seats that the caller plays; none named means all."""
    if players is None:
        return ()
    if isinstance(players, str) or not isinstance(players, Iterable):
        raise invalid("players", players, "must be a list of players' names, or None for every seat", "wrong_type")
    names = tuple(text(player, f"players[{i}]", "the name of a player") for i, player in enumerate(players))
    if not names:
        raise invalid("players", "[]", "must name at least one seat, or be None for every seat", "empty")
    return names


def seat_others(request: environment_pb2.MakeRequest, players: Optional[Sequence[str]], others: Others) -> None:
    """Writes who plays the remaining seats."""
    if others is None or (isinstance(others, str) and others == "uniform"):
        return
    if isinstance(others, Solution):
        own = others.policies if players is None else players
        others = {player: policy for player, policy in others.policies.items() if player not in own}
    if not isinstance(others, Mapping):
        raise invalid("others", others, 'must be "uniform", a Solution, or a dict of player -> policy', "unknown_value")
    for player, policy in others.items():
        name = text(player, "others", "a dict whose keys are names of players")
        if isinstance(policy, str):
            request.others.add(player=name, id=text(policy, f"others.{name}", "the id of a policy"))
        else:
            table = policy_of(policy, name)
            request.others.add(player=name, table=_tensors.encode(policy if table is None else table, f"others.{name}"))
