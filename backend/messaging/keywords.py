"""Words that stop and start texting, and ask for help. The whole message must be the word,
or stop words alone.

Sources: Twilio's default lists, and 47 CFR 64.1200(a)(10) since 11 April 2025, which adds
"opt out" as two words; Twilio lets that pass, so it is caught here. On toll-free numbers the
network starts again at START and UNSTOP alone.
"""

import re
import unicodedata
from typing import Literal

from shared.wire import NumberKind

Keyword = Literal["stop", "start", "yes", "help"]
"""``yes`` starts again too, but is an ordinary word from whoever has not opted out."""

STOP = frozenset(["stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"])
START = frozenset(["start", "unstop"])
HELP = frozenset(["help", "info"])
_STOPS = re.compile(r"(?:{0})(?:(?:(?<=stop)2)?(?:{0}))*".format("|".join(sorted(STOP))))
"""Stop words and nothing else: STOP STOP, and STOP 2 END as texts tell people to answer."""
_ADVANCED: dict[str, Keyword] = {"STOP": "stop", "START": "start", "HELP": "help"}


def keyword(body: str, kind: NumberKind = "long_code", opt_out_type: str = "") -> Keyword | None:
    """What a text to a number of this kind means for further texting; punctuation, case and width
    do not matter.

    ``opt_out_type`` is what Twilio's Advanced Opt-Out took the text for, by words of the account's
    own choice. It decides, but a stop word stops whatever the account's list holds.
    """
    folded = body.lower() if body.isascii() else unicodedata.normalize("NFKC", body).casefold()
    word = "".join(filter(str.isalnum, folded))
    if _STOPS.fullmatch(word):
        return "stop"
    if told := _ADVANCED.get(opt_out_type.strip().upper()):
        return told
    if word in START:
        return "start"
    if word == "yes" and kind != "toll_free":
        return "yes"
    return "help" if word in HELP else None
