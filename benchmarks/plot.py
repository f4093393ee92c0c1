"""The same figures as a picture."""

from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot

COLOURS = {"repline": "#1f6feb", "nginx + nchan": "#57606a", "websockets hub": "#afb8c1"}


def draw(results: dict[str, Any], path: Path) -> None:
    """Latency and memory side by side, a PNG."""
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4.2), layout="constrained")
    _latency(left, results["latency"])
    _bars(
        right,
        results["memory"],
        groups=[f"{n:,} sockets" for n in _kinds(results["memory"], "sockets")],
        key="sockets",
        value="kib",
    )
    right.set_title("Server memory per idle socket")
    right.set_ylabel("KiB")
    right.margins(y=0.25)  # room for the legend
    right.legend(frameon=False, ncols=3, loc="upper center")
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, dpi=110)
    pyplot.close(figure)


def _latency(axes: Any, rows: list[dict[str, Any]]) -> None:
    groups = [f"{rate}/s" for rate in _kinds(rows, "rate")]
    _bars(axes, rows, groups=groups, key="rate", value="p99_ms", alpha=0.35)
    _bars(axes, rows, groups=groups, key="rate", value="p50_ms")
    axes.set_yscale("log")
    axes.set_ylabel("ms (log)")
    sockets = rows[0]["sockets"] if rows else 0
    axes.set_title(f"Webhook to socket, {sockets:,} sockets open: p50 solid, p99 pale")


def _bars(
    axes: Any,
    rows: list[dict[str, Any]],
    *,
    groups: list[str],
    key: str,
    value: str,
    alpha: float = 1,
) -> None:
    servers = _kinds(rows, "server")
    width = 0.8 / max(1, len(servers))
    kinds = _kinds(rows, key)
    for place, server in enumerate(servers):
        heights = {row[key]: row[value] or 0 for row in rows if row["server"] == server}
        at = [index + (place - (len(servers) - 1) / 2) * width for index in range(len(kinds))]
        bars = axes.bar(
            at,
            [heights.get(kind, 0) for kind in kinds],
            width * 0.92,
            color=COLOURS.get(server, "#8250df"),
            alpha=alpha,
            label=server,
        )
        axes.bar_label(bars, fmt="%.3g", fontsize=8, padding=1)
    axes.set_xticks(range(len(kinds)), groups)


def _kinds(rows: list[dict[str, Any]], key: str) -> list[Any]:
    return list(dict.fromkeys(row[key] for row in rows))
