"""Every bad input is a typed error that names field, value and rule, and the world stays as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable, Dict, List, Tuple, Type

import numpy as np
import pytest
from harness import TRANSPORTS, paths, serving

import vsggym
from vsggym._proto import catalog_pb2, common_pb2

I, N, F, R = vsggym.InvalidArgument, vsggym.NotFound, vsggym.FailedPrecondition, vsggym.ResourceExhausted
Call = Callable[[vsggym.Client], Any]
Case = Tuple[str, Call, Type[vsggym.Error], str, str, str]

COIN = np.array([[[1.0, -1.0], [-1.0, 1.0]], [[-1.0, 1.0], [1.0, -1.0]]])


def table(**changes: Any) -> vsggym.TabularGame:
    """Two players, two states, two actions each; sound unless changed."""
    rewards = np.zeros((2, 2, 2, 2))
    transitions = np.full((2, 2, 2, 2), 0.5)
    parts: Dict[str, Any] = {"rewards": rewards, "transitions": transitions, "initial": [1.0, 0.0], "discount": 0.9}
    parts.update(changes)
    return vsggym.TabularGame(**parts)


def changed(array: np.ndarray, at: Tuple[int, ...], value: float) -> np.ndarray:
    """A copy with one number changed."""
    copy = np.array(array, dtype=float)
    copy[at] = value
    return copy


HALF = np.full((2, 2, 2, 2), 0.5)
ZERO = np.zeros((2, 2, 2, 2))

REQUESTS: List[Case] = [
    # name, call, type, path, value, part of the rule
    ("unknown game", lambda c: c.batch_env("pursit-v0"), N, "game.id", "pursit-v0", "pursuit-v0"),
    ("unknown game described", lambda c: c.describe("pursit-v0"), N, "id", "pursit-v0", "pursuit-v0"),
    ("unknown solver", lambda c: c.solve("climbing-v0", "romeo_q"), N, "solver", "romeo_q", "rommeo_q"),
    ("unknown concept", lambda c: c.certify("climbing-v0", {}, "nosh"), N, "concept", "nosh", "nash"),
    ("unknown player", lambda c: c.batch_env("pursuit-v0", players=["fox"]), I, "players[0]", "fox", "hunter, prey"),
    ("player twice", lambda c: c.batch_env("pursuit-v0", players=["prey", "prey"]), I, "players[1]", "prey", "once"),
    ("unknown other player", lambda c: c.batch_env("pursuit-v0", players=["prey"], others={"fox": "uniform"}), I, "others.fox", "fox", "hunter"),
    ("unknown policy", lambda c: c.batch_env("pursuit-v0", players=["prey"], others={"hunter": "random"}), I, "others.hunter", "random", "uniform"),
    ("policy of wrong shape", lambda c: c.make("climbing-v0", others={"player_1": np.ones((2, 3)) / 3}), I, "others.player_1", "2, 3", "must have shape [1, 3]"),
    ("policy not summing to 1", lambda c: c.make("climbing-v0", others={"player_1": np.ones((1, 3))}), I, "others.player_1[0, 0]", "1, 1, 1", "sum to 1"),
    ("empty player list", lambda c: c.batch_env("pursuit-v0", players=[]), I, "players", "[]", "at least one"),
    ("empty player names", lambda c: c.describe(vsggym.NormalFormGame(COIN, players=[])), I, "players", "[]", "must not be empty"),
    ("no players in payoffs", lambda c: c.upload_game(vsggym.NormalFormGame(np.zeros((0, 2, 2)))), I, "game.normal_form.payoffs", "[0, 2, 2]", "at least one player"),
    ("too few copies", lambda c: c.batch_env("pursuit-v0", 0), I, "num_envs", "0", "at least 1"),
    ("copies of wrong type", lambda c: c.batch_env("pursuit-v0", 2.5), I, "num_envs", "2.5", "whole number"),
    ("too many copies", lambda c: c.batch_env("pursuit-v0", 10_000_000), R, "num_envs", "10000000", "65536"),
    ("unknown autoreset", lambda c: c.batch_env("pursuit-v0", autoreset="never"), I, "autoreset", "never", "next_step"),
    ("unknown transport", lambda c: c.batch_env("pursuit-v0", transport="pigeon"), I, "transport", "pigeon", "stream"),
    ("negative seed", lambda c: c.batch_env("pursuit-v0", seed=-1), I, "seed", "-1", "[0, 2^64)"),
    ("seed of wrong type", lambda c: c.batch_env("pursuit-v0", seed=1.5), I, "seed", "1.5", "whole number"),
    ("small messages", lambda c: c.batch_env("pursuit-v0", 1024, max_message_bytes=1000), R, "max_message_bytes", "1000", "1024 copies"),
    ("NaN payoff", lambda c: c.upload_game(vsggym.NormalFormGame(changed(COIN, (1, 0, 1), np.nan))), I, "game.normal_form.payoffs[1, 0, 1]", "NaN", "finite"),
    ("infinite reward", lambda c: c.upload_game(table(rewards=changed(ZERO, (1, 0, 1, 1), np.inf))), I, "game.tabular.rewards[1, 0, 1, 1]", "Infinity", "finite"),
    ("NaN transition", lambda c: c.upload_game(table(transitions=changed(HALF, (0, 1, 1, 0), np.nan))), I, "game.tabular.transitions[0, 1, 1, 0]", "NaN", "finite"),
    ("row not summing to 1", lambda c: c.upload_game(table(transitions=changed(HALF, (0, 1, 0, 1), 0.6))), I, "game.tabular.transitions[0, 1, 0]", "1.1", "sum to 1"),
    ("negative probability", lambda c: c.upload_game(table(transitions=changed(HALF, (1, 0, 0, 0), -0.5))), I, "game.tabular.transitions[1, 0, 0, 0]", "-0.5", "negative"),
    ("initial not summing to 1", lambda c: c.upload_game(table(initial=[0.5, 0.6])), I, "game.tabular.initial", "1.1", "sum to 1"),
    ("mismatched shapes", lambda c: c.upload_game(table(transitions=np.full((3, 2, 2, 3), 1 / 3))), I, "game.tabular.transitions", "3, 2, 2, 3", "2, 2, 2, 2"),
    ("mismatched initial", lambda c: c.upload_game(table(initial=[1.0])), I, "game.tabular.initial", "1", "2"),
    ("payoffs for another count", lambda c: c.upload_game(vsggym.NormalFormGame(np.zeros((3, 2, 2)))), I, "game.normal_form.payoffs", "[3, 2, 2]", "4 dimensions for 3 players"),
    ("payoffs of text", lambda c: c.upload_game(vsggym.NormalFormGame([["a"]])), I, "payoffs", "dtype", "real numbers"),
    ("ragged payoffs", lambda c: c.upload_game(vsggym.NormalFormGame([[[1, 2], [3]]])), I, "payoffs", "ragged", "rectangular array of numbers"),
    ("discount and horizon", lambda c: c.upload_game(table(horizon=3)), I, "game.tabular.discount, horizon", "0.9, 3", "exactly one"),
    ("neither discount nor horizon", lambda c: c.upload_game(table(discount=None)), I, "game.tabular.discount, horizon", "neither", "exactly one"),
    ("discount out of range", lambda c: c.upload_game(table(discount=1.5)), I, "game.tabular.discount", "1.5", "(0, 1)"),
    ("terminal rewards without horizon", lambda c: c.upload_game(table(terminal_rewards=np.ones((2, 2)))), I, "game.tabular.terminal_rewards[0, 0]", "1", "horizon"),
    ("players of another count", lambda c: c.upload_game(vsggym.NormalFormGame(COIN, players=["a"])), I, "game.normal_form.players", "1 names", "each of the 2 players"),
    ("a player twice", lambda c: c.upload_game(vsggym.NormalFormGame(COIN, players=["a", "a"])), I, "game.normal_form.players", "a, a", "must differ"),
    ("a game of wrong type", lambda c: c.batch_env(17), I, "game", "int", "must be an id"),
    ("time limit of zero", lambda c: c.batch_env("pursuit-v0", time_limit=0), I, "time_limit", "0", "at least 1"),
    ("timeout of zero", lambda c: c.solve("climbing-v0", "mge_f", timeout=0), I, "timeout", "0", "above 0"),
    ("option that is no number", lambda c: c.solve("climbing-v0", "mge_f", {"damping": float("nan")}), I, "options.damping", "nan", "finite"),
    ("options that are no dict", lambda c: c.solve("climbing-v0", "mge_f", "damping=1"), I, "options", "damping=1", "dict"),
    ("policy of unknown player", lambda c: c.certify("climbing-v0", {"fox": np.ones((1, 3)) / 3}), I, "policies.fox", "fox", "player_0, player_1"),
    ("policies missing", lambda c: c.certify("climbing-v0", {"player_0": np.ones((1, 3)) / 3}), I, "policies.player_1", "", "every player needs a policy"),
    ("policy of bad sum", lambda c: c.certify("climbing-v0", {p: np.ones((1, 3)) for p in ("player_0", "player_1")}), I, "policies.player_0[0, 0]", "1, 1, 1", "sum to 1"),
    ("a solver of wrong type", lambda c: c.solve("climbing-v0", 5), I, "solver", "5", "id of a solver"),
    ("a solver that is no Unicode", lambda c: c.solve("climbing-v0", "\ud800"), I, "solver", "ud800", "lone surrogates"),
    ("timeout of text", lambda c: c.solve("climbing-v0", "mge_f", timeout="1"), I, "timeout", "1", "above 0"),
    ("timeout of NaN", lambda c: c.solve("climbing-v0", "mge_f", timeout=float("nan")), I, "timeout", "nan", "above 0"),
    ("timeout without end", lambda c: c.batch_env("climbing-v0", timeout=float("inf")), I, "timeout", "inf", "at most 1e+09"),
    ("timeout of a call that is text", lambda c: c.batch_env("climbing-v0", transport="stream", timeout="1"), I, "timeout", "1", "above 0"),
    ("timeout of a connection that is text", lambda c: vsggym.connect(c.address, timeout="1"), I, "timeout", "1", "above 0"),
    ("an address of wrong type", lambda c: vsggym.connect(50051), I, "address", "50051", "HOST:PORT"),
    ("a token of wrong type", lambda c: vsggym.connect(c.address, token=5), I, "token", "5", "text"),
    ("tls of wrong type", lambda c: vsggym.connect(c.address, tls=5), I, "tls", "int", "CA file"),
    ("trace rows of wrong type", lambda c: c.solve("climbing-v0", "mge_f", trace_rows=1.5), I, "trace_rows", "1.5", "whole number"),
    ("too many trace rows", lambda c: c.solve("climbing-v0", "mge_f", trace_rows=2**40), I, "trace_rows", "1099511627776", "at most"),
    ("negative trace rows", lambda c: c.solve("climbing-v0", "mge_f", trace_rows=-1), I, "trace_rows", "-1", "at least 0"),
    ("concept of wrong type", lambda c: c.solve("climbing-v0", "mge_f", concept=3), I, "concept", "3", "id of a concept"),
    ("measured concept of wrong type", lambda c: c.certify("climbing-v0", {}, 3), I, "concept", "3", "id of a concept"),
    ("policies of no player", lambda c: c.certify("climbing-v0", {1: np.ones((1, 3)) / 3}), I, "policies", "1", "names of players"),
    ("others of no player", lambda c: c.batch_env("pursuit-v0", players=["prey"], others={1: "uniform"}), I, "others", "1", "names of players"),
    ("players of wrong type", lambda c: c.batch_env("pursuit-v0", players=5), I, "players", "5", "list"),
    ("a player of wrong type", lambda c: c.batch_env("pursuit-v0", players=["prey", 5]), I, "players[1]", "5", "name of a player"),
    ("largest message of text", lambda c: c.batch_env("pursuit-v0", max_message_bytes="x"), I, "max_message_bytes", "x", "whole number"),
    ("largest message of nothing", lambda c: c.batch_env("pursuit-v0", max_message_bytes=0), I, "max_message_bytes", "0", "at least 1"),
    ("horizon of text", lambda c: table(discount=None, horizon="x"), I, "horizon", "x", "whole number"),
    ("horizon too long", lambda c: table(discount=None, horizon=2**40), I, "horizon", "1099511627776", "at most"),
    ("discount of text", lambda c: table(discount="x"), I, "discount", "x", "number"),
    ("title of wrong type", lambda c: table(title=3), I, "title", "3", "text"),
    ("states of wrong type", lambda c: table(states=3), I, "states", "3", "list of texts"),
    ("labels of wrong type", lambda c: table(actions=3), I, "actions", "3", "one per player"),
    ("ragged rewards", lambda c: table(rewards=[[1, 2], [3]]), I, "rewards", "ragged", "rectangular"),
]  # fmt: skip


def test_every_wrong_count_of_dimensions_is_named_at_construction() -> None:
    with pytest.raises(vsggym.InvalidArgument) as error:
        vsggym.TabularGame(np.zeros((2, 3)), 1, 1, terminal_rewards=[1.0])
    assert [(f.path, f.value) for f in error.value.faults] == [
        ("rewards", "shape [2, 3]"), ("transitions", "shape []"), ("initial", "shape []"), ("terminal_rewards", "shape [1]"),
    ]  # fmt: skip
    assert "4 dimensions for 2 players" in error.value.rule and all(f.reason == "wrong_shape" for f in error.value.faults)


@pytest.mark.parametrize("name, call, kind, path, value, rule", REQUESTS, ids=[case[0] for case in REQUESTS])
def test_request_is_refused(client: vsggym.Client, name: str, call: Call, kind: Type[vsggym.Error], path: str, value: str, rule: str) -> None:
    with pytest.raises(kind) as error:
        call(client)
    faults = [f for f in error.value.faults if f.path == path]
    assert faults, f"no fault at {path}: {error.value.faults}"
    assert rule and value in faults[0].value and rule in faults[0].rule, error.value.faults
    assert faults[0].reason and (faults[0].path in str(error.value)), str(error.value)


def test_every_bad_option_is_reported_at_once(client: vsggym.Client) -> None:
    with pytest.raises(vsggym.InvalidArgument) as error:
        client.solve("climbing-v0", "mge_f", {"dampink": 1, "inverse_temperature": "hot", "tolerance": -1.0, "max_iterations": 0})
    assert {"options.dampink", "options.inverse_temperature", "options.tolerance", "options.max_iterations"} <= set(paths(error.value))
    by_path = {f.path: f for f in error.value.faults}
    assert by_path["options.dampink"].reason == "unknown_option" and "damping" in by_path["options.dampink"].rule
    assert by_path["options.inverse_temperature"].reason == "wrong_type"
    assert by_path["options.tolerance"].reason == "out_of_range" and "-1" in by_path["options.tolerance"].value
    assert all(path in str(error.value) for path in by_path)


def test_every_bad_game_option_is_reported_at_once(client: vsggym.Client) -> None:
    for call in (client.batch_env, client.make, client.describe):
        with pytest.raises(vsggym.InvalidArgument) as error:
            call("pursuit-v0", game_options={"horizon": 0, "horizn": 3})
        assert {"game.options.horizon", "game.options.horizn"} <= set(paths(error.value))


NFG = 'NFG 1 R "coin" { "a" "b" } { 2 2 }\n\n1 -1 -1 1 -1 1 1 -1\n'
BAD_NFG = [
    ("empty", ""),
    ("not a game", "hello"),
    ("truncated payoffs", NFG.rsplit(" ", 2)[0]),
    ("truncated header", NFG[:22]),
    ("a word among the payoffs", NFG.replace("-1 -1", "-1 x", 1)),
    ("no actions", NFG.replace("{ 2 2 }", "{ 2 0 }")),
    ("players and actions of different counts", NFG.replace("{ 2 2 }", "{ 2 2 2 }")),
]


@pytest.mark.parametrize("name, text", BAD_NFG, ids=[case[0] for case in BAD_NFG])
def test_malformed_nfg_is_refused(client: vsggym.Client, tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / "bad.nfg"
    file.write_text(text)
    for call in (lambda: client.solve(str(file), "mge_f"), lambda: client.upload_game(file), lambda: client.batch_env(file)):
        with pytest.raises(vsggym.InvalidArgument) as error:
            call()
        assert "nfg" in error.value.path and error.value.rule, error.value.faults


def test_nfg_that_is_not_utf8_is_refused_instead_of_altered(client: vsggym.Client, tmp_path: Path) -> None:
    file = tmp_path / "latin.nfg"
    file.write_bytes(NFG.replace("coin", "pi\u00e8ce").encode("latin-1"))
    with pytest.raises(vsggym.InvalidArgument) as error:
        client.upload_game(file)
    fault = error.value.faults[0]
    assert (fault.path, fault.value) == ("game.nfg", "latin.nfg: byte 0xe8") and str(file) in fault.rule and "UTF-8" in fault.rule


def test_missing_nfg_file_is_named(client: vsggym.Client) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere.nfg"):
        client.solve("nowhere.nfg", "mge_f")


def test_message_above_the_limit() -> None:
    with serving("--max-message-bytes", "65536") as server, vsggym.connect(server.tcp) as client:
        large = vsggym.NormalFormGame(np.zeros((2, 100, 100)))
        with pytest.raises(vsggym.ResourceExhausted) as error:
            client.upload_game(large)
        assert error.value.path == "game" and "65536" in error.value.rule
        with pytest.raises(vsggym.ResourceExhausted) as error:  # a client that does not look at the limit first
            client._call("UploadGame", catalog_pb2.UploadGameRequest(game=large.to_message()))
        assert "65536" in str(error.value)
        with pytest.raises(vsggym.ResourceExhausted) as error:
            client.batch_env("pursuit-v0", 4096)
        assert error.value.path == "max_message_bytes" and "65536" in str(error.value)
        client.upload_game(vsggym.NormalFormGame(COIN))


def test_too_many_of_everything() -> None:
    with serving("--max-environments", "2", "--max-uploads", "1", "--max-num-envs", "10") as server, vsggym.connect(server.tcp) as client:
        with pytest.raises(vsggym.ResourceExhausted) as error:
            client.batch_env("pursuit-v0", 11)
        assert error.value.path == "num_envs" and error.value.value == "11" and "10" in error.value.rule
        kept = [client.batch_env("pursuit-v0"), client.batch_env("pursuit-v0", transport="stream")]
        for transport in TRANSPORTS:
            with pytest.raises(vsggym.ResourceExhausted, match="2"):
                client.batch_env("pursuit-v0", transport=transport)
        kept[0].close()
        client.batch_env("pursuit-v0").close()


def test_malformed_bytes_name_the_field(client: vsggym.Client) -> None:
    spec = common_pb2.GameSpec(normal_form=common_pb2.NormalFormGame(payoffs=common_pb2.Tensor(dtype=4, shape=[2, 2, 2], data=b"12345")))
    with pytest.raises(vsggym.InvalidArgument) as error:
        client._call("UploadGame", catalog_pb2.UploadGameRequest(game=spec))
    assert "payoffs" in error.value.path and "64" in error.value.rule
    spec = common_pb2.GameSpec(id="pursuit-v0", options_json="{not json")
    with pytest.raises(vsggym.InvalidArgument) as error:
        client._call("Describe", catalog_pb2.DescribeRequest(game=spec))
    assert error.value.path == "game.options" and error.value.faults[0].reason == "malformed_json"
