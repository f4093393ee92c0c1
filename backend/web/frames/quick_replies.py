"""Quick replies: the user's own and the team's."""

from backend.store import quick_replies
from backend.web.frames.call import Call, Handler
from shared import wire


def _list(call: Call, frame: wire.QuickReplyList) -> wire.QuickReplyPage:
    held = quick_replies.of_user(call.team, call.user)
    return wire.QuickReplyPage(request=frame.request, quick_replies=held)


HANDLERS: dict[type[wire.ClientFrame], Handler] = {wire.QuickReplyList: _list}
