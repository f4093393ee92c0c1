"""Words that stop and start texting. The whole message must be the word.

Sources: Twilio's default lists, and 47 CFR 64.1200(a)(10) since 11 April 2025, which adds
"opt out" as two words; Twilio lets that pass, so it is caught here.
"""

import unicodedata
from typing import Literal

STOP = frozenset(["stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"])
START = frozenset(["start", "yes", "unstop"])


def keyword(body: str) -> Literal["stop", "start"] | None:
    """What the text means for further texting; punctuation, case and width do not matter."""
    folded = unicodedata.normalize("NFKC", body).casefold()
    word = "".join(each for each in folded if each.isalnum())
    if word in STOP:
        return "stop"
    return "start" if word in START else None
