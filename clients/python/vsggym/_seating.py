"""Who sits where: the parts of a request that name seats and policies."""

from __future__ import annotations

import dataclasses
import os
from typing import TYPE_CHECKING, Any, Callable, Iterable, Mapping, Optional, Sequence, Tuple, Union

from . import _files, _tensors
from ._checks import text
from ._connection import Connection
from ._proto import environment_pb2
from .errors import invalid
from .models import PREFIX, Model, keep, model_id
from .policies import Policy
from .solution import Solution, policy_of

if TYPE_CHECKING:
    from ._client_base import Limits

Others = Union[None, str, "os.PathLike[str]", Solution, Model, Policy, "Greedy", Mapping[str, Any]]


@dataclasses.dataclass(frozen=True)
class Greedy:
    """A model that plays its deterministic action; made by :func:`vsggym.greedy`."""

    model: Any


def greedy(model: Any) -> Greedy:
    """A model, named in any way, that plays its deterministic action instead of sampling: ``others=vsggym.greedy("model:ID")``."""
    return model if isinstance(model, Greedy) else Greedy(model)


class Seating:
    """Writes policies as the protocol has them; files and loaded policies are sent to the server on the way."""

    def __init__(self, connection: Connection, limits: "Limits", players_of_game: Callable[[], Iterable[str]]) -> None:
        self._connection = connection
        self._limits = limits
        self._players_of_game = players_of_game

    def players(self) -> Sequence[str]:
        """Every player of the game."""
        return tuple(self._players_of_game())

    def others(self, own: Sequence[str], others: Others) -> Sequence[environment_pb2.Occupant]:
        """Who plays the seats that the caller leaves; no seats of one's own means every seat."""
        if others is None or (isinstance(others, str) and others == "uniform"):
            return ()
        if isinstance(others, Solution):
            others = {player: policy for player, policy in others.policies.items() if own and player not in own}
        if _is_model(others):
            others = {self._remaining_seat(own): others}
        if not isinstance(others, Mapping):
            rule = 'must be "uniform", a Solution, a model for the one remaining seat, or a dict of player -> policy'
            raise invalid("others", others, rule, "unknown_value")
        return [self.occupant("others", player, policy) for player, policy in others.items()]

    def profile(self, policies: Any, greedily: bool) -> Sequence[environment_pb2.Occupant]:
        """Who plays every seat."""
        if isinstance(policies, Solution):
            policies = policies.policies
        if not isinstance(policies, Mapping):
            raise invalid("policies", policies, "must be a dict of player -> policy, or a Solution", "wrong_type")
        occupants = [self.occupant("policies", player, policy) for player, policy in policies.items()]
        for occupant in occupants if greedily else ():
            occupant.greedy = occupant.WhichOneof("policy") == "model"
        return occupants

    def occupant(self, path: str, player: Any, policy: Any) -> environment_pb2.Occupant:
        """One seat's policy."""
        name = text(player, path, "a dict whose keys are names of players")
        path = f"{path}.{name}"
        if isinstance(policy, Greedy):
            if not _is_model(policy.model):
                raise invalid(path, policy.model, "only a model can play greedily", "wrong_type")
            return environment_pb2.Occupant(player=name, model=self._model(policy.model, path), greedy=True)
        if _is_model(policy):
            return environment_pb2.Occupant(player=name, model=self._model(policy, path))
        if isinstance(policy, str):
            return environment_pb2.Occupant(player=name, id=text(policy, path, "the id of a policy"))
        table = policy_of(policy, name)
        return environment_pb2.Occupant(player=name, table=_tensors.encode(policy if table is None else table, path))

    def _model(self, model: Any, path: str) -> str:
        if isinstance(model, Model) or (isinstance(model, str) and model.startswith(PREFIX)):
            return model_id(model, path)
        content, name = _content(model, path)
        return keep(self._connection, self._limits, content, name, path)

    def _remaining_seat(self, own: Sequence[str]) -> str:
        """The one seat that is left for a policy whose seat is not named."""
        left = [player for player in self._players_of_game() if player not in own] if own else []
        if len(left) != 1:
            rule = f"a single model needs exactly one remaining seat, and {len(left)} remain: name players=, or give a dict of player -> policy"
            raise invalid("others", ", ".join(left) or "no seat", rule, "ambiguous_seat")
        return left[0]


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


def _is_model(policy: Any) -> bool:
    if isinstance(policy, str):
        return policy.startswith(PREFIX) or policy.endswith(".onnx")
    return isinstance(policy, (Model, Policy, Greedy, os.PathLike))


def _content(model: Any, path: str) -> Tuple[bytes, str]:
    """The bytes and the file's name of a model that lies here."""
    if isinstance(model, Policy):
        return model.content, model.path.name
    file = _files.to_path(model, path)
    return _files.read_bytes(file, path), file.name
