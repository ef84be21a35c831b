"""One seat of many copies as a Gymnasium vector environment."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union

import gymnasium
import numpy as np
from gymnasium.vector import AutoresetMode, VectorEnv
from gymnasium.vector.utils import batch_space

from ._seat import RENDER_FORMATS, RENDER_FPS, action_mask, check_render_mode, environment_id, open_seat, pictures, widen
from ._seating import Others
from .batch import check_seed
from .client import Client
from .errors import Fault, ResetMaskError, invalid
from .uploads import GameLike

_MODES = {AutoresetMode.NEXT_STEP: "next_step", AutoresetMode.SAME_STEP: "same_step", AutoresetMode.DISABLED: "disabled"}
_NAMES = {**{name: mode for mode, name in _MODES.items()}, **{mode.value: mode for mode in _MODES}}

Seeds = Union[None, int, Sequence[Optional[int]]]


class GymnasiumVectorEnv(VectorEnv):
    """``num_envs`` copies that play one seat; equal, step for step, to a ``SyncVectorEnv`` of the single environments.

    ``autoreset_mode``: ``gymnasium.vector.AutoresetMode``, its value, or next_step (default), same_step or disabled. The other
    settings are those of the single environment. With same_step, the ``action_mask`` in ``final_info`` is all ones: no action follows a
    final observation, and the protocol sends no mask for it.
    """

    def __init__(
        self,
        game: GameLike,
        num_envs: int = 1,
        player: Optional[str] = None,
        others: Others = "uniform",
        *,
        seed: Optional[int] = None,
        game_options: Optional[Mapping[str, Any]] = None,
        autoreset_mode: Union[str, AutoresetMode] = AutoresetMode.NEXT_STEP,
        illegal_actions: str = "first_legal",
        time_limit: Optional[int] = None,
        max_episode_steps: Optional[int] = None,
        transport: str = "unary",
        timeout: Optional[float] = None,
        render_mode: Optional[str] = None,
        client: Optional[Client] = None,
    ) -> None:
        mode = check_render_mode(render_mode)
        self.autoreset_mode = _mode(autoreset_mode)
        self.batch = open_seat(
            game, num_envs, player, others, client, game_options, seed=seed, autoreset=_MODES[self.autoreset_mode],
            illegal_actions=illegal_actions, time_limit=time_limit if time_limit is not None else max_episode_steps,
            transport=transport, timeout=timeout,
        )  # fmt: skip
        self.player: str = self.batch.players[0]
        self.num_envs = num_envs
        self.render_mode = mode
        self.metadata = {"render_modes": list(RENDER_FORMATS), "render_fps": RENDER_FPS, "autoreset_mode": self.autoreset_mode}
        self.single_observation_space = self.batch.observation_spaces[self.player].to_gymnasium()
        self.single_action_space = self.batch.action_spaces[self.player].to_gymnasium()
        self.observation_space = batch_space(self.single_observation_space, num_envs)
        self.action_space = batch_space(self.single_action_space, num_envs)
        self._started = False

    @property
    def np_random_seed(self) -> Tuple[int, ...]:  # type: ignore[override]
        """The effective seed of each copy."""
        return self.batch.seeds

    def reset(self, *, seed: Seeds = None, options: Optional[Dict[str, Any]] = None) -> Tuple[np.ndarray, Dict[str, Any]]:
        """Starts episodes, of the copies in ``options["reset_mask"]`` (bool [num_envs]) or of all.

        ``seed``: None goes on with the copies' streams, an int gives copy k the seed + k, a list gives one (or None) each.
        """
        mask = self._check_mask(options.pop("reset_mask")) if options is not None and "reset_mask" in options else None
        self._reset(self._check_seeds(seed), np.ones(self.num_envs, np.bool_) if mask is None else mask)
        self._started = True
        assert self.batch.last is not None
        observations = widen(self.batch, self.player, self.batch.last.observations[self.player])
        return observations, self._masked_info(mask)

    def step(self, actions: Any) -> Tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, Dict[str, Any]]:
        """Plays one action in every copy and returns observations, rewards, terminations, truncations and infos."""
        step, player = self.batch.step((actions,)), self.player
        terminated, truncated = step.terminated[player], step.truncated[player]
        ended = terminated | truncated
        same_step = self.autoreset_mode is AutoresetMode.SAME_STEP
        infos: Dict[str, Any] = self._final_infos(ended) if same_step and ended.any() else {}
        mask = action_mask(self.batch, player, None if same_step else ended)
        if mask is not None:
            infos["action_mask"], infos["_action_mask"] = mask, np.ones(self.num_envs, np.bool_)
        return widen(self.batch, player, step.observations[player]), step.rewards[player], terminated, truncated, infos

    def render(self) -> Optional[Tuple[Any, ...]]:  # type: ignore[override]
        """A picture of every copy, as the single environment gives it; a warning and None without a render mode."""
        return pictures(self.batch, self.render_mode)

    def close_extras(self, **kwargs: Any) -> None:
        """Gives the copies back to the server."""
        if hasattr(self, "batch"):
            self.batch.close()

    def __del__(self) -> None:
        """Leaves the copies to the session, which must not call the server from here."""

    def _reset(self, seeds: List[Optional[int]], mask: np.ndarray) -> None:
        seeded = np.array([seed is not None for seed in seeds])
        first = not self._started
        # A partial first reset is for the server to refuse; otherwise copies without a seed go on with their streams.
        if first or (mask & ~seeded).any():
            self.batch.reset(None, mask if first else mask & ~seeded)
        if (mask & seeded).any():
            self.batch.reset([seed or 0 for seed in seeds], mask & seeded)

    def _masked_info(self, mask: Optional[np.ndarray]) -> Dict[str, Any]:
        legal = action_mask(self.batch, self.player, None)
        if legal is None:
            return {}
        if mask is None:
            return {"action_mask": legal, "_action_mask": np.ones(self.num_envs, np.bool_)}
        return {"action_mask": np.where(mask[:, np.newaxis], legal, np.int8(0)), "_action_mask": mask.copy()}

    def _final_infos(self, ended: np.ndarray) -> Dict[str, Any]:
        assert self.batch.last is not None
        final = widen(self.batch, self.player, self.batch.last.final_observations[self.player])
        observations = np.full(self.num_envs, fill_value=None, dtype=object)
        for copy in np.flatnonzero(ended):
            observations[copy] = final[copy] if final.ndim > 1 else int(final[copy])
        info: Dict[str, Any] = {}
        legal = self.batch.last.legal_actions.get(self.player)
        if legal is not None:
            ones = np.where(ended[:, np.newaxis], np.ones(legal.shape, np.int8), np.int8(0))
            info = {"action_mask": ones, "_action_mask": ended.copy()}
        return {"final_obs": observations, "_final_obs": ended.copy(), "final_info": info, "_final_info": ended.copy()}

    def _check_seeds(self, seed: Seeds) -> List[Optional[int]]:
        if seed is None:
            return [None] * self.num_envs
        if isinstance(seed, (list, tuple, np.ndarray)):
            if len(seed) != self.num_envs:
                raise invalid("seed", f"{len(seed)} seeds", f"must have one seed per copy ({self.num_envs})", "wrong_shape")
            return [None if s is None else check_seed(s, f"seed[{i}]") for i, s in enumerate(seed)]
        return [(check_seed(seed) + copy) % 2**64 for copy in range(self.num_envs)]

    def _check_mask(self, mask: Any) -> np.ndarray:
        # The wording is Gymnasium's: code written against its own vector environments matches it.
        name = "`options['reset_mask': mask]`"
        if not isinstance(mask, np.ndarray):
            raise _mask_error(f"{name} must be a numpy array, got {type(mask)}", type(mask).__name__, "wrong_type")
        if mask.shape != (self.num_envs,):
            raise _mask_error(f"{name} must have shape `({self.num_envs},)`, got {mask.shape}", str(mask.shape), "wrong_shape")
        if mask.dtype != np.bool_:
            raise _mask_error(f"{name} must have `dtype=np.bool_`, got {mask.dtype}", str(mask.dtype), "wrong_dtype")
        if not mask.any():
            raise _mask_error(f"{name} must contain a boolean array, got reset_mask={mask}: it must mark at least one copy", "all false", "empty")
        return mask


def make_vec(game: GameLike, **settings: Any) -> GymnasiumVectorEnv:
    """The vector environment with a spec."""
    env = GymnasiumVectorEnv(game, **settings)
    env.spec = gymnasium.envs.registration.EnvSpec(
        id=environment_id(game),
        entry_point="vsggym.gymnasium_env:GymnasiumEnv",
        vector_entry_point="vsggym.gymnasium_vector:GymnasiumVectorEnv",
        disable_env_checker=True,
        order_enforce=False,
        kwargs={"game": game, **settings},
    )
    return env


def _mode(mode: Union[str, AutoresetMode]) -> AutoresetMode:
    if isinstance(mode, AutoresetMode):
        return mode
    if mode not in _NAMES:
        raise invalid("autoreset_mode", mode, f"must be one of {', '.join(_NAMES)}", "unknown_value")
    return _NAMES[mode]


def _mask_error(message: str, value: str, reason: str) -> ResetMaskError:
    return ResetMaskError(message, [Fault("reset_mask", value, message, reason)])
