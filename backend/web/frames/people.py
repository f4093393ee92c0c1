"""People: those of an account, and those who share a mobile."""

from backend.crm_logs import filing
from backend.inbox import people
from backend.web.frames.call import Call, Handler
from shared import wire


def _list(call: Call, frame: wire.PersonList) -> wire.PersonPage:
    if frame.conversation is None:
        found = people.of_account(call.team, frame.account, frame.account_url)
    else:
        found = filing.others(call.team, call.user, frame.conversation)
    return wire.PersonPage(request=frame.request, people=found)


HANDLERS: dict[type[wire.ClientFrame], Handler] = {wire.PersonList: _list}
