"""Wishes to stop in a sentence of one's own: "please stop texting me", "wrong number".

47 CFR 64.1200(a)(10) lets people revoke by any reasonable means. A machine cannot be sure what is
meant, so what is found here only freezes sending until a rep has answered; a needless question
costs a click, a missed wish a complaint. English first, then Spanish and French as they are spoken
in the US and Canada.
"""

import re
import unicodedata

from backend.compliance.wishes import wished

_SENTENCE = re.compile(r"[^.!?;\n\u2026]+[.!?;\u2026]*|\U0001f6d1+")
_DASH = re.compile(r"\s[-\u2013\u2014]+\s|:\s|(?<=[a-z])\s*\u2014\s*(?=[a-z])")
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "`": "'"})
LONGEST_PHRASE = 160


def revokes(body: str) -> str | None:
    """The sentence that reads like a wish to get no more texts, or None."""
    for line in _DASH.sub("\n", _folded(body)).splitlines():
        for sentence in _SENTENCE.findall(line):
            said = " ".join(sentence.split())
            if wished(said):
                return said[:LONGEST_PHRASE]
    return None


def _folded(body: str) -> str:
    """Lower case, without accents and invisible marks, apostrophes straight."""
    if body.isascii():
        return body.lower().replace("`", "'")  # which is all that there is to do
    wide = unicodedata.normalize("NFKC", body).casefold().translate(_QUOTES)
    return "".join(
        each
        for each in unicodedata.normalize("NFKD", wide)
        if unicodedata.category(each) not in ("Mn", "Cf")
    )
