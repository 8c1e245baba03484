"""Geometry of the charts and of the lifecycle bar, worked out on the server.

Pure functions: figures in, positions out. Horizontal positions are percentages, so that a chart fills any
width while its text keeps its size; vertical ones are pixels. All are strings with a point for the decimals,
because a template would write numbers in the reader's language and break the drawing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

SERIES = 5
_LABELS_ON_A_PHONE = 7
_MOST_VALUES = 14


@dataclass(frozen=True, slots=True)
class Block:
    """One rectangle of a column: where it stands, its series (1 to 5) and the name of that series' color."""

    x: str
    y: str
    width: str
    height: str
    series: int
    color: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart: its blocks, its label under the base line and its total above it."""

    label: str
    center: str
    top: str
    total: float
    values: tuple[float, ...]
    blocks: tuple[Block, ...]
    slot_x: str
    slot_width: str
    minor: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """One line of the scale, drawn where columns are too many to carry their own figures."""

    y: str
    text_y: str
    value: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A column chart; a ``crowded`` one has figures on its scale and labels under some columns only."""

    height: str
    base: str
    label_y: str
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    crowded: bool


def number(value: float) -> str:
    """Write a coordinate: at most two decimals, always a point, no trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def nice_ceiling(value: float) -> float:
    """The smallest round number that is not below ``value``: 12, 15, 20, 25 ...; 1 for nothing."""
    if not value > 0 or not math.isfinite(value):
        return 1
    power = 10.0 ** math.floor(math.log10(value))
    for step in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10):
        if step * power >= value:
            return step * power
    return 10 * power


def colors(count: int, tones: Sequence[str] = ()) -> tuple[str, ...]:
    """The name of each series' color: its tone where it has one, else its number."""
    return tuple(tones[index] if index < len(tones) else str(index + 1) for index in range(count))


def columns(
    rows: Sequence[tuple[str, Sequence[float]]],
    *,
    plot: int = 140,
    gap: float = 0.34,
    tones: Sequence[str] = (),
) -> Chart:
    """Lay out stacked columns; a plain bar chart is the case of one value in each row.

    ``rows`` are (label, values of each series); values below zero count as zero. ``plot`` is the height in
    pixels between the top of the scale and the base line, ``gap`` the part of a column's slot left empty,
    ``tones`` the colors of the series that mean something by themselves (brand, success, danger ...).
    """
    head, foot = 18, 22
    base = head + plot
    clean = [(label, tuple(max(0.0, float(value)) for value in values[:SERIES])) for label, values in rows]
    top = nice_ceiling(max((sum(values) for _, values in clean), default=0))
    slot = 100 / len(clean) if clean else 100
    every = math.ceil(len(clean) / _LABELS_ON_A_PHONE) if clean else 1
    laid_out = tuple(
        _column(
            label,
            values,
            index=index,
            slot=slot,
            gap=gap,
            base=base,
            scale=plot / top,
            minor=index % every != 0,
            tones=tones,
        )
        for index, (label, values) in enumerate(clean)
    )
    crowded = len(clean) > _MOST_VALUES
    ticks = (
        tuple(
            Tick(number(base - plot * part), number(base - plot * part - 4), top * part)
            for part in (0.5, 1.0)
        )
        if crowded
        else ()
    )
    return Chart(number(base + foot), number(base), number(base + 16), laid_out, ticks, crowded)


def _column(
    label: str,
    values: tuple[float, ...],
    *,
    index: int,
    slot: float,
    gap: float,
    base: float,
    scale: float,
    minor: bool,
    tones: Sequence[str],
) -> Column:
    x, width, y = slot * (index + gap / 2), slot * (1 - gap), base
    blocks = []
    for series, (value, color) in enumerate(zip(values, colors(len(values), tones), strict=True), start=1):
        height = value * scale
        if height <= 0:
            continue
        y -= height
        blocks.append(Block(f"{number(x)}%", number(y), f"{number(width)}%", number(height), series, color))
    return Column(
        label=label,
        center=f"{number(slot * (index + 0.5))}%",
        top=number(y - 6),
        total=sum(values),
        values=values,
        blocks=tuple(blocks),
        slot_x=f"{number(slot * index)}%",
        slot_width=f"{number(slot)}%",
        minor=minor,
    )


