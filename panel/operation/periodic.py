"""The class of the panel's Celery tasks."""

from __future__ import annotations

from typing import Any

from celery import Task


class PanelTask(Task):
    """A task that, where the schedule starts it, runs once in each of its slots: see `slots`.

    Only messages count. A direct call runs at once, as do tasks that are not in the schedule.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run what a message asks for, unless this slot's work was taken by another message."""
        if self.request.called_directly:
            return super().__call__(*args, **kwargs)
        # Celery makes its tasks before the apps are ready: models cannot be imported any earlier.
        from panel.operation import slots

        period = slots.period_of(self.name)
        if period is None:
            return self.run(*args, **kwargs)
        taken = slots.take(self.name, period)
        if taken is not None:
            self.run(*args, **kwargs)
            slots.end(taken)
        return None
