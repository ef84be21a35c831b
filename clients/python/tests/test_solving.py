"""Solutions, certificates, uploaded games and Gambit files, over the wire."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import List

import numpy as np
import pytest

import vsggym
from vsggym._progress import ProgressBar
from vsggym._proto import solver_pb2
from vsggym.solution import solution as solution_of

# Player 0 gets +1 where the coins match and -1 where they don't, player 1 the opposite: the only equilibrium is even mixing.
COIN = np.array([[[1.0, -1.0], [-1.0, 1.0]], [[-1.0, 1.0], [1.0, -1.0]]])
COIN_NFG = 'NFG 1 R "coin" { "odd" "even" } { 2 2 }\n\n1 -1 -1 1 -1 1 1 -1\n'
EVEN = np.array([[0.5, 0.5]])


def test_solution_has_every_part(either: vsggym.Client) -> None:
    solution = either.solve("climbing-v0", "rommeo_q", seed=3)
    for player in ("player_0", "player_1"):
        assert solution.policies[player].shape == (1, 3) and solution.policies[player].dtype == np.float64
        assert solution.policies[player].sum() == pytest.approx(1)
        assert solution.opponent_models[player].shape == (1, 3)
    certificate = solution.certificate
    assert certificate["concept"] == "nash" and certificate["gap"] == pytest.approx(sum(certificate["gap_per_player"].values()))
    assert set(certificate["values"]) == {"player_0", "player_1"}
    for bound in certificate["bounds"].values():
        assert set(bound) == {"value", "premise_holds", "statement", "measured"} and isinstance(bound["premise_holds"], bool)
    assert solution.iterations == solution.trace[-1]["iteration"] and {"iteration", "residual"} <= set(solution.trace[0])
    assert (solution.solver, solution.game, solution.seed) == ("rommeo_q", "climbing-v0", 3)
    assert solution.options["episodes"] == solution.iterations and solution.stop_reason == "episodes"
    again = either.solve("climbing-v0", "rommeo_q", seed=3)
    assert all((again.policies[p] == solution.policies[p]).all() for p in solution.policies), "same seed, same answer"
    other = either.solve("climbing-v0", "rommeo_q", seed=4)
    assert any((other.policies[p] != solution.policies[p]).any() for p in solution.policies)


def test_finite_horizon_policies_have_a_time_axis(client: vsggym.Client) -> None:
    solution = client.solve("pursuit-v0", "mge_f", game_options={"horizon": 3})
    states = client.describe("pursuit-v0").game.states
    assert solution.policies["hunter"].shape == (3, states, 5)
    assert solution.values["hunter"].shape == (4, states)
    assert solution.game_options["horizon"] == 3


def test_solved_policies_certify_and_play(client: vsggym.Client) -> None:
    solution = client.solve("matching_pennies-v0", "mge_f")
    again = client.certify("matching_pennies-v0", solution)
    assert again["gap"] == pytest.approx(solution.certificate["gap"], abs=1e-12)
    assert client.certify("matching_pennies-v0", {p: EVEN for p in solution.policies})["gap"] == pytest.approx(0, abs=1e-12)
    pure = client.certify("matching_pennies-v0", {p: np.array([[1.0, 0.0]]) for p in solution.policies})
    assert pure["gap"] == pytest.approx(2), "the loser of matching pennies gains 2 by switching"


def test_trace_may_be_short_or_absent(client: vsggym.Client) -> None:
    assert client.solve("climbing-v0", "rommeo_q", trace_rows=0).trace == []
    short = client.solve("climbing-v0", "rommeo_q", trace_rows=10).trace
    assert 2 <= len(short) <= 10 and short[-1]["iteration"] == 300


def test_a_callback_follows_and_stops(client: vsggym.Client) -> None:
    seen: List[vsggym.Progress] = []

    def stop_at_second(progress: vsggym.Progress) -> bool:
        seen.append(progress)
        return len(seen) < 2

    solution = client.solve("climbing-v0", "rommeo_q", {"episodes": 1_000_000_000}, progress=stop_at_second)
    assert solution.stop_reason == "stop_requested" and solution.status == "stopped"
    assert len(seen) == 2 and seen[0].iteration < seen[1].iteration <= solution.iterations < 1_000_000_000
    assert seen[0].max_iterations == 1_000_000_000
    assert solution.policies["player_0"].sum() == pytest.approx(1)


def test_a_stop_at_the_last_iteration_comes_too_late_and_changes_nothing(client: vsggym.Client) -> None:
    asked: List[int] = []

    def stop_at_the_last(progress: vsggym.Progress) -> bool:
        if progress.iteration == 300:
            asked.append(progress.iteration)
            time.sleep(0.5)  # the server has ended the solve by then
        return progress.iteration < 300

    solution = client.solve("climbing-v0", "rommeo_q", {"episodes": 300}, progress=stop_at_the_last)
    assert asked == [300] and (solution.stop_reason, solution.iterations) == ("episodes", 300)


def test_time_limit_returns_what_it_has(client: vsggym.Client) -> None:
    start = time.monotonic()
    solution = client.solve("climbing-v0", "rommeo_q", {"episodes": 1_000_000_000}, timeout=0.5)
    assert solution.stop_reason == "time_limit" and 0.4 < time.monotonic() - start < 10


def test_progress_bar_is_drawn_on_the_error_stream(client: vsggym.Client, capsys: pytest.CaptureFixture) -> None:
    client.solve("climbing-v0", "rommeo_q", {"episodes": 1_000_000_000}, progress=True, timeout=1.0)
    shown = capsys.readouterr()
    assert shown.out == "" and "solve rommeo_q [" in shown.err and "residual" in shown.err and "time_limit" in shown.err
    stream = io.StringIO()
    bar = ProgressBar("x", stream)
    bar.show(vsggym.Progress(5, 10, 0.25, {}))
    assert stream.getvalue().startswith("\rx [############............] 5/10  residual 0.25")


def test_progress_of_wrong_type(client: vsggym.Client) -> None:
    with pytest.raises(vsggym.InvalidArgument, match="progress"):
        client.solve("climbing-v0", "mge_f", progress=3)


def test_payoffs_table_and_file_are_the_same_game(client: vsggym.Client, tmp_path: Path) -> None:
    file = tmp_path / "coin.nfg"
    file.write_text(COIN_NFG)
    table = vsggym.TabularGame(COIN[:, np.newaxis], np.zeros((1, 2, 2, 1)), horizon=1, players=["odd", "even"])
    for game in (vsggym.NormalFormGame(COIN, players=["odd", "even"]), table, file, str(file)):
        assert client.certify(game, {"odd": EVEN, "even": EVEN})["gap"] == pytest.approx(0, abs=1e-12)
        assert client.certify(game, {"odd": [[1, 0]], "even": EVEN})["gap"] == pytest.approx(1)
        assert list(client.describe(game).game.players) == ["odd", "even"]
        solution = client.solve(game, "mge_f")
        assert solution.policies["odd"].ravel() == pytest.approx([0.5, 0.5])


def test_nfg_payoffs_run_over_the_first_player_first(client: vsggym.Client, tmp_path: Path) -> None:
    file = tmp_path / "steps.nfg"
    file.write_text('NFG 1 R "steps" { "a" "b" } { 2 3 }\n\n1 10 2 20 3 30 4 40 5 50 6 60\n')
    env = client.batch_env(file, 6)
    env.reset()
    step = env.step(([0, 1, 0, 1, 0, 1], [0, 0, 1, 1, 2, 2]))
    assert step.rewards["a"].tolist() == [1, 2, 3, 4, 5, 6] and step.rewards["b"].tolist() == [10, 20, 30, 40, 50, 60]


def test_axes_of_payoffs_are_players_then_their_actions(client: vsggym.Client) -> None:
    payoffs = np.arange(3 * 2 * 3 * 4, dtype=float).reshape(3, 2, 3, 4)
    with client.batch_env(vsggym.NormalFormGame(payoffs), 1) as env:
        env.reset()
        step = env.step(([1], [2], [3]))
        assert [step.rewards[p][0] for p in env.players] == [payoffs[p, 1, 2, 3] for p in range(3)]


def test_tabular_game_plays_by_its_arrays(client: vsggym.Client) -> None:
    # One player, three states in a row; action 1 moves on and pays the state's number, the last state ends the episode.
    rewards = np.array([[[0.0, 0.0], [0.0, 1.0], [0.0, 2.0]]])
    transitions = np.zeros((3, 2, 3))
    transitions[[0, 1, 2], 0, [0, 1, 2]] = 1.0
    transitions[[0, 1], 1, [1, 2]] = 1.0
    game = vsggym.TabularGame(rewards, transitions, [1.0, 0.0, 0.0], discount=0.5, players=["walker"], states=["a", "b", "c"])
    with client.batch_env(game, 1, autoreset="disabled") as env:
        assert env.reset()["walker"].tolist() == [0]
        assert [env.step(([1],)).observations["walker"][0] for _ in range(2)] == [1, 2]
        last = env.step(([1],))
        assert last.rewards["walker"][0] == 2.0 and last.terminated["walker"][0] and not last.live["walker"][0]
    always = {"walker": np.array([[0.0, 1.0]] * 3)}
    assert client.certify(game, always)["values"]["walker"] == pytest.approx(0.5 * 1 + 0.25 * 2)


def test_terminal_rewards_are_paid_at_the_horizon(client: vsggym.Client) -> None:
    game = vsggym.TabularGame(np.zeros((1, 1, 1)), np.ones((1, 1, 1)), horizon=2, terminal_rewards=[[5.0]])
    with client.batch_env(game, 1) as env:
        env.reset()
        assert [env.step(([0],)).rewards["player_0"][0] for _ in range(2)] == [0.0, 5.0]


def test_uploaded_game_keeps_its_id(client: vsggym.Client) -> None:
    first = client.upload_game(vsggym.NormalFormGame(COIN))
    assert first == client.upload_game(vsggym.NormalFormGame(COIN.astype(int))) != client.upload_game(vsggym.NormalFormGame(-COIN))
    assert first.startswith("upload-")
    assert client.certify(first, {p: EVEN for p in ("player_0", "player_1")})["gap"] == pytest.approx(0, abs=1e-12)
    env = client.make(first)
    env.reset(seed=0)
    env.close()


def test_representations_fit_a_line(client: vsggym.Client) -> None:
    solution = client.solve("climbing-v0", "rommeo_q", seed=0)
    assert solution.certificate is not None
    gap = f"{solution.certificate['gap']:.4g}"
    assert repr(solution) == f"Solution(rommeo_q on climbing-v0: stopped (episodes) after 300 iterations, nash gap {gap})"
    pursuit = client.describe("pursuit-v0")
    assert repr(pursuit) == "Description(pursuit-v0, game, players hunter, prey)" and pursuit.game is not None
    assert repr(pursuit.game).startswith("GameDescription(players hunter, prey; 81 states, ")
    assert repr(pursuit.game.players["hunter"].observation_space) == "Discrete(81)"
    assert repr(client.describe("mge_f")) == "Description(mge_f, solver)"
    assert repr(vsggym.Box((-10.0,), (10.0,))) == "Box(-10, 10, (1,))"
    assert repr(vsggym.Box((0.0, -1.0), (1.0, 1.0))) == "Box(-1.., 1, (2,))"
    assert all(len(repr(entry)) < 150 for entry in client.games() + client.solvers() + client.metrics())


def test_solution_without_a_certificate() -> None:
    message = solver_pb2.Solution(status=solver_pb2.SOLVE_STATUS_STOPPED, stop_reason="deadline", iterations=7, solver="mge_f", game_id="pursuit-v0")
    answer = solution_of(message)
    assert answer.certificate is None
    assert repr(answer) == "Solution(mge_f on pursuit-v0: stopped (deadline) after 7 iterations)"


def test_catalogue_describes_everything(client: vsggym.Client) -> None:
    assert {"mge_f", "mge_i", "rommeo_q"} <= {entry.id for entry in client.solvers()}
    assert "nash" in {entry.id for entry in client.metrics()}
    for entry in [*client.games(), *client.solvers(), *client.metrics()]:
        description = client.describe(entry.id)
        assert entry.summary and entry.sources and (description.id, description.kind) == (entry.id, entry.kind)
        assert (description.game is not None) == (entry.kind == "game")
        properties = description.options_schema.get("properties", {})
        assert set(description.default_options) == set(properties)
        assert all(properties[name].get("description") for name in properties)
    pursuit = client.describe("pursuit-v0", {"horizon": 7}).game
    assert pursuit is not None and pursuit.horizon == 7 and list(pursuit.players) == ["hunter", "prey"]
    assert isinstance(pursuit.players["hunter"].action_space, vsggym.Discrete)
    assert isinstance(client.describe("differential-v0").game.players["player_0"].action_space, vsggym.Box)
    assert vsggym.games() == client.games() and vsggym.solvers() == client.solvers()


def test_functions_of_the_module_use_the_default_client() -> None:
    assert vsggym.describe("climbing-v0").kind == "game"
    solution = vsggym.solve("climbing-v0", "mge_f")
    assert vsggym.certify("climbing-v0", solution)["gap"] == pytest.approx(solution.certificate["gap"])
    for env in (vsggym.make("climbing-v0"), vsggym.make_vec("climbing-v0", 2), vsggym.parallel_env("climbing-v0"), vsggym.batch_env("climbing-v0", 2)):
        env.reset(seed=1)
        env.close()


def test_warm_start_goes_on_where_the_earlier_answer_ended(client: vsggym.Client) -> None:
    cold = client.solve("prisoners_dilemma-v0", "mge_f")
    warm = client.solve("prisoners_dilemma-v0", "mge_f", {"tolerance": 1e-8}, start=cold)
    assert (warm.status, warm.iterations) == ("converged", 1)
    with pytest.raises(vsggym.InvalidArgument, match="start"):
        client.solve("prisoners_dilemma-v0", "mge_f", start={"player_0": EVEN})  # type: ignore[arg-type]


def test_joint_policies_and_populations_certify(client: vsggym.Client) -> None:
    chicken = np.array([[[0.5, 0.25], [0.25, 0.0]]])  # the utilitarian correlated equilibrium
    assert client.certify("chicken-v0", chicken, "nash")["gap"] == pytest.approx(6 / 16)
    certificate = client.certify("mf_left_right-v0", {"population": np.full((3, 2), 0.5)})
    assert (certificate["concept"], certificate["gap"]) == ("mean_field_nash", pytest.approx(0.25))


def test_solvers_say_what_they_take_and_measure(client: vsggym.Client) -> None:
    entry = next(entry for entry in client.solvers() if entry.id == "mge_f")
    assert (entry.concept, entry.game_kind) == ("nash", "tabular")
    with pytest.raises(vsggym.InvalidArgument, match="this is a mean-field game"):
        client.solve("mf_left_right-v0", "mge_f")
    assert client.limits.max_solve_bytes > 0
