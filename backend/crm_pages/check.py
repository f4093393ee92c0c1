"""What the extension refuses a table of CRM pages for, said where the table is handed out: in the
browsers of reps nobody would see why an address is not known. The same rules as in
``extension/src/lib/crm_table.ts`` and ``patterns.ts``, which believe nothing of a server."""

import re
from collections.abc import Iterator
from itertools import chain

from msgspec.structs import asdict

from shared import wire

LARGEST_BYTES = 100_000
MOST_WAYS = 20_000
"""In which a pattern may match: a search tries at most the product of its pieces."""
_HOST = re.compile(r"\.?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}|localhost")
_SELECTOR = re.compile(r"""(?:[^:'"()\\]|'[^'\\]*'|"[^"\\]*"){1,200}""")
_PIECE = re.compile(
    r"\(\?:|\(\?<[a-z]{2,5}>|\)\??|\||\^|\$"
    r"|(?:\\[dw.\\/?{}-]|\[\^?(?:[^\]\\\[]|\\[dw.-])+\]|[\w/:#%&=~ -])"
    r"(?:\?|\{\d{1,3}(?:,\d{1,3})?\})?",
    re.ASCII,
)
_REPEATED = re.compile(r"\{(\d+)(?:,(\d+))?\}$")


def unfit(table: wire.CrmTable, size: int) -> str:
    """Why the extension would not go by this table of ``size`` bytes; empty where it would."""
    if size > LARGEST_BYTES:
        return f"it has {size:,} bytes, and {LARGEST_BYTES:,} at most are taken"
    return next(chain.from_iterable(map(_wrong, table.crms)), "")


def _wrong(site: wire.CrmSite) -> Iterator[str]:
    for host in site.hosts:
        if not _HOST.fullmatch(host):
            yield f"{site.id}: {host} is no host of one CRM"
    for rule in site.rules:
        for pattern in filter(None, (rule.pattern, rule.when)):
            if why := refusal(pattern):
                yield f"{site.id}: the pattern {pattern} {why}"
        if "(?<id>" not in rule.pattern:
            yield f"{site.id}: the pattern {rule.pattern} has no group (?<id>…)"
    for name, selector in asdict(site.fields).items() if site.fields else ():
        if selector and not _SELECTOR.fullmatch(selector):
            yield f"{site.id}: the selector {selector} of {name} may have no pseudo-class"


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the table, which is written as browsers read it, in Python."""
    return re.compile(pattern.replace("(?<", "(?P<"), re.ASCII)


def refusal(pattern: str) -> str:
    """Why a pattern may not run in a browser, or empty."""
    ways, at = 1, 0
    while at < len(pattern):
        found = _PIECE.match(pattern, at)
        if found is None:
            return f"cannot be read at {at}"
        piece = found[0]
        if piece == "|" or (len(piece) > 1 and piece.endswith("?")):
            ways *= 2
        repeated = _REPEATED.search(piece)
        if repeated and repeated[2]:
            ways *= max(1, int(repeated[2]) - int(repeated[1]) + 1)
        if ways > MOST_WAYS:
            return "can match in too many ways"
        at += len(piece)
    try:
        compiled(pattern)
    except re.error:
        return "is no regular expression"
    return ""
