"""``repline crm``"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import click

from backend.carrier.twilio import TwilioCarrier
from backend.commands.opening import (
    ID,
    command,
    open_database,
    open_ledger,
    said,
    the_team,
    the_user,
    which_team,
)
from backend.config import Config, from_environment
from backend.connections import connecting, words
from backend.connections.calling import Calling
from backend.connections.connecting import Connecting
from backend.connections.drift import Comparing
from backend.connections.knowing import Knowing
from backend.connections.sealing import Seal
from backend.crm import edges
from backend.crm_logs import entries, retrying
from backend.crm_port import CRMS, CrmError
from backend.messaging.status import CARRIER
from backend.phone import display
from backend.store import crm_connections, crm_log_pages, crm_told, crm_users, drifts, users
from backend.store.audit import Actor
from backend.store.crm_connections import Connection
from backend.store.rows import now
from backend.store.writer import Writer
from backend.team.faults import NotThere

which_crm = click.argument("name", metavar="CRM", type=click.Choice(sorted(CRMS)))


def connecting_of(config: Config, writer: Writer) -> Connecting:
    return Connecting(*(writer, edges(config.crms), Seal(config.secret_key)), config.crm_redirect)


def calling_of(config: Config, writer: Writer) -> Calling:
    return Calling(writer, edges(config.crms), Seal(config.secret_key))


@click.group()
def crm() -> None:
    """The CRMs in which texts become activities."""


@crm.command("list")
@which_team
def list_crms(team_id: int | None) -> None:
    """Print each CRM, how its connection is, its org, and what waits and has failed."""
    config = from_environment(os.environ)
    open_database()
    held = {each.crm: each for each in crm_connections.of_team(the_team(team_id).id)}
    for name in CRMS:
        known = held.get(name)
        if known is None:
            click.echo(f"{name}\t{connecting.standing(None, name in config.crms)}")
            continue
        counts = crm_log_pages.counts(known.team, name)
        state = connecting.standing(known, name in config.crms)
        parts = [name, state, known.org_name or known.org, known.email or "-"]
        parts += [f"{counts['waiting']} waiting", f"{counts['failed']} failed"]
        click.echo("\t".join([*parts, *([known.cause] if known.cause else [])]))


@crm.command("connect")
@which_crm
@click.option("--as", "email", required=True, help="The admin who will sign in there.")
@click.option("--address", default="", help="Your org's own address, where the CRM has one.")
def connect(name: str, email: str, address: str) -> None:
    """Print the address at which an admin signs in at CRM.

    It is good for 15 minutes, once, in a browser in which this admin is signed in to the admin
    pages.
    """
    config = from_environment(os.environ)
    writer = open_database()
    known = the_user(email)
    account = users.account(known.team, known.id)
    if account is None or account[0].role != "admin":
        raise click.ClickException(f"{email} is no admin: only admins connect CRMs.")
    actor = Actor(known.team, known.id, "command")
    try:
        with said():
            click.echo(connecting_of(config, writer).begin(actor, name, address))
    except NotThere:
        raise click.ClickException(
            f"{CRMS[name]} is not configured: set {words.environment(name)}, as docs/crm.md says."
        ) from None


@crm.command("disconnect")
@which_crm
@which_team
def disconnect(name: str, team_id: int | None) -> None:
    """Forget the sign-in at CRM, here and there; what waits is kept."""
    config = from_environment(os.environ)
    writer = open_database()
    held = _held(the_team(team_id).id, name)
    connecting_of(config, writer).disconnect(command(held.team), name)
    click.echo("disconnected")


@crm.command("check")
@which_crm
@which_team
def check(name: str, team_id: int | None) -> None:
    """Ask CRM whether the sign-in is good, and which fields and users it has."""
    config = from_environment(os.environ)
    writer = open_database()
    held = _held(the_team(team_id).id, name)
    good = Knowing(writer, calling_of(config, writer))(held.id)
    fresh = _held(held.team, name)
    if not good:
        why = fresh.cause or f"{CRMS[name]} is not connected: run `repline crm connect {name}`."
        raise click.ClickException(why)
    told = crm_users.of_team(held.team, name)
    known = sum(each.user is not None for each in told)
    click.echo(
        f"{name}\tconnected\t{fresh.org_name or fresh.org}\t{len(fresh.choices)} fields\t"
        f"{len(told)} users, {known} of them yours"
    )
    for each in words.warnings(fresh):
        click.echo(each, err=True)


@crm.command("logs")
@which_crm
@click.option(
    "--failed", "state", flag_value="failed", default="failed", help="What was refused (default)."
)
@click.option("--waiting", "state", flag_value="waiting", help="What is on its way.")
@click.option("--unlinked", "state", flag_value="unlinked", help="Of people in no CRM yet.")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 10_000))
@which_team
def logs(name: str, state: str, limit: int, team_id: int | None) -> None:
    """Print activities that are not in CRM, the latest first: id, person, when, what, why."""
    open_database()
    team = the_team(team_id).id
    rows = crm_log_pages.page(team, name, [state], limit=limit)
    told: dict[int, crm_told.Told] = {}
    for part in _parts([row.activity for row in rows]):
        told |= crm_told.of_activities(team, part)
    for row in rows:
        if row.activity in told:
            what = told[row.activity]
            at = datetime.fromtimestamp(what.at // 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")
            who = row.name or display(row.mobile)
            click.echo(f"{row.id}\t{who}\t{at}\t{entries.subject(what)}\t{row.cause}")


@crm.command("retry")
@which_crm
@click.argument("log", type=ID, required=False)
@which_team
def retry(name: str, log: int | None, team_id: int | None) -> None:
    """Try again what CRM has refused: one LOG by its id, or all.

    A running backend does it within a minute.
    """
    writer = open_database()
    held = _held(the_team(team_id).id, name)
    actor = command(held.team)
    if log is None:
        count = writer(lambda tx: retrying.all_failed(tx, actor, name))
    else:
        one = log
        try:
            count = int(writer(lambda tx: retrying.one(tx, actor, one)))
        except NotThere:
            raise click.ClickException(
                f"There is no activity {log}: see `repline crm logs {name}`."
            ) from None
    click.echo(f"{count} {'is' if count == 1 else 'are'} tried again")


@crm.command("compare")
@which_team
def compare(team_id: int | None) -> None:
    """Compare the carrier, Repline and the CRMs on who may not be texted; print what differed."""
    config, writer = open_ledger()
    team = the_team(team_id).id
    carrier = TwilioCarrier(
        config.twilio_account_sid,
        config.twilio_auth_token,
        config.twilio_api_base_url,
        status_of=CARRIER,
    )
    begun = now()
    well = Comparing(writer, calling_of(config, writer), carrier)(team)
    for each in reversed(drifts.latest(team, limit=10_000)):
        if each.at >= begun:
            click.echo(f"{each.mobile}\t{each.name or '-'}\t{each.source}\t{each.text}")
    if not well:
        raise click.ClickException("Not all could be asked: see `repline crm list` and the log.")


def checked(config: Config, writer: Writer, name: str) -> tuple[int, list[str]]:
    """How many teams have connected the CRM, and what is wrong with their connections: for
    ``repline doctor``."""
    calling, count, faults = calling_of(config, writer), 0, []
    for held in crm_connections.all_of(name):
        where = f"team {held.team} ({held.org_name or held.org})"
        if held.state == "broken":
            faults.append(f"{where}: {held.cause} An admin connects it again at /admin/crms")
            continue
        count += 1
        try:
            calling(held, lambda edge, access: next(iter(edge.users(access)), None))
        except CrmError as error:
            faults.append(f"{where}: {error}")
    return count, faults


def _held(team: int, name: str) -> Connection:
    try:
        return connecting.get(team, name)
    except NotThere:
        raise click.ClickException(
            f"{CRMS[name]} was never connected: run `repline crm connect {name} --as EMAIL`."
        ) from None


def _parts(ids: list[int], size: int = 500) -> Iterator[list[int]]:
    for at in range(0, len(ids), size):
        yield ids[at : at + size]
