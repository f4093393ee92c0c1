"""``python -m tests.faults``: breaks everything that can break and prints what came of it."""

import signal
import sys
import time

import click

from tests.faults.fault import Outcome
from tests.faults.house import House
from tests.faults.kinds import ALONE, FAULTS
from tests.faults.rounds import Rounds, alone
from tests.faults.table import row, table


@click.command()
@click.option("--seed", type=int, default=None, help="Break the same things again.")
@click.option("--scale", default=1.0, show_default=True, help="How often, beside the full run.")
@click.option("--only", default="", help="Faults whose name has this in it.")
@click.option("--database", type=click.Choice(["sqlite"]), default="sqlite", show_default=True)
def main(seed: int | None, scale: float, only: str, database: str) -> None:
    """Run rounds of traffic while things break; exit with 1 when a promise was broken."""
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
        if only in each.name:
            came(alone(each, seed, times(each.times)))
    for deployment in ("embedded", "procfile"):
        chosen = [each for each in FAULTS if each.deployment == deployment and only in each.name]
        if not chosen:
            continue
        with House(workers=deployment == "procfile") as house:
            rounds = Rounds(house, seed)
            for fault in chosen:
                came(rounds.run(fault, times(fault.times)))
    click.echo("\n" + table(outcomes))
    sys.exit(any(outcome.violations for outcome in outcomes))


main(prog_name="python -m tests.faults")
