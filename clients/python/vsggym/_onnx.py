"""Arrays into and out of an exported policy's graph: checks, conversions and noise, without a session."""

from __future__ import annotations

import dataclasses
from typing import Any, Mapping, Optional, Tuple, Union

import numpy as np

from .errors import invalid

Seed = Union[None, int, np.random.Generator]

OBSERVATION, NOISE, LEGAL_ACTIONS, TIME = "observation", "noise", "legal_actions", "time"
ACTION, SAMPLED_ACTION, LOG_PROBABILITY, PROBABILITIES = "action", "sampled_action", "log_probability", "probabilities"
_DTYPES = {"float": np.float32, "double": np.float64, "int64": np.int64, "int32": np.int32, "bool": np.bool_}


@dataclasses.dataclass(frozen=True)
class ArraySpec:
    """An array of a graph: its dtype, and the shape of one row of the batch."""

    dtype: np.dtype
    shape: Tuple[int, ...]

    def __repr__(self) -> str:
        return f"{self.dtype.name} [{', '.join(['B', *map(str, self.shape)])}]"


def spec_of(type_name: str, shape: Any) -> ArraySpec:
    """An input or output as onnxruntime describes it: ``tensor(float)``, ``["batch", 4]``; an unknown length is taken as 1."""
    element = type_name[len("tensor(") : -1]
    if element not in _DTYPES:
        raise invalid("path", type_name, f"the graph's arrays must be of {', '.join(_DTYPES)}", "wrong_dtype")
    return ArraySpec(np.dtype(_DTYPES[element]), tuple(n if isinstance(n, int) else 1 for n in list(shape)[1:]))


def observation_batch(values: Any, spec: ArraySpec) -> np.ndarray:
    """A batch of observations: real numbers of any width for a box, whole numbers for a discrete space."""
    kinds = "iu" if spec.dtype.kind == "i" else "fiu"
    return _batch(values, "observations", spec, kinds, None).astype(spec.dtype)


def noise_batch(noise: Any, seed: Seed, spec: ArraySpec, uniform: bool, batch: int) -> np.ndarray:
    """The given noise, checked, or new noise: uniform in [0, 1) for discrete actions, standard normal for boxes."""
    if noise is None:
        generator = np.random.default_rng(_checked_seed(seed))
        shape = (batch, *spec.shape)
        drawn = generator.random(shape, np.float32) if uniform else generator.standard_normal(shape, np.float32)
        return drawn.astype(spec.dtype)
    if seed is not None:
        raise invalid("seed", seed, "noise and seed exclude each other: the seed is what noise is drawn from", "exclusive")
    given = _batch(noise, "noise", spec, "f", batch)
    if not np.isfinite(given).all():
        raise invalid("noise", given[~np.isfinite(given)][0], "must be finite numbers", "not_finite")
    outside = (given < 0) | (given >= 1)
    if uniform and outside.any():
        raise invalid("noise", given[outside][0], "must be in [0, 1): this policy's actions are discrete", "out_of_range")
    narrow = given.astype(spec.dtype)
    return np.minimum(narrow, np.nextafter(narrow.dtype.type(1), narrow.dtype.type(0))) if uniform else narrow  # rounding may reach 1


def legal_batch(legal: Any, spec: Optional[ArraySpec], batch: int) -> Optional[np.ndarray]:
    """Legal actions as bool; a row without any, as of a copy whose episode has ended, counts as all legal."""
    if spec is None:
        if legal is not None:
            raise invalid("legal_actions", type(legal).__name__, "must be None: this policy's game forbids no action", "unknown_argument")
        return None
    if legal is None:
        raise invalid("legal_actions", "None", f"this policy needs them: {spec!r}", "missing")
    mask = _batch(legal, "legal_actions", spec, "biu", batch)
    if mask.dtype.kind != "b" and not np.isin(mask, (0, 1)).all():
        raise invalid("legal_actions", mask[~np.isin(mask, (0, 1))][0], "must be 0 or 1, or bool", "out_of_range")
    mask = mask.astype(np.bool_)
    return mask | ~mask.any(axis=-1, keepdims=True)


def time_batch(time: Any, spec: Optional[ArraySpec], batch: int) -> Optional[np.ndarray]:
    """Decision times, from 0, one per row; one number stands for all."""
    if spec is None:
        if time is not None:
            raise invalid("time", time, "must be None: this policy does not depend on time", "unknown_argument")
        return None
    if time is None:
        raise invalid("time", "None", "this policy depends on time: give the number of the decision, from 0", "missing")
    given = np.full(batch, time) if np.ndim(time) == 0 else time
    times = _batch(given, "time", spec, "iu", batch).astype(spec.dtype)
    if (times < 0).any():
        raise invalid("time", times[times < 0][0], "must be at least 0", "out_of_range")
    return times


def check_graph(inputs: Mapping[str, ArraySpec], outputs: Mapping[str, ArraySpec], file: str) -> None:
    """Refuses a graph that is no exported policy."""
    known = {OBSERVATION, NOISE, LEGAL_ACTIONS, TIME}
    if OBSERVATION not in inputs or not set(inputs) <= known or ACTION not in outputs:
        found = f"{file}: {', '.join(inputs)} -> {', '.join(outputs)}"
        raise invalid("path", found, "must be an exported policy: observation (noise, legal_actions, time) -> action", "no_policy")


def _batch(values: Any, path: str, spec: ArraySpec, kinds: str, batch: Optional[int]) -> np.ndarray:
    expected = f"must be {'' if batch is None else f'{batch} rows of '}{spec!r}"
    try:
        array = np.asarray(values)
    except ValueError:
        raise invalid(path, "ragged", expected, "wrong_shape") from None
    if array.dtype.kind not in kinds:
        raise invalid(path, f"dtype {array.dtype}", expected, "wrong_dtype")
    if array.ndim == 0 or array.shape[1:] != spec.shape or (batch is not None and len(array) != batch):
        raise invalid(path, f"shape {list(array.shape)}", expected, "wrong_shape")
    return array


def _checked_seed(seed: Any) -> Any:
    if seed is None or isinstance(seed, np.random.Generator):
        return seed
    if isinstance(seed, (bool, np.bool_)) or not isinstance(seed, (int, np.integer)) or seed < 0:
        raise invalid("seed", seed, "must be None, a whole number of at least 0, or a numpy Generator", "wrong_type")
    return int(seed)
