"""A server of runs and models whose connections break where a test says so: only the client is under test against it."""

from __future__ import annotations

import hashlib
import json
import threading
from concurrent import futures
from typing import Any, Dict, Iterator, List, Optional, Sequence, Tuple

import grpc

import vsggym
from vsggym import _tensors
from vsggym._proto import catalog_pb2, catalog_pb2_grpc, common_pb2, model_pb2, model_pb2_grpc, run_pb2, run_pb2_grpc
from vsggym._version import PROTOCOL_MAJOR, PROTOCOL_MINOR

RUN_ID = "r-1"
METRICS = ("loss", "entropy")
PLAYERS = ("player_0", "player_1")
MAX_MODEL_BYTES = 5_000_000

Chunks = List[run_pb2.FileChunk]


def log(count: int, state: int = run_pb2.RUN_STATE_COMPLETED, faults: Sequence[common_pb2.Fault] = ()) -> List[run_pb2.RunEvent]:
    """A log of ``count`` events, at least 5: metrics with a checkpoint, an evaluation, an export and an end among them."""
    events = [run_pb2.RunEvent(sequence=i, step=10 * i, metrics=run_pb2.RunMetrics(values=[0.5 * i, -float(i)])) for i in range(1, count + 1)]
    events[1].checkpoint.CopyFrom(run_pb2.RunCheckpoint(sha256="ab", bytes=7))
    events[2].evaluation.CopyFrom(_evaluation())
    events[-2].export.CopyFrom(run_pb2.RunExport(models=[model()]))
    reason = {run_pb2.RUN_STATE_COMPLETED: "steps", run_pb2.RUN_STATE_CANCELLED: "cancelled"}.get(state, "diverged")
    events[-1].end.CopyFrom(run_pb2.RunEnd(state=state, reason=reason, faults=faults))
    return events


def model(model_id: str = "r-1.player_0") -> run_pb2.Model:
    """What a run has exported."""
    box = common_pb2.Space(box=common_pb2.BoxSpace(low=[-1.0], high=[1.0]))
    return run_pb2.Model(
        model_id=model_id, player="player_0", game_id="differential-v0", run_id=RUN_ID, file="policy.player_0.onnx", bytes=3,
        sha256=hashlib.sha256(b"abc").hexdigest(), observation=box, action=box, metadata={"player": "player_0"},
    )  # fmt: skip


def numbers(events: List[Any]) -> List[int]:
    """The sequence numbers of a log."""
    return [event.sequence for event in events if not isinstance(event, vsggym.StateChanged)]


def file(name: str, content: bytes, chunk: int = 4) -> Chunks:
    """A file as the protocol sends it, in small pieces."""
    pieces = [content[i : i + chunk] for i in range(0, len(content), chunk)] or [b""]
    chunks = [run_pb2.FileChunk(data=piece) for piece in pieces]
    chunks[0].name, chunks[0].bytes = name, len(content)
    chunks[-1].sha256 = hashlib.sha256(content).hexdigest()
    return chunks


