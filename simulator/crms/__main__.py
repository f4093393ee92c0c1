"""``python -m simulator.crms salesforce``: a CRM's stand-in as a process of its own."""

import json
from pathlib import Path

import click

from simulator.crms.crm import open_crm
from simulator.crms.known import CRMS
from simulator.crms.serving import StandIn
from simulator.crms.settings import Settings
from simulator.serving import until_ended

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("name", metavar="CRM", type=click.Choice(sorted(CRMS)))
@click.option("--port", default=0, show_default=True, help="0: one that the system chooses.")
@click.option("--client-id", default=Settings.client_id, show_default=True)
@click.option("--client-secret", default=Settings.client_secret, show_default=True)
@click.option("--redirect-uri", "redirect_uris", multiple=True, help="Where the app is answered.")
@click.option("--switch", "switches", multiple=True, help="What the org is set to.")
@click.option("--burst", type=int, help="Requests in the CRM's short window.")
@click.option("--search-lag", default=Settings.search_lag, show_default=True, help="In seconds.")
@click.option("--people", type=_FILE, help="A file in the shape of the demo CRM's people.json.")
@click.option("--state", "state_file", type=_FILE, help="Remember in this file.")
def main(
    name: str,
    port: int,
    client_id: str,
    client_secret: str,
    redirect_uris: tuple[str, ...],
    switches: tuple[str, ...],
    burst: int | None,
    search_lag: float,
    people: Path | None,
    state_file: Path | None,
) -> None:
    """Run a CRM on this machine. Prints {"url": ...} on one line once it listens."""
    settings = Settings(
        client_id=client_id,
        client_secret=client_secret,
        redirect_uris=redirect_uris,
        switches=frozenset(switches),
        burst=burst,
        search_lag=search_lag,
        state_file=state_file,
    )
    try:
        read = json.loads(people.read_text("utf-8")) if people else None
        until_ended(StandIn(open_crm(CRMS[name](), settings, read), port))
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main(prog_name="python -m simulator.crms")
