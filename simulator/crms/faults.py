"""Faults on demand: each waits for the requests that it fits, and is spent one by one."""

import re
from collections.abc import Iterable
from typing import Literal, get_args

from msgspec import Struct

from simulator.arming import Armed

Before = Literal["down", "refused", "expired", "limit", "html", "error"]
"""Nothing is carried out."""
After = Literal["lost", "truncated", "missing", "huge", "slow"]
"""The request is carried out, and then its answer is spoiled."""
Kind = Literal[Before, After, "reject_fields"]
BEFORE: tuple[Kind, ...] = get_args(Before)
AFTER: tuple[Kind, ...] = get_args(After)


class Fault(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """``kind`` happens to the requests whose method and path the regular expressions find
    something in (the method's must match it whole), after the first ``skip`` of them, ``times``
    times; without ``times`` until it is disarmed.

    - ``down``: 503 with a page. ``html``: 200 with a page. ``error``: 500 as the CRM words it.
    - ``refused``: the connection ends without an answer, and nothing is carried out.
    - ``expired``, ``limit``: 401 and "too many requests" as the CRM words them; API requests only.
    - ``lost``: the request is carried out, then the connection ends without an answer.
    - ``truncated``: half of the answer. ``huge``: 5 MB more of it. ``slow``: after ``seconds``.
    - ``missing``: JSON without the keys named in ``fields``, at any depth; without any: ``{}``.
    - ``reject_fields``: a write that has one of ``fields`` is refused as the CRM words it.
    """

    kind: Kind
    times: int | None = 1
    skip: int = 0
    method: str = ""
    path: str = ""
    seconds: float = 0.0
    fields: list[str] = []

    def __post_init__(self) -> None:
        if self.times is not None and self.times < 1:
            raise ValueError("times must be 1 or more, or null for until it is disarmed")
        if self.skip < 0:
            raise ValueError("skip must be 0 or more")
        if not 0 <= self.seconds <= 3600:
            raise ValueError("seconds must be from 0 to 3600")
        if self.kind == "reject_fields" and not self.fields:
            raise ValueError("fields must name what is rejected")
        for pattern in (self.method, self.path):
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"{pattern!r} is no regular expression: {error}") from None

    def fits(self, method: str, path: str) -> bool:
        return bool(
            (not self.method or re.fullmatch(self.method, method)) and re.search(self.path, path)
        )

    def spend(self) -> bool:
        if self.times is not None:
            self.times -= 1
        return self.times == 0


class Faults(Armed[Fault]):
    def spend(self, kinds: Iterable[Kind], method: str, path: str) -> Fault | None:
        """The first armed fault of one of the kinds that fits, counted down; None without one.
        Each that fits and still skips counts the request as skipped."""
        return self.first(lambda f: f.kind in kinds and f.fits(method, path) and _due(f))

    def rejected(self, method: str, path: str, names: Iterable[str]) -> list[str]:
        """Which of a record's fields an armed ``reject_fields`` refuses, counted down."""
        given = set(names)
        fault = self.first(
            lambda f: (
                f.kind == "reject_fields"
                and not given.isdisjoint(f.fields)
                and f.fits(method, path)
                and _due(f)
            )
        )
        return [name for name in fault.fields if name in given] if fault else []


def _due(fault: Fault) -> bool:
    """Whether it is its turn; else it has skipped one more."""
    if not fault.skip:
        return True
    fault.skip -= 1
    return False
