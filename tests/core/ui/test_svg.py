from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.core.svg import columns, lifecycle, nice_ceiling, number, sparkline

DATES = st.dates(date(1990, 1, 1), date(2060, 1, 1))


@pytest.mark.parametrize(
    ("value", "ceiling"), [(0, 1), (-4, 1), (9, 10), (31, 40), (1, 1), (101, 120), (0.7, 0.8)]
)
def test_nice_ceiling_is_round_and_not_below(value: float, ceiling: float) -> None:
    assert nice_ceiling(value) == pytest.approx(ceiling)


def test_number_is_written_for_machines() -> None:
    assert number(12.5) == "12.5"
    assert number(3.0) == "3"
    assert number(1 / 3) == "0.33"


def test_columns_stack_from_the_base_line_up() -> None:
    chart = columns([("Mon", (10, 30)), ("Tue", (0, 0))], plot=100)

    monday, tuesday = chart.columns
    assert monday.total == 40
    assert [block.series for block in monday.blocks] == [1, 2]
    assert [block.height for block in monday.blocks] == ["25", "75"]
    assert [block.y for block in monday.blocks] == ["93", "18"]
    assert monday.slot_width == "50%"
    assert tuesday.blocks == ()


def test_columns_color_series_by_what_they_mean() -> None:
    chart = columns([("Mon", (1, 2, 3))], tones=["brand", "danger"])

    assert [block.color for block in chart.columns[0].blocks] == ["brand", "danger", "3"]


def test_columns_of_nothing_are_an_empty_chart() -> None:
    assert columns([]).columns == ()


def test_columns_count_what_is_below_zero_as_zero() -> None:
    assert columns([("a", (-5, 2))]).columns[0].total == 2


def test_columns_crowded_get_a_scale_and_fewer_labels() -> None:
    chart = columns([(str(day), (day,)) for day in range(1, 31)])

    assert chart.crowded
    assert [tick.value for tick in chart.ticks] == [15, 30]
    assert 0 < sum(not column.minor for column in chart.columns) <= 7


def test_sparkline_runs_from_edge_to_edge() -> None:
    line = sparkline([1, 3, 2], width=90, height=24)

    assert line.line == "0,22 45,2 90,12"
    assert line.area.startswith("0,24 ")
    assert line.area.endswith(" 90,24")


@pytest.mark.parametrize("values", [[], [5], [5, 5, 5]])
def test_sparkline_without_movement_is_flat(values: list[float]) -> None:
    heights = {point.split(",")[1] for point in sparkline(values).line.split()}
    assert heights == {"14"}


def test_lifecycle_marks_today_inside_its_phase() -> None:
    bar = lifecycle(
        registered=date(2026, 1, 1),
        renewal_opens=date(2026, 11, 1),
        expires=date(2027, 1, 1),
        grace_until=date(2027, 2, 10),
        redemption_until=date(2027, 3, 12),
        today=date(2026, 12, 1),
    )

    assert [phase.key for phase in bar.phases] == ["active", "renewal", "grace", "redemption"]
    assert [phase.state for phase in bar.phases] == ["past", "current", "future", "future"]
    assert bar.current == "renewal"
    assert 40 < float(bar.today_x.rstrip("%")) < 60


def test_lifecycle_leaves_out_what_the_extension_lacks() -> None:
    bar = lifecycle(registered=date(2026, 1, 1), expires=date(2027, 1, 1), today=date(2026, 7, 2))

    assert [(phase.key, phase.x, phase.width) for phase in bar.phases] == [("active", "0%", "100%")]


def test_lifecycle_on_the_day_of_expiry_is_in_grace() -> None:
    bar = lifecycle(
        registered=date(2026, 1, 1),
        expires=date(2027, 1, 1),
        grace_until=date(2027, 2, 1),
        today=date(2027, 1, 1),
    )
    assert bar.current == "grace"


def test_lifecycle_over_has_no_current_phase() -> None:
    bar = lifecycle(registered=date(2020, 1, 1), expires=date(2021, 1, 1), today=date(2026, 1, 1))

    assert bar.current is None
    assert bar.today_x == "100%"
    assert {phase.state for phase in bar.phases} == {"past"}


@given(DATES, DATES, st.none() | DATES, st.none() | DATES, st.none() | DATES, DATES)
def test_lifecycle_draws_any_dates_inside_the_bar(
    registered: date,
    expires: date,
    opens: date | None,
    grace: date | None,
    redemption: date | None,
    today: date,
) -> None:
    bar = lifecycle(
        registered=registered,
        expires=expires,
        renewal_opens=opens,
        grace_until=grace,
        redemption_until=redemption,
        today=today,
    )

    assert sum(float(phase.width.rstrip("%")) for phase in bar.phases) == pytest.approx(100)
    assert 0 <= float(bar.today_x.rstrip("%")) <= 100
    assert sum(phase.state == "current" for phase in bar.phases) <= 1
    for phase in bar.phases:
        assert 0 <= float(phase.filled.rstrip("%")) <= float(phase.width.rstrip("%"))
        assert phase.end - phase.start >= timedelta(0)
