"""``repline doctor``: what is wrong with this installation, and how to mend it."""

import json
import os
from collections.abc import Callable, Iterator
from functools import partial

import click

from backend.commands.doctor.carrier import check_carrier, check_clock, check_numbers
from backend.commands.doctor.database import check_database, check_storage
from backend.commands.doctor.fault import Fault
from backend.commands.doctor.running import check_crm, check_jobs, check_push, check_redis
from backend.config import ConfigError, from_environment
from backend.crm_port import CRMS


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs: one object.")
def doctor(as_json: bool) -> None:
    """Say what is wrong here, and how to mend it; exits with 1 where anything is.

    Checks configuration, database, storage, carrier, clock, numbers and their registration, jobs,
    Web Push and, where they are used, CRMs and Redis.
    """
    found = [(name, *_outcome(check)) for name, check in _checks()]
    sound = all(well for _, well, _ in found)
    if as_json:
        checks = [{"name": name, "ok": well, "said": said} for name, well, said in found]
        click.echo(json.dumps({"ok": sound, "checks": checks}, ensure_ascii=False, indent=2))
    else:
        for name, well, said in found:
            text = ("\n" + " " * 7 + "  ").join(said)
            click.echo(f"{'ok   ' if well else 'wrong'}  {name}" + (f": {text}" if text else ""))
    if not sound:
        raise SystemExit(1)


def _outcome(check: Callable[[], str]) -> tuple[bool, list[str]]:
    try:
        said = check()
    except Fault as fault:
        return False, str(fault).splitlines()
    return True, [said] if said else []


def _checks() -> Iterator[tuple[str, Callable[[], str]]]:
    """Later checks need what earlier ones found in order."""
    try:
        config = from_environment(os.environ)
    except ConfigError as error:
        yield "configuration", partial(_fail, str(error))
        yield "database", check_database
        return
    yield "configuration", lambda: config.public_url
    yield "database", check_database
    yield "storage", lambda: check_storage(config)
    yield "carrier", lambda: check_carrier(config)
    yield "clock", lambda: check_clock(config)
    yield "numbers", lambda: check_numbers(config)
    yield "jobs", lambda: check_jobs(config)
    yield "push", lambda: check_push(config)
    for name in config.crms:
        yield CRMS[name], partial(check_crm, config, name)
    if config.redis_url:
        yield "redis", lambda: check_redis(config.redis_url)


def _fail(text: str) -> str:
    raise Fault(text)
