"""What the Dockerfile says, read without a daemon: its stages, and the files that they copy."""

import shlex
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def instructions() -> list[tuple[str, str]]:
    """(instruction, its words), with continued lines joined."""
    text = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in lines)]


def stages() -> list[list[tuple[str, str]]]:
    found: list[list[tuple[str, str]]] = []
    for each in instructions():
        if each[0] == "FROM":
            found.append([])
        found[-1].append(each)
    return found


def copied(stage: list[tuple[str, str]]) -> list[str]:
    """What the stage takes of the checkout."""
    words = [shlex.split(rest) for name, rest in stage if name == "COPY"]
    return [each for line in words if not line[0].startswith("--from") for each in line[:-1]]


def sent() -> set[str]:
    """The files of the checkout that the builder is sent: tracked ones that .dockerignore names."""
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    wanted = tuple(line[1:] for line in lines if line.startswith("!"))
    return {
        path
        for path in subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines()
        if any(path == each or path.startswith(f"{each}/") for each in wanted)
    }


def lay_out(stage: list[tuple[str, str]], folder: Path) -> None:
    """Copy into ``folder`` what the stage would have of the checkout."""
    names = copied(stage)
    for path in sent():
        if any(path == each or path.startswith(f"{each}/") for each in names):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, folder / path)
