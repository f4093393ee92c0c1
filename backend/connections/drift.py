"""Each night: do the carrier, we and the CRMs agree on who may not be texted? Where not, the
stricter side wins, and what was found is kept as a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import structlog

from backend import crm_refs
from backend.connections.calling import Calling
from backend.connections.opt_outs import stopped
from backend.connections.records import heed_flag
from backend.crm_port import CRMS, CrmError, PersonType
from backend.messaging import refusing
from backend.messaging.errors import OPTED_OUT
from backend.messaging.keywords import keyword
from backend.phone import PhoneError, parse
from backend.ports import Carrier, CarrierError, CarrierText
from backend.rounds import Tally
from backend.store import (
    crm_connections,
    crm_people,
    drifts,
    heartbeats,
    numbers,
    opt_outs,
)
from backend.store.crm_connections import Connection
from backend.store.crm_people import Linked
from backend.store.rows import now
from backend.store.writer import Transaction, Writer

AT_ONCE = 100
BACK_MS = 26 * 3600_000
"""A day and some, so that nights overlap."""
log = structlog.get_logger()


@dataclass(frozen=True)
class Comparing:
    writer: Writer
    calling: Calling
    carrier: Carrier

    def __call__(self, team: int) -> bool:
        """Compare for one team; the carrier is asked about all of its texts anyway. False where
        somebody could not be asked."""
        tally = Tally()
        well = self._crms(tally, team)
        try:
            self._carrier(tally)
        except CarrierError as error:
            log.warning("drift.carrier", cause=str(error))
            well = False
        if well:
            self.writer(lambda tx: heartbeats.beat(tx, _asked_for(team)))
        return well

    def night(self, tally: Tally) -> None:
        """Compare for all teams. Raises :class:`CarrierError`; that a team's CRM is away is noted
        on its own connection, and nobody else's business."""
        self._crms(tally)
        self._carrier(tally)

    def _crms(self, tally: Tally, team: int | None = None) -> bool:
        """Whether all of them could be asked. They come before the carrier, and hear of what is
        found there on the usual road."""
        well = True
        for connection in crm_connections.connected():
            if team not in (None, connection.team):
                continue
            try:
                self.compare(connection, tally)
            except CrmError as error:
                well, cause = False, str(error)
                log.warning("drift.crm", crm=connection.crm, team=connection.team, cause=cause)
                self.writer(partial(_note, connection=connection, cause=cause))
        return well

    def compare(self, connection: Connection, tally: Tally) -> None:
        """Ask the CRM of everybody who is linked to it; raises :class:`CrmError`."""
        if not connection.fields.do_not_text:
            return
        after = 0
        while some := crm_people.linked(connection.team, connection.crm, after, AT_ONCE):
            after = some[-1].person
            refs = [who for each in some if (who := crm_refs.person_in(connection.crm, each.ref))]
            flags = self.calling(
                connection,
                lambda crm, access, refs=refs: crm.do_not_text(  # type: ignore[misc]
                    access, connection.fields, refs
                ),
            )
            found = self.writer(partial(_heed, connection=connection, some=some, flags=flags))
            for _ in range(found):
                tally.add(connection.team, mended=True)

    def _carrier(self, tally: Tally) -> None:
        """A STOP that only the carrier has heard, or a text that it refused because of one."""
        for text in self.carrier.sent_since(now() - BACK_MS):
            stop = text.inbound and keyword(text.body) == "stop"
            if stop or text.error_code == OPTED_OUT:
                team = self.writer(partial(_heed_carrier, text=text))
                if team is not None:
                    tally.add(team, mended=True)


def compared_at(team: int) -> int | None:
    """When (ms) the team was last compared, by the round or when it asked; None for never."""
    times = [heartbeats.last("drift"), heartbeats.last(_asked_for(team))]
    return max((at for at in times if at is not None), default=None)


def _asked_for(team: int) -> str:
    """The heartbeat of a comparison that a team has asked for."""
    return f"drift {team}"


def _note(tx: Transaction, connection: Connection, cause: str) -> None:
    crm_connections.note(tx, connection, f"Opt-outs could not be compared: {cause}")


def _heed(
    tx: Transaction,
    connection: Connection,
    some: Sequence[Linked],
    flags: dict[tuple[PersonType, str], bool],
) -> int:
    """How many differed."""
    team, name, found = connection.team, CRMS[connection.crm], 0
    for each in some:
        who = crm_refs.person_in(connection.crm, each.ref)
        flag = flags.get(who) if who else None
        if flag is None:
            continue
        if flag != each.do_not_text:
            crm_people.set_flag(tx, team, each.person, flag)
        if heed_flag(tx, connection, each.person, each.mobile, each.do_not_text, on=flag):
            said = "set do-not-text, and we did not know." if flag else "allows texts again."
            drifts.add(tx, team, connection.crm, each.person, each.mobile, f"{name} {said}")
            found += 1
        elif not flag and connection.write_opt_outs and stopped(team, each.mobile):
            tx.wake("write_standing", connection.id, each.person)
            said = f"{name} did not know that texts are stopped: it is told again."
            drifts.add(tx, team, connection.crm, each.person, each.mobile, said)
            found += 1
    return found


def _heed_carrier(tx: Transaction, text: CarrierText) -> int | None:
    """The team whose ledger was behind, if it was."""
    ours = numbers.by_e164(text.recipient if text.inbound else text.sender)
    try:
        mobile = parse(text.sender if text.inbound else text.recipient).e164
    except PhoneError:
        return None
    if ours is None or opt_outs.get(ours.team, mobile):
        return None
    cause = "stop" if text.inbound else "carrier"
    return ours.team if refusing.opted_out(tx, ours.team, mobile, text.at, cause) else None
