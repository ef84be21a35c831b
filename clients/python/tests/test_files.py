"""Files that come in chunks: whole and checked, or not at all; models go the other way."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any, Callable, Iterator, List

import pytest
from run_server import MAX_MODEL_BYTES, RUN_ID, RunServer, file, log

import vsggym
from vsggym._proto import run_pb2

Chunks = List[run_pb2.FileChunk]
EVENTS = b'{"sequence":1}\n'


@pytest.fixture(scope="module")
def server_of_files() -> Iterator[RunServer]:
    """A server of one finished run."""
    server = RunServer(log(5))
    yield server
    server.stop()


@pytest.fixture
def runs(server_of_files: RunServer) -> RunServer:
    """That server, whose downloads go well."""
    server_of_files.downloads, server_of_files.download_fails = [], False
    return server_of_files


@pytest.fixture(scope="module")
def own(server_of_files: RunServer) -> Iterator[vsggym.Client]:
    """A client of it."""
    with vsggym.connect(server_of_files.address) as client:
        yield client


def test_files_arrive_whole_and_replace_older_ones(runs: RunServer, own: vsggym.Client, tmp_path: Path) -> None:
    runs.downloads = [*file("events.jsonl", EVENTS), *file("empty.json", b""), *file("policy.player_0.onnx", bytes(range(256)), 100)]
    target = tmp_path / "new" / "out"
    for _ in range(2):
        paths = own.run(RUN_ID).download(target)
        assert paths == [target / "events.jsonl", target / "empty.json", target / "policy.player_0.onnx"]
        assert [path.read_bytes() for path in paths] == [EVENTS, b"", bytes(range(256))]
        assert sorted(os.listdir(target)) == sorted(path.name for path in paths)
        (target / "events.jsonl").write_text("older")
    own.run(RUN_ID).download(str(target), ["events.jsonl"])
    assert list(runs.requests["download"].files) == ["events.jsonl"]


def changed(chunks: Chunks, change: Callable[[Chunks], Any]) -> Chunks:
    """A file with something wrong in it."""
    change(chunks)
    return chunks


BROKEN = [
    ("other bytes", lambda c: setattr(c[1], "data", b"XXXX"), "SHA-256"),
    ("too few bytes", lambda c: c.pop(1), "11 bytes of 15"),
    ("too many bytes", lambda c: c.insert(1, run_pb2.FileChunk(data=b"more")), "more than its 15 bytes"),
    ("no checksum", lambda c: setattr(c[-1], "sha256", ""), "without a checksum"),
    ("another file inside", lambda c: c.insert(2, run_pb2.FileChunk(name="b", bytes=1)), "without a checksum"),
    ("no name", lambda c: setattr(c[0], "name", ""), "belongs to no file"),
    ("nothing", lambda c: c.clear(), "no file"),
]


@pytest.mark.parametrize("name, change, why", BROKEN, ids=[case[0] for case in BROKEN])
def test_broken_file_leaves_nothing(runs: RunServer, own: vsggym.Client, tmp_path: Path, name: str, change: Any, why: str) -> None:
    runs.downloads = changed(file("events.jsonl", EVENTS), change)
    with pytest.raises(vsggym.DataLoss, match=why):
        own.run(RUN_ID).download(tmp_path)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("name", ["../evil", "/evil", "a/b", "a\\b", "C:evil", "..", ".", "nul\0l"])
def test_names_that_leave_the_folder_are_refused(runs: RunServer, own: vsggym.Client, tmp_path: Path, name: str) -> None:
    runs.downloads = [*file("good.json", b"{}"), *file(name, b"evil")]
    with pytest.raises(vsggym.DataLoss) as error:
        own.run(RUN_ID).download(tmp_path / "in")
    assert error.value.value == name and "outside the folder" in error.value.rule
    assert os.listdir(tmp_path) == ["in"] and os.listdir(tmp_path / "in") == ["good.json"]


def test_lost_connection_keeps_only_whole_files(runs: RunServer, own: vsggym.Client, tmp_path: Path) -> None:
    (tmp_path / "b").write_text("older")
    runs.downloads, runs.download_fails = [*file("a", b"whole"), *file("b", b"never whole")[:2]], True
    with pytest.raises(vsggym.Unavailable):
        own.run(RUN_ID).download(tmp_path)
    assert sorted(os.listdir(tmp_path)) == ["a", "b"] and (tmp_path / "b").read_text() == "older"


def test_downloads_are_asked_for_by_names(own: vsggym.Client, tmp_path: Path) -> None:
    run = own.run(RUN_ID)
    for files, value in (("events.jsonl", "events.jsonl"), ([3], "3"), ([], "[]"), (3, "3")):
        with pytest.raises(vsggym.InvalidArgument) as error:
            run.download(tmp_path, files)  # type: ignore[arg-type]
        assert error.value.path.startswith("files") and error.value.value == value
    with pytest.raises(vsggym.InvalidArgument, match="folder"):
        run.download(3)  # type: ignore[arg-type]


def test_upload_sends_name_size_and_checksum(runs: RunServer, own: vsggym.Client, tmp_path: Path) -> None:
    content = os.urandom(2_500_000)
    path = tmp_path / "mine.onnx"
    path.write_bytes(content)
    for source, name, expected in ((path, None, "mine.onnx"), (str(path), "other.onnx", "other.onnx"), (content, None, "model.onnx")):
        model = own.upload_model(source, name)
        chunks = runs.uploads[-1]
        assert (chunks[0].name, chunks[0].bytes) == (expected, len(content)) and not any(chunk.name for chunk in chunks[1:])
        assert chunks[-1].sha256 == hashlib.sha256(content).hexdigest() == model.sha256
        assert b"".join(chunk.data for chunk in chunks) == content and max(len(chunk.data) for chunk in chunks) <= 1 << 20
        assert own.model(model.id) == own.model(f"model:{model.id}") == own.model(model) == model


def test_upload_is_refused_before_it_is_sent(runs: RunServer, own: vsggym.Client) -> None:
    sent = len(runs.uploads)
    with pytest.raises(vsggym.ResourceExhausted) as error:
        own.upload_model(bytes(MAX_MODEL_BYTES + 1))
    assert error.value.path == "model" and str(MAX_MODEL_BYTES) in error.value.rule
    for source, path, rule in ((b"", "model", "empty"), (3, "model", "path")):
        with pytest.raises(vsggym.InvalidArgument) as invalid:
            own.upload_model(source)
        assert invalid.value.path == path and rule in invalid.value.rule
    with pytest.raises(vsggym.InvalidArgument, match="name"):
        own.upload_model(b"x", name=3)  # type: ignore[arg-type]
    with pytest.raises(FileNotFoundError, match="nowhere.onnx"):
        own.upload_model("nowhere.onnx")
    assert len(runs.uploads) == sent


def test_models_are_listed_fetched_and_deleted(runs: RunServer, own: vsggym.Client, tmp_path: Path) -> None:
    run = own.run(RUN_ID)
    (model,) = run.models
    assert model in own.models() and own.models(run, "differential-v0") == own.models(RUN_ID)
    own.models(run, "differential-v0")
    assert (runs.requests["models"].run_id, runs.requests["models"].game_id) == (RUN_ID, "differential-v0")
    assert repr(model) == "Model(r-1.player_0: player_0 of differential-v0, Box(-1, 1, (1,)) -> Box(-1, 1, (1,)), 3 bytes)"
    silent = vsggym.models.model_of(run_pb2.Model(model_id="upload-1", bytes=3))
    assert silent.observation_space is None and silent.action_space is None and repr(silent) == "Model(upload-1, 3 bytes)"
    assert own.download_model(model, tmp_path) == tmp_path / "policy.player_0.onnx"
    assert own.download_model(model.id, tmp_path / "deep" / "mine.onnx").read_bytes() == b"abc"
    kept = own.upload_model(b"to be deleted")
    own.delete_model(kept)
    for call in (own.model, own.delete_model, lambda id: own.download_model(id, tmp_path / "x")):
        with pytest.raises(vsggym.NotFound, match=kept.id):
            call(kept.id)
    assert not (tmp_path / "x").exists()
    for call in (own.model, own.delete_model):
        with pytest.raises(vsggym.InvalidArgument, match="id of a model"):
            call(3)
