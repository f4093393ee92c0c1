"""Opt-out keywords as Twilio handles them by default: per number, or per Messaging Service."""

from simulator.phones import short_code, toll_free
from simulator.records import Books
from simulator.state import service_of

STOP = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"})
START = frozenset({"START", "YES", "UNSTOP"})
HELP = frozenset({"HELP", "INFO"})
# Toll-free keywords are the network's, and fewer.
_TOLL_FREE_STOP = frozenset({"STOP"})
_TOLL_FREE_START = frozenset({"START", "UNSTOP"})

STOPPED = (
    "You have successfully been unsubscribed. You will not receive any more messages from this "
    "number. Reply START to resubscribe."
)
STARTED = (
    "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
    "Reply STOP to unsubscribe. Msg&Data Rates May Apply."
)
HELPED = "Reply STOP to unsubscribe. Msg&Data Rates May Apply."
_TOLL_FREE_STOPPED = (
    'NETWORK MSG: You replied with the word "stop" which blocks all texts sent from this number. '
    'Text back "unstop" to receive messages again.'
)
_TOLL_FREE_STARTED = (
    'NETWORK MSG: You have replied "unstop" and will begin receiving messages again from this '
    "number."
)


def scope(books: Books, sender: str) -> str:
    """What an opt-out holds for: the number, or the whole service that it is in."""
    return sender if sender.startswith("MG") else service_of(books, sender) or sender


def blocked(books: Books, sender: str, phone: str) -> bool:
    return (scope(books, sender), phone) in books.opt_outs


def heed(books: Books, phone: str, number: str, body: str) -> str | None:
    """Act on a text's keyword, if it is one as a whole; what the carrier itself answers."""
    # Short codes of one's own are left alone: there the sender must answer.
    if short_code(number):
        return None
    word = body.strip().upper()
    key = (scope(books, number), phone)
    free = toll_free(number)
    if word in (_TOLL_FREE_STOP if free else STOP):
        if key in books.opt_outs:
            return None
        books.opt_outs.add(key)
        return _TOLL_FREE_STOPPED if free else STOPPED
    if word in (_TOLL_FREE_START if free else START):
        if key not in books.opt_outs:
            return None
        books.opt_outs.discard(key)
        return _TOLL_FREE_STARTED if free else STARTED
    return HELPED if word in HELP else None
