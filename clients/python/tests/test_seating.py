"""Policies as requests name them: models by id, by file and loaded, greedy or not, in seats that are named or the only ones left."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Iterator, Tuple

import numpy as np
import pytest
from run_server import RUN_ID, RunServer, log

import vsggym
from vsggym._proto import environment_pb2
from vsggym._seating import Seating

EVEN = np.array([[0.5, 0.5]])


@pytest.fixture(scope="module")
def runs() -> Iterator[RunServer]:
    """A server that notes what it is asked to evaluate."""
    server = RunServer(log(5))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def own(runs: RunServer) -> Iterator[vsggym.Client]:
    """A client of it."""
    with vsggym.connect(runs.address) as client:
        yield client


def seats(request: Any) -> Dict[str, Tuple[Any, ...]]:
    """Each seat's policy: its kind, its name and whether it is greedy."""
    return {o.player: (o.WhichOneof("policy"), o.model or o.id, o.greedy) for o in request}


def test_evaluate_names_every_kind_of_policy(runs: RunServer, own: vsggym.Client, tmp_path: Path) -> None:
    file = tmp_path / "mine.onnx"
    file.write_bytes(b"weights")
    (model,) = own.run(RUN_ID).models
    policies = {"a": "uniform", "b": "model:x.b", "c": model, "d": file, "e": str(file), "f": EVEN, "g": vsggym.greedy("model:x.g")}
    result = own.evaluate("differential-v0", policies, 50, seed=7, num_envs=8, provider="cuda", time_limit=9, game_options={"payoff": "code"})
    request, uploaded = runs.evaluations[-1], own.models()[-1].id
    assert seats(request.policies) == {
        "a": ("id", "uniform", False), "b": ("model", "x.b", False), "c": ("model", "r-1.player_0", False), "d": ("model", uploaded, False),
        "e": ("model", uploaded, False), "f": ("table", "", False), "g": ("model", "x.g", True),
    }  # fmt: skip
    assert (request.episodes, request.seed, request.num_envs, request.provider, request.time_limit) == (50, 7, 8, "cuda", 9)
    assert request.game.options_json == '{"payoff": "code"}' and len(runs.uploads) == 1, "sent once"
    assert result.returns == {"player_0": 1.5} and result.std_errors == {"player_0": 0.25} and result.lowest == {"player_0": -1.0}
    assert result.highest == {"player_0": 4.0} and (result.episodes, result.mean_length) == (50, 7.0)
    assert repr(result) == "EvaluationResult(player_0 1.5 +- 0.25; 50 episodes)"


def test_greedy_evaluation_is_of_models_only(runs: RunServer, own: vsggym.Client) -> None:
    own.evaluate("differential-v0", {"a": "uniform", "b": "model:x", "c": EVEN}, greedy=True)
    assert seats(runs.evaluations[-1].policies) == {"a": ("id", "uniform", False), "b": ("model", "x", True), "c": ("table", "", False)}
    assert vsggym.greedy(vsggym.greedy("model:x")) == vsggym.greedy("model:x")


BAD = [
    ("greedy table", {"a": vsggym.Greedy(EVEN)}, "policies.a", "only a model"),
    ("no dict", [EVEN], "policies", "dict of player"),
    ("no player", {1: EVEN}, "policies", "names of players"),
    ("no numbers", {"a": object()}, "policies.a", "real numbers"),
]


@pytest.mark.parametrize("name, policies, path, rule", BAD, ids=[case[0] for case in BAD])
def test_policies_are_checked(own: vsggym.Client, name: str, policies: Any, path: str, rule: str) -> None:
    with pytest.raises(vsggym.InvalidArgument) as error:
        own.evaluate("differential-v0", policies)
    assert error.value.path == path and rule in error.value.rule


def test_evaluation_settings_are_checked(own: vsggym.Client) -> None:
    for settings in ({"episodes": 0}, {"seed": -1}, {"num_envs": 0}, {"provider": 3}, {"time_limit": 0}):
        with pytest.raises(vsggym.InvalidArgument) as error:
            own.evaluate("differential-v0", {}, **settings)
        assert error.value.path == next(iter(settings))
    with pytest.raises(FileNotFoundError, match="nowhere.onnx"):
        own.evaluate("differential-v0", {"a": "nowhere.onnx"})


def occupants(own: vsggym.Client, mine: Tuple[str, ...], others: Any) -> Any:
    """The seats of others in an environment of two players."""
    request = environment_pb2.MakeRequest(others=Seating(own._connection, own.limits, lambda: ("player_0", "player_1")).others(mine, others))
    return seats(request.others)


def test_a_single_model_takes_the_one_remaining_seat(own: vsggym.Client, tmp_path: Path) -> None:
    file = tmp_path / "mine.onnx"
    file.write_bytes(b"weights")
    (model,) = own.run(RUN_ID).models
    uploaded = own.upload_model(file).id
    for others, expected in (
        ("model:x", ("model", "x", False)), (vsggym.greedy("model:x"), ("model", "x", True)), (model, ("model", "r-1.player_0", False)),
        (file, ("model", uploaded, False)), (vsggym.greedy(str(file)), ("model", uploaded, True)),
    ):  # fmt: skip
        assert occupants(own, ("player_0",), others) == {"player_1": expected}
        assert occupants(own, ("player_1",), others) == {"player_0": expected}
    assert occupants(own, ("player_0",), "uniform") == {} == occupants(own, ("player_0",), None)
    assert occupants(own, ("player_0",), {"player_1": "model:x"}) == {"player_1": ("model", "x", False)}


def test_a_single_model_needs_one_remaining_seat(own: vsggym.Client) -> None:
    for mine, left in (((), "no seat"), (("player_0", "player_1"), "no seat")):
        with pytest.raises(vsggym.InvalidArgument) as error:
            occupants(own, mine, "model:x")
        assert (error.value.path, error.value.value) == ("others", left) and "0 remain" in error.value.rule
    with pytest.raises(vsggym.InvalidArgument) as error:
        occupants(own, ("player_2",), "model:x")
    assert error.value.value == "player_0, player_1" and "dict of player -> policy" in error.value.rule


def test_seat_of_a_single_model_is_found_by_the_games_players(client: vsggym.Client) -> None:
    for call in (client.make, client.make_vec):
        with pytest.raises(vsggym.Error) as error:
            call("pursuit-v0", player="hunter", others="model:nothing.here")
        assert "others.prey" in str(error.value) or error.value.path == "others.prey", error.value
