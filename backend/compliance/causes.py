"""Changes of the ledger in words: for a person's activities, the pane and the API."""

from backend.phone import display
from backend.store.pseudonym import PREFIX

_OUT = {
    "stop": "Opted out by text.",
    "carrier": "Opted out: the carrier refused a text (error 21610).",
    "rep_confirmed": "Opted out: a rep confirmed what their text meant.",
    "rep": "Opted out, noted by a rep.",
    "admin": "Opted out, noted by an admin.",
    "import": "Opted out, from an imported list.",
}
_IN = {
    "start": "Opted back in by text.",
    "admin": "Opt-out ended by an admin.",
}
_RESTRICTION = {"do_not_text": "Do not text", "do_not_contact": "Do not contact"}
_SET = {
    "rep": "set by a rep",
    "admin": "set by an admin",
    "crm": "set in the CRM",
    "import": "from an imported list",
    "text": "after a text of theirs",
}


def named(mobile: str) -> str:
    """A mobile of the ledger for people; of an erased person nothing but that they were."""
    return "Erased person" if mobile.startswith(PREFIX) else display(mobile)


def in_words(change: str, cause: str, restriction: str = "", note: str = "") -> str:
    """One or two sentences; ``change`` is a kind of ``consent_event``."""
    match change:
        case "opted_out":
            said = _OUT.get(cause, "Opted out.")
        case "opted_in":
            said = _IN.get(cause, "Opted back in.")
        case "suspected":
            return f"Wrote “{note}”: nothing is sent until a rep says whether they opted out."
        case "cleared":
            return "Opted in by text." if cause == "start" else "Their text was no wish to stop."
        case "restricted":
            name = _RESTRICTION.get(restriction, "Restricted")
            said = f"{name}, {_SET.get(cause, 'set')}."
        case _:
            said = f"{_RESTRICTION.get(restriction, 'Restriction')} ended."
    return f"{said} {note}".strip() if change != "opted_out" or cause != "rep_confirmed" else said
