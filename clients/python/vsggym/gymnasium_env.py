"""One seat of one copy as a ``gymnasium.Env``."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional, Tuple

import gymnasium
import numpy as np

from ._seat import RENDER_FORMATS, RENDER_FPS, action_mask, check_render_mode, environment_id, open_seat, pictures
from ._seating import Others
from .batch import check_seed
from .client import Client
from .uploads import GameLike
from .spaces import Discrete


class GymnasiumEnv(gymnasium.Env):
    """One seat of a game on the server; the other seats are played there.

    Any member of the action space may be played: with ``illegal_actions="first_legal"`` (default) an illegal action becomes the
    seat's first legal one, with ``"refuse"`` it is an error. Where a game has illegal actions, ``info["action_mask"]`` (int8 [A])
    marks the legal ones. ``others``, ``game_options``, ``time_limit``, ``transport`` and ``timeout`` are those of ``batch_env``.
    """

    metadata: Dict[str, Any] = {"render_modes": list(RENDER_FORMATS), "render_fps": RENDER_FPS}

    def __init__(
        self,
        game: GameLike,
        player: Optional[str] = None,
        others: Others = "uniform",
        *,
        seed: Optional[int] = None,
        game_options: Optional[Mapping[str, Any]] = None,
        illegal_actions: str = "first_legal",
        time_limit: Optional[int] = None,
        transport: str = "unary",
        timeout: Optional[float] = None,
        render_mode: Optional[str] = None,
        client: Optional[Client] = None,
    ) -> None:
        self.render_mode = check_render_mode(render_mode)
        self.batch = open_seat(
            game, 1, player, others, client, game_options, seed=seed, autoreset="disabled", illegal_actions=illegal_actions,
            time_limit=time_limit, transport=transport, timeout=timeout,
        )  # fmt: skip
        self.player: str = self.batch.players[0]
        self.observation_space = self.batch.observation_spaces[self.player].to_gymnasium()
        self.action_space = self.batch.action_spaces[self.player].to_gymnasium()
        self._discrete_observation = isinstance(self.batch.observation_spaces[self.player], Discrete)
        self._discrete_action = isinstance(self.batch.action_spaces[self.player], Discrete)

    def reset(self, *, seed: Optional[int] = None, options: Optional[Dict[str, Any]] = None) -> Tuple[Any, Dict[str, Any]]:
        """Starts an episode; ``seed`` restarts the random stream, None goes on with it. ``options`` are not used."""
        if seed is not None:
            check_seed(seed)
        self.batch.reset(seed)
        if seed is not None or self._np_random is None:
            super().reset(seed=self.batch.seeds[0])
        return self._observe(), self._info(ended=False)

    def step(self, action: Any) -> Tuple[Any, float, bool, bool, Dict[str, Any]]:
        """Plays one action and returns observation, reward, terminated, truncated and info."""
        step = self.batch.step((self._batch_of_one(action),))
        terminated, truncated = bool(step.terminated[self.player][0]), bool(step.truncated[self.player][0])
        return self._observe(), float(step.rewards[self.player][0]), terminated, truncated, self._info(terminated or truncated)

    def render(self) -> Any:
        """The present state as text (``ansi``), uint8 [H, W, 3] (``rgb_array``) or SVG (``svg``); a warning and None without a render mode."""
        frames = pictures(self.batch, self.render_mode)
        return None if frames is None else frames[0]

    def close(self) -> None:
        """Gives the copy back to the server; safe to repeat."""
        if hasattr(self, "batch"):
            self.batch.close()

    def _batch_of_one(self, action: Any) -> np.ndarray:
        array = np.asarray(action)
        if self._discrete_action and array.shape == (1,):
            array = array[0]  # what a policy network often gives
        return array[np.newaxis]

    def _observe(self) -> Any:
        assert self.batch.last is not None
        observation = self.batch.last.observations[self.player][0]
        return int(observation) if self._discrete_observation else observation

    def _info(self, ended: bool) -> Dict[str, Any]:
        mask = action_mask(self.batch, self.player, np.array([ended]))
        return {} if mask is None else {"action_mask": mask[0]}


def make(game: GameLike, **settings: Any) -> GymnasiumEnv:
    """The environment with a spec, so that ``env.spec.make()`` opens another."""
    env = GymnasiumEnv(game, **settings)
    kwargs = {"game": game, **{name: value for name, value in settings.items() if value is not None}}
    env.spec = gymnasium.envs.registration.EnvSpec(
        id=environment_id(game),
        entry_point="vsggym.gymnasium_env:GymnasiumEnv",
        vector_entry_point="vsggym.gymnasium_vector:GymnasiumVectorEnv",
        disable_env_checker=True,
        order_enforce=False,
        kwargs=kwargs,
    )
    return env
