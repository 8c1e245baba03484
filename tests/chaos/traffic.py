"""Customers at work, one intent after the other: asking.py is how each is asked for, marks.py what comes of it."""

from __future__ import annotations

import random
import time
from collections import deque

from tests.chaos import world
from tests.chaos.asking import ASK, CANARY, NoNameYet, Sandbox
from tests.chaos.plan import Schedule

__all__ = ["CANARY", "run"]
MOST_TRIES = 20
# Customers come as fast as the workers can follow, so that a repair is not behind an hour of new orders.
MOST_OPEN = 150
# How long a look at the crowd holds: all tills together would ask the database for little else.
LOOK_SECONDS = 1.0
# With so few intents left, there is nothing else to do in between.
FEW = 5


def _open_operations() -> int:
    """How many are under way, or none while the database is away."""
    from django.db import Error, connection

    try:
        return world.count_open()
    except Error:
        connection.close()
        return 0


def run(schedule: Schedule, share: int, shares: int, pace: float, sandbox: Sandbox) -> None:
    """Every intent of this share of the customers, about `pace` a second: nobody shops in two places at once."""
    from django.db import Error, connection

    from panel.billing import ledger
    from panel.domain import refusals
    from panel.operation.services import AlreadyOpen

    refused = (refusals.CannotDo, ledger.NotEnoughMoney, AlreadyOpen)
    dice = random.Random(f"{schedule.seed}|customers|{share}")
    line = deque((intent, 0) for intent in schedule.intents if intent.customer % shares == share)
    look_at = 0.0
    while line:
        if time.monotonic() >= look_at:
            while _open_operations() > MOST_OPEN:
                time.sleep(LOOK_SECONDS)
            look_at = time.monotonic() + LOOK_SECONDS
        intent, tries = line.popleft()
        try:
            ASK[intent.kind](intent, sandbox)
        except refused:
            # A refusal on the page: nothing was accepted, so nothing is owed.
            continue
        except (Error, NoNameYet):
            # The page says "try again in a moment", and the customer does, with other things in between.
            connection.close()
            if tries < MOST_TRIES:
                line.append((intent, tries + 1))
            if len(line) < FEW:
                time.sleep(0.5)
        time.sleep(dice.uniform(0.5, 1.5) / pace)
