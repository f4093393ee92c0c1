"""Who may not be texted, told to the CRM: a STOP ticks the field that the team has chosen."""

from typing import Literal

from backend import crm_refs
from backend.connections.calling import Calling
from backend.crm_port import Declined
from backend.store import crm_people, opt_outs, people, restrictions
from backend.store.crm_connections import Connection
from backend.store.writer import Writer


def stopped(team: int, mobile: str) -> bool:
    """Whether we know that this mobile may not be texted: it opted out, or a user or the CRM said
    so. A text that only reads like a wish to stop is no answer yet."""
    if opt_outs.get(team, mobile):
        return True
    return any(restrictions.get(team, mobile, k) for k in ("do_not_text", "do_not_contact"))


def write_standing(
    writer: Writer, calling: Calling, connection: Connection, person: int
) -> tuple[Literal["logged", "skipped", "failed"], str]:
    """Have the CRM's field say what we know of the person; as the log of it ends, and why it
    failed. Skipped: it says so already, the team does not want it, or the person is in no CRM.

    Raises :class:`backend.crm_port.CrmError` for what concerns more than this record.
    """
    team, found = connection.team, people.get(connection.team, person)
    who = crm_refs.person_in(connection.crm, found.crm_ref) if found else None
    wanted = connection.write_opt_outs and connection.fields.do_not_text
    if found is None or who is None or not wanted:
        return "skipped", ""
    on = stopped(team, found.mobile)
    if crm_people.get(team, person).do_not_text == on:
        return "skipped", ""
    try:
        calling(
            connection,
            lambda crm, access: crm.set_do_not_text(access, connection.fields, *who, on),
        )
    except Declined as error:
        return "failed", f"The opt-out is not in the CRM. {error}"
    writer(lambda tx: crm_people.set_flag(tx, team, person, on))
    return "logged", ""
