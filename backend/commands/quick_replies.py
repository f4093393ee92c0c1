"""``repline quick-reply``"""

import click

from backend.commands.opening import ID, command, open_database, said, the_team, which_team
from backend.store import quick_replies
from backend.team import quick_replies as rules
from backend.team.faults import NotThere


@click.group("quick-reply")
def quick_reply() -> None:
    """Texts that every rep of the team can reuse."""


@quick_reply.command("list")
@which_team
def list_replies(team_id: int | None) -> None:
    """Print each quick reply's id, name and text, of which line ends are shown as \\n."""
    open_database()
    for each in quick_replies.shared(the_team(team_id).id):
        body = each.body.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
        click.echo(f"{each.id}\t{each.name}\t{body}")


@quick_reply.command("add")
@click.argument("name")
@click.argument("body", metavar="TEXT")
@which_team
def add_reply(name: str, body: str, team_id: int | None) -> None:
    """Keep TEXT under NAME, and print its id."""
    writer = open_database()
    actor = command(the_team(team_id).id)
    with said():
        click.echo(writer(lambda tx: rules.add(tx, actor, name=name, body=body)))


@quick_reply.command("remove")
@click.argument("reply", type=ID)
@which_team
def remove_reply(reply: int, team_id: int | None) -> None:
    """Remove the quick REPLY with this id. Texts that were sent with it stay."""
    writer = open_database()
    actor = command(the_team(team_id).id)
    try:
        writer(lambda tx: rules.remove(tx, actor, reply))
    except NotThere:
        text = f"There is no quick reply {reply}: see `repline quick-reply list`."
        raise click.ClickException(text) from None
    click.echo("removed")
