"""Actions into the bytes of a request: kinds are never mixed, real numbers are rounded to float32."""

from __future__ import annotations

from typing import Any

import numpy as np

from .errors import InvalidArgument, invalid
from .spaces import Discrete, Space

_INT32 = np.dtype("<i4")
_FLOAT32 = np.dtype("<f4")


class ActionWriter:
    """One seat's part of the request: int32 [B] or float32 [B, n]."""

    def __init__(self, player: str, space: Space, num_envs: int, request: bytearray, offset: int) -> None:
        self.player = player
        self.path = f"actions.{player}"
        self.dtype = space.dtype
        self.shape = (num_envs, *space.shape)
        self._space = space
        self.view: np.ndarray = np.ndarray(self.shape, self.dtype, buffer=request, offset=offset)
        """The place in the request; not aligned."""
        self.bytes = self.view.nbytes

    def write(self, actions: Any) -> None:
        """Checks dtype and shape and writes; range and legality are the server's to check.

        Whole numbers of any width must fit into int32; real numbers of any width are rounded to float32, the dtype of a box.
        """
        if type(actions) is np.ndarray and actions.dtype == self.dtype and actions.shape == self.shape:
            self.view[...] = actions
        else:
            self.view[...] = self._convert(actions)

    def _convert(self, actions: Any) -> np.ndarray:
        try:
            array = np.asarray(actions)
        except ValueError:
            raise invalid(self.path, "ragged", f"must be {self._expected()}", "wrong_shape") from None
        kinds = "iu" if isinstance(self._space, Discrete) else "fiu"
        if array.dtype.kind not in kinds:
            raise invalid(self.path, f"dtype {array.dtype}", f"must be {self._expected()}", "wrong_dtype")
        if array.shape != self.shape:
            raise invalid(self.path, f"shape {list(array.shape)}", f"must be {self._expected()}", "wrong_shape")
        return self._narrow(array) if isinstance(self._space, Discrete) else array.astype(_FLOAT32)

    def _narrow(self, array: np.ndarray) -> np.ndarray:
        """Whole numbers as int32: those that do not fit are refused here, where they can still be named."""
        narrow = array.astype(_INT32)
        if array.dtype.itemsize < 4 or bool((narrow == array).all()):
            return narrow
        raise self._out_of_range(array, np.flatnonzero(narrow != array))

    def _out_of_range(self, array: np.ndarray, copies: np.ndarray) -> InvalidArgument:
        faults = [
            fault
            for b in copies[:10]
            for fault in invalid(f"{self.path}[{b}]", str(array[b]), f"must be in [0, {self._space.n - 1}]", "out_of_range").faults  # type: ignore[union-attr]
        ]
        return InvalidArgument("", faults)

    def _expected(self) -> str:
        kind = "whole numbers (int32)" if isinstance(self._space, Discrete) else "real numbers (float32)"
        return f"{kind} of shape {list(self.shape)}"
