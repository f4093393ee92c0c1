"""What the logs say, in words: actions, reasons, and what was before and after."""

from typing import Any, NamedTuple

import msgspec

from backend.store.audit_pages import Entry
from backend.team import settings

ACTIONS = {
    "api_key.made": "made the API key {subject}",
    "api_key.revoked": "revoked the API key {subject}",
    "crm.configured": "configured {subject}",
    "crm.connected": "connected {subject}",
    "crm.disconnected": "disconnected {subject}",
    "crm.user_chosen": "said who somebody is in {subject}",
    "crm_log.retried": "had what failed logged again to {subject}",
    "hook.disabled": "switched the hook {subject} off",
    "hook.enabled": "switched the hook {subject} on",
    "hook.made": "made the hook {subject}",
    "hook.removed": "removed the hook {subject}",
    "hook.retried": "had the hook {subject} told again what it missed",
    "import.canceled": "canceled an import of people",
    "import.done": "imported people",
    "import.failed": "tried to import people",
    "import.paused": "paused an import of people",
    "import.resumed": "went on with an import of people",
    "import.started": "began to import people",
    "license.granted": "gave {subject} a {kind} license",
    "license.revoked": "took the {kind} license of {subject} back",
    "license.seats_set": "set how many seats there are",
    "message.filed": "filed the text {subject} under another person",
    "message.settled": "said what became of the {subject}",
    "number.a2p": "found another registration of {subject}",
    "number.added": "added the number {subject}",
    "number.assigned": "assigned the number {subject}",
    "number.local_presence": "changed whether {subject} is for local presence",
    "number.retired": "found that {subject} is not ours any more",
    "number.unassigned": "took the number {subject} back",
    "opt_out.added": "opted {subject} out",
    "opt_out.ended": "opted {subject} in again",
    "opt_out.imported": "imported opt-outs",
    "opportunity.chosen": "chose the opportunity of the person {subject}",
    "person.erased": "erased a person",
    "person.exported": "exported what is known of a person",
    "quarantine.dropped": "dropped a {subject} from quarantine",
    "quarantine.retried": "had a {subject} filed from quarantine",
    "quick_reply.added": "wrote the quick reply {subject}",
    "quick_reply.changed": "changed the quick reply {subject}",
    "quick_reply.removed": "removed the quick reply {subject}",
    "restriction.added": "marked {subject} as do not text",
    "restriction.cleared": "said that {subject} may be texted",
    "restriction.ended": "let {subject} be texted again",
    "restriction.suspected": "read like a wish to stop of {subject}",
    "round.run": "had this done at once: {subject}",
    "session.ended": "signed out",
    "session.refused": "was refused at sign-in",
    "session.started": "signed in",
    "settings.changed": "changed the settings",
    "team.paused": "paused sending",
    "team.added": "added the team {subject}",
    "team.resumed": "let the team send again",
    "texts.expired": "erased texts that were kept long enough",
    "user.added": "invited {subject}",
    "user.changed": "changed {subject}",
    "user.disabled": "disabled {subject}",
    "user.enabled": "enabled {subject}",
    "user.link_made": "made a link for {subject} to set a password",
    "user.password_set": "set the password of {subject}",
}
# Who is no user, by the name that is noted.
ACTORS = {
    "carrier": "The carrier",
    "command": "A command",
    "job": "Repline",
    "retention": "Repline",
    "text": "A text",
}
REASONS = {
    "a2p": "Number not registered",
    "budget": "Budget used up",
    "disabled": "User disabled",
    "empty": "Empty text",
    "landline": "Landline",
    "local_presence": "Local presence number",
    "media_not_possible": "Number sends no media",
    "messenger_off": "Texting off",
    "no_license": "No license",
    "no_mobile": "No mobile",
    "no_number": "No number",
    "not_in_crm": "Not in the CRM",
    "not_standard": "Not a usual number",
    "not_us_ca": "Not US or Canada",
    "number_not_sms": "Number sends no texts",
    "opted_out": "Opted out",
    "own_number": "Our own number",
    "paused": "Sending paused",
    "quiet_hours": "Quiet hours",
    "retired_number": "Number not ours any more",
    "team_cap": "Team’s texts of the day used up",
    "too_long": "Too long",
    "user_cap": "User’s texts of the day used up",
}
LABELS = {
    "digest": "One activity a day",
    "do_not_text": "Do not text",
    "is": "Is in the CRM",
    "key": "Repline’s key",
    "type": "Type of the activity",
    "write_opt_outs": "Opt-outs written to the CRM",
    "crm_required": "Only people in the CRM",
    "hours_from": "Hours from",
    "hours_until": "Hours until",
    "landlines": "Landlines",
    "media_price": "Price of media",
    "messenger_enabled": "Texting",
    "monthly_budget": "Monthly budget",
    "retention_days": "Days that texts are kept",
    "segment_price": "Price of a segment",
    "sunday_from": "Sunday from",
    "sunday_until": "Sunday until",
    "team_daily_cap": "Texts a day, team",
    "user_daily_cap": "Texts a day, user",
}


class Change(NamedTuple):
    """``before`` and ``after`` are None where there was nothing to say."""

    label: str
    before: str | None
    after: str | None


def sentence(entry: Entry) -> str:
    """Who did what: ``admin@brightpath.example gave ana@brightpath.example a dialer license``."""
    held = {**_held(entry.before), **_held(entry.after)}
    text = ACTIONS.get(entry.action)
    if text is None:
        noun, _, verb = entry.action.partition(".")
        text = f"{plain(noun).lower()} {plain(verb).lower()}" + (
            ": {subject}" * bool(entry.subject)
        )
    said = text.format(subject=entry.subject or "somebody", kind=held.get("kind", ""))
    who = ACTORS.get(entry.actor, entry.actor) if entry.user is None else entry.actor
    return f"{who} {said}"


def changes(entry: Entry) -> list[Change]:
    """What is different, field by field, in the order in which it was noted."""
    before, after = _held(entry.before), _held(entry.after)
    found = []
    for name in dict.fromkeys([*before, *after]):
        was = _value(name, before[name]) if name in before else None
        now = _value(name, after[name]) if name in after else None
        if was != now:
            found.append(Change(LABELS.get(name, plain(name)), was, now))
    return found


def reason(code: str) -> str:
    return REASONS.get(code, plain(code)) if code else "Allowed"


def noun(action: str) -> str:
    """The noun of an action, as a filter names it."""
    return plain(action.partition(".")[0])


def plain(name: str) -> str:
    """``quick_reply`` as ``Quick reply``."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _held(text: str) -> dict[str, Any]:
    if not text:
        return {}
    try:
        held = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return {"value": text}
    return held if isinstance(held, dict) else {"value": held}


def _value(name: str, value: Any) -> str:
    if name in settings.NAMES and name != "time_zone":
        try:
            return settings.shown(name, value) or "none"
        except (TypeError, ValueError, ArithmeticError):
            pass  # noted by another release, in another form
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, str):
        return value or "nothing"
    return msgspec.json.encode(value).decode()
