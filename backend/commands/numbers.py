"""``repline number``"""

import os

import click

from backend.carrier.numbers import TwilioNumbers
from backend.commands.opening import open_database, the_team, the_user, which_team
from backend.config import Config, ConfigError, from_environment
from backend.numbers import assigning, lookups
from backend.numbers.sync import Synced, sync
from backend.phone import TEXTABLE, PhoneError, kind, parse
from backend.ports import CarrierError, HeldNumber
from backend.store import audit, numbers, renting
from backend.store.audit import Actor
from backend.store.numbers import Rented
from backend.store.writer import Transaction

ACTOR = "command"


def desk_of(config: Config) -> TwilioNumbers:
    return TwilioNumbers(
        config.twilio_account_sid, config.twilio_auth_token, config.twilio_api_base_url
    )


@click.group()
def number() -> None:
    """The numbers that teams rent and text from."""


@number.command("add")
@click.argument("e164")
@which_team
@click.option("--sid", default="", help="The carrier's name for the number, such as PN….")
def add_number(e164: str, team_id: int | None, sid: str) -> None:
    """Add a number that the carrier account holds, and print its id."""
    writer = open_database()
    team = the_team(team_id)
    rented = _ours(e164)
    held = _held(rented)

    def work(tx: Transaction) -> int | None:
        added = numbers.add(tx, team.id, rented, held.sid if held else sid)
        if added and held:
            renting.bring_up_to_date(tx, renting.all_kept()[rented], held)
            # What A2P says of it, the next sync reads.
            renting.forget_sync(tx, team.id, added)
        if added:
            audit.add(tx, Actor(team.id, None, ACTOR), "number.added", rented)
        return added

    added = writer(work)
    if added is None:
        raise click.ClickException(f"{rented} was added already.")
    click.echo(f"{added}\t{rented}")


@number.command("assign")
@click.argument("e164")
@click.argument("email")
def assign_number(e164: str, email: str) -> None:
    """Let EMAIL text from the number and hear what arrives on it."""
    writer = open_database()
    rented, known = _rented(e164), the_user(email)
    if rented.team != known.team:
        raise click.ClickException("The number and the user belong to different teams.")
    actor = Actor(known.team, None, ACTOR)
    done = writer(lambda tx: assigning.assign(tx, actor, rented.id, known.id))
    click.echo("assigned" if done else "was assigned already")


@number.command("unassign")
@click.argument("e164")
@click.argument("email")
def unassign_number(e164: str, email: str) -> None:
    """Take the number away from EMAIL; its conversations stay."""
    writer = open_database()
    rented, known = _rented(e164), the_user(email)
    if rented.team != known.team:
        raise click.ClickException("The number and the user belong to different teams.")
    actor = Actor(known.team, None, ACTOR)
    done = writer(lambda tx: assigning.unassign(tx, actor, rented.id, known.id))
    click.echo("unassigned" if done else "was not assigned")


@number.command("list")
@which_team
def list_numbers(team_id: int | None) -> None:
    """Print the team's numbers: kind, what they can do, A2P, and who texts from each."""
    open_database()
    for each in numbers.standings(the_team(team_id).id):
        can = [
            name
            for name, has in (("sms", each.sms), ("mms", each.number.mms), ("voice", each.voice))
            if has
        ]
        flags = "retired" if each.retired_at else ",".join(can) or "-"
        click.echo(
            "\t".join(
                (
                    *(str(each.number.id), each.number.e164, each.number.display),
                    *(each.number.kind, flags, each.number.a2p or "not read yet"),
                    ",".join(email for _, _, email in each.users) or "-",
                )
            )
        )


@number.command("sync")
@click.option("--webhooks", is_flag=True, help="Have texts posted here that go elsewhere now.")
def sync_numbers(webhooks: bool) -> None:
    """Read the carrier account: its numbers, what they can do and whether they are registered."""
    writer = open_database()
    config = from_environment(os.environ)
    try:
        synced = sync(writer, desk_of(config), config.webhook, webhooks=webhooks, actor=ACTOR)
    except CarrierError as error:
        raise click.ClickException(f"Nothing was changed: {error}.") from None
    for line in told(synced):
        click.echo(line)
    if synced.elsewhere:
        raise SystemExit(1)


def told(synced: Synced) -> list[str]:
    """What a sync found, in lines for people."""
    lines = [f"{synced.held} number{'' if synced.held == 1 else 's'} in the carrier account"]
    for word, found in (
        ("added", synced.added),
        ("changed", synced.changed),
        ("retired, the account does not hold it any more", synced.retired),
        ("in no team: add it with `repline number add NUMBER --team ID`", synced.offered),
        ("posts its texts here from now on", synced.mended),
    ):
        lines += [f"{each}\t{word}" for each in found]
    lines += [
        f"{each}\tposts its texts to {url or 'nowhere'}: set it with --webhooks"
        for each, url in synced.elsewhere
    ]
    if synced.a2p_unread:
        lines.append(f"A2P could not be read: {synced.a2p_unread}")
    return lines


@number.command("lookup")
@click.argument("mobile")
@which_team
def look_up(mobile: str, team_id: int | None) -> None:
    """Ask the carrier what kind of line MOBILE is, and keep the answer."""
    writer = open_database()
    team = the_team(team_id)
    config = from_environment(os.environ)
    try:
        e164 = parse(mobile).e164
    except PhoneError as error:
        raise click.ClickException(f"{mobile}: {error}") from None
    line = lookups.look_up(writer, desk_of(config), team.id, e164)
    if line is None:
        raise click.ClickException("The carrier did not answer: try again later.")
    click.echo(f"{e164}\t{line}")


def _ours(e164: str) -> str:
    """The number in E.164, or the short code."""
    if e164.strip().isdigit() and len(e164.strip()) in (5, 6):
        return e164.strip()
    try:
        phone = parse(e164)
    except PhoneError as error:
        raise click.ClickException(f"{e164}: {error}") from None
    if phone.country not in TEXTABLE:
        raise click.ClickException(f"{phone.e164} is not a number of the US or Canada.")
    return phone.e164


def _held(rented: str) -> HeldNumber | None:
    """What the carrier says of it; None, with a word of warning, where it cannot be asked."""
    try:
        config = from_environment(os.environ)
        found = {each.e164: each for each in desk_of(config).held()}
    except (ConfigError, CarrierError) as error:
        why = "no carrier is configured" if isinstance(error, ConfigError) else str(error)
        click.echo(f"The carrier was not asked whether it holds the number: {why}.", err=True)
        return None
    if rented not in found:
        what = "short code" if kind(rented) == "short_code" else "number"
        raise click.ClickException(
            f"The carrier account does not hold the {what} {rented}. It holds: "
            f"{', '.join(sorted(found)) or 'none'}."
        )
    return found[rented]


def _rented(e164: str) -> Rented:
    found = numbers.by_e164(_ours(e164))
    if found is None:
        raise click.ClickException(f"{e164} is not one of our numbers: see `repline number list`.")
    return found
