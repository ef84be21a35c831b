"""Checks of arguments before anything is sent: each failure names field, value and rule."""

from __future__ import annotations

from typing import Any, Mapping, Optional

import numpy as np

from .errors import invalid

MOST_SECONDS = 1e9
_INT32 = 2**31 - 1
INT64 = 2**63 - 1


def whole(number: Any, path: str, lowest: int = 1, highest: int = _INT32) -> int:
    """A whole number in [``lowest``, ``highest``]."""
    if isinstance(number, (bool, np.bool_)) or not hasattr(type(number), "__index__") or isinstance(number, np.ndarray):
        raise invalid(path, number, "must be a whole number", "wrong_type")
    if not lowest <= number.__index__() <= highest:
        limits = f"of at least {lowest}" if number.__index__() < lowest else f"of at most {highest}"
        raise invalid(path, number, f"must be a whole number {limits}", "out_of_range")
    return number.__index__()


def real(number: Any, path: str) -> float:
    """A real number."""
    if isinstance(number, (bool, np.bool_)) or not isinstance(number, (int, float, np.integer, np.floating)):
        raise invalid(path, number, "must be a number", "wrong_type")
    try:
        return float(number)
    except OverflowError:
        raise invalid(path, number, "must be a finite number", "out_of_range") from None


def seconds(number: Any, path: str) -> Optional[float]:
    """A time above 0, or None for no limit."""
    if number is None:
        return None
    rule = f"must be above 0 seconds and at most {MOST_SECONDS:g}, or None for no limit"
    if isinstance(number, (bool, np.bool_)) or not isinstance(number, (int, float, np.integer, np.floating)):
        raise invalid(path, number, rule, "wrong_type")
    if not 0 < number <= MOST_SECONDS:
        raise invalid(path, number, rule, "out_of_range")
    return float(number)


def text(value: Any, path: str, what: str) -> str:
    """A text that UTF-8 can carry."""
    if not isinstance(value, str):
        raise invalid(path, value, f"must be {what}", "wrong_type")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise invalid(path, ascii(value), f"must be {what}, without lone surrogates", "not_unicode") from None
    return value


def choice(known: Mapping[str, int], name: Any, path: str) -> int:
    """The number of a name."""
    if not isinstance(name, str) or name not in known:
        raise invalid(path, name, f"must be one of {', '.join(known)}", "unknown_value")
    return known[name]
