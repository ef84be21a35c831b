"""Starts the real server for the tests, and knows its games."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Dict, Iterator, List

import vsggym
from vsggym._builtin_games import GAMES

ROOT = Path(__file__).resolve().parents[3]
DLL = Path(os.environ.get("VSGGYM_SERVER_DLL") or ROOT / "src/VsgGym.Server/bin/Release/net10.0/VsgGym.Server.dll").resolve()
TRANSPORTS = ("unary", "stream")
# Every seat, but of a crowd of equals the first and the last; each by one transport, in turns.
SEATS = [
    (game, player, TRANSPORTS[k % len(TRANSPORTS)])
    for game, players in GAMES.items()
    for k, player in enumerate(players if len(players) <= 4 else (players[0], players[-1]))
]
START_SECONDS = 60.0


class Server:
    """A server process; ``tcp`` and ``unix`` are its addresses."""

    def __init__(self, *arguments: str) -> None:
        assert DLL.is_file(), f"no server at {DLL}: build it (dotnet build src/VsgGym.Server -c Release) or set VSGGYM_SERVER_DLL"
        self.folder = Path(tempfile.mkdtemp(prefix="vsggym-test-"))
        self.address_file = self.folder / "address.json"
        self.unix = f"unix:{self.folder / 'server.sock'}"
        self.log = self.folder / "server.log"
        self._arguments = arguments
        self.start()

    def start(self) -> None:
        """Starts the server; after an end of it, at the same unix socket and with the same arguments."""
        self.address_file.unlink(missing_ok=True)
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                ["dotnet", str(DLL), "serve", "--listen", "127.0.0.1:0", "--listen", self.unix, "--address-file", str(self.address_file), *self._arguments],
                stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=self.folder,  # where it keeps runs unless told otherwise
            )  # fmt: skip
        self.tcp = self._wait()["addresses"][0]

    def addresses(self) -> Dict[str, str]:
        """Both addresses by their kind."""
        return {"tcp": self.tcp, "unix": self.unix}

    def text(self) -> str:
        """What the server has written."""
        return self.log.read_text(errors="replace")

    def kill(self) -> None:
        """Ends the server without a chance to say goodbye."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """Asks the server to end and returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"the server did not end after SIGTERM:\n{self.text()}") from None

    def _wait(self) -> Dict[str, Any]:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self.address_file.is_file():
                return json.loads(self.address_file.read_text())
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended with {self.process.returncode}:\n{self.text()}")
            time.sleep(0.02)
        self.kill()
        raise AssertionError(f"the server wrote no address file in {START_SECONDS:g} s:\n{self.text()}")


@contextlib.contextmanager
def serving(*arguments: str) -> Iterator[Server]:
    """A server of one's own, ended at the end."""
    server = Server(*arguments)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.stop()


def run_client(script: str, *arguments: str) -> "subprocess.Popen[str]":
    """A client in a process of its own; its output is piped."""
    return subprocess.Popen([sys.executable, "-c", script, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def eventually(check: Any, seconds: float = 20.0) -> None:
    """Waits until a check passes; its last failure is what is shown."""
    end = time.monotonic() + seconds
    while True:
        try:
            check()
            return
        except (AssertionError, vsggym.Error):
            if time.monotonic() > end:
                raise
        time.sleep(0.1)


def paths(error: vsggym.Error) -> List[str]:
    """The fields that an error names."""
    return [fault.path for fault in error.faults]
