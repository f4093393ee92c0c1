"""``python -m simulator``: a carrier as a process of its own."""

from pathlib import Path

import click

from simulator.server import serve
from simulator.settings import Pace, Settings


@click.command()
@click.option("--port", default=0, show_default=True, help="0: one that the system chooses.")
@click.option("--backend-url", default="", help="Where texts to our numbers are pushed.")
@click.option("--account-sid", required=True, envvar="TWILIO_ACCOUNT_SID")
@click.option("--auth-token", required=True, envvar="TWILIO_AUTH_TOKEN")
@click.option("--number", "numbers", multiple=True, help="A number that we rent, in E.164.")
@click.option("--registered", is_flag=True, help="The numbers are registered for A2P already.")
@click.option("--state", "state_file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--pace",
    type=float,
    default=1.0,
    show_default=True,
    help="How slowly texts travel: 0 is at once, 2 twice as slow as usual.",
)
def main(
    port: int,
    backend_url: str,
    account_sid: str,
    auth_token: str,
    numbers: tuple[str, ...],
    registered: bool,
    state_file: Path | None,
    pace: float,
) -> None:
    """Run a Twilio on this machine, and a page on which to play the prospect's phone."""
    usual = Pace()
    try:
        settings = Settings(
            account_sid=account_sid,
            auth_token=auth_token,
            backend_url=backend_url,
            numbers=numbers,
            registered=registered,
            state_file=state_file,
            pace=Pace(usual.queued * pace, usual.sending * pace, usual.sent * pace),
        )
        serve(settings, port)
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main(prog_name="python -m simulator")
