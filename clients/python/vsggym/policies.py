"""Exported policies, run here: a batch of observations in, a batch of actions out."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Sequence

import numpy as np

from . import _files, _onnx, spaces
from ._checks import text
from ._extras import require
from ._onnx import ArraySpec, Seed
from .errors import FailedPrecondition, invalid
from .spaces import Space

_PROVIDERS = {"cpu": "CPUExecutionProvider", "cuda": "CUDAExecutionProvider"}


class Sample(NamedTuple):
    """Sampled actions and the logarithms of their probabilities or densities."""

    actions: np.ndarray
    """int64 [B], or float32 [B, n] for a box."""
    log_probabilities: np.ndarray
    """float32 [B]."""


class Policy:
    """One player's policy; made by :func:`load_policy`. It may also fill a seat: ``others=policy``, ``client.evaluate``.

    ``legal_actions``: bool [B, A], wanted where the game forbids actions; a row without any counts as all legal. ``time``: the number of
    the decision, from 0, wanted where the policy depends on it. ``noise``: float32, standard normal for boxes and uniform in [0, 1)
    for discrete actions, drawn from ``seed`` (a number, or a numpy Generator that goes on) where it is not given.
    """

    def __init__(self, session: Any, path: Path, content: bytes) -> None:
        self.path = path
        self.content = content
        """The bytes of the file."""
        self._session = session
        self._inputs = {value.name: _onnx.spec_of(value.type, value.shape) for value in session.get_inputs()}
        self._outputs = {value.name: _onnx.spec_of(value.type, value.shape) for value in session.get_outputs()}
        _onnx.check_graph(self._inputs, self._outputs, path.name)
        self.metadata: Dict[str, str] = dict(session.get_modelmeta().custom_metadata_map)
        """As the file has it: the game, the player, the run."""
        self.player: str = self.metadata.get("player", "")
        self.observation: ArraySpec = self._inputs[_onnx.OBSERVATION]
        """float32 [B, n], or int64 [B] for a discrete space."""
        self.action: ArraySpec = self._outputs[_onnx.ACTION]
        """float32 [B, n], or int64 [B] for a discrete space."""
        self.observation_space: Optional[Space] = spaces.from_json(self.metadata.get("observation_space"))
        """With its bounds or labels; None where the file does not say."""
        self.action_space: Optional[Space] = spaces.from_json(self.metadata.get("action_space"))
        """With its bounds or labels; None where the file does not say."""

    @property
    def needs_legal_actions(self) -> bool:
        """Whether the game forbids actions."""
        return _onnx.LEGAL_ACTIONS in self._inputs

    @property
    def needs_time(self) -> bool:
        """Whether the policy depends on the number of the decision."""
        return _onnx.TIME in self._inputs

    def __call__(
        self,
        observations: Any,
        deterministic: bool = True,
        noise: Any = None,
        seed: Seed = None,
        legal_actions: Any = None,
        time: Any = None,
    ) -> np.ndarray:
        """Actions, int64 [B] or float32 [B, n]: the most probable or the mean, or sampled where ``deterministic`` is False."""
        output = _onnx.ACTION if deterministic else _onnx.SAMPLED_ACTION
        return self._run([output], observations, noise, seed, legal_actions, time)[0]

    def sample(self, observations: Any, seed: Seed = None, *, noise: Any = None, legal_actions: Any = None, time: Any = None) -> Sample:
        """Sampled actions with their log-probabilities."""
        outputs = [_onnx.SAMPLED_ACTION, _onnx.LOG_PROBABILITY]
        return Sample(*self._run(outputs, observations, noise, seed, legal_actions, time))

    def probabilities(self, observations: Any, *, legal_actions: Any = None, time: Any = None) -> np.ndarray:
        """float32 [B, A]; only of discrete actions."""
        return self._run([_onnx.PROBABILITIES], observations, None, None, legal_actions, time)[0]

    def __repr__(self) -> str:
        player = f"{self.player}, " if self.player else ""
        return f"Policy({self.path.name}: {player}{self.observation!r} -> {self.action!r})"

    def __copy__(self) -> "Policy":
        return self

    def __deepcopy__(self, _: Dict[int, Any]) -> "Policy":
        return self  # Gymnasium copies the settings of an environment; a policy never changes

    def __reduce__(self) -> Any:
        raise FailedPrecondition("a policy holds a session of onnxruntime and cannot be pickled: load it in the process that plays it")

    def _run(self, outputs: Sequence[str], observations: Any, noise: Any, seed: Seed, legal_actions: Any, time: Any) -> List[np.ndarray]:
        for output in outputs:
            if output not in self._outputs:
                raise FailedPrecondition(f"{self.path.name} has no {output}; it has {', '.join(self._outputs)}")
        observed = _onnx.observation_batch(observations, self.observation)
        batch, specs = len(observed), self._inputs
        feeds = {
            _onnx.OBSERVATION: observed,
            _onnx.LEGAL_ACTIONS: _onnx.legal_batch(legal_actions, specs.get(_onnx.LEGAL_ACTIONS), batch),
            _onnx.TIME: _onnx.time_batch(time, specs.get(_onnx.TIME), batch),
        }
        if _onnx.NOISE in specs:
            drawn = _onnx.SAMPLED_ACTION in outputs or noise is not None or seed is not None
            uniform, spec = self.action.dtype.kind == "i", specs[_onnx.NOISE]
            feeds[_onnx.NOISE] = _onnx.noise_batch(noise, seed, spec, uniform, batch) if drawn else np.zeros((batch, *spec.shape), spec.dtype)
        return self._session.run(list(outputs), {name: array for name, array in feeds.items() if array is not None})


def load_policy(path: _files.PathLike, provider: Optional[str] = None) -> Policy:
    """Loads an exported policy; needs onnxruntime (``pip install "vsggym[onnx]"``).

    ``provider``: cpu (default), cuda, or the name of another execution provider of onnxruntime; it must be there.
    """
    onnxruntime = require("onnxruntime", "vsggym.load_policy")
    file = _files.to_path(path, "path")
    content = _files.read_bytes(file, "path")
    return Policy(_open_session(onnxruntime, content, file.name, provider), file, content)


def _open_session(onnxruntime: Any, content: bytes, file: str, provider: Optional[str]) -> Any:
    """A session of onnxruntime with the wanted execution provider, or an error that says why not."""
    name = "cpu" if provider is None else text(provider, "provider", "the name of an execution provider")
    wanted, available = _PROVIDERS.get(name, name), onnxruntime.get_available_providers()
    if wanted not in available:
        raise invalid("provider", name, f"this onnxruntime has {', '.join(available)}", "unknown_value")
    try:
        session = onnxruntime.InferenceSession(content, providers=[wanted])
    except Exception as error:  # onnxruntime's own errors share no base
        raise invalid("path", file, f"must be an ONNX file: {error}", "no_model") from error
    if wanted not in session.get_providers():  # onnxruntime falls back to the CPU without an error
        raise FailedPrecondition(f"onnxruntime could not start {wanted} and fell back to {', '.join(session.get_providers())}")
    return session
