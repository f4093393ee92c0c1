"""What a fresh checkout installs."""

import json
from pathlib import Path

PACKAGES = json.loads(Path(__file__).parents[1].joinpath("package-lock.json").read_bytes())[
    "packages"
]


def test_the_lock_names_every_package_that_a_package_in_it_asks_for() -> None:
    # `npm ci` refuses a lock that lacks one, also when it is for another system than this.
    asked = {
        name
        for package in PACKAGES.values()
        for kind in ("dependencies", "devDependencies", "optionalDependencies")
        for name in package.get(kind, ())
    }
    locked = {path.rpartition("node_modules/")[2] for path in PACKAGES}
    assert asked - locked == set()


def test_every_locked_package_is_checked_against_its_hash() -> None:
    assert [path for path, package in PACKAGES.items() if path and "integrity" not in package] == []
