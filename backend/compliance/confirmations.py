"""The standard answers to STOP, START and HELP, where Twilio does not give them: on short codes
that stand alone.

They are the only texts that may follow an opt-out: 47 CFR 64.1200(a)(12) allows one that confirms
it, within five minutes and without marketing, and CTIA's handbook asks for an answer to HELP from
everybody. The words are Twilio's own for long codes.
"""

STOPPED = (
    "You have successfully been unsubscribed. You will not receive any more messages from this"
    " number. Reply START to resubscribe."
)
STARTED = (
    "You have successfully been re-subscribed to messages from this number. Reply HELP for help."
    " Reply STOP to unsubscribe. Msg&Data Rates May Apply."
)
HELPED = "Reply STOP to unsubscribe. Msg&Data Rates May Apply."
ANSWERS = {"stop": STOPPED, "start": STARTED, "yes": STARTED, "help": HELPED}
"""By keyword."""


def is_standard(body: str) -> bool:
    """Whether the text is one of them, to the letter."""
    return body in ANSWERS.values()