@dataclass(frozen=True, slots=True)
class Sparkline:
    """The points of a line and of the area under it, in a box of ``width`` by ``height``."""

    line: str
    area: str
    width: int
    height: int


def sparkline(values: Sequence[float], *, width: int = 96, height: int = 28) -> Sparkline:
    """A small line over ``values``, oldest first. Fewer than two values give a flat line."""
    figures = [float(value) for value in values] or [0.0]
    if len(figures) == 1:
        figures *= 2
    low, high = min(figures), max(figures)
    spread = high - low or 1.0
    inner = height - 4
    points = [
        (
            width * index / (len(figures) - 1),
            2 + (inner * (high - value) / spread if high > low else inner / 2),
        )
        for index, value in enumerate(figures)
    ]
    line = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return Sparkline(line, f"0,{height} {line} {width},{height}", width, height)


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of a domain's life: past, current or future, and ``filled`` as far as today has come."""

    key: str
    start: date
    end: date
    x: str
    width: str
    filled: str
    state: str


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The lifecycle bar: its phases in order, where today is, and the phase it is in (``None``: over)."""

    phases: tuple[Phase, ...]
    today: date
    today_x: str
    anchor: str
    current: str | None


_SHARES = {1: (100.0,), 2: (70.0, 30.0), 3: (52.0, 24.0, 24.0), 4: (40.0, 20.0, 20.0, 20.0)}


def lifecycle(
    *,
    registered: date,
    expires: date,
    today: date,
    renewal_opens: date | None = None,
    grace_until: date | None = None,
    redemption_until: date | None = None,
) -> Lifecycle:
    """Lay out registration, renewal window, grace and redemption, leaving out what the extension lacks.

    Each phase has a fixed share of the bar, because on one scale thirty days of grace would vanish beside
    ten years of registration; inside a phase the days are to scale. Dates out of order are pulled into order,
    never refused: what a registry sent is shown as well as it can be.
    """
    stops: list[tuple[str, date, date]] = []
    start = registered
    ends = [
        ("active", renewal_opens if renewal_opens and renewal_opens < expires else expires),
        ("renewal", expires if renewal_opens and renewal_opens < expires else None),
        ("grace", grace_until),
        ("redemption", redemption_until),
    ]
    for key, end in ends:
        if end is None or (key not in {"active"} and end <= start):
            continue
        end = max(start, end)
        stops.append((key, start, end))
        start = end
    return _lay_out(stops, today)


def _lay_out(stops: list[tuple[str, date, date]], today: date) -> Lifecycle:
    phases: list[Phase] = []
    x, today_x, current = 0.0, 100.0, None
    for (key, start, end), share in zip(stops, _SHARES[len(stops)], strict=True):
        part = _part(start, end, today)
        is_current = current is None and start <= today < end
        before_all = not phases and today < start
        if is_current or before_all:
            current, today_x = key, x + share * part
            state = "current"
        else:
            state = "past" if today >= end else "future"
        phases.append(
            Phase(key, start, end, f"{number(x)}%", f"{number(share)}%", f"{number(share * part)}%", state)
        )
        x += share
    anchor = "start" if today_x < 8 else "end" if today_x > 92 else "middle"
    return Lifecycle(tuple(phases), today, f"{number(today_x)}%", anchor, current)


def _part(start: date, end: date, today: date) -> float:
    days = (end - start).days
    if days <= 0:
        return 1.0 if today >= end else 0.0
    return min(1.0, max(0.0, (today - start).days / days))
