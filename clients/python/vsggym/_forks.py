"""What gRPC can and cannot do after a fork: it works again in the child unless a stream was open."""

from __future__ import annotations

import os

from .errors import FailedPrecondition

_open_streams = 0
_broken = False


def stream_opened() -> None:
    """Counts a stream in."""
    global _open_streams
    _open_streams += 1


def stream_ended() -> None:
    """Counts a stream out."""
    global _open_streams
    _open_streams -= 1


def check() -> None:
    """Raises in a process where gRPC would hang: forked while a stream had threads inside it."""
    if _broken:
        raise FailedPrecondition(
            "this process was forked while a stream was open, and gRPC cannot work in it: start processes with the spawn method, "
            'use transport="unary", or open streams after the fork'
        )


def _in_child() -> None:
    global _broken, _open_streams
    _broken = _broken or _open_streams > 0
    _open_streams = 0


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)
