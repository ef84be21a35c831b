"""Every stream of the client ends when its server has just gone: with an error, and at once."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, Callable, Dict, List

import pytest
from run_server import RUN_ID, RunServer, log

import vsggym
from vsggym import _forks

ROUNDS = 6
USERS: Dict[str, Callable[[vsggym.Client, vsggym.Run, Path], Any]] = {
    "watch": lambda client, run, folder: list(run.watch(reconnect_timeout=0.1)),
    "wait": lambda client, run, folder: run.wait(reconnect_timeout=0.1),
    "download of a run": lambda client, run, folder: run.download(folder),
    "download of a model": lambda client, run, folder: client.download_model("r-1.player_0", folder),
    "solve": lambda client, run, folder: client.solve("climbing-v0", "mge_f"),
    "environment": lambda client, run, folder: client.batch_env("climbing-v0", transport="stream"),
}


def outcome(call: Callable[[], Any]) -> List[Any]:
    """What a call raises, from a thread: the test that finds one without an end is to end."""
    found: List[Any] = []

    def catch() -> None:
        try:
            found.append(call())
        except Exception as error:
            found.append(error)

    thread = threading.Thread(target=catch, daemon=True)
    thread.start()
    thread.join(20)
    return found


@pytest.mark.parametrize("user", USERS)
def test_a_stream_to_a_server_that_has_just_gone_ends(tmp_path: Path, user: str) -> None:
    for attempt in range(ROUNDS):  # what gRPC does by itself in the moment of the loss differs from time to time
        server = RunServer(log(12)[:6])
        with vsggym.connect(server.address) as client:
            run = client.run(RUN_ID)
            with pytest.raises(vsggym.DeadlineExceeded):
                run.wait(timeout=0.2)
            server.stop()
            found = outcome(lambda: USERS[user](client, run, tmp_path))
        server.watch_left.set()
        assert found and isinstance(found[0], (vsggym.Unavailable, vsggym.Cancelled)), f"{attempt}: {found or 'it goes on'}"
    assert _forks.open_streams() == 0
