"""What an org's own fields are for, by what admins tend to call them."""

import re

_TEXTS = re.compile(r"(sms|text)", re.IGNORECASE)
_OUT = re.compile(r"(opt|stop|do.?not|dnt)", re.IGNORECASE)


def says_do_not_text(words: str) -> bool:
    """Whether a field of this name and label surely says that somebody may not be texted."""
    return bool(_TEXTS.search(words) and _OUT.search(words))
