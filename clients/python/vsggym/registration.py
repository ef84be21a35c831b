"""The built-in games as Gymnasium ids, ``vsggym/pursuit-v0``: known without a server."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from typing import Any, Optional

from ._builtin_games import GAMES

_TARGET = "gymnasium.envs.registration"


def register_games() -> None:
    """Registers every built-in game with Gymnasium; safe to repeat."""
    from gymnasium.envs.registration import register, registry

    for game in GAMES:
        if f"vsggym/{game}" not in registry:
            register(
                id=f"vsggym/{game}",
                entry_point="vsggym.gymnasium_env:GymnasiumEnv",
                vector_entry_point="vsggym.gymnasium_vector:GymnasiumVectorEnv",
                kwargs={"game": game},
            )


def register_when_imported() -> None:
    """Registers now if Gymnasium is loaded, else right after it is: importing vsggym alone must not load it."""
    if _TARGET in sys.modules:
        register_games()
    elif not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder(importlib.abc.MetaPathFinder):
    """Waits for Gymnasium's registry to be imported; finds nothing else."""

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Optional[importlib.machinery.ModuleSpec]:
        if fullname != _TARGET:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(fullname)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader)
        return spec


class _Loader(importlib.abc.Loader):
    """Loads the registry as ever, then registers the games in it."""

    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> Any:
        return self._loader.create_module(spec)

    def exec_module(self, module: Any) -> None:
        self._loader.exec_module(module)
        register_games()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)
