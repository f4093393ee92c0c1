"""Whether the promises held, told by what each side says of each text. Knows nothing of how it was
broken: it must find a planted loss as well as a real one (``test_auditor.py``)."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from tests.faults.evidence import Evidence, Told

RANK = {
    "scheduled": 0,
    "queued": 1,
    "sending": 2,
    "unknown": 3,
    "sent": 4,
    **dict.fromkeys(("delivered", "undelivered", "failed", "canceled", "received"), 5),
}
"""Written down anew: an auditor who asks the accused for the rules finds nothing."""
IN_DOUBT = {"unknown", "sending", "queued"}


def audit(evidence: Evidence) -> list[str]:
    """One sentence for each promise that was broken; none when all held."""
    return [sentence for rule in RULES for sentence in rule(evidence)]


def _no_text_to_us_is_lost(seen: Evidence) -> Iterator[str]:
    held = Counter(each.sid for each in seen.held if each.direction == "inbound")
    for text in seen.carried:
        if text.inbound and held[text.sid] == 0:
            yield f"lost: {text.body!r} of {text.mobile} is not in the database"
        if text.inbound and held[text.sid] > 1:
            yield f"twice: {text.body!r} of {text.mobile} is in the database {held[text.sid]} times"


def _no_text_of_a_rep_is_lost(seen: Evidence) -> Iterator[str]:
    refs = Counter(each.ref for each in seen.held if each.ref)
    ids = {each.ref: each.id for each in seen.held if each.ref}
    for ref, times in refs.items():
        if times > 1:
            yield f"twice: {ref} is in the database {times} times"
    for told in seen.told:
        for ref, message in told.accepted.items():
            if ids.get(ref) != message:
                yield f"lost: {told.user} was told that {ref} is message {message}"


def _no_text_is_handed_over_twice(seen: Evidence) -> Iterator[str]:
    bodies = Counter((each.mobile, each.body) for each in seen.carried if not each.inbound)
    for (mobile, body), times in bodies.items():
        if times > 1:
            yield f"twice: the carrier has {body!r} to {mobile} {times} times"


def _what_the_carrier_has_we_know(seen: Evidence) -> Iterator[str]:
    carried = {(each.mobile, each.body): each for each in seen.carried if not each.inbound}
    for text in seen.held:
        if text.direction == "inbound":
            continue
        taken = carried.pop((text.mobile, text.body), None)
        if taken is None and text.status in ("sent", "delivered", "undelivered"):
            yield f"wrong: {text.body!r} is {text.status}, and the carrier never had it"
        elif taken is None and text.status in IN_DOUBT - {"unknown"}:
            yield f"lost: {text.body!r} is {text.status} for good, and the carrier never had it"
        elif taken is not None and text.sid != taken.sid:
            yield f"lost: the carrier has {text.body!r}, which is {text.status} with us"
    for mobile, body in carried:
        yield f"wrong: the carrier has {body!r} to {mobile}, and we do not"


def _nothing_after_a_stop(seen: Evidence) -> Iterator[str]:
    for stop in seen.stops:
        for text in seen.carried:
            late = text.at > stop.acknowledged and (stop.ended is None or text.at < stop.ended)
            if late and not text.inbound and text.mobile == stop.mobile:
                behind = text.at - stop.acknowledged
                yield f"after STOP: {text.body!r} to {text.mobile}, {behind} ms later"
        if stop.ended is None and stop.mobile not in seen.opted_out:
            yield f"lost: {stop.mobile} asked to stop and has not opted out"


def _no_event_is_missed_or_repeated(seen: Evidence) -> Iterator[str]:
    for told in seen.told:
        seqs = [each["seq"] for each in told.events]
        for before, after in pairwise(seqs):
            if after != before + 1:
                what = "twice" if after <= before else "lost"
                yield f"{what}: {told.user} was told {after} after {before}"
        if seqs and seqs[-1] != told.latest:
            yield f"lost: {told.user} was told up to {seqs[-1]} of {told.latest}"
        for seq in told.gone:
            yield f"lost: {told.user} had to start afresh behind {seq}"


def _each_text_is_told_once(seen: Evidence) -> Iterator[str]:
    """Every text is of one user's number, so one client has been told of it."""
    told = Counter(
        each["message"]["id"]
        for told in seen.told
        for each in told.events
        if each["type"] == "message.created"
    )
    for text in seen.held:
        if told[text.id] != 1:
            what = "twice" if told[text.id] else "lost"
            yield f"{what}: {text.body!r} was told {told[text.id]} times"


def _no_status_steps_back(seen: Evidence) -> Iterator[str]:
    for told in seen.told:
        for message, statuses in _statuses(told).items():
            for before, after in pairwise(statuses):
                # Somebody does have the text that nobody knew of: the carrier says so.
                settled = (before, after) == ("unknown", "sending")
                if RANK[after] < RANK[before] and not settled:
                    yield f"backwards: {told.user} saw message {message} {after} after {before}"


def _statuses(told: Told) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for event in told.events:
        if event["type"] in ("message.created", "message.updated"):
            found.setdefault(event["message"]["id"], []).append(event["message"]["status"])
    return found


def _each_activity_is_in_the_crm_once(seen: Evidence) -> Iterator[str]:
    logged = Counter(seen.logged)
    for body, state in seen.claimed.values():
        if logged[body] > 1:
            yield f"twice: {body!r} is in the CRM {logged[body]} times"
        elif state == "logged" and not logged[body]:
            yield f"lost: {body!r} is logged, and the CRM does not have it"
        elif state == "waiting":
            yield f"lost: {body!r} waits for the CRM for good"


RULES: list[Callable[[Evidence], Iterator[str]]] = [
    _no_text_to_us_is_lost,
    _no_text_of_a_rep_is_lost,
    _no_text_is_handed_over_twice,
    _what_the_carrier_has_we_know,
    _nothing_after_a_stop,
    _no_event_is_missed_or_repeated,
    _each_text_is_told_once,
    _no_status_steps_back,
    _each_activity_is_in_the_crm_once,
]
