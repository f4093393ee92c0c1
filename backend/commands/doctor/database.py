"""The database: whether it is there, up to date, written safely, and has what texting needs."""

import shutil
from pathlib import Path

import click
import peewee

from backend.commands.doctor.fault import Fault
from backend.commands.opening import database_file, open_database
from backend.config import Config
from backend.licensing import may_message
from backend.models import database
from backend.store import numbers, teams, users

LEAST_FREE = 500_000_000
"""Bytes; a full disk stops everything, and its log may be the last that fits."""
SYNC_FULL = 2


def check_database() -> str:
    try:
        writer = open_database()
        writer(lambda tx: None)
    except click.ClickException as error:
        raise Fault(error.message) from None
    except (peewee.PeeweeException, OSError) as error:
        raise Fault(f"cannot be written: {error}. Check the file and its folder.") from None
    found = teams.all_teams()
    if not found:
        raise Fault("there is no team yet: run `repline team add NAME`")
    if not any(users.of_team(team.id) for team in found):
        raise Fault("there is no user yet: run `repline user add EMAIL --name NAME`")
    if not any(numbers.of_team(team.id) for team in found):
        raise Fault("there is no number yet: run `repline number add NUMBER`")
    reps = [(team.id, user) for team in found for user in users.of_team(team.id)]
    if all(may_message(team, user.id) for team, user in reps):
        raise Fault(
            "nobody can text yet: run `repline license grant EMAIL messenger`"
            " and `repline number assign NUMBER EMAIL`"
        )
    return f"{len(found)} team{'s' if len(found) > 1 else ''}"


def check_storage(config: Config) -> str:
    """Where the database and the media lie: room, and a disk that does what it is told."""
    try:
        path = database_file()
        if path is not None and not path.exists():
            return "not looked at"
        open_database(migrated=False)
        faults = [] if path is None else _unsafe(path)
    except (click.ClickException, peewee.PeeweeException):
        return "not looked at"  # what is wrong with the database was said above
    media = _existing(config.media_folder)
    for place in {media if path is None else path.parent, media}:
        free = shutil.disk_usage(place).free
        if free < LEAST_FREE:
            faults.append(
                f"only {free // 1_000_000} MB are free at {place}: make room, or nothing that"
                " arrives can be kept"
            )
    if faults:
        raise Fault("\n".join(faults))
    return f"{shutil.disk_usage(media).free // 1_000_000_000} GB free"


def _unsafe(path: Path) -> list[str]:
    """Whether SQLite can keep here what was promised to be kept."""
    mode, synchronous = database.obj.pragma("journal_mode"), database.obj.pragma("synchronous")
    if (mode, synchronous) == ("wal", SYNC_FULL):
        return []
    return [
        f"SQLite has journal_mode {mode} and synchronous {synchronous} here, not wal and 2:"
        f" network folders cannot do that. Move {path} to a disk of this machine"
    ]


def _existing(folder: Path) -> Path:
    """The folder, or the one in which it will be made."""
    return next(each for each in (folder, *folder.parents) if each.is_dir())
