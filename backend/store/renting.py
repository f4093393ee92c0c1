"""What the carrier says of our numbers, kept beside them."""

from typing import NamedTuple

from backend.phone import kind
from backend.ports import HeldNumber
from backend.store.rows import all_rows, now, one_row
from backend.store.writer import Transaction
from shared.wire import A2p

_LONGEST_LABEL = 64


class Kept(NamedTuple):
    """A number as we have it, of whichever team: one carrier account serves them all."""

    id: int
    team: int
    e164: str
    kind: str
    carrier_sid: str
    label: str
    sms: bool
    mms: bool
    voice: bool
    service: str
    a2p: A2p
    a2p_detail: str
    retired: bool


def all_kept() -> dict[str, Kept]:
    """Every number of the house, by its E.164."""
    rows = all_rows(
        "SELECT id, team_id, e164, kind, carrier_sid, label, sms, mms, voice,"
        " messaging_service_sid, a2p, a2p_detail, retired_at IS NOT NULL FROM number ORDER BY id"
    )
    return {row[2]: Kept(*row) for row in rows}


def bring_up_to_date(tx: Transaction, kept: Kept, held: HeldNumber) -> bool:
    """Keep what the carrier says of the number, which it holds; whether that was news."""
    said = (
        *(kind(held.e164), held.sid, _label(held)),
        *(held.sms, held.mms, held.voice, held.service),
    )
    before = (
        *(kept.kind, kept.carrier_sid, kept.label),
        *(bool(kept.sms), bool(kept.mms), bool(kept.voice), kept.service),
    )
    tx.execute(
        "UPDATE number SET kind = ?, carrier_sid = ?, label = ?, sms = ?, mms = ?, voice = ?,"
        " messaging_service_sid = ?, synced_at = ?, retired_at = NULL WHERE team_id = ? AND id = ?",
        (*said, now(), kept.team, kept.id),
    )
    return said != before or bool(kept.retired)


def _label(held: HeldNumber) -> str:
    """The carrier names a number after itself until somebody gives it a name: that is none."""
    label = " ".join(held.label.split())[:_LONGEST_LABEL]
    itself = not any(each.isalpha() for each in label)
    return "" if itself else label


def retire(tx: Transaction, team: int, number: int) -> None:
    """The carrier account does not hold it any more: nothing is sent from it, and it is kept."""
    at = now()
    tx.execute(
        "UPDATE number SET retired_at = ?, synced_at = ? WHERE team_id = ? AND id = ?",
        (at, at, team, number),
    )


def set_a2p(tx: Transaction, team: int, number: int, a2p: A2p, detail: str) -> None:
    """Where the number stands with A2P; ``detail`` is JSON for the checklist."""
    tx.execute(
        "UPDATE number SET a2p = ?, a2p_detail = ? WHERE team_id = ? AND id = ?",
        (a2p, detail, team, number),
    )


def any_unread() -> bool:
    """Whether there is a number of which the carrier was never asked."""
    row = one_row("SELECT 1 FROM number WHERE synced_at IS NULL AND retired_at IS NULL LIMIT 1")
    return row is not None


def forget_sync(tx: Transaction, team: int, number: int) -> None:
    """Have the number read again soon."""
    tx.execute("UPDATE number SET synced_at = NULL WHERE team_id = ? AND id = ?", (team, number))
