"""People: those of an account."""

from backend.inbox import people
from backend.web.frames.call import Call, Handler
from shared import wire


def _list(call: Call, frame: wire.PersonList) -> wire.PersonPage:
    found = people.of_account(call.team, frame.account, frame.account_url)
    return wire.PersonPage(request=frame.request, people=found)


HANDLERS: dict[type[wire.ClientFrame], Handler] = {wire.PersonList: _list}
