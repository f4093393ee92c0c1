"""Writes ``extension/src/wire.ts`` from the structs in :mod:`shared.wire`.

Run ``python -m shared.typescript`` after a change of the contract; ``--check`` says when the
committed file is stale (``make check`` runs it).
"""

import sys
from pathlib import Path
from typing import Any, get_args

import msgspec
from msgspec import inspect

from shared import wire

TARGET = Path(__file__).parent.parent / "extension" / "src" / "wire.ts"
ALIASES = (
    *("Direction", "Status", "Role", "Folder", "Match", "NumberKind", "A2p", "MediaState", "Hold"),
    *("Doubt", "SettledAs"),
    *("ActivityKind", "RecordType"),
)
INCOMING = (wire.ClientFrame, wire.PersonOnPage, wire.NumberOnPage, wire.SignIn, wire.SendText)
TABLE = (wire.CrmRule, wire.CrmFields, wire.CrmSite, wire.CrmTable)
CONSTANTS = ("VERSION", "MAX_BODY", "MAX_MEDIA", "MAX_NOTE")
HEADER = (
    "// Made by shared/typescript.py from shared/wire: change that package, then run `make wire`.\n"
)


def render() -> str:
    """The whole TypeScript file as text."""
    parts = [
        HEADER,
        "\n".join(f"export const {name} = {getattr(wire, name)};" for name in CONSTANTS) + "\n",
    ]
    parts += [
        f"export type {name} = {_literal(get_args(getattr(wire, name)))};\n" for name in ALIASES
    ]
    structs = _structs()
    infos = inspect.multi_type_info(structs)
    parts += [_interface(info) for info in infos if isinstance(info, inspect.StructType)]
    parts.append(_union("ClientFrame", wire.CLIENT_FRAMES))
    parts.append(_union("ServerFrame", wire.SERVER_FRAMES))
    events = [f for f in wire.SERVER_FRAMES if issubclass(f, wire.EventFrame)]
    parts.append(_union("EventFrame", tuple(events)))
    return "\n".join(parts)


def _structs() -> list[type[msgspec.Struct]]:
    nouns = (wire.Number, wire.PersonNumber, wire.Person, wire.Blocked, wire.Suspicion)
    receipts = (wire.OpportunityChoice, wire.Receipt)
    more = (wire.Media, wire.Message, wire.Conversation, wire.QuickReply, wire.Activity)
    others = (wire.Prices, wire.User, wire.Team, wire.NumberOnPage, wire.PersonOnPage)
    return [
        *nouns,
        *receipts,
        *more,
        *others,
        wire.SuggestedTime,
        *wire.CLIENT_FRAMES,
        *wire.SERVER_FRAMES,
        *wire.REST_BODIES,
        *TABLE,
    ]


def _interface(info: inspect.StructType) -> str:
    lines = [f"export interface {info.cls.__name__} {{"]
    if info.tag is not None:
        lines.append(f"  {info.tag_field}: {_literal((info.tag,))};")
    # The backend always writes every field but in the table of CRM pages, which stays as short as
    # it was written; the client may leave out what has a default.
    incoming = issubclass(info.cls, (*INCOMING, *TABLE))
    for field in info.fields:
        optional = "?" if incoming and not field.required else ""
        lines.append(f"  {field.encode_name}{optional}: {_type(field.type)};")
    return "\n".join([*lines, "}"]) + "\n"


def _type(kind: inspect.Type) -> str:
    match kind:
        case inspect.StructType():
            return kind.cls.__name__
        case inspect.IntType() | inspect.FloatType():
            return "number"
        case inspect.StrType():
            return "string"
        case inspect.BoolType():
            return "boolean"
        case inspect.NoneType():
            return "null"
        case inspect.ListType(item_type=item):
            inner = _type(item)
            return f"({inner})[]" if "|" in inner else f"{inner}[]"
        case inspect.TupleType(item_types=items):
            return f"[{', '.join(_type(item) for item in items)}]"
        case inspect.DictType(key_type=key, value_type=value):
            return f"Record<{_type(key)}, {_type(value)}>"
        case inspect.LiteralType(values=values):
            return _alias(values) or _literal(values)
        case inspect.UnionType(types=types):
            return " | ".join(_type(t) for t in types)
    raise TypeError(f"no TypeScript for {kind!r}")


def _alias(values: tuple[Any, ...]) -> str | None:
    return next((n for n in ALIASES if set(get_args(getattr(wire, n))) == set(values)), None)


def _literal(values: tuple[Any, ...]) -> str:
    return " | ".join(f'"{v}"' if isinstance(v, str) else str(v) for v in values)


def _union(name: str, members: tuple[type[msgspec.Struct], ...]) -> str:
    lines = "".join(f"\n  | {member.__name__}" for member in members)
    return f"export type {name} ={lines};\n"


def main(arguments: list[str]) -> int:
    """``--check`` compares and returns 1 when stale; otherwise writes the file."""
    text = render()
    if "--check" in arguments:
        current = TARGET.read_text("utf-8") if TARGET.exists() else ""
        if current != text:
            sys.stderr.write(f"{TARGET.name} is stale: run `make wire`\n")
            return 1
        return 0
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
