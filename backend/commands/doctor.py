"""``repline doctor``: what is wrong with this installation, and how to mend it."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

import click
import peewee
import redis
import requests

from backend.carrier.twilio import TwilioCarrier
from backend.commands import crms
from backend.commands.numbers import desk_of
from backend.commands.opening import open_database
from backend.config import Config, ConfigError, from_environment
from backend.crm_port import CRMS
from backend.licensing import may_message
from backend.messaging.status import CARRIER
from backend.numbers.sync import posts_to
from backend.ports import CarrierError
from backend.store import numbers, renting, teams, users
from backend.store.rows import now


class Fault(Exception):
    """Something is wrong; the message says what, and how to mend it."""


@click.command()
def doctor() -> None:
    """Say what is wrong here, and how to mend it.

    Checks configuration, database, carrier and, where they are used, CRMs and Redis.
    """
    sound = True
    for name, check in _checks():
        try:
            said = check()
        except Fault as fault:
            sound = False
            lines = str(fault).splitlines()
            click.echo(f"wrong  {name}: " + "\n         ".join(lines))
        else:
            click.echo(f"ok     {name}" + (f": {said}" if said else ""))
    if not sound:
        raise SystemExit(1)


def _checks() -> Iterator[tuple[str, Callable[[], str]]]:
    """Later checks need what earlier ones found in order."""
    try:
        config = from_environment(os.environ)
    except ConfigError as error:
        yield "configuration", _raiser(str(error))
        yield "database", _database
        return
    yield "configuration", lambda: config.public_url
    yield "database", _database
    yield "carrier", lambda: _carrier(config)
    yield "numbers", lambda: _numbers(config)
    for name in config.crms:
        yield CRMS[name], partial(_crm, config, name)
    if config.redis_url:
        yield "redis", lambda: _redis(config.redis_url)


def _raiser(text: str) -> Callable[[], str]:
    def fail() -> str:
        raise Fault(text)

    return fail


def _database() -> str:
    try:
        writer = open_database()
        writer(lambda tx: None)
    except click.ClickException as error:
        raise Fault(error.message) from None
    except (peewee.PeeweeException, OSError) as error:
        raise Fault(f"cannot be written: {error}. Check the file and its folder.") from None
    found = teams.all_teams()
    if not found:
        raise Fault("there is no team yet: run `repline team add NAME`")
    if not any(users.of_team(team.id) for team in found):
        raise Fault("there is no user yet: run `repline user add EMAIL --name NAME`")
    if not any(numbers.of_team(team.id) for team in found):
        raise Fault("there is no number yet: run `repline number add NUMBER`")
    reps = [(team.id, user) for team in found for user in users.of_team(team.id)]
    if all(may_message(team, user.id) for team, user in reps):
        raise Fault(
            "nobody can text yet: run `repline license grant EMAIL messenger`"
            " and `repline number assign NUMBER EMAIL`"
        )
    return f"{len(found)} team{'s' if len(found) > 1 else ''}"


def _carrier(config: Config) -> str:
    carrier = TwilioCarrier(
        config.twilio_account_sid,
        config.twilio_auth_token,
        config.twilio_api_base_url,
        status_of=CARRIER,
    )
    try:
        # The cheapest question that only the account's owner is answered.
        list(islice(carrier.sent_since(now()), 1))
    except CarrierError as error:
        if _status(error) in (401, 403):
            raise Fault(
                "refuses us: TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN do not belong together"
            ) from None
        where = config.twilio_api_base_url or "Twilio (api.twilio.com)"
        if _never_answered(error):
            raise Fault(
                f"{where} does not answer: check the network, firewall and proxy of this machine"
            ) from None
        raise Fault(f"{where} does not answer as it should: {error}") from None
    return config.twilio_api_base_url or "Twilio"


def _numbers(config: Config) -> str:
    """Whether the account holds our numbers and posts their texts here; what A2P lacks."""
    try:
        open_database()
        kept = {e164: each for e164, each in renting.all_kept().items() if not each.retired}
        held = {each.e164: each for each in desk_of(config).held() if each.e164 in kept}
    except (click.ClickException, peewee.PeeweeException, CarrierError):
        # What is wrong with database or carrier was said above.
        return "not looked at"
    faults = [
        f"{each} is not held by the carrier account: `repline number sync` retires it"
        for each in kept
        if each not in held
    ]
    faults += [
        f"{each.e164} posts its texts to {each.webhook or 'nowhere'}, not to {config.webhook}:"
        " `repline number sync --webhooks` sets it"
        for each in held.values()
        if not posts_to(each.webhook, config.webhook)
    ]
    faults += [
        f"{e164} is not registered for business texting (A2P {each.a2p}): the admin pages, A2P, say"
        " what is missing"
        for e164, each in kept.items()
        if each.a2p in ("missing", "failed")
    ]
    if faults:
        raise Fault("\n".join(faults))
    return f"{len(held)}, their texts are posted here"


def _crm(config: Config, name: str) -> str:
    """Whether the sign-ins of all teams are good; and what the app at the CRM has to know."""
    try:
        count, faults = crms.checked(config, open_database(), name)
    except (click.ClickException, peewee.PeeweeException):
        return "not looked at"  # what is wrong with the database was said above
    if faults:
        raise Fault("\n".join(faults))
    teams = f"{count} team{'' if count == 1 else 's'}" if count else "no team yet"
    return f"connected by {teams}; its app sends people back to {config.crm_redirect}"


def _status(error: CarrierError) -> int | None:
    """The HTTP status behind the error, if there was an answer: the library keeps that of a list
    among the arguments."""
    told = getattr(error.__cause__, "args", ())
    return next((each.status_code for each in told if hasattr(each, "status_code")), None)


def _never_answered(error: CarrierError) -> bool:
    return isinstance(error.__cause__, requests.ConnectionError | requests.Timeout)


def _redis(url: str) -> str:
    try:
        redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5).ping()
    except (redis.RedisError, ValueError) as error:
        raise Fault(
            f"cannot be reached at REDIS_URL ({type(error).__name__}): is it running, and allowed?"
        ) from None
    return ""
