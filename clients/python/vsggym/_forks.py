"""What gRPC can and cannot do after a fork: it works again in the child unless a stream was open."""

from __future__ import annotations

import os
import threading

from .errors import FailedPrecondition

_lock = threading.RLock()  # a collected stream may be counted out while this very thread holds it
_open_streams = 0
_broken = False


def stream_opened() -> None:
    """Counts a stream in."""
    global _open_streams
    with _lock:
        _open_streams += 1


def stream_ended() -> None:
    """Counts a stream out."""
    global _open_streams
    with _lock:
        _open_streams -= 1


def open_streams() -> int:
    """How many streams this process has open."""
    return _open_streams


def check() -> None:
    """Raises in a process where gRPC would hang: forked while a stream had threads inside it."""
    if _broken:
        raise FailedPrecondition(
            "this process was forked while a stream was open, and gRPC cannot work in it: start processes with the spawn method, "
            'use transport="unary", or open streams after the fork'
        )


def _in_child() -> None:
    global _broken, _open_streams, _lock
    _lock = threading.RLock()  # a parent's thread may have held it at the fork
    _broken = _broken or _open_streams > 0
    _open_streams = 0


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)
