"""Training runs in the server: started, followed, steered, and taken home."""

from __future__ import annotations

import contextlib
import datetime
from pathlib import Path
from typing import Any, Callable, Dict, Generator, Iterator, List, Optional, Sequence, Tuple, Union

import numpy as np

from . import _files, _tensors, errors
from ._checks import INT64, seconds, text, whole
from ._connection import Connection
from ._progress import ProgressBar
from ._proto import run_pb2 as pb
from ._watching import RECONNECT_SECONDS, Watch
from .events import ENDED, STATE_NAMES, Ended, Evaluation, Event, Metrics, StateChanged, event_of
from .models import Model, model_of

WaitProgress = Union[None, bool, Callable[[Event], Any]]


class Run:
    """A training run; made by :func:`vsggym.train` or :meth:`Client.run`. It lives in the server and outlasts this object.

    Its fields are those of the last answer: :meth:`refresh` asks again, and :meth:`watch`, :meth:`wait` and every other call renew them.
    """

    def __init__(self, connection: Connection, message: pb.Run) -> None:
        self._connection = connection
        self._message = message

    @property
    def id(self) -> str:
        """The id, for :meth:`Client.run`."""
        return self._message.run_id

    @property
    def name(self) -> str:
        """The name it was given, for people."""
        return self._message.name

    @property
    def state(self) -> str:
        """``queued``, ``running``, ``paused``, ``completed``, ``cancelled`` or ``failed``."""
        return STATE_NAMES.get(self._message.state, "unknown")

    @property
    def done(self) -> bool:
        """Whether it has completed, was cancelled or failed."""
        return self.state in ENDED

    @property
    def queue_position(self) -> int:
        """From 1 while queued, else 0."""
        return self._message.queue_position

    @property
    def step(self) -> int:
        """Steps taken."""
        return self._message.step

    @property
    def max_steps(self) -> int:
        """Steps after which it completes."""
        return self._message.max_steps

    @property
    def last_sequence(self) -> int:
        """The number of its newest event, 0 before the first."""
        return self._message.last_sequence

    @property
    def checkpoint_step(self) -> int:
        """The step of its newest good checkpoint, 0 for none."""
        return self._message.checkpoint_step

    @property
    def game(self) -> str:
        """The id of the game."""
        return self._message.game_id

    @property
    def game_options(self) -> Dict[str, Any]:
        """The game's options with every default filled in."""
        return _tensors.from_json(self._message.game_options_json)

    @property
    def learner(self) -> str:
        """The id of the learner."""
        return self._message.learner

    @property
    def options(self) -> Dict[str, Any]:
        """The learner's options with every default filled in."""
        return _tensors.from_json(self._message.options_json)

    @property
    def seed(self) -> int:
        """The seed of everything it draws."""
        return self._message.seed

    @property
    def players(self) -> Tuple[str, ...]:
        """The game's players."""
        return tuple(self._message.players)

    @property
    def metric_names(self) -> Tuple[str, ...]:
        """What :class:`Metrics` hold: ``player_0/q_loss``."""
        return tuple(self._message.metric_names)

    @property
    def faults(self) -> Tuple[errors.Fault, ...]:
        """Why it failed."""
        return errors.faults_of(self._message.faults)

    @property
    def models(self) -> Tuple[Model, ...]:
        """What it has exported so far."""
        return tuple(model_of(m) for m in self._message.models)

    @property
    def created(self) -> datetime.datetime:
        """When it was started, UTC."""
        return _time(self._message.created_unix_ms)

    @property
    def ended(self) -> Optional[datetime.datetime]:
        """When it ended, UTC; None before."""
        return _time(self._message.ended_unix_ms) if self._message.ended_unix_ms else None

    @property
    def elapsed_seconds(self) -> float:
        """Time spent training, over pauses and restarts."""
        return self._message.elapsed_seconds

    @property
    def steps_per_second(self) -> float:
        """Since it was last taken up; 0 when it is not running."""
        return self._message.steps_per_second

    @property
    def hash(self) -> str:
        """SHA-256 of game, learner, options and seed: runs that share it give the same bits."""
        return self._message.hash

    def refresh(self) -> "Run":
        """Asks the server how the run stands."""
        return self._ask(self._connection.runs.Get)

    def pause(self) -> "Run":
        """Halts it between two steps, with a checkpoint; a queued run leaves the queue."""
        return self._ask(self._connection.runs.Pause)

    def resume(self) -> "Run":
        """Puts a paused run at the end of the queue, and a failed one, from its last good checkpoint."""
        return self._ask(self._connection.runs.Resume)

    def cancel(self) -> "Run":
        """Ends it with what it has; its files stay."""
        return self._ask(self._connection.runs.Cancel)

    def delete(self) -> None:
        """Removes an ended run with its files and models."""
        self._connection.call(self._connection.runs.Delete, pb.RunRequest(run_id=self.id))

    def watch(self, from_sequence: int = 1, follow: bool = True, *, reconnect_timeout: Optional[float] = RECONNECT_SECONDS) -> Iterator[Event]:
        """The run's events from a number on, then, with ``follow``, what happens until it has ended; a paused run is waited for.

        When the connection breaks it is made again and the events go on at the next number: none is lost and none comes twice.
        After ``reconnect_timeout`` seconds without success (None: never) it raises Unavailable.
        """
        first = whole(from_sequence, "from_sequence", 1, INT64)
        return self._events(Watch(self._connection, self.id, first, bool(follow), seconds(reconnect_timeout, "reconnect_timeout")))

    def wait(
        self, timeout: Optional[float] = None, progress: WaitProgress = None, *, reconnect_timeout: Optional[float] = RECONNECT_SECONDS
    ) -> "Run":
        """Waits until the run has ended, and returns it; raises RunFailed, with its faults, if it failed.

        ``timeout``: seconds after which DeadlineExceeded is raised; the run goes on. ``progress``: True for a bar on the error
        stream, or a function of each event after :attr:`last_sequence`. ``reconnect_timeout``: as in :meth:`watch`.
        """
        limit, patience = seconds(timeout, "timeout"), seconds(reconnect_timeout, "reconnect_timeout")
        report, bar = self._reporter(progress)
        try:
            for follow in (True, False):  # the second time for the fields as they are after the end, whatever became of the first connection
                watch = Watch(self._connection, self.id, self.last_sequence + 1, follow, patience, limit)
                with contextlib.closing(self._events(watch)) as events:
                    for event in events:
                        report(event)
        except errors.DeadlineExceeded as error:
            lost = f" ({error.message})" if error.message.startswith("no connection") else ""
            raise errors.DeadlineExceeded(f"after {limit:g} s the run {self.id} is still {self._progress()}; it goes on in the server{lost}") from None
        if bar is not None:
            bar.finish(self.state)
        if self.state == "failed":
            raise errors.RunFailed(f"the run {self.id} failed at step {self.step}", self.faults)
        return self

    def download(self, folder: _files.PathLike = ".", files: Optional[Sequence[str]] = None) -> List[Path]:
        """Writes the run's files into a folder and returns their paths: those named, else every export, the events and the specification.

        Each is checked against its SHA-256 and appears whole or not at all; files of the same names are replaced.
        """
        if files is not None and (isinstance(files, str) or not isinstance(files, Sequence)):
            raise errors.invalid("files", files, "must be a list of files' names, or None for all", "wrong_type")
        names = [text(name, f"files[{i}]", "a file's name") for i, name in enumerate(files or ())]
        if files is not None and not names:
            raise errors.invalid("files", "[]", "must name at least one file, or be None for all", "empty")
        target = _files.to_path(folder, "folder")
        request = pb.DownloadRunRequest(run_id=self.id, files=names)
        return _files.receive(self._connection.stream(self._connection.runs.Download, request), target)

    def metrics(self) -> Dict[str, np.ndarray]:
        """The numbers so far: ``step`` int64 [n] and each metric float64 [n], NaN where it was not yet known."""
        rows = [event for event in self.watch(follow=False) if isinstance(event, Metrics)]
        columns = {name: np.array([row.values.get(name, np.nan) for row in rows], np.float64) for name in self.metric_names}
        return {"step": np.array([row.step for row in rows], np.int64), **columns}

    def evaluations(self) -> List[Evaluation]:
        """The evaluations so far."""
        return [event for event in self.watch(follow=False) if isinstance(event, Evaluation)]

    def __repr__(self) -> str:
        name = f" {self.name!r}" if self.name else ""
        why = f" ({errors.shorten(str(self.faults[0]))})" if self.faults else ""
        return f"Run({self.id}{name}, {self.learner} on {self.game}: {self._progress()}{why})"

    def __reduce__(self) -> Any:
        raise errors.FailedPrecondition("a run holds a connection and cannot be pickled: pass its id, and ask client.run(id) there")

    def _progress(self) -> str:
        place = f" at position {self.queue_position}" if self.queue_position else ""
        of = f" of {self.max_steps}" if self.max_steps else ""
        return f"{self.state}{place}, step {self.step}{of}"

    def _ask(self, method: Callable[..., Any]) -> "Run":
        self._message = self._connection.call(method, pb.RunRequest(run_id=self.id))
        return self

    def _events(self, watch: Watch) -> Generator[Event, None, None]:
        state = self.state
        with contextlib.closing(watch.updates()) as updates:
            for update in updates:
                if update.WhichOneof("update") == "run":
                    self._message = update.run
                else:
                    self._advance(update.event)
                    event = event_of(update.event, self.metric_names, self.players)
                    if isinstance(event, Ended):
                        state = self.state  # it says so itself
                    if event is not None:
                        yield event
                if self.state != state:
                    state = self.state
                    yield StateChanged(watch.seen, self.step, state)

    def _advance(self, event: pb.RunEvent) -> None:
        """Brings the fields up to an event."""
        message = pb.Run()
        message.CopyFrom(self._message)
        message.step, message.last_sequence = max(message.step, event.step), max(message.last_sequence, event.sequence)
        if event.HasField("end"):
            message.state = event.end.state
            del message.faults[:]
            message.faults.extend(event.end.faults)
        self._message = message

    def _reporter(self, progress: WaitProgress) -> Tuple[Callable[[Event], Any], Optional[ProgressBar]]:
        if progress is not None and not isinstance(progress, bool) and not callable(progress):
            raise errors.invalid("progress", type(progress).__name__, "must be None, True or a function", "wrong_type")
        if callable(progress):
            return progress, None
        if not progress:
            return lambda event: None, None
        bar = ProgressBar(f"train {self.learner}")
        return lambda event: bar.draw(event.step, self.max_steps, _note(event, self.state)), bar


def _time(unix_ms: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(unix_ms / 1000, datetime.timezone.utc)


def _note(event: Event, state: str) -> str:
    """What a progress bar says beside the step: the newest numbers, at most two."""
    if not isinstance(event, Metrics):
        return state
    return "  ".join(f"{name} {value:.3g}" for name, value in list(event.values.items())[:2])
