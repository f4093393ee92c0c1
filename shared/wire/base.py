"""Types that recur in frames and REST bodies, with their bounds."""

from typing import Annotated, Literal

from msgspec import Meta

VERSION = 1
MAX_BODY = 1600
"""Characters in one text, Twilio's limit for ``Body``."""

Text = Annotated[str, Meta(max_length=MAX_BODY)]
Ref = Annotated[str, Meta(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$(?!\n)")]
"""The client's own name for a text or a request: unique within the team, a UUID by convention.
Python's ``$`` also matches before a newline at the end."""
Name = Annotated[str, Meta(max_length=200)]
Url = Annotated[str, Meta(max_length=2000)]
Id = Annotated[int, Meta(ge=1, le=2**53 - 1)]
Time = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Seq = Annotated[int, Meta(ge=0, le=2**53 - 1)]

Direction = Literal["inbound", "outbound"]
Status = Literal[
    "queued",
    "sending",
    "sent",
    "delivered",
    "undelivered",
    "failed",
    "unknown",
    "received",
    "scheduled",
    "canceled",
]
Role = Literal["rep", "admin"]
Folder = Literal["inbox", "all"]
Match = Literal["opened", "only", "last_contacted", "last_created", "new"]
"""Why an inbound text was filed under this person: the rep opened the conversation, the number is
theirs alone, they were contacted last with it, they were created last, or nobody had it yet."""

NumberKind = Literal["long_code", "toll_free", "short_code"]
A2p = Literal["", "approved", "pending", "missing", "failed", "not_needed"]
"""Where a number stands with the US carriers' registration; empty: not read yet."""
MediaState = Literal["pending", "ready", "refused", "gone"]
"""pending: still to be fetched; refused: not of a kind or size that is shown; gone: deleted."""
Hold = Literal["", "reply", "quiet_hours"]
"""Why a scheduled text waits: somebody answered in between, or the recipient's hours are quiet."""
Doubt = Literal["", "looking", "open", "again"]
"""Whether a text was sent: the carrier's list may still tell; it is for a person to say; somebody
had it sent again as another text, so that nobody asks any more."""
SettledAs = Literal["sent", "not_sent", "again"]
"""What a person says became of a text in doubt; ``again``: send it once more, as another text."""
RestrictionKind = Literal["do_not_text", "do_not_contact", "suspected"]
"""suspected: a text read like a wish to stop; no text goes out until a rep has said why."""
ReceiptState = Literal["waiting", "retrying", "logged", "failed", "unlinked"]
"""waiting: on its way to the CRM; retrying: the CRM could not be had; unlinked: the person is not
known to be in the CRM."""
ActivityKind = Literal["message", "call", "note", "opt_out", "opt_in", "restricted", "unrestricted"]

MAX_MEDIA = 10
"""Media of one text, Twilio's limit."""
MAX_NOTE = 4000
