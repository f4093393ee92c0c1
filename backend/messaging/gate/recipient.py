"""Who is texted: a mobile that takes texts, whose owner has not asked us to stop."""

from backend.compliance import barred, simulation
from backend.messaging.gate.case import Case
from backend.phone import PhoneError, check_textable
from shared.wire import Blocked


def mobile_takes_texts(case: Case) -> Blocked | None:
    try:
        check_textable(case.request.recipient, fictitious=simulation.fictitious())
    except PhoneError as error:
        return Blocked(reason=error.reason, text=str(error))
    return None


def is_not_us(case: Case) -> Blocked | None:
    if case.around.ours:
        return Blocked(reason="own_number", text="This is one of our own numbers.")
    return None


def is_not_barred(case: Case) -> Blocked | None:
    return barred.blocked(case.bars)


def is_no_landline(case: Case) -> Blocked | None:
    """A carrier may read a text out on a landline as a call; a team says whether it wants that."""
    bar = case.bars.get("line")
    if bar is None or bar.cause != "landline":
        return None
    if case.settings.landlines == "refuse":
        text = "This is a landline, and your team texts mobiles only. Look for a mobile in the CRM."
        return Blocked(reason="landline", text=text)
    text = "This is a landline: the text may be read out as a voice call, or not arrive."
    case.warning = Blocked(reason="landline", text=text)
    case.notes.append("landline: the team lets it pass with a warning")
    return None


def is_in_crm(case: Case) -> Blocked | None:
    if not case.settings.crm_required or case.around.crm_ref:
        return None
    text = (
        "Your team texts only people who are in the CRM."
        " Add them there, then open the text from their page."
    )
    return Blocked(reason="not_in_crm", text=text)
