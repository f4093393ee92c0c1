"""`repline` beside a running stack."""

import subprocess
import sys

from demo.stack import ROOT, Stack


def run_command(stack: Stack, *arguments: str, typed: str = "") -> str:
    """What the command wrote; ``typed`` is its stdin."""
    done = subprocess.run(
        [sys.executable, "-m", "backend.cli", *arguments],
        env=stack.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        input=typed,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
