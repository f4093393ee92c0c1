"""Who imports whom: data flows down or up the drawn roads, and no file reaches back up."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GROUND = {
    "backend.apart",
    "backend.aside",
    "backend.config",
    "backend.crm_pages",
    "backend.crm_port",
    "backend.crm_refs",
    "backend.keys",
    "backend.metrics",
    "backend.names",
    "backend.phone",
    "backend.ports",
    "backend.public_web",
    "backend.request_ids",
    "backend.team.faults",
    "backend.throttle",
    "backend.zones",
    "shared.wire",
}
EDGES = {"backend.carrier", "backend.crm", "backend.hub", "backend.push"}
RULES = (
    "backend.messaging",
    "backend.numbers",
    "backend.media",
    "backend.importing",
    "backend.inbox",
    "backend.compliance",
    "backend.connections",
    "backend.crm_logs",
    "backend.licensing",
    "backend.hooks",
    "backend.privacy",
    "backend.team",
)
SECRETS = (
    "backend.api_keys",
    "backend.page_sessions",
    "backend.passwords",
    "backend.signing_in",
    "backend.tokens",
)
# Each room and what it may import besides itself. `carrier`, `hub` and `push` are edges: they know
# the ground alone and meet the rest in `app`, so that messaging never imports Twilio.
MAY = {
    **dict.fromkeys(GROUND, GROUND),
    **dict.fromkeys(EDGES, GROUND),
    "backend.log": GROUND,
    "backend.models": GROUND,
    "backend.migrations": set(),
    "backend.store": GROUND | {"backend.models"},
    "backend.queue": GROUND | {"backend.store"},
    "backend.rounds": GROUND | {"backend.store", "backend.queue"},
    **{n: GROUND | {"backend.store", "backend.queue", "backend.rounds", *RULES} for n in RULES},
    **{n: GROUND | {"backend.store", "backend.models", *SECRETS} for n in SECRETS},
    "backend.web": GROUND | EDGES | {"backend.store", "backend.rounds", *RULES, *SECRETS},
    "shared": {"shared.wire"},
    "simulator": set(),
    "demo.browser": set(),
    "demo.crm": set(),
}
TOP = {
    "backend.app",
    "backend.backups",
    "backend.core",
    "backend.cli",
    "backend.gunicorn_conf",
    "backend.commands",
    "demo",
}


def room(module: str) -> str | None:
    """The longest name in the rules that the module is, or lies in."""
    names = [name for name in (*MAY, *TOP) if module == name or module.startswith(name + ".")]
    return max(names, key=len, default=None)


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in found if name.split(".")[0] in {"backend", "shared", "simulator"}}


def files() -> list[Path]:
    rooms = ("backend", "shared", "simulator", "demo")
    return sorted(path for name in rooms for path in (ROOT / name).rglob("*.py"))


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize("path", files(), ids=module_of)
def test_a_file_imports_only_what_lies_below_it(path):
    here = room(module_of(path))
    if module_of(path) == "backend":
        return
    assert here is not None, f"{module_of(path)} has no place in the layers: give it one"
    if here in TOP:
        return
    for name in imports(path):
        there = room(name)
        if name in {"backend", "shared"} or there in {None, here}:
            continue
        assert there in MAY[here] or any(there.startswith(m + ".") for m in MAY[here]), (
            f"{module_of(path)} imports {name}"
        )


def test_zones_come_from_the_pinned_rules_alone():
    for path in files():
        words = path.read_text("utf-8")
        if module_of(path) != "backend.zones":
            assert not re.search(r"^\s*(import|from) zoneinfo\b", words, re.MULTILINE), path


EXTENSION = ROOT / "extension" / "src"


@pytest.mark.parametrize("part", ["lib", "worker", "content", "pane", "options"])
def test_the_parts_of_the_extension_never_import_each_other(part):
    others = {"worker", "content", "pane", "options"} - {part}
    for path in (EXTENSION / part).rglob("*.ts*"):
        for line in path.read_text("utf-8").splitlines():
            for other in others:
                assert f"/{other}/" not in line.partition("from ")[2], f"{path.name}: {line}"
