"""Every seat of one copy as a PettingZoo parallel environment."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from ._seat import RENDER_FORMATS, RENDER_FPS, action_mask, check_render_mode, pictures
from ._seating import Others
from .batch import check_seed
from .client import Client, default_client
from .errors import invalid
from .uploads import GameLike
from .spaces import Discrete

try:
    from pettingzoo import ParallelEnv as _Base
except ModuleNotFoundError:  # the interface is small enough to stand without the package
    _Base = object

AgentDict = Dict[str, Any]


class ParallelEnv(_Base):  # type: ignore[misc,valid-type]
    """The caller plays every seat, or those in ``players``; each live agent acts in every step.

    Actions of agents that have left are ignored. Where a game has illegal actions, ``infos[agent]["action_mask"]`` (int8 [A]) marks the
    legal ones; ``illegal_actions="first_legal"`` (default) plays the first legal action instead of an illegal one, ``"refuse"`` raises.
    """

    def __init__(
        self,
        game: GameLike,
        players: Optional[Sequence[str]] = None,
        others: Others = None,
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
        mode = check_render_mode(render_mode)
        client = client if client is not None else default_client()
        self.batch = client.batch_env(
            game, 1, players=players, others=others, seed=seed, game_options=game_options, autoreset="disabled",
            illegal_actions=illegal_actions, time_limit=time_limit, transport=transport, timeout=timeout,
        )  # fmt: skip
        self.render_mode = mode
        self.metadata: Dict[str, Any] = {
            "name": self.batch.game_id, "render_modes": list(RENDER_FORMATS), "render_fps": RENDER_FPS, "is_parallelizable": True,
        }  # fmt: skip
        self.possible_agents: List[str] = list(self.batch.players)
        self.agents: List[str] = []
        self.observation_spaces = {p: space.to_gymnasium() for p, space in self.batch.observation_spaces.items()}
        self.action_spaces = {p: space.to_gymnasium() for p, space in self.batch.action_spaces.items()}
        self._idle = {p: self._idle_action(p) for p in self.possible_agents}

    @property
    def num_agents(self) -> int:
        """Agents still in the episode."""
        return len(self.agents)

    @property
    def max_num_agents(self) -> int:
        """Every agent that can appear."""
        return len(self.possible_agents)

    @property
    def unwrapped(self) -> "ParallelEnv":
        """This environment: it wraps nothing."""
        return self

    def observation_space(self, agent: str) -> Any:
        """The agent's observation space, the same object each time."""
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> Any:
        """The agent's action space, the same object each time."""
        return self.action_spaces[agent]

    def reset(self, seed: Optional[int] = None, options: Optional[Mapping[str, Any]] = None) -> Tuple[AgentDict, Dict[str, AgentDict]]:
        """Starts an episode with every agent; ``seed`` restarts the random stream. ``options`` are not used."""
        self.batch.reset(None if seed is None else check_seed(seed))
        self.agents = list(self.possible_agents)
        return self._observations(self.agents), self._infos(self.agents)

    def step(self, actions: Mapping[str, Any]) -> Tuple[AgentDict, AgentDict, AgentDict, AgentDict, Dict[str, AgentDict]]:
        """Plays the live agents' actions; returns observations, rewards, terminations, truncations and infos of those agents."""
        acting = list(self.agents)
        step = self.batch.step(self._batch_of_one(actions))
        rewards = {a: float(step.rewards[a][0]) for a in acting}
        terminations = {a: bool(step.terminated[a][0]) for a in acting}
        truncations = {a: bool(step.truncated[a][0]) for a in acting}
        self.agents = [a for a in acting if not (terminations[a] or truncations[a])]
        return self._observations(acting), rewards, terminations, truncations, self._infos(acting)

    def render(self) -> Any:
        """The present state as text (``ansi``), uint8 [H, W, 3] (``rgb_array``) or SVG (``svg``); a warning and None without a render mode."""
        frames = pictures(self.batch, self.render_mode)
        return None if frames is None else frames[0]

    def close(self) -> None:
        """Gives the copy back to the server; safe to repeat."""
        self.batch.close()

    def __str__(self) -> str:
        return f"ParallelEnv<{self.batch.game_id}>"

    def _batch_of_one(self, actions: Mapping[str, Any]) -> Dict[str, np.ndarray]:
        for agent in actions:
            if agent not in self._idle:
                raise invalid(f"actions.{agent}", agent, f"no such agent; known: {', '.join(self.possible_agents)}", "unknown_player")
        batch = dict(self._idle)
        for agent in self.agents:
            if agent not in actions:
                raise invalid(f"actions.{agent}", "absent", "every live agent needs an action", "missing")
            batch[agent] = np.asarray(actions[agent])[np.newaxis]
        return batch

    def _idle_action(self, player: str) -> np.ndarray:
        space = self.batch.action_spaces[player]
        return np.zeros(1, np.int32) if isinstance(space, Discrete) else np.asarray([space.low], np.float32)

    def _observations(self, agents: Sequence[str]) -> AgentDict:
        assert self.batch.last is not None
        own = {a: self.batch.last.observations[a][0] for a in agents}
        return {a: np.int64(x) if isinstance(self.batch.observation_spaces[a], Discrete) else x for a, x in own.items()}

    def _infos(self, agents: Sequence[str]) -> Dict[str, AgentDict]:
        infos: Dict[str, AgentDict] = {}
        for agent in agents:
            mask = action_mask(self.batch, agent, np.array([agent not in self.agents]))
            infos[agent] = {} if mask is None else {"action_mask": mask[0]}
        return infos
