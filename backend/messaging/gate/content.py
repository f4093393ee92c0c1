"""What is sent: words or media that the number can carry."""

from backend.messaging.gate.case import Case
from backend.names import is_blank
from shared.wire import MAX_BODY, Blocked


def says_something(case: Case) -> Blocked | None:
    if not is_blank(case.request.body) or case.request.media:
        return None
    return Blocked(reason="empty", text="There is no text to send.")


def is_short_enough(case: Case) -> Blocked | None:
    length = len(case.request.body)
    if length <= MAX_BODY:
        return None
    text = f"The text has {length} characters, {MAX_BODY} are allowed. Shorten it or send two."
    return Blocked(reason="too_long", text=text)


def number_takes_media(case: Case) -> Blocked | None:
    if not case.request.media or case.around.mms:
        return None
    text = "This number can't send pictures or files. Send words, or text from another number."
    return Blocked(reason="media_not_possible", text=text)
