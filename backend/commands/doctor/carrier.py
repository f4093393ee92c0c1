"""The carrier: whether it knows us, what time it has, and what it says of our numbers."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import islice

import click
import peewee
import requests

from backend.carrier.twilio import TwilioCarrier
from backend.commands.doctor.fault import Fault
from backend.commands.numbers import desk_of
from backend.commands.opening import open_database
from backend.config import Config
from backend.messaging.status import CARRIER
from backend.numbers.sync import posts_to
from backend.ports import CarrierError
from backend.store import renting
from backend.store.rows import now

MOST_OFF_S = 30
"""An answer takes a moment, and Date has whole seconds; NTP keeps a clock within a tenth of one."""


def check_carrier(config: Config) -> str:
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


def check_clock(config: Config) -> str:
    """Tokens, schedules and quiet hours go by the clock of this machine."""
    try:
        url = config.twilio_api_base_url or "https://api.twilio.com"
        with requests.get(url, timeout=10, stream=True, allow_redirects=False) as answer:
            told = parsedate_to_datetime(answer.headers["Date"])
    except (requests.RequestException, KeyError, ValueError, TypeError):
        return "not compared: the carrier does not tell its time"
    off = (datetime.now(UTC) - told.astimezone(UTC)).total_seconds()
    if abs(off) > MOST_OFF_S:
        raise Fault(
            f"this machine is {abs(off):.0f} seconds {'ahead of' if off > 0 else 'behind'} the"
            " carrier: have NTP set it (systemd-timesyncd, chrony)"
        )
    return "within seconds of the carrier’s"


def check_numbers(config: Config) -> str:
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


def _status(error: CarrierError) -> int | None:
    """The HTTP status behind the error, if there was an answer: the library keeps that of a list
    among the arguments."""
    told = getattr(error.__cause__, "args", ())
    return next((each.status_code for each in told if hasattr(each, "status_code")), None)


def _never_answered(error: CarrierError) -> bool:
    return isinstance(error.__cause__, requests.ConnectionError | requests.Timeout)
