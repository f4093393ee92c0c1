"""Who may not be texted: do-not-text by hand, and what a suspected text has meant."""

from collections.abc import Callable

from backend.compliance import by_hand, ledger
from backend.messaging.events import shown
from backend.messaging.outbound import NotFound
from backend.store import conversations
from backend.store.audit import Actor
from backend.store.writer import Transaction
from backend.web.frames.call import Call, Handler, refused
from shared import wire


def _restrict(call: Call, frame: wire.RestrictionSet) -> wire.ServerFrame:
    def work(tx: Transaction, actor: Actor, mobile: str) -> None:
        by_hand.set_do_not_text(tx, actor, mobile, frame.do_not_text, frame.note)

    return _saved(call, frame, work)


def _answer(call: Call, frame: wire.SuspicionAnswer) -> wire.ServerFrame:
    # Answered by a colleague meanwhile, or asked anew by a further text: the conversation that is
    # sent back shows it.
    def work(tx: Transaction, actor: Actor, mobile: str) -> None:
        ledger.answer(tx, actor, mobile, opted_out=frame.opted_out, message=frame.message)

    return _saved(call, frame, work)


def _saved(
    call: Call,
    frame: wire.RestrictionSet | wire.SuspicionAnswer,
    work: Callable[[Transaction, Actor, str], None],
) -> wire.ServerFrame:
    """Do the work on the mobile of the conversation, and send the conversation as it is then."""
    found = conversations.get_for(call.team, call.user, frame.conversation)
    if found is None:
        raise NotFound
    mobile, actor = found.conversation.person.mobile, call.actor
    try:
        call.services.writer(lambda tx: work(tx, actor, mobile))
    except ledger.Forbidden as error:
        return refused("forbidden", str(error), frame.request)
    found = conversations.get_for(call.team, call.user, frame.conversation)
    if found is None:
        raise NotFound
    return wire.ConversationSaved(request=frame.request, conversation=shown(found))


HANDLERS: dict[type[wire.ClientFrame], Handler] = {
    wire.RestrictionSet: _restrict,
    wire.SuspicionAnswer: _answer,
}
