"""Whether what we depend on has known faults: ``make audit``.

Python's packages are those of ``requirements-dev.lock``, asked about one by one at OSV
(https://osv.dev) with pip-audit; npm's those of ``package-lock.json``, asked about at the registry.
Ends with 0 only where each of them was asked about and none has a known fault: an audit that could
reach nobody, or left packages out, says so and fails, for it is no audit. ``OSV_URL`` asks another
server that speaks OSV's API.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
OSV = "https://api.osv.dev/v1/query"


@dataclass(frozen=True)
class Audit:
    """``asked`` of ``known`` packages were asked about; ``faults`` is a line for each that was
    found, ``trouble`` why there is no answer for the others."""

    known: int
    asked: int = 0
    faults: list[str] = field(default_factory=list)
    trouble: str = ""


def python(lock: Path, service: str) -> Audit:
    known = sum(not line.startswith((" ", "#")) for line in lock.read_text("utf-8").splitlines())
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--disable-pip"]
    command += ["--vulnerability-service", "osv", "--osv-url", service, "--require-hashes"]
    done = _run([*command, "--format", "json", "--progress-spinner", "off"], lock.parent)
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError):
        return Audit(known, trouble=_last(done.stderr))
    # A package of another system or Python is in the lock, but never installed here.
    here = [each for each in found if "skip_reason" not in each]
    left_out = [each for each in found if "skip_reason" in each]
    faults = [
        f"{each['name']} {each['version']}: {fault['id']}, mended in"
        f" {', '.join(fault['fix_versions']) or 'no version yet'}"
        for each in here
        for fault in each["vulns"]
    ]
    return Audit(len(found), len(here), faults, "".join(each["skip_reason"] for each in left_out))


def npm(folder: Path, _service: str) -> Audit:
    lock = json.loads((folder / "package-lock.json").read_text("utf-8"))
    known = sum(1 for path in lock["packages"] if path)
    done = _run(["npm", "audit", "--json"], folder)
    try:
        found: dict[str, Any] = json.loads(done.stdout)
        asked = found["metadata"]["dependencies"]["total"]
    except (json.JSONDecodeError, KeyError):
        return Audit(known, trouble=_last(done.stderr))
    faults = [f"{name}: {each['severity']}" for name, each in found["vulnerabilities"].items()]
    return Audit(known, asked, faults)


def told(name: str, audit: Audit) -> bool:
    """Say what came of it; whether it is good."""
    print(f"{name}: {audit.asked} of {audit.known} packages audited, {len(audit.faults)} faults")
    for fault in audit.faults:
        print(f"  {fault}")
    if audit.asked < audit.known or not audit.asked:
        why = audit.trouble or "The source of known faults gave no answer."
        print(f"  NOT AUDITED: {audit.known - audit.asked}. {why}")
        return False
    return not audit.faults


def main(lock: Path, folder: Path) -> int:
    service = os.environ.get("OSV_URL", OSV)
    audits: list[tuple[str, Callable[[Path, str], Audit], Path]] = [
        ("Python", python, lock),
        ("npm", npm, folder),
    ]
    good = [told(name, audit(where, service)) for name, audit, where in audits]
    return 0 if all(good) else 1


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)  # noqa: S603


def _last(stderr: str) -> str:
    """The last line of what a tool complained of that tells something."""
    said = [line.strip() for line in stderr.splitlines()]
    telling = [line for line in said if line and not line.startswith("npm error")]
    return next(reversed(telling or said), "")[:300]


if __name__ == "__main__":
    sys.exit(main(ROOT / "requirements-dev.lock", ROOT))
