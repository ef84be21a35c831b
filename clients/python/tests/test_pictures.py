"""Pictures in pixels for Gymnasium and PettingZoo, and episodes recorded as SVGs that move."""

from __future__ import annotations

import warnings
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any, Dict

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from harness import TRANSPORTS

import vsggym
from vsggym._builtin_games import GAMES

SVG = "{http://www.w3.org/2000/svg}"
MODES = ["ansi", "rgb_array", "svg"]


def frames(svg: str) -> int:
    return sum(child.tag == f"{SVG}g" for child in ElementTree.fromstring(svg))


@pytest.mark.parametrize("game", ["pursuit-v0", "climbing-v0", "soccer-v0"])
def test_env_with_pixels_passes_check_env(client: vsggym.Client, game: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        env = client.make(game, render_mode="rgb_array")
        check_env(env)
        env.close()


@pytest.mark.parametrize("game", list(GAMES))
def test_every_game_has_pixels(client: vsggym.Client, game: str) -> None:
    env = client.make(game, render_mode="rgb_array", seed=1)
    env.reset()
    picture = env.render()
    assert picture.dtype == np.uint8 and picture.ndim == 3 and picture.shape[2] == 3
    assert picture.flags.writeable and picture[0, 0].tolist() == [255, 255, 255]
    assert picture.min() < 96 and picture.max() == 255  # dark letters on a light card
    assert (env.render() == picture).all()
    env.close()


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_pixels_follow_the_world(client: vsggym.Client, transport: str) -> None:
    options = {"hunter_start": 0, "prey_start": 8}
    env = client.make("pursuit-v0", "hunter", game_options=options, render_mode="rgb_array", transport=transport)
    env.reset(seed=0)
    before = env.render()
    env.step(2)
    after = env.render()
    assert before.shape == after.shape and (before != after).any()
    blue = np.array([0x00, 0x72, 0xB2])
    left, middle = slice(16, 80), slice(80, 144)
    assert (before[:, left] == blue).all(-1).any() and not (before[:, middle] == blue).all(-1).any()
    assert (after[:, middle] == blue).all(-1).any() and not (after[:, left] == blue).all(-1).any()
    env.close()


@pytest.mark.parametrize("mode", MODES)
def test_every_environment_has_the_modes(client: vsggym.Client, mode: str) -> None:
    single = client.make("pursuit-v0", render_mode=mode)
    vector = client.make_vec("pursuit-v0", 3, render_mode=mode)
    parallel = client.parallel_env("pursuit-v0", render_mode=mode)
    for env in (single, vector, parallel):
        assert env.metadata["render_modes"] == MODES and env.metadata["render_fps"] > 0 and env.render_mode == mode
        env.reset(seed=5)
    alone, many, together = single.render(), vector.render(), parallel.render()
    assert isinstance(many, tuple) and len(many) == 3
    kind = np.ndarray if mode == "rgb_array" else str
    assert all(isinstance(picture, kind) for picture in (alone, *many, together))
    assert np.array_equal(alone, many[0]) and np.array_equal(alone, together)  # copy 0 has the same seed
    assert not np.array_equal(many[0], many[1])
    for env in (single, vector, parallel):
        env.close()


def test_no_mode_warns_and_draws_nothing(client: vsggym.Client) -> None:
    for env in (client.make("pursuit-v0"), client.make_vec("pursuit-v0", 2), client.parallel_env("pursuit-v0")):
        env.reset(seed=0)
        with pytest.warns(UserWarning, match="without specifying any render mode"):
            assert env.render() is None
        env.close()


@pytest.mark.parametrize("make", ["make", "make_vec", "parallel_env"])
@pytest.mark.parametrize("mode", ["human", "rgb", "rgb_array_list"])
def test_unknown_mode_is_refused(client: vsggym.Client, make: str, mode: str) -> None:
    with pytest.raises(vsggym.InvalidArgument, match="render_mode") as error:
        getattr(client, make)("pursuit-v0", render_mode=mode)
    assert "rgb_array" in error.value.rule


def test_gymnasium_records_frames() -> None:
    env = gymnasium.make("vsggym/pursuit-v0", render_mode="rgb_array_list", game_options={"horizon": 3})
    env.reset(seed=0)
    for _ in range(3):
        env.step(0)
    pictures = env.render()
    assert len(pictures) == 4 and all(picture.shape == pictures[0].shape for picture in pictures)
    env.close()


def test_batch_gives_pixels_too(client: vsggym.Client) -> None:
    with client.batch_env("differential-v0", 2, seed=0) as env:
        env.reset()
        assert env.render(1, "rgb").shape[2] == 3
        assert env.render(1, "svg").startswith("<svg")


def test_record_has_a_frame_for_the_start_and_each_step(client: vsggym.Client, tmp_path: Path) -> None:
    path = tmp_path / "pursuit.svg"
    recording = client.record("pursuit-v0", path, seed=7)
    assert (recording.steps, recording.ended, recording.seed) == (22, True, 7)
    assert list(recording.returns) == ["hunter", "prey"] and recording.returns["hunter"] == -recording.returns["prey"]
    assert path.read_text(encoding="utf-8") == recording.svg == recording._repr_svg_()
    assert frames(recording.svg) == recording.steps + 1
    assert "<script" not in recording.svg and "pursuit" not in repr(recording) and "22 steps" in repr(recording)


def test_record_repeats_with_its_seed(client: vsggym.Client) -> None:
    drawn = client.record("soccer-v0", max_steps=9)
    assert client.record("soccer-v0", max_steps=9, seed=drawn.seed) == drawn
    assert drawn.steps <= 9 and frames(drawn.svg) == drawn.steps + 1


def test_record_plays_policies(client: vsggym.Client) -> None:
    # Climbing game (Claus and Boutilier 1998, Figure 3): (B, C) pays both 6
    tables = {"player_0": np.array([[0.0, 1.0, 0.0]]), "player_1": np.array([[0.0, 0.0, 1.0]])}
    recording = vsggym.record("climbing-v0", policies=tables, game_options={"horizon": 3}, seconds_per_step=0.2, client=client)
    assert recording.returns == {"player_0": 18.0, "player_1": 18.0}
    assert "animation-delay:0.6s" in recording.svg
    solution = client.solve("climbing-v0", "rommeo_q", {"episodes": 20})
    assert client.record("climbing-v0", policies=solution, seed=0).steps == 1


def test_record_of_an_endless_game_is_cut(client: vsggym.Client) -> None:
    recording = client.record("random_game-v0", max_steps=12, seed=0)
    assert (recording.steps, recording.ended) == (12, False)


BAD_RECORDINGS = [
    ({"max_steps": 0}, "max_steps"),
    ({"max_steps": 1001}, "max_steps"),
    ({"max_steps": 2.5}, "max_steps"),
    ({"seconds_per_step": 0}, "seconds_per_step"),
    ({"seconds_per_step": float("nan")}, "seconds_per_step"),
    ({"seconds_per_step": "1"}, "seconds_per_step"),
    ({"seed": -1}, "seed"),
    ({"policies": {"fox": "uniform"}}, "players.fox"),
    ({"policies": {"hunter": "best"}}, "players.hunter"),
    ({"policies": 3}, "policies"),
    ({"path": 3}, "path"),
]


@pytest.mark.parametrize("settings, path", BAD_RECORDINGS, ids=[str(case[0]) for case in BAD_RECORDINGS])
def test_bad_recording_is_refused(client: vsggym.Client, settings: Dict[str, Any], path: str) -> None:
    with pytest.raises(vsggym.InvalidArgument) as error:
        client.record("pursuit-v0", **settings)
    assert error.value.path == path
