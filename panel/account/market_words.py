"""The market in words: why an account is used, and why another is not."""

from __future__ import annotations

from django.utils.translation import gettext as _

from registrar.market import Obstacle, Why


def obstacle_words(obstacle: Obstacle) -> str:
    """Why an account is left out."""
    return {
        Obstacle.CANNOT: _("Its API cannot do it"),
        Obstacle.NOT_SOLD: _("Not sold: there is no cost"),
        Obstacle.CLOSED: _("Takes no new registrations"),
        Obstacle.NEVER: _("Never, as staff wish"),
        Obstacle.PAUSED: _("Paused by staff"),
        Obstacle.NO_RATE: _("No exchange rate"),
        Obstacle.STOPPED: _("Stopped: credentials refused"),
        Obstacle.RESTING: _("Rests for a while"),
        Obstacle.BALANCE_LOW: _("Its balance does not suffice"),
    }[obstacle]


def why_words(why: Why | None) -> str:
    """Why the account that would be used is the one."""
    if why is None:
        return _("No account can do it.")
    return {
        Why.ONLY: _("The only account that can do it now."),
        Why.PREFERRED: _("Preferred by staff."),
        Why.CHEAPEST: _("The cheapest of those that can do it now."),
        Why.WAITS: _("None can do it now: orders are taken, and wait for it."),
    }[why]
