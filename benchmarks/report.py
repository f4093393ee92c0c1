"""The table that people read. Everything in it is also in the JSON."""

from typing import Any

OURS = "repline"


def table(results: dict[str, Any]) -> str:
    parts = [
        _latency(results.get("latency", [])),
        _latency(results.get("crowd", [])),
        _fan_out(results.get("fan_out", [])),
        _memory(results.get("memory", [])),
        _slow(results.get("slow_reader")),
        _restart(results.get("restart")),
        _sustained(results.get("throughput")),
        _postgresql(results.get("postgresql")),
        _gate(results.get("gate")),
        _inbox(results.get("inbox", [])),
        _admin(results.get("admin")),
        _browser(results.get("browser")),
        _crm_pages(results.get("crm_pages")),
    ]
    absent = [f"Not measured: {name} ({why})" for name, why in results["absent"].items()]
    return "\n\n".join([*filter(None, parts), *absent])


def _latency(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return ""
    sockets = rows[0]["sockets"]
    lines = [
        f"Webhook to the rep's socket, {sockets} sockets open (ms; ratio: ours / theirs)",
        _row("", "webhooks/s", "p50", "p99", "ratio p50", "ratio p99", "lost", "foreign"),
    ]
    for row in rows:
        ours = next(r for r in rows if r["server"] == OURS and r["rate"] == row["rate"])
        lines.append(
            _row(
                row["server"],
                row["rate"],
                row["p50_ms"],
                row["p99_ms"],
                _ratio(row["p50_ms"], ours["p50_ms"]),
                _ratio(row["p99_ms"], ours["p99_ms"]),
                row["lost"],
                f"{row['foreign_cpu']:.0%}",
            )
        )
    lines.append(
        "  Of the rounds the one with the least foreign: the share of the machine that other\n"
        "  programs used meanwhile. Lost: in all rounds."
    )
    return "\n".join(lines)


def _fan_out(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return ""
    ours = next(row for row in rows if row["server"] == OURS)
    lines = [
        f"One text to {ours['sockets']} sockets of a rep (ms; ratio: ours / theirs). To the last:"
        " from the webhook on.\n  Spread: from the first socket to the last.",
        _row("", "last p50", "last p99", "ratio p50", "spread p50", "spread p99", "ratio p50"),
    ]
    for row in rows:
        last, spread = (
            (row[f"{key}_p50"], row[f"{key}_p99"], _ratio(row[f"{key}_p50"], ours[f"{key}_p50"]))
            for key in ("last", "spread")
        )
        lines.append(_row(row["server"], *last, *spread))
    return "\n".join(lines)


def _memory(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return ""
    lines = [
        "Resident memory of the server per idle socket (ratio: ours / theirs)",
        _row("", "sockets", "KiB", "ratio", "MiB empty"),
    ]
    for row in rows:
        ours = next(r for r in rows if r["server"] == OURS and r["sockets"] == row["sockets"])
        ratio = _ratio(row["kib"], ours["kib"])
        lines.append(_row(row["server"], row["sockets"], row["kib"], ratio, row["base_mib"]))
    return "\n".join(lines)


def _slow(slow: dict[str, Any] | None) -> str:
    if not slow:
        return ""
    return "\n".join(
        [
            "A socket that never reads (repline)",
            f"  others before it came  p50 {slow['calm_p50']} ms, p99 {slow['calm_p99']} ms",
            f"  others beside it       p50 {slow['beside_p50']} ms, p99 {slow['beside_p99']} ms,"
            f" lost {slow['others_lost']}",
            f"  dropped after {slow['texts_until_dropped']} long texts: {_yes(slow['dropped'])};"
            f" {slow['whole_frames_before']} frames had reached it,"
            f" stream corrupt: {_yes(slow['corrupt'])}",
            f"  resumed: {_yes(slow['resumed'])}; every text exactly once:"
            f" {_yes(slow['received_once'])}",
        ]
    )


def _restart(found: dict[str, Any] | None) -> str:
    if not found:
        return ""
    return (
        f"A restart with {found['sockets']:,} sockets open (repline)\n"
        f"  {found['told']:,} got Close 1012, {found['cut']:,} did not; the last after"
        f" {found['seconds']} s\n"
        f"  {found['failed']} of {found['webhooks']} webhooks failed, the slowest took"
        f" {found['slowest_ms']} ms"
    )


def _sustained(found: dict[str, Any] | None) -> str:
    if not found:
        return ""
    return (
        f"One core sustains (repline: signature, SQLite with FULL, publish)\n"
        f"  {found['per_second']:.0f} webhooks/s, {found['cpu_us']:.0f} us of CPU each"
        f" ({found['per_cpu_second']:.0f} per second of CPU)"
    )


def _postgresql(found: dict[str, Any] | None) -> str:
    if not found:
        return ""
    lines = [
        "PostgreSQL, Redis and a worker; 1 web: on one core. us of CPU for each webhook",
        _row("sustained", "webhooks/s", "us web", "us PostgreSQL", "us Redis", "foreign"),
    ]
    for row in found["throughput"]:
        beside = row["beside_us"]
        cells = (row["per_second"], row["cpu_us"], beside["PostgreSQL"], beside["Redis"])
        lines.append(_row(row["server"], *cells, f"{row['foreign_cpu']:.0%}"))
    lines += [
        "  Webhook to the rep's socket, with 2 on the other web process (ms)",
        _row("", "sockets", "webhooks/s", "p50", "p99", "lost", "foreign"),
    ]
    for row in found["latency"]:
        cells = (row["sockets"], row["rate"], row["p50_ms"], row["p99_ms"], row["lost"])
        lines.append(_row(row["server"], *cells, f"{row['foreign_cpu']:.0%}"))
    spread = found["fan_out"]
    lines.append(
        f"  One text to {spread['sockets']} sockets on both processes: the last p50"
        f" {spread['last_p50']}, p99 {spread['last_p99']} ms; spread p50 {spread['spread_p50']} ms;"
        f" lost {spread['lost']}"
    )
    for row in found["memory"]:
        lines.append(
            f"  {row['kib']} KiB for each of {row['sockets']:,} idle sockets,"
            f" {row['base_mib']} MiB for a web process without"
        )
    for row in found["restart"]:
        lines.append(
            f"  Restart of {row['server']} with {row['sockets']:,} sockets: {row['told']:,} told,"
            f" the last after {row['seconds']} s; {row['failed']} of {row['webhooks']} webhooks"
            f" failed, the slowest took {row['slowest_ms']} ms"
        )
    return "\n".join(lines)


def _gate(found: dict[str, Any] | None) -> str:
    if not found:
        return ""
    lines = [
        f"The send gate, {found['people']:,} people and {found['opt_outs']:,} opt-outs in SQLite"
        " (us; ratio: ours / a bare look-up by the same key)",
        _row("", "p50", "p99", "CPU p99", "ratio p50", "ratio p99"),
    ]
    bare = found["bare"]
    for name, key in (
        ("asked, decided", "ask"),
        ("before typing", "look"),
        ("bare look-up", "bare"),
    ):
        ours = found[key]
        ratios = (_ratio(bare[each], ours[each]) for each in ("p50", "p99"))
        lines.append(_row(name, ours["p50"], ours["p99"], ours["cpu_p99"], *ratios))
    lines.append(f"  Of the rounds the one with the least foreign: {found['foreign_cpu']:.0%}.")
    return "\n".join(lines)


def _inbox(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return ""
    first = rows[0]
    lines = [
        "A rep's newest fifty conversations and badge (ms; ratio: to the first line)",
        _row("messages", "reps", "p50", "p99", "CPU p99", "ratio p50", "ratio p99"),
    ]
    for row in rows:
        ratios = (_ratio(first[each], row[each]) for each in ("p50", "p99"))
        cells = (row["reps"], row["p50"], row["p99"], row["cpu_p99"], *ratios)
        lines.append(_row(f"{row['messages']:,}", *cells))
    return "\n".join(lines)


def _admin(found: dict[str, Any] | None) -> str:
    if not found:
        return ""
    bare = found["bare"]
    lines = [
        f"An admin's table page, {found['rows']:,} rows in each table"
        " (ms; ratio: ours / the bare query of the newest fifty)",
        _row("", "p50", "p99", "", "ratio p50", "ratio p99"),
    ]
    for page in (*found["pages"], bare):
        ratios = (_ratio(bare[each], page[each]) for each in ("p50", "p99"))
        lines.append(_row(page["name"], page["p50"], page["p99"], "", *ratios))
    return "\n".join(lines)


def _browser(found: dict[str, Any] | None) -> str:
    if not found:
        return ""
    click, key, page = found["click_to_pane"], found["key_to_paint"], found["page"]
    return "\n".join(
        [
            "In Chromium with the extension (ms)",
            f"  click on Message to pane painted   p50 {click['p50_ms']},"
            f" worst {click['worst_ms']}",
            f"  key press to paint in the composer p50 {key['p50_ms']}, worst {key['worst_ms']}",
            f"  page with {page['numbers']} numbers: our script {page['extension_ms']},"
            f" {page['extension_longest_ms']} of it at a stretch;"
            f" all script {page['script_with_ms']} with us, {page['script_without_ms']} without",
        ]
    )


def _crm_pages(found: dict[str, Any] | None) -> str:
    if not found:
        return ""
    pages = (
        (f"record, {found['nodes']:,} nodes", "record"),
        ("the same, changing", "changing"),
        (f"list, {found['rows']:,} rows", "list"),
    )
    lines = [
        "On a CRM's pages in Chromium, from the load on (ms of the page's thread)",
        f"  {'':<24}"
        + _cells("ours", "start", "first look", "messages", "later look", "looks", "forced"),
    ]
    keys = ("extension_ms", "start_ms", "first_look_ms", "calls_ms")
    keys += ("later_look_ms", "looks", "forced_ms")
    for name, key in pages:
        lines.append(f"  {name:<24}" + _cells(*(found[key][each] for each in keys)))
    lines += [
        "  Ours is script, what V8 compiles for it included: the file's start, the looks, and what",
        "  it listens to. Style and layout that it forces are not in it and shown apart.",
    ]
    return "\n".join(lines)


def _row(name: str, *cells: object) -> str:
    return f"  {name:<16}" + _cells(*cells)


def _cells(*cells: object) -> str:
    return "".join(f"{'-' if cell is None else cell:>11}" for cell in cells)


def _ratio(theirs: float | None, ours: float | None) -> str:
    return f"{ours / theirs:.2f}" if theirs and ours is not None else "-"


def _yes(fact: bool) -> str:
    return "yes" if fact else "NO"
