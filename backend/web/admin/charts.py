"""Bars by day, drawn as SVG on the server: geometry here, colours in the style sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

WIDTH, HEIGHT = 960, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 8, 24, 28
_STEPS = (1, 2, 5, 10)
_LINES = 4


@dataclass(frozen=True)
class Part:
    """One colour of a bar: ``look`` is its class."""

    look: str
    y: float
    height: float


@dataclass(frozen=True)
class Bar:
    """``title`` is told when one points at it."""

    x: float
    width: float
    parts: tuple[Part, ...]
    title: str


@dataclass(frozen=True)
class Chart:
    """``ticks`` are (y, text) of the axis, ``days`` (x, text) below it; ``unit`` stands above."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    days: tuple[tuple[float, str], ...]
    unit: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT


@dataclass(frozen=True)
class Column:
    """A day and its values, (class, value), from the axis up."""

    day: date
    values: tuple[tuple[str, float], ...]
    title: str


def bars(columns: Sequence[Column], unit: str, written: str = "{:,.0f}", least: float = 1) -> Chart:
    """A chart of the columns; ``written`` formats a number of the axis, whose lines are ``least``
    or more apart."""
    highest = max((sum(value for _, value in each.values) for each in columns), default=0)
    step = _step(highest, least)
    top = step * max(1, ceil(highest / step))
    floor = HEIGHT - _BOTTOM
    tall = floor - _TOP
    wide = (WIDTH - _LEFT - _RIGHT) / max(1, len(columns))
    drawn = []
    for index, column in enumerate(columns):
        parts, y = [], float(floor)
        for look, value in column.values:
            height = value / top * tall
            y -= height
            if height:
                parts.append(Part(look, round(y, 1), round(height, 1)))
        x = _LEFT + index * wide
        bar = Bar(round(x + wide * 0.15, 1), round(wide * 0.7, 1), tuple(parts), column.title)
        drawn.append(bar)
    ticks = [
        (round(floor - n * step / top * tall, 1), written.format(n * step))
        for n in range(_n(top, step))
    ]
    every = max(1, ceil(len(columns) / 8))
    days = [
        (round(_LEFT + (index + 0.5) * wide, 1), f"{column.day:%b} {column.day.day}")
        for index, column in enumerate(columns)
        if index % every == 0
    ]
    return Chart(tuple(drawn), tuple(ticks), tuple(days), unit)


def _n(top: float, step: float) -> int:
    return round(top / step) + 1


def _step(highest: float, least: float) -> float:
    """A round distance of the lines, ``least`` or more, so that there are four of them at most."""
    power = least
    while power * 10 * _LINES < highest:
        power *= 10
    return next((power * each for each in _STEPS if power * each * _LINES >= highest), power * 10)
