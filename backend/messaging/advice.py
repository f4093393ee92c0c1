"""What the carrier's error codes mean to an admin: what happened, why, and what mends it.

Codes and their causes are Twilio's (docs/api/errors), in plain language.
"""

from typing import NamedTuple

from backend.messaging.errors import GATE


class Advice(NamedTuple):
    title: str
    cause: str
    fix: str


_REGISTER = "Open A2P in these pages: it says which step is missing, and what to do about it."
_CONTENT = (
    "Say who you are in the first text, leave out shortened links and words of advertising, and"
    " vary what many people get."
)
_CREDENTIALS = "Compare account SID and token with the Twilio console, then restart the backend."

ADVICE: dict[int, Advice] = {
    GATE: Advice(
        "Stopped by our own rules",
        "A rule stood against the text when its turn came: an opt-out, quiet hours, a cap.",
        "Decisions in these pages name the rule for each text.",
    ),
    20003: Advice("Credentials refused", "The carrier did not accept our token.", _CREDENTIALS),
    21211: Advice(
        "Not a valid number",
        "The CRM holds a number that cannot exist.",
        "Have the number mended in the CRM.",
    ),
    21408: Advice(
        "Country switched off",
        "The account may not text this country.",
        "Allow it in the Twilio console: Messaging, Settings, Geo permissions.",
    ),
    21606: Advice(
        "The number cannot send",
        "A number of ours has lost its ability to text.",
        "Read the numbers anew under Numbers, then give the reps another one.",
    ),
    21610: Advice(
        "Opted out at the carrier",
        "They sent STOP, and the carrier knew before us. The opt-out is noted now.",
        "Nothing: they can reply START.",
    ),
    21611: Advice(
        "Too many waiting",
        "The queue of a number at the carrier was full.",
        "Spread the texts over more numbers, or over more time.",
    ),
    21612: Advice(
        "No way to this number",
        "The carrier has no road from this number to that one.",
        "Try another of your numbers.",
    ),
    21614: Advice("Not a mobile", "The number takes no texts.", "Have it mended in the CRM."),
    30001: Advice(
        "Too many waiting",
        "Texts waited longer than the carrier keeps them.",
        "Spread the texts over more numbers, or over more time.",
    ),
    30003: Advice(
        "Phone out of reach",
        "The phone was off, without signal or full.",
        "Try later. When it stays so, ask for another number.",
    ),
    30004: Advice(
        "Blocked",
        "The person or their carrier blocks texts from your number.",
        "Do not try again from another number: write or call instead.",
    ),
    30005: Advice(
        "Number not in use",
        "The number was given up.",
        "Have it mended in the CRM.",
    ),
    30006: Advice(
        "Landline or carrier out of reach",
        "The number is no mobile, or its carrier could not be reached.",
        "Look the number up under Numbers. A landline can be called.",
    ),
    30007: Advice(
        "Filtered as spam",
        "A carrier took the text for spam, by its words, its link or the number's reputation.",
        _CONTENT,
    ),
    30008: Advice(
        "Not delivered, no reason given",
        "The person's carrier refused without saying why.",
        "A few are usual. When many come from one carrier, open a ticket with Twilio.",
    ),
    30022: Advice(
        "Too fast for the campaign",
        "The number sent more a second than its A2P campaign may.",
        "Spread the texts, or have the brand vetted for a higher rate.",
    ),
    30023: Advice(
        "Daily limit reached",
        "T-Mobile's limit for your brand was used up for the day.",
        "Spread over days, or have the brand vetted for a higher limit.",
    ),
    30027: Advice(
        "Daily limit reached",
        "T-Mobile's limit for your campaign was used up for the day.",
        "Spread over days, or have the brand vetted for a higher limit.",
    ),
    30032: Advice("Toll-free not verified", "A toll-free number is not verified.", _REGISTER),
    30034: Advice("Not registered (A2P)", "The number has no approved A2P campaign.", _REGISTER),
    30035: Advice(
        "Registration pending", "The number's campaign still waits for approval.", _REGISTER
    ),
    63038: Advice(
        "Account limit reached",
        "The account's daily limit at the carrier was used up.",
        "Ask Twilio for a higher limit.",
    ),
}


def advice(code: int) -> Advice:
    """What is known of the code; of one that we do not know, where to look it up."""
    return ADVICE.get(code) or Advice(
        f"Error {code}",
        "A code of the carrier that is not explained here.",
        f"Look it up at twilio.com/docs/api/errors/{code}.",
    )