class RunServer(run_pb2_grpc.RunServiceServicer, model_pb2_grpc.ModelServiceServicer, catalog_pb2_grpc.CatalogServiceServicer):
    """One run with a log; ``breaks`` says, watch by watch, after how many messages the connection ends and how."""

    def __init__(self, events: Sequence[run_pb2.RunEvent] = (), port: int = 0) -> None:
        self.events = list(events)
        self.state = run_pb2.RUN_STATE_RUNNING
        self.breaks: List[Tuple[int, Optional[grpc.StatusCode]]] = []
        self.hold_after: Optional[int] = None
        self.downloads: Chunks = []
        self.download_fails = False
        self.watches: List[int] = []
        self.watch_left = threading.Event()
        self.uploads: List[Chunks] = []
        self.evaluations: List[model_pb2.EvaluateRequest] = []
        self.requests: Dict[str, Any] = {}
        self.port = port
        self.start()

    @property
    def address(self) -> str:
        """Where it is; the same after a restart."""
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serves, at the same port as before."""
        self._server = grpc.server(futures.ThreadPoolExecutor(16), options=[("grpc.so_reuseport", 0)])
        run_pb2_grpc.add_RunServiceServicer_to_server(self, self._server)
        model_pb2_grpc.add_ModelServiceServicer_to_server(_Models(self), self._server)
        catalog_pb2_grpc.add_CatalogServiceServicer_to_server(_Catalog(), self._server)
        self.port = self._server.add_insecure_port(f"127.0.0.1:{self.port}")
        assert self.port, "the port is taken"
        self._server.start()

    def stop(self) -> None:
        """Drops every connection at once."""
        self._server.stop(0).wait()

    def run(self) -> run_pb2.Run:
        """The run as it stands."""
        newest = self.events[-1] if self.events else run_pb2.RunEvent()
        end = newest.end if newest.HasField("end") else None
        return run_pb2.Run(
            run_id=RUN_ID, name="first", state=end.state if end is not None else self.state, step=newest.step, max_steps=1000,
            last_sequence=newest.sequence, game_id="differential-v0", game_options_json=json.dumps({"payoff": "code"}), learner="rommeo_ac",
            options_json=json.dumps({"steps": 1000}), seed=2**63, players=PLAYERS, metric_names=METRICS,
            faults=end.faults if end is not None else [], created_unix_ms=1_700_000_000_000,
            models=[model()] if end is not None else [],
        )  # fmt: skip

    def Start(self, request: run_pb2.StartRunRequest, context: grpc.ServicerContext) -> run_pb2.Run:
        self.requests["start"] = request
        return self.run()

    def Get(self, request: run_pb2.RunRequest, context: grpc.ServicerContext) -> run_pb2.Run:
        if request.run_id != RUN_ID:
            context.abort(grpc.StatusCode.NOT_FOUND, f"run_id: no such run (given: {request.run_id})")
        return self.run()

    def List(self, request: run_pb2.ListRunsRequest, context: grpc.ServicerContext) -> run_pb2.ListRunsResponse:
        run = self.run()
        return run_pb2.ListRunsResponse(runs=[run] if not request.states or run.state in request.states else [])

    def Pause(self, request: run_pb2.RunRequest, context: grpc.ServicerContext) -> run_pb2.Run:
        self.state = run_pb2.RUN_STATE_PAUSED
        return self.run()

    def Resume(self, request: run_pb2.RunRequest, context: grpc.ServicerContext) -> run_pb2.Run:
        self.state = run_pb2.RUN_STATE_QUEUED
        return self.run()

    def Watch(self, request: run_pb2.WatchRunRequest, context: grpc.ServicerContext) -> Iterator[run_pb2.RunUpdate]:
        self.watches.append(request.from_sequence)
        context.add_callback(self.watch_left.set)
        after, how = self.breaks.pop(0) if self.breaks else (None, None)
        updates = [run_pb2.RunUpdate(run=self.run()), *(run_pb2.RunUpdate(event=e) for e in self.events if e.sequence >= request.from_sequence)]
        for i, update in enumerate(updates):
            if i == after:
                if how is not None:
                    context.abort(how, "as the test wants it")
                return
            if self.hold_after is not None and i > self.hold_after:
                break
            yield update
        if self.hold_after is not None or not (self.events and self.events[-1].HasField("end")):
            self.watch_left.wait(30)

    def Download(self, request: run_pb2.DownloadRunRequest, context: grpc.ServicerContext) -> Iterator[run_pb2.FileChunk]:
        self.requests["download"] = request
        yield from self.downloads
        if self.download_fails:
            context.abort(grpc.StatusCode.UNAVAILABLE, "as the test wants it")


class _Models(model_pb2_grpc.ModelServiceServicer):
    """Keeps what is uploaded; plays nothing."""

    def __init__(self, server: RunServer) -> None:
        self._server = server
        self._kept: Dict[str, run_pb2.Model] = {"r-1.player_0": model()}

    def List(self, request: model_pb2.ListModelsRequest, context: grpc.ServicerContext) -> model_pb2.ListModelsResponse:
        self._server.requests["models"] = request
        return model_pb2.ListModelsResponse(models=self._kept.values())

    def Get(self, request: model_pb2.ModelRequest, context: grpc.ServicerContext) -> run_pb2.Model:
        return self._find(request, context)

    def Delete(self, request: model_pb2.ModelRequest, context: grpc.ServicerContext) -> model_pb2.DeleteModelResponse:
        del self._kept[self._find(request, context).model_id]
        return model_pb2.DeleteModelResponse()

    def Download(self, request: model_pb2.ModelRequest, context: grpc.ServicerContext) -> Iterator[run_pb2.FileChunk]:
        yield from file(self._find(request, context).file, b"abc")

    def Upload(self, chunks: Iterator[run_pb2.FileChunk], context: grpc.ServicerContext) -> run_pb2.Model:
        taken = list(chunks)
        self._server.uploads.append(taken)
        content = b"".join(chunk.data for chunk in taken)
        sha256 = hashlib.sha256(content).hexdigest()
        kept = model(f"upload-{sha256[:8]}")
        kept.file, kept.bytes, kept.sha256 = taken[0].name, len(content), sha256
        self._kept[kept.model_id] = kept
        return kept

    def Evaluate(self, request: model_pb2.EvaluateRequest, context: grpc.ServicerContext) -> model_pb2.EvaluateResponse:
        self._server.evaluations.append(request)
        result = model_pb2.PlayerResult(player="player_0", mean_return=1.5, std_error=0.25, lowest=-1.0, highest=4.0)
        return model_pb2.EvaluateResponse(episodes=request.episodes, players=[result], elapsed_seconds=0.5, mean_length=7.0)

    def _find(self, request: model_pb2.ModelRequest, context: grpc.ServicerContext) -> run_pb2.Model:
        if request.model_id not in self._kept:
            context.abort(grpc.StatusCode.NOT_FOUND, f"model_id: no such model (given: {request.model_id})")
        return self._kept[request.model_id]


class _Catalog(catalog_pb2_grpc.CatalogServiceServicer):
    """Shakes hands."""

    def Handshake(self, request: catalog_pb2.HandshakeRequest, context: grpc.ServicerContext) -> catalog_pb2.HandshakeResponse:
        limits = catalog_pb2.Limits(max_message_bytes=4 << 20, max_runs=2, max_model_bytes=MAX_MODEL_BYTES)
        return catalog_pb2.HandshakeResponse(protocol_major=PROTOCOL_MAJOR, protocol_minor=PROTOCOL_MINOR, server="runs", limits=limits)

    def Describe(self, request: catalog_pb2.DescribeRequest, context: grpc.ServicerContext) -> catalog_pb2.DescribeResponse:
        players = [catalog_pb2.PlayerDescription(name=name) for name in PLAYERS]
        return catalog_pb2.DescribeResponse(game=catalog_pb2.GameDescription(players=players))


def _evaluation() -> run_pb2.RunEvaluation:
    action = _tensors.encode([0.5], "mean_action")
    greedy = run_pb2.PlayerEvaluation(player="player_0", mean_return=1.0, std_error=0.1, mean_action=action)
    sampled = run_pb2.PlayerEvaluation(player="player_0", mean_return=2.0, std_error=0.2)
    return run_pb2.RunEvaluation(episodes=100, greedy=[greedy], sampled=[sampled], nash_conv=0.0, opponent_model_distance=[0.1, 0.2])
