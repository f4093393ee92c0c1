"""``repline person``"""

from pathlib import Path

import click

from backend.commands.opening import ID, open_ledger, the_team, which_team
from backend.media.files import Files
from backend.media.tidying import Tidying
from backend.privacy import erasure, export
from backend.store import media
from backend.store.audit import Actor


@click.group()
def person() -> None:
    """People who are texted: what is known of them, and forgetting it."""


@person.command("export")
@click.argument("person_id", type=ID)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@which_team
def export_person(person_id: int, out: Path, team_id: int | None) -> None:
    """Write all that is known of the person with this id into a zip."""
    config, writer = open_ledger()
    actor = Actor(the_team(team_id).id, None, "command")
    try:
        exported = export.export(writer, actor, person_id)
    except erasure.NoSuchPerson:
        raise _nobody(person_id) from None
    files = Files(config.media_folder)

    def read(media_id: int) -> bytes | None:
        held = media.get(actor.team, media_id)
        if held is None or not held.sha256:
            return None
        path = files.path(actor.team, held.sha256)
        return path.read_bytes() if path.exists() else None

    with out.open("xb") as packed:
        export.archive(exported, read, packed)
    click.echo(f"{len(exported.messages)} texts\t{out}")


@person.command("erase")
@click.argument("person_id", type=ID)
@which_team
@click.confirmation_option(prompt="This cannot be undone. Erase the person and all their texts?")
def erase_person(person_id: int, team_id: int | None) -> None:
    """Erase the person with this id, here and at the carrier. An opt-out stays, as a hash."""
    config, writer = open_ledger()
    actor = Actor(the_team(team_id).id, None, "command")
    remove = Tidying(writer, Files(config.media_folder)).remove_unused
    try:
        erased = erasure.erase(writer, remove, actor, person_id)
    except erasure.NoSuchPerson:
        raise _nobody(person_id) from None
    except erasure.OnItsWay:
        raise click.ClickException("A text to them is on its way: try again soon.") from None
    click.echo(f"erased, with {erased.texts} texts")


def _nobody(person_id: int) -> click.ClickException:
    return click.ClickException(f"There is no person {person_id} in this team.")
