"""Observation and action spaces: whole numbers, or boxes of float32 vectors."""

from __future__ import annotations

import dataclasses
import json
from typing import Any, Callable, Optional, Tuple, Union

import numpy as np

from ._extras import require
from ._proto import common_pb2


@dataclasses.dataclass(frozen=True)
class Discrete:
    """The whole numbers 0 .. ``n`` - 1, with one label each or none."""

    n: int
    labels: Tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Discrete({self.n})"

    @property
    def dtype(self) -> np.dtype:
        """int32, as on the wire."""
        return np.dtype("<i4")

    @property
    def shape(self) -> Tuple[int, ...]:
        """Of one element: ()."""
        return ()

    def to_gymnasium(self) -> Any:
        """The same space as a gymnasium space (int64, Gymnasium's default)."""
        return require("gymnasium", "a gymnasium space").spaces.Discrete(self.n)


@dataclasses.dataclass(frozen=True)
class Box:
    """Vectors of float32 between ``low`` and ``high``, both included, with one label per number or none."""

    low: Tuple[float, ...]
    high: Tuple[float, ...]
    labels: Tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Box({_bound(self.low, min)}, {_bound(self.high, max)}, {self.shape})"

    @property
    def dtype(self) -> np.dtype:
        """float32, as on the wire."""
        return np.dtype("<f4")

    @property
    def shape(self) -> Tuple[int, ...]:
        """Of one element: (length,)."""
        return (len(self.low),)

    def to_gymnasium(self) -> Any:
        """The same space as a gymnasium space."""
        spaces = require("gymnasium", "a gymnasium space").spaces
        return spaces.Box(np.asarray(self.low, np.float32), np.asarray(self.high, np.float32), dtype=np.float32)


Space = Union[Discrete, Box]


def _bound(values: Tuple[float, ...], widest: Callable[[Tuple[float, ...]], float]) -> str:
    """One number where all agree, else the widest and a mark that there are others."""
    return "" if not values else f"{widest(values):g}" if len(set(values)) == 1 else f"{widest(values):g}.."


def from_message(space: common_pb2.Space) -> Space:
    """A space of the protocol."""
    if space.WhichOneof("kind") == "box":
        return Box(tuple(space.box.low), tuple(space.box.high), tuple(space.box.labels))
    return Discrete(space.discrete.count, tuple(space.discrete.labels))


def from_json(text: Optional[str]) -> Optional[Space]:
    """A space as an exported file describes it: ``{"kind": "discrete", "count": 3}``; None where it does not."""
    try:
        found = json.loads(text or "")
        if found["kind"] == "box":
            return Box(tuple(map(float, found["low"])), tuple(map(float, found["high"])), tuple(map(str, found.get("labels", ()))))
        return Discrete(int(found["count"]), tuple(map(str, found.get("labels", ())))) if found["kind"] == "discrete" else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
