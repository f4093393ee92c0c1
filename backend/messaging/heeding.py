"""Heeding what a text says of further texting: words that stop and start, and wishes in a
sentence. Whatever is heeded holds for the whole team and at once."""

from dataclasses import dataclass

import structlog

from backend.compliance import ledger
from backend.messaging import confirming
from backend.messaging.keywords import Keyword, keyword
from backend.phone import kind
from backend.store.numbers import Rented
from backend.store.writer import Transaction

log = structlog.get_logger()


@dataclass(frozen=True)
class Said:
    """A text that was filed: by which mobile, to which of our numbers, ``at`` ms since 1970.
    ``phrase`` is what in it reads like a wish to stop."""

    body: str
    opt_out_type: str
    phrase: str | None
    mobile: str
    ours: Rented
    conversation: int
    message: int
    at: int


def heed(tx: Transaction, said: Said) -> None:
    """Change the ledger by what the text says; on short codes also answer, as nobody else does."""
    its_kind = kind(said.ours.e164)
    word = keyword(said.body, its_kind, said.opt_out_type)
    if word is None:
        if said.phrase:
            ledger.suspect(tx, said.ours.team, said.mobile, said.phrase, heard=_heard(said))
        return
    heeded = _act(tx, said, word)
    # Twilio answers itself on every other kind, and on short codes with Advanced Opt-Out.
    if heeded and its_kind == "short_code" and not said.opt_out_type:
        confirming.answer(tx, said.ours, said.conversation, said.message, said.mobile, word)


def _act(tx: Transaction, said: Said, word: Keyword) -> bool:
    """Whether the word changed anything, or asked for help."""
    actor = ledger.by_text(said.ours.team)
    if word == "stop":
        return ledger.opt_out(tx, actor, said.mobile, "stop", heard=_heard(said))
    if word == "help":
        log.info("heeding.help", team=said.ours.team, message=said.message)
        return True
    plainly = word == "start"
    return ledger.opt_in(tx, actor, said.mobile, heard=_heard(said), plainly=plainly)


def _heard(said: Said) -> ledger.Heard:
    return ledger.Heard(said.message, said.at, said.conversation)
