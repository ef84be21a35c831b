"""Following a run over connections that break: every event once and in order."""

from __future__ import annotations

import time
from typing import Generator, Optional

from ._connection import Connection
from ._proto import run_pb2 as pb
from .errors import Cancelled, DeadlineExceeded, Error, InternalError, Unavailable
from .events import ENDED, STATE_NAMES

RECONNECT_SECONDS = 60.0
_FIRST_PAUSE = 0.05
_LONGEST_PAUSE = 2.0


class Watch:
    """One reader of one run: its place in the log, and what the connection has been through."""

    def __init__(
        self,
        connection: Connection,
        run_id: str,
        from_sequence: int,
        follow: bool,
        reconnect_timeout: Optional[float],
        timeout: Optional[float] = None,
    ) -> None:
        self._connection = connection
        self._request = pb.WatchRunRequest(run_id=run_id, from_sequence=from_sequence, follow=follow)
        self._patience = reconnect_timeout
        self._deadline = None if timeout is None else time.monotonic() + timeout
        self._broken_since: Optional[float] = None
        self._broken_by: Optional[Error] = None
        self._pause = _FIRST_PAUSE
        self._ended = False
        self._due = 0  # the last event that an ended run has; more than it has seen means that some are missing

    @property
    def seen(self) -> int:
        """The number of the last event that came."""
        return self._request.from_sequence - 1

    def updates(self) -> Generator[pb.RunUpdate, None, None]:
        """The run as it stands, again after each reconnect, and each event from the wanted number on exactly once."""
        while True:
            try:
                yield from self._connected()
                if self._ended or not self._request.follow:
                    return
                raise Unavailable("the server ended the stream before the run")
            except (Unavailable, Cancelled) as error:
                if self._ended and self._request.from_sequence > self._due:
                    return
                if self._connection.closed:
                    raise
                self._wait(error)

    def _connected(self) -> Generator[pb.RunUpdate, None, None]:
        left = None if self._deadline is None else max(self._deadline - time.monotonic(), 0.0)
        stream = self._connection.stream(self._connection.runs.Watch, self._request, left)
        try:
            for update in stream:
                self._broken_since = self._broken_by = None
                if self._accept(update):
                    yield update
        except DeadlineExceeded:
            if self._broken_by is None:
                raise
            raise self._too_late(self._broken_by) from self._broken_by
        finally:
            stream.close()

    def _accept(self, update: pb.RunUpdate) -> bool:
        """Moves on by one update; False for an event that came before."""
        if update.WhichOneof("update") == "run":
            self._ended, self._due = STATE_NAMES.get(update.run.state) in ENDED, update.run.last_sequence
            return True
        event, wanted = update.event, self._request.from_sequence
        if event.sequence < wanted:
            return False
        if event.sequence > wanted:
            raise InternalError(f"the server left out events of the run {self._request.run_id}: {wanted} was due and {event.sequence} came")
        self._request.from_sequence, self._pause = wanted + 1, _FIRST_PAUSE
        if event.HasField("end"):
            self._ended, self._due = True, event.sequence
        return True

    def _wait(self, error: Error) -> None:
        """Sleeps before the next attempt, or gives up."""
        now = time.monotonic()
        self._broken_since, self._broken_by = now if self._broken_since is None else self._broken_since, error
        if self._patience is not None and now - self._broken_since >= self._patience:
            at = self._request.from_sequence
            raise Unavailable(
                f"the run {self._request.run_id} cannot be followed: no connection to {self._connection.address} in {self._patience:g} s; "
                f"watch(from_sequence={at}) goes on where this ends: {error.message}"
            ) from error
        ends = [end - now for end in (self._deadline, None if self._patience is None else self._broken_since + self._patience) if end is not None]
        time.sleep(max(min([self._pause, *ends]), 0.0))
        if self._deadline is not None and time.monotonic() >= self._deadline:
            raise self._too_late(error) from error
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)

    def _too_late(self, error: Error) -> DeadlineExceeded:
        return DeadlineExceeded(f"no connection to {self._connection.address}: {error.message}")
