"""A progress bar on the error stream."""

from __future__ import annotations

import sys
import time
from typing import IO, Optional

from .solution import Progress

_WIDTH = 24


class ProgressBar:
    """One line that is written over while a solve runs."""

    def __init__(self, label: str, stream: Optional[IO[str]] = None) -> None:
        self._label = label
        self._stream = stream if stream is not None else sys.stderr
        self._start = time.monotonic()
        self._length = 0

    def show(self, progress: Progress) -> None:
        """Writes the line anew."""
        share = min(1.0, progress.iteration / progress.max_iterations) if progress.max_iterations else 0.0
        done = int(share * _WIDTH)
        of = f"/{progress.max_iterations}" if progress.max_iterations else ""
        seconds = time.monotonic() - self._start
        line = f"{self._label} [{'#' * done}{'.' * (_WIDTH - done)}] {progress.iteration}{of}  residual {progress.residual:.3g}  {seconds:.1f} s"
        self._stream.write("\r" + line.ljust(self._length))
        self._stream.flush()
        self._length = len(line)

    def finish(self, reason: str) -> None:
        """Ends the line with why the solve stopped."""
        self._stream.write(f"{'' if self._length else self._label}  {reason}\n")
        self._stream.flush()
