"""Our numbers are brought in line with what the carrier account holds. Nothing is ever deleted."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urldefrag

import msgspec
import structlog

from backend.messaging.events import session_updated
from backend.numbers import a2p
from backend.ports import CarrierError, HeldNumber, NumberDesk, Registrations
from backend.store import audit, heartbeats, numbers, renting, teams
from backend.store.audit import Actor
from backend.store.renting import Kept
from backend.store.writer import Transaction, Writer

log = structlog.get_logger()

REPEATS = "#rc=3&rp=all"
"""Has Twilio repeat a webhook that was answered 5xx, which it else does not (its docs on connection
overrides): a STOP that waits for too long is answered 503."""


@dataclass
class Synced:
    """What came of it: numbers in E.164."""

    held: int = 0
    added: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    """Held by the account and no team's: there are several teams to choose from."""
    changed: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    elsewhere: list[tuple[str, str]] = field(default_factory=list)
    """(number, where its texts are posted to instead of to us; empty for nowhere)"""
    mended: list[str] = field(default_factory=list)
    """Their texts are posted to us from now on."""
    a2p_unread: str = ""
    """Why the registrations could not be read; what was known of them stays."""

    def of(self, numbers: Iterable[str]) -> "Synced":
        """What it says of these numbers alone: those of other teams are nobody else's business."""
        ours = set(numbers)
        return Synced(
            held=len(ours),
            added=[each for each in self.added if each in ours],
            changed=[each for each in self.changed if each in ours],
            retired=[each for each in self.retired if each in ours],
            elsewhere=[each for each in self.elsewhere if each[0] in ours],
            mended=[each for each in self.mended if each in ours],
            a2p_unread=self.a2p_unread,
        )


def sync(
    writer: Writer,
    desk: NumberDesk,
    webhook: str,
    *,
    webhooks: bool = False,
    actor: str = "job",
    team: int | None = None,
) -> Synced:
    """Read the account and write down what has changed.

    ``webhook`` is the address that texts shall be posted to; with ``webhooks`` those of our numbers
    that are posted elsewhere are set to it, of ``team`` alone where it is given. Raises
    :class:`CarrierError` when the account cannot be read: then nothing has changed.
    """
    held = {each.e164: each for each in desk.held()}
    kept = renting.all_kept()
    active = [each for each in kept.values() if not each.retired]
    if active and not any(each.e164 in held for each in active):
        # Another account's credentials look just like this, and would stop all texting.
        raise CarrierError("the carrier account holds none of our numbers: is it the right one?")
    synced = Synced(held=len(held))
    _add(writer, held, kept, synced, actor)
    kept = renting.all_kept()
    ours = [(kept[e164], each) for e164, each in held.items() if e164 in kept]
    gone = [each for each in kept.values() if each.e164 not in held and not each.retired]
    registrations = _registrations(desk, ours, synced)
    writer(lambda tx: _write(tx, ours, gone, registrations, synced, actor))
    for kept_as, each in ours:
        if posts_to(each.webhook, webhook):
            continue
        if webhooks and team in (None, kept_as.team):
            desk.set_webhook(each, webhook + REPEATS)
            synced.mended.append(each.e164)
        else:
            synced.elsewhere.append((each.e164, each.webhook))
    writer(lambda tx: heartbeats.beat(tx, "numbers"))
    return synced


def posts_to(url: str, webhook: str) -> bool:
    """Whether texts come to us; how the carrier shall try (the fragment) is the admin's choice."""
    return urldefrag(url).url == webhook


def _add(
    writer: Writer, held: dict[str, HeldNumber], kept: dict[str, Kept], synced: Synced, actor: str
) -> None:
    new = [each for e164, each in held.items() if e164 not in kept]
    there = teams.all_teams()
    if len(there) != 1:
        synced.offered += [each.e164 for each in new]
        return
    team = there[0].id

    def work(tx: Transaction) -> None:
        for each in new:
            if numbers.add(tx, team, each.e164, each.sid):
                synced.added.append(each.e164)
                audit.add(tx, Actor(team, None, actor), "number.added", each.e164)

    if new:
        writer(work)


def _registrations(
    desk: NumberDesk, ours: list[tuple[Kept, HeldNumber]], synced: Synced
) -> Registrations | None:
    services = {each.service for _, each in ours if each.service}
    try:
        return desk.registrations(sorted(services))
    except CarrierError as error:
        log.warning("numbers.a2p_unread", cause=str(error))
        synced.a2p_unread = str(error)
        return None


def _write(
    tx: Transaction,
    ours: list[tuple[Kept, HeldNumber]],
    gone: list[Kept],
    registrations: Registrations | None,
    synced: Synced,
    actor: str,
) -> None:
    touched: list[Kept] = []
    for each in gone:
        renting.retire(tx, each.team, each.id)
        synced.retired.append(each.e164)
        audit.add(tx, Actor(each.team, None, actor), "number.retired", each.e164)
        touched.append(each)
    for each, number in ours:
        changed = renting.bring_up_to_date(tx, each, number)
        if registrations is not None:
            detail = a2p.detail_of(number, registrations)
            text = msgspec.json.encode(detail).decode()
            now_is = a2p.status(each.e164, detail)
            if now_is != each.a2p:
                audit.add(
                    tx,
                    Actor(each.team, None, actor),
                    "number.a2p",
                    each.e164,
                    before=each.a2p,
                    after=now_is,
                )
                changed = True
            if (now_is, text) != (each.a2p, each.a2p_detail):
                renting.set_a2p(tx, each.team, each.id, now_is, text)
        if changed:
            synced.changed.append(each.e164)
            touched.append(each)
    for team in {each.team for each in touched}:
        told = [numbers.users(team, each.id) for each in touched if each.team == team]
        for user in sorted({user for users in told for user in users}):
            session_updated(tx, team, user)
