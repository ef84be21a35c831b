"""A progress bar on the error stream."""

from __future__ import annotations

import sys
import time
from typing import IO, Optional

from .solution import Progress

_WIDTH = 24


class ProgressBar:
    """One line that is written over while a solve or a run goes on."""

    def __init__(self, label: str, stream: Optional[IO[str]] = None) -> None:
        self._label = label
        self._stream = stream if stream is not None else sys.stderr
        self._start = time.monotonic()
        self._length = 0

    def show(self, progress: Progress) -> None:
        """Writes the line anew."""
        self.draw(progress.iteration, progress.max_iterations, f"residual {progress.residual:.3g}")

    def draw(self, done: int, total: int, note: str) -> None:
        """Writes the line anew; ``total`` is 0 where there is no limit."""
        filled = int(min(1.0, done / total) * _WIDTH) if total else 0
        of = f"/{total}" if total else ""
        seconds = time.monotonic() - self._start
        line = f"{self._label} [{'#' * filled}{'.' * (_WIDTH - filled)}] {done}{of}  {note}{'  ' if note else ''}{seconds:.1f} s"
        self._stream.write("\r" + line.ljust(self._length))
        self._stream.flush()
        self._length = len(line)

    def finish(self, reason: str) -> None:
        """Ends the line with why the work stopped."""
        self._stream.write(f"{'' if self._length else self._label}  {reason}\n")
        self._stream.flush()
