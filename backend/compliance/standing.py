"""Whether a mobile may be texted at all, in words for the rep."""

from backend.phone import PhoneError, check_textable
from shared.wire import Blocked


def standing(mobile: str, opted_out_at: int | None, *, fictitious: bool = True) -> Blocked | None:
    """Why no text may go to this mobile, or None. ``fictitious`` as in ``check_textable``."""
    try:
        check_textable(mobile, fictitious=fictitious)
    except PhoneError as error:
        return Blocked(reason=error.reason, text=str(error))
    if opted_out_at is not None:
        text = "Opted out. You can text again when they reply START."
        return Blocked(reason="opted_out", text=text)
    return None
