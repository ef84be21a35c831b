"""Games given in full, over the wire: refused where wrong, listed, deleted, and given back as they were."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable, List, Tuple, Type

import numpy as np
import pytest
from harness import paths

import vsggym

I, R = vsggym.InvalidArgument, vsggym.ResourceExhausted
STAY = np.array([[[0.0, 1.0]], [[0.0, 1.0]]])  # one action: state 0 leads to state 1, which stays
ENTRY = """EFG 2 R "Entry" { "Entrant" "Incumbent" }
p "" 1 1 "" { "Out" "In" } 0
t "" 1 "" { 0 2 }
p "" 2 1 "" { "Fight" "Share" } 0
t "" 2 "" { -1 -1 }
t "" 3 "" { 1 1 }
"""


def table(rewards: Any = np.zeros((1, 2, 1)), transitions: Any = STAY, **settings: Any) -> vsggym.TabularGame:
    return vsggym.TabularGame(rewards, transitions, **{"horizon": 3, **settings})


def sparse(indices: Any, values: Any) -> vsggym.TabularGame:
    return table(vsggym.SparseArray(indices, values, (1, 2, 1)))


def crowd(**settings: Any) -> vsggym.MeanFieldGame:
    given = {"rewards": [[1.0, 0.0], [0.0, 2.0]], "transitions": np.eye(2)[np.array([[0, 1], [0, 1]])], "horizon": 2, **settings}
    return vsggym.MeanFieldGame(**given)


def diamond(**settings: Any) -> vsggym.FlowGraph:
    return vsggym.FlowGraph(**{"edges": [[0, 1], [0, 2], [1, 3], [2, 3], [1, 4]], "returns": [0, 0, 0, 2.0, 3.0], **settings})


Case = Tuple[str, Callable[[], Any], Type[vsggym.Error], str, str]
MALFORMED: List[Case] = [
    ("a payoff that is not finite", lambda: vsggym.NormalFormGame([[1.0, np.nan]]), I, "game.normal_form.payoffs[0, 1]", "must be finite"),
    ("payoffs of wrong shape", lambda: vsggym.NormalFormGame(np.zeros((2, 2))), I, "game.normal_form.payoffs", "3 dimensions"),
    ("a row that sums to 0.9", lambda: table(transitions=STAY * 0.9), I, "game.tabular.transitions[0, 0]", "must sum to 1"),
    ("transitions of wrong shape", lambda: table(transitions=np.zeros((2, 1, 3))), I, "game.tabular.transitions", "must have shape [2, 1, 2]"),
    ("names of too few states", lambda: table(states=["a"]), I, "game.tabular.states", "must name each of the 2"),
    ("a state where nothing is legal", lambda: table(legal_actions=[[[True], [False]]]), I, "game.tabular.legal_actions.player_0[1]", "at least one legal"),
    ("a place outside", lambda: sparse([[0, 2, 0]], [1.0]), I, "game.tabular.sparse_rewards.indices[0, 1]", "must be in [0, 1]"),
    ("a place twice", lambda: sparse([[0, 1, 0], [0, 1, 0]], [1.0, 2.0]), I, "game.tabular.sparse_rewards.indices[1]", "must not repeat indices[0]"),
    ("an infinite element", lambda: sparse([[0, 1, 0]], [np.inf]), I, "game.tabular.sparse_rewards.values[0]", "must be finite"),
    ("sparse rewards of a huge game", lambda: table(vsggym.SparseArray(np.zeros((0, 3), int), [], (1, 2**20, 32))), R, "game.tabular.sparse_rewards", "at most"),
    ("a population that leaks", lambda: crowd(transitions=np.full((2, 2, 2), 0.4)), I, "game.mean_field.transitions[0, 0]", "must sum to 1"),
    ("terms of wrong shape", lambda: crowd(mass_rewards=np.zeros((2, 2))), I, "game.mean_field.mass_rewards", "must have shape [2, 2, 2]"),
    ("a population of nobody", lambda: crowd(agents=0), I, "agents", "whole number of at least 1"),
    ("half an agent", lambda: crowd(agents=0.5), I, "agents", "must be a whole number"),
    ("too many agents", lambda: crowd(agents=1001), I, "game.mean_field.agents", "must be in [1, 1000]"),
    ("states of the same name", lambda: crowd(states=["a", "a"]), I, "game.mean_field.states", "must differ"),
    ("an edge out of the graph", lambda: diamond(edges=[[0, 9]]), I, "game.flow.edges[0].to", "must be in [0, 4]"),
    ("a circle", lambda: diamond(edges=[[0, 1], [1, 0], [0, 2], [1, 3], [1, 4]]), I, "game.flow.edges", "is a cycle"),
    ("a dead end", lambda: diamond(returns=[0, 0, 0, 2.0, 0]), I, "game.flow.nodes[4]", "is a dead end"),
    ("a payment on the way", lambda: diamond(returns=[0, 1.0, 0, 2.0, 3.0]), I, "game.flow.returns[0, 1]", "only terminal nodes"),
]  # fmt: skip


@pytest.mark.parametrize("name, make, kind, path, rule", MALFORMED, ids=[case[0] for case in MALFORMED])
def test_a_malformed_game_is_refused_with_place_and_rule(
    client: vsggym.Client, name: str, make: Callable[[], Any], kind: Type[vsggym.Error], path: str, rule: str
) -> None:
    with pytest.raises(kind) as caught:
        client.upload_game(make())
    assert any(fault.path == path and rule in fault.rule for fault in caught.value.faults), caught.value


@pytest.mark.parametrize(
    "ending, text, path, rule",
    [
        (".nfg", 'NFG 1 R "t" { "a" }\n{ 2 }\n1 x', "game.nfg[line 3, column 3]", "a payoff (2 of 2)"),
        (".efg", 'EFG 2 R "t" { "a" }\np "" 2 1 { "x" } 0', "game.efg[line 2, column 6]", "a player's number from 1 to 1"),
        (".efg", 'EFG 2 R "t" { "a" }\nc "" 1 { "x" 1/3 } 0', "game.efg[line 2, column 14]", "sum to 1"),
        (".efg", ENTRY[:-3], "game.efg[line 6, column 16]", "} after the 2 payoffs"),
    ],
)  # fmt: skip
def test_a_malformed_file_is_refused_with_line_and_column(client: vsggym.Client, tmp_path: Path, ending: str, text: str, path: str, rule: str) -> None:
    file = tmp_path / f"game{ending}"
    file.write_text(text)
    with pytest.raises(vsggym.InvalidArgument) as caught:
        client.upload_game(str(file))
    assert paths(caught.value) == [path]
    assert rule in caught.value.faults[0].rule


def test_an_extensive_game_becomes_its_normal_form(client: vsggym.Client, tmp_path: Path) -> None:
    file = tmp_path / "entry.efg"
    file.write_text(ENTRY)
    id = client.upload_game(file)
    exported = client.export_game(id)
    np.testing.assert_array_equal(exported.rewards[:, 0], [[[0, 0], [-1, 1]], [[2, 2], [-1, 1]]])
    assert exported.game.players == ("Entrant", "Incumbent")
    nfg = tmp_path / "entry.nfg"
    nfg.write_text(exported.nfg or "")
    assert client.upload_game(nfg) == id == client.upload_game(exported.game)
    assert client.describe(str(file)).game.kind == "tabular"


@pytest.mark.parametrize("seed", range(4))
def test_a_random_table_comes_back_in_either_form(client: vsggym.Client, seed: int) -> None:
    random = np.random.default_rng(seed)
    rewards = random.normal(size=(2, 3, 2, 2)) * (random.random((2, 3, 2, 2)) < 0.5)
    transitions = random.dirichlet(np.ones(3), size=(3, 2, 2))
    transitions[random.random((3, 2, 2)) < 0.3] = 0
    mask = [[[True, True], [True, False], [True, True]], [[True, True]] * 3]
    rewards[:, 1, 1], transitions[1, 1] = 0, 0  # what is illegal pays nothing
    game = table(rewards, transitions, legal_actions=mask, terminal_rewards=random.normal(size=(2, 3)), title=f"random {seed}")
    id = client.upload_game(game)
    dense, coordinates = client.export_game(id), client.export_game(id, sparse=True)
    np.testing.assert_array_equal(dense.rewards, rewards)
    np.testing.assert_array_equal(dense.transitions, transitions)
    np.testing.assert_array_equal(dense.terminal_rewards, game.terminal_rewards)
    np.testing.assert_array_equal(dense.legal_actions[0], mask[0])
    np.testing.assert_array_equal(coordinates.rewards.to_dense(), rewards)
    np.testing.assert_array_equal(coordinates.transitions.to_dense(), transitions)
    given = table(vsggym.SparseArray.of(rewards), vsggym.SparseArray.of(transitions), legal_actions=mask, terminal_rewards=game.terminal_rewards, title=game.title)
    assert {client.upload_game(form) for form in (dense.game, coordinates.game, given)} == {id}
    assert dense.nfg is None


def test_a_game_of_the_catalogue_is_exported(client: vsggym.Client) -> None:
    exported = client.export_game("climbing-v0", game_options={"horizon": 1})
    np.testing.assert_array_equal(exported.rewards[0, 0], [[11, -30, 0], [-30, 7, 6], [0, 0, 5]])
    assert exported.nfg is not None and exported.nfg.startswith('NFG 1 R "climbing-v0"')
    assert client.export_game("climbing-v0", game_options={"horizon": 1}, sparse=True).rewards.values.size == 12  # six of nine cells, for both


def test_a_mean_field_game_of_the_catalogue_is_exported(client: vsggym.Client) -> None:
    exported = client.export_game("mf_left_right-v0", game_options={"agents": 4, "right_cost": 3})
    assert isinstance(exported.game, vsggym.MeanFieldGame)
    assert (exported.agents, exported.horizon, exported.states) == (4, 2, ("center", "left", "right"))
    np.testing.assert_array_equal(exported.rewards, np.zeros((3, 2)))
    np.testing.assert_array_equal(exported.mass_rewards[:, 0], -np.diag([0, 1, 3]))
    assert exported.mass_transitions is None
    described = client.describe(client.upload_game(exported.game)).game
    assert list(described.players) == [f"agent_{i}" for i in range(4)]
    np.testing.assert_allclose(client.export_game("mf_sis-v0").mass_transitions[0, 0], [[0, -0.81], [0, 0.81]], atol=1e-15)


@pytest.mark.parametrize("game", ["differential-v0", "mf_crowd-v0"])
def test_a_game_without_arrays_is_refused(client: vsggym.Client, game: str) -> None:
    with pytest.raises(vsggym.InvalidArgument) as caught:
        client.export_game(game)
    assert paths(caught.value) == ["game"]


def test_a_mean_field_game_is_played_and_comes_back(client: vsggym.Client) -> None:
    mass = np.zeros((2, 2, 2))
    mass[0, 0] = [-1, 0]
    id = client.upload_game(crowd(mass_rewards=mass, states=["left", "right"], title="crowd"))
    described = client.describe(id).game
    assert (described.kind, len(described.players), described.horizon) == ("mean_field", 10, 2)
    with client.batch_env(id, num_envs=2, seed=0) as env:
        env.reset()
        step = env.step({player: np.zeros(2, np.int32) for player in described.players})
        assert all(reward == 0 for rewards in step.rewards.values() for reward in rewards)  # 1, less the share of all in state 0
    exported = client.export_game(id)
    np.testing.assert_array_equal(exported.mass_rewards, mass)
    assert (exported.states, exported.agents) == (("left", "right"), 10)
    assert client.upload_game(exported.game) == id


def test_a_mean_field_game_is_played_by_as_many_agents_as_it_says(client: vsggym.Client) -> None:
    id = client.upload_game(crowd(agents=3))
    assert id != client.upload_game(crowd()) == client.upload_game(crowd(agents=10))
    with client.batch_env(id, num_envs=2, seed=0) as env:
        assert list(env.players) == ["agent_0", "agent_1", "agent_2"]
    exported = client.export_game(id)
    assert exported.agents == 3 and client.upload_game(exported.game) == id


def test_a_flow_graph_is_walked_and_comes_back(client: vsggym.Client) -> None:
    id = client.upload_game(diamond(title="diamond", labels=["root", "a", "b", "two", "three"]))
    assert client.describe(id).game.kind == "flow"
    with client.batch_env(id, seed=0) as env:
        env.reset()
        env.step({"player_0": np.array([0], np.int32)})
        step = env.step({"player_0": np.array([1], np.int32)})
        assert step.rewards["player_0"][0] == 3 and step.terminated["player_0"][0]
    exported = client.export_game(id)
    assert sorted(map(tuple, exported.edges)) == [(0, 1), (0, 2), (1, 3), (1, 4), (2, 3)]
    assert client.upload_game(exported.game) == id


def test_uploads_are_listed_and_deleted(client: vsggym.Client) -> None:
    id = client.upload_game(vsggym.NormalFormGame([[1.0, 2.5]], title="to be deleted"))
    found = next(upload for upload in client.uploads() if upload.id == id)
    assert (found.title, found.kind) == ("to be deleted", "tabular") and found.bytes > 0
    with client.batch_env(id, seed=0) as env:
        client.delete_upload(found)
        assert id not in [upload.id for upload in client.uploads()]
        env.reset()
        assert env.step({"player_0": np.array([1], np.int32)}).rewards["player_0"][0] == 2.5  # who has it keeps it
    for call in (lambda: client.batch_env(id), lambda: client.delete_upload(id)):
        with pytest.raises(vsggym.NotFound, match="was deleted"):
            call()


def test_labels_of_boxes_and_wrong_coordinates_are_told(client: vsggym.Client) -> None:
    space = client.describe("pursuit-v0", {"observation": "features"}).game.players["hunter"].observation_space
    assert isinstance(space, vsggym.Box) and len(space.labels) == len(space.low)
    with pytest.raises(vsggym.InvalidArgument, match="indices"):
        vsggym.SparseArray([[0, 1]], [1.0, 2.0], (2, 2))
    with pytest.raises(vsggym.InvalidArgument, match="whole numbers"):
        client.upload_game(diamond(edges=[[0.5, 1.0]]))
