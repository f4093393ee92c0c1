"""Faults on demand: each is armed for a number of times and spent one by one."""

from typing import Literal

from msgspec import Struct, field

from simulator.arming import Armed

Kind = Literal[
    "lose_callback",
    "delay_callback",
    "duplicate_callback",
    "reorder_callbacks",
    "callback_first",
    "refuse",
    "http_429",
    "http_5xx_before",
    "http_5xx_after_accept",
    "drop_after_accept",
    "truncate_after_accept",
    "timeout_after_accept",
    "undelivered",
    "lose_inbound",
    "duplicate_inbound",
    "media_missing",
    "media_elsewhere",
    "media_cut",
]


class Fault(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """``kind`` happens ``times`` times, then no more. It can be narrowed down: to a recipient
    (``to``), a sender (``from``), or for callbacks a ``status``. ``callback_first`` holds the
    answer back until the callback for ``status`` (sent) was delivered.

    ``seconds``: how long ``delay_callback`` and ``timeout_after_accept`` wait. ``code``: the
    carrier's error for ``undelivered`` and ``refuse``. ``final``: ``failed`` instead of
    undelivered. ``http_status``: of the 5xx kinds. ``on``: which request ``http_429`` and
    ``http_5xx_before`` answer: create, list, fetch or any.

    Of the media kinds ``to`` and ``from`` are those of the media's text: ``media_missing`` says
    404, ``media_elsewhere`` redirects to ``location``, ``media_cut`` sends half of what it
    announces.
    """

    kind: Kind
    times: int = 1
    to: str | None = None
    from_: str | None = field(default=None, name="from")
    status: str | None = None
    seconds: float = 0.0
    code: int | None = None
    final: Literal["undelivered", "failed"] = "undelivered"
    http_status: int = 503
    location: str = ""
    on: Literal["create", "list", "fetch", "any"] = "create"

    def __post_init__(self) -> None:
        if self.times < 1:
            raise ValueError("times must be 1 or more")
        if not 0 <= self.seconds <= 3600:
            raise ValueError("seconds must be from 0 to 3600")
        if not 500 <= self.http_status <= 599:
            raise ValueError("http_status must be from 500 to 599")

    def spend(self) -> bool:
        self.times -= 1
        return self.times == 0


class Faults(Armed[Fault]):
    def spend(
        self,
        *kinds: Kind,
        to: str | None = None,
        from_: str | None = None,
        status: str | None = None,
        on: str | None = None,
    ) -> Fault | None:
        """The first armed fault of one of the kinds that fits, counted down; None without one."""
        return self.first(
            lambda fault: (
                fault.kind in kinds
                and fault.to in (None, to)
                and fault.from_ in (None, from_)
                and (status is None or fault.status in (None, status))
                and (on is None or fault.on in (on, "any"))
            )
        )
