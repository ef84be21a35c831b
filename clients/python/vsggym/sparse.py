"""Arrays given by their elements other than 0."""

from __future__ import annotations

from typing import Any, Sequence, Tuple

import numpy as np

from . import _tensors
from ._checks import whole
from ._proto import common_pb2
from .errors import invalid


class SparseArray:
    """An array given by some of its elements; the others are 0.

    ``indices`` whole numbers [n, D], the place of each element, none twice; ``values`` [n]; ``shape`` the D lengths of the axes.
    """

    def __init__(self, indices: Any, values: Any, shape: Sequence[int]) -> None:
        self.indices, self.values = np.asarray(indices), np.asarray(values)
        self.shape: Tuple[int, ...] = tuple(whole(extent, f"shape[{i}]", 0) for i, extent in enumerate(shape))
        if self.indices.shape != (self.values.size, len(self.shape)) or self.values.ndim != 1:
            given = f"indices {list(self.indices.shape)}, values {list(self.values.shape)}"
            raise invalid("indices", given, f"must be indices [n, {len(self.shape)}] and values [n] for a shape of {len(self.shape)} axes", "wrong_shape")

    @classmethod
    def of(cls, array: Any) -> "SparseArray":
        """The elements of an array other than 0."""
        dense = np.asarray(array)
        places = np.argwhere(dense != 0)
        return cls(places.astype(np.int32).reshape(-1, dense.ndim), dense[tuple(places.T)].reshape(-1), dense.shape)

    def to_dense(self) -> np.ndarray:
        """The whole array, float64."""
        dense = np.zeros(self.shape)
        dense[tuple(np.asarray(self.indices, dtype=np.int64).reshape(-1, len(self.shape)).T)] = self.values
        return dense

    def to_message(self, path: str) -> common_pb2.SparseTensor:
        """The array as the protocol has it."""
        indices = _tensors.encode_whole(self.indices.reshape(-1, len(self.shape)), f"{path}.indices")
        return common_pb2.SparseTensor(shape=self.shape, indices=indices, values=_tensors.encode(self.values, f"{path}.values"))

    def __repr__(self) -> str:
        return f"SparseArray({self.values.size} of shape {list(self.shape)})"
