"""The part of a client that is about training runs and the models they leave."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, List, Mapping, Optional, Sequence, Union

from . import _runs, models
from ._checks import INT64, text, whole
from ._client_base import ClientBase
from ._proto import model_pb2
from .batch import check_seed
from .evaluating import EvaluationResult, result_of
from .models import Model
from .training import Run
from .uploads import GameLike


class LearningClient(ClientBase):
    """Starts, finds and evaluates what is learned in the server."""

    def train(
        self,
        game: GameLike,
        learner: str,
        options: Optional[Mapping[str, Any]] = None,
        *,
        game_options: Optional[Mapping[str, Any]] = None,
        seed: int = 0,
        name: str = "",
        evaluate_every: Optional[int] = None,
        evaluation_episodes: Optional[int] = None,
        checkpoint_every: Optional[int] = None,
        metrics_every: Optional[int] = None,
        request_id: Optional[str] = None,
    ) -> Run:
        """Starts a training run in the server and returns at once; the run outlasts this client, and a restart of the server.

        ``name``: for people. ``evaluate_every``: steps between two evaluations, default a twentieth of the run, 0 for one at the end
        only. ``evaluation_episodes``: default 100. ``checkpoint_every``: steps, default a tenth of the run. ``metrics_every``: steps
        between two rows of metrics, default a hundredth. ``request_id``: a second call with the same text gives the same run.
        """
        request = _runs.start_request(
            game, learner, options, game_options, seed, name, evaluate_every, evaluation_episodes, checkpoint_every, metrics_every, request_id
        )
        self._check_size(request, "game")
        return _runs.start(self._connection, request)

    def run(self, id: str) -> Run:
        """A run by its id."""
        return _runs.get_run(self._connection, id)

    def runs(self, state: Union[None, str, Sequence[str]] = None) -> List[Run]:
        """The server's runs, oldest first; only those in ``state`` (or in one of several) where given."""
        return _runs.list_runs(self._connection, state)

    def models(self, run: Union[None, str, Run] = None, game: Optional[str] = None) -> List[Model]:
        """The models that the server keeps; only those of a run, or of a game, where given."""
        run_id = run.id if isinstance(run, Run) else "" if run is None else text(run, "run", "a Run, or the id of one")
        game_id = "" if game is None else text(game, "game", "the id of a game")
        return models.list_models(self._connection, run_id, game_id)

    def model(self, id: str) -> Model:
        """A model by its id."""
        request = model_pb2.ModelRequest(model_id=models.model_id(id, "id"))
        return models.model_of(self._connection.call(self._connection.models.Get, request))

    def upload_model(self, source: Any, name: Optional[str] = None) -> Model:
        """Keeps an ONNX file, a path or its bytes, on the server, which first checks and runs it. ``name``: default the file's."""
        return models.upload(self._connection, self.limits, source, name)

    def download_model(self, id: Union[str, Model], path: Union[str, "os.PathLike[str]"]) -> Path:
        """Writes a model to a file, or under its own name into a folder that exists, and returns where it is."""
        return models.download(self._connection, id, path)

    def delete_model(self, id: Union[str, Model]) -> None:
        """Removes an uploaded model; a run's own models go with the run."""
        self._connection.call(self._connection.models.Delete, model_pb2.ModelRequest(model_id=models.model_id(id, "id")))

    def evaluate(
        self,
        game: GameLike,
        policies: Any,
        episodes: int = 1000,
        seed: int = 0,
        *,
        num_envs: Optional[int] = None,
        provider: str = "cpu",
        greedy: bool = False,
        time_limit: Optional[int] = None,
        game_options: Optional[Mapping[str, Any]] = None,
    ) -> EvaluationResult:
        """Plays whole episodes on the server; seats that ``policies`` does not name play uniformly.

        ``policies``: a dict player -> what :meth:`batch_env` takes in ``others``, or a Solution. ``greedy``: models play their
        deterministic actions; ``vsggym.greedy(model)`` says so for one seat. ``num_envs``: copies at once, default the server's choice.
        ``provider``: where models run, cpu or cuda. ``time_limit``: decisions after which an episode is cut.
        """
        request = model_pb2.EvaluateRequest(
            game=self._game(game, game_options),
            episodes=whole(episodes, "episodes", 1, INT64),
            seed=check_seed(seed),
            num_envs=0 if num_envs is None else whole(num_envs, "num_envs"),
            provider=text(provider, "provider", "cpu or cuda"),
            time_limit=0 if time_limit is None else whole(time_limit, "time_limit"),
        )
        request.policies.extend(self._seating(game, game_options).profile(policies, bool(greedy)))
        self._check_size(request, "policies")
        return result_of(self._connection.call(self._connection.models.Evaluate, request))
