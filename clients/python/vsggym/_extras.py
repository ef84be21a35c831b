"""Optional packages, imported where they are used."""

from __future__ import annotations

import importlib
from typing import Any

_EXTRAS = {"onnxruntime": ("onnx", "client.evaluate and others= play models without it")}


def require(package: str, purpose: str) -> Any:
    """Imports an optional package, or says which extra brings it."""
    try:
        return importlib.import_module(package)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] != package.split(".")[0]:
            raise
        extra, instead = _EXTRAS.get(package, (package, "vsggym.batch_env works without it"))
        raise ModuleNotFoundError(f'{purpose} needs the package {package}: pip install "vsggym[{extra}]"; {instead}', name=package) from error
