"""What runs beside the database: jobs and what waits for them, Redis, CRMs, pushes."""

from collections.abc import Sequence

import click
import peewee
import redis

from backend.commands import crms
from backend.commands.doctor.fault import Fault
from backend.commands.opening import open_database
from backend.config import Config
from backend.push import WebPusher
from backend.rounds import ROUNDS, is_late
from backend.store import heartbeats, vitals
from backend.store.heartbeats import Beat, Job
from backend.store.rows import now

MINUTE = 60_000
LONGEST = {"minute": 10 * MINUTE, "day": 27 * 60 * MINUTE}
"""So long ago (ms) a job may have been done for the last time."""
LONGEST_DUE = 5 * MINUTE
LOOK = "look for job.failed, job.carrier and round.unfinished in the log"


def check_jobs(config: Config) -> str:
    """Whether somebody works, whether rounds come to their end, and whether texts leave."""
    try:
        open_database()
        jobs, beats, waiting = heartbeats.jobs(), heartbeats.all_beats(), vitals.waiting()
        kept, _ = vitals.quarantine()
    except (click.ClickException, peewee.PeeweeException):
        return "not looked at"  # what is wrong with the database was said before
    if not jobs:
        return "the backend has not run yet"
    faults = []
    late = [each for each in jobs if now() - each.at > LONGEST[each.every]]
    if all(each in late for each in jobs if each.every == "minute"):
        start = "repline work" if config.redis_url else "repline serve"
        faults.append(f"nothing has been done for {_ago(jobs)}: start `{start}`")
    else:
        faults += [f"{each.name} was last done {_ago([each])} ago: {LOOK}" for each in late]
        faults += [text for name in ROUNDS if (text := _wrong(name, beats.get(name)))]
    if waiting.oldest_ms > LONGEST_DUE:
        faults.append(
            f"a text has been due for {waiting.oldest_ms // MINUTE} minutes: mend what is wrong"
            " with the carrier or the jobs, then it leaves by itself"
        )
    if faults:
        raise Fault("\n".join(faults))
    doubt = f"{waiting.unknown} are in doubt"
    return f"{waiting.texts} texts wait, {doubt}, {sum(kept.values())} in quarantine"


def _wrong(name: str, beat: Beat | None) -> str:
    """What is wrong with a round; one that was never tried waits for its first time."""
    if beat is None:
        return ""
    title = f"the round {name} ({ROUNDS[name].title})"
    if beat.cause:
        return f"{title} did not come to its end ({LOOK}): {beat.cause}"
    if is_late(name, beat, now()):
        return f"{title} was last done {_ago([beat])} ago: {LOOK}"
    return ""


def _ago(done: Sequence[Job | Beat]) -> str:
    minutes = (now() - max(each.at for each in done)) // MINUTE
    return f"{minutes} minutes" if minutes < 120 else f"{minutes // 60} hours"


def check_push(config: Config) -> str:
    """Pushes are signed with a key that follows from SECRET_KEY."""
    WebPusher(config)
    if not config.simulated and config.web_push_contact == Config.web_push_contact:
        raise Fault(
            "WEB_PUSH_CONTACT is not set: push services write there before they shut out whose"
            " pushes go wrong. Set a mailto: address that somebody reads"
        )
    return config.web_push_contact


def check_crm(config: Config, name: str) -> str:
    """Whether the sign-ins of all teams are good; and what the app at the CRM has to know."""
    try:
        count, faults = crms.checked(config, open_database(), name)
    except (click.ClickException, peewee.PeeweeException):
        return "not looked at"  # what is wrong with the database was said above
    if faults:
        raise Fault("\n".join(faults))
    teams = f"{count} team{'' if count == 1 else 's'}" if count else "no team yet"
    return f"connected by {teams}; its app sends people back to {config.crm_redirect}"


def check_redis(url: str) -> str:
    try:
        redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5).ping()
    except (redis.RedisError, ValueError) as error:
        raise Fault(
            f"cannot be reached at REDIS_URL ({type(error).__name__}): is it running, and allowed?"
        ) from None
    return ""
