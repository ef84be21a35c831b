"""What the single and the vector environment of one seat share."""

from __future__ import annotations

from typing import Any, Mapping, Optional, Tuple

import numpy as np

from . import uploads
from ._seating import Others
from .batch import BatchEnv
from .client import Client, default_client
from .errors import invalid
from .uploads import GameLike
from .spaces import Discrete

RENDER_FORMATS = {"ansi": "text", "rgb_array": "rgb", "svg": "svg"}
RENDER_FPS = 4


def open_seat(
    game: GameLike,
    num_envs: int,
    player: Optional[str],
    others: Others,
    client: Optional[Client],
    game_options: Optional[Mapping[str, Any]],
    **settings: Any,
) -> BatchEnv:
    """A batch that plays one seat: the named one, else the game's first."""
    client = client if client is not None else default_client()
    if player is None:
        description = client.describe(game, game_options if game_options is not None else {})
        player = next(iter(description.game.players)) if description.game is not None else ""
    return client.batch_env(game, num_envs, players=[player], others=others, game_options=game_options, **settings)


def check_render_mode(mode: Optional[str]) -> Optional[str]:
    """A render mode, or None for none."""
    if mode is not None and mode not in RENDER_FORMATS:
        raise invalid("render_mode", mode, f"must be None or one of {', '.join(RENDER_FORMATS)}", "unknown_value")
    return mode


def pictures(batch: BatchEnv, mode: Optional[str]) -> Optional[Tuple[Any, ...]]:
    """Every copy as the render mode shows it; without one, a warning in the words of Gymnasium's own environments, and None."""
    if mode is None:
        from gymnasium import logger

        logger.warn(
            "You are calling render method without specifying any render mode. You can specify the render_mode at initialization, "
            f'e.g. vsggym.make("{batch.game_id}", render_mode="rgb_array")'
        )
        return None
    return tuple(batch.render(copy, RENDER_FORMATS[mode]) for copy in range(batch.num_envs))


def environment_id(game: GameLike) -> str:
    """A Gymnasium id: ``vsggym/pursuit-v0``."""
    return f"vsggym/{uploads.short_name(game)}"


def action_mask(batch: BatchEnv, player: str, ended: Optional[np.ndarray]) -> Optional[np.ndarray]:
    """int8 [B, A] as ``Discrete.sample(mask)`` takes it, all ones where no action follows; None where nothing is ever illegal."""
    assert batch.last is not None
    legal = batch.last.legal_actions.get(player)
    if legal is None:
        return None
    mask = legal.view(np.int8)
    if ended is not None:
        mask[ended] = 1
    return mask


def widen(batch: BatchEnv, player: str, observations: np.ndarray) -> np.ndarray:
    """Observations in the dtype of the Gymnasium space: int64 for whole numbers."""
    return observations.astype(np.int64) if isinstance(batch.observation_spaces[player], Discrete) else observations
