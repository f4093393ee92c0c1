"""``python -m tests.faults``: breaks everything that can break and prints what came of it."""

import logging
import re
import signal
import sys
import time
from contextlib import ExitStack
from typing import get_args

import click

from tests.faults.fault import Database, Deployment, Outcome
from tests.faults.house import House
from tests.faults.kinds import ALONE, FAULTS
from tests.faults.rounds import Rounds, alone
from tests.faults.table import row, table
from tests.postgres import PostgresServer

DEPLOYMENTS, DATABASES = get_args(Deployment), get_args(Database)


@click.command()
@click.option("--seed", type=int, default=None, help="Break the same things again.")
@click.option("--scale", default=1.0, show_default=True, help="How often, beside the full run.")
@click.option("--only", default="", help="Faults whose name this expression finds.")
@click.option("--database", type=click.Choice(DATABASES), default="sqlite", show_default=True)
@click.option("--where", type=click.Choice(DEPLOYMENTS), default=None, help="Both, without it.")
def main(seed: int | None, scale: float, only: str, database: str, where: str | None) -> None:
    """Run rounds of traffic while things break; exit with 1 when a promise was broken."""
    logging.getLogger("websockets").setLevel(logging.CRITICAL)  # sockets are meant to break
    # What was started is ended, whoever ends us.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    seed = int(time.time()) if seed is None else seed
    click.echo(f"seed {seed}, {database}")
    outcomes: list[Outcome] = []

    def came(outcome: Outcome) -> None:
        outcomes.append(outcome)
        click.echo(row(outcome))
        for violation in outcome.violations[:10]:
            click.echo(f"    {violation}")

    def times(full: int) -> int:
        return max(1, round(full * scale))

    for each in ALONE:
        if re.search(only, each.name) and where != "procfile":
            came(alone(each, seed, times(each.times)))
    for deployment in DEPLOYMENTS:
        chosen = [
            each
            for each in FAULTS
            if each.deployment == deployment
            and each.database in (None, database)
            and re.search(only, each.name)
        ]
        if not chosen or where not in (None, deployment):
            continue
        with ExitStack() as kept:
            server = kept.enter_context(PostgresServer()) if database == "postgresql" else None
            house = kept.enter_context(House(workers=deployment == "procfile", postgres=server))
            rounds = Rounds(house, seed)
            for fault in chosen:
                came(rounds.run(fault, times(fault.times)))
    click.echo("\n" + table(outcomes))
    sys.exit(any(outcome.violations for outcome in outcomes))


main(prog_name="python -m tests.faults")
