"""What is asked of an admin who connects a CRM, in words: the same on pages, in commands and in
programs' answers."""

from typing import NamedTuple

from backend.store.crm_connections import Connection


class Asked(NamedTuple):
    """``why`` says what it is for; ``needed`` whether nothing works without it."""

    label: str
    why: str
    needed: bool = False


ADDRESSES = {
    "salesforce": Asked(
        "Where you sign in",
        "Empty for login.salesforce.com. Else test.salesforce.com for a sandbox, or your My Domain,"
        " such as acme.my.salesforce.com.",
    ),
    "dynamics": Asked(
        "Address of your Dynamics 365",
        "As it stands in the browser when you work in it, such as https://acme.crm.dynamics.com.",
        needed=True,
    ),
}
"""The CRMs that are asked for an address; another is the same for everybody."""
FIELDS = {
    "mobile": Asked(
        "Mobile", "The number that reps text. What stands there wins over what a page shows."
    ),
    "extension": Asked("Extension", "Behind the number, where your records keep it apart."),
    "do_not_text": Asked(
        "Do not text", "A box. Whoever has it ticked is texted by nobody, from any page."
    ),
    "key": Asked(
        "Repline’s key",
        "Where an activity keeps it, so that it is never there twice. In Salesforce a text field of"
        " 36 characters, unique and an external id.",
    ),
    "type": Asked("Type of the activity", "What a text is, in your reports."),
}
"""What may be chosen, in the order of the form."""
NO_KEY = (
    "Without a field for Repline’s key, Repline looks for an activity before it tries again: that"
    " is slower, and a text may be there twice where the CRM finds it late."
)


def warnings(held: Connection) -> list[str]:
    """What an admin should know of the configuration as it is."""
    found = []
    if held.choices and not held.fields.mobile:
        found.append("No field is chosen for the mobile: what the page shows is believed.")
    if held.choices and not held.fields.key:
        found.append(NO_KEY)
    if held.write_opt_outs and held.choices and not held.fields.do_not_text:
        found.append("No field is chosen for do-not-text: the CRM hears of no opt-out.")
    return found


def environment(crm: str) -> str:
    """The variables that configure our app at the CRM."""
    return f"{crm.upper()}_CLIENT_ID and {crm.upper()}_CLIENT_SECRET"
