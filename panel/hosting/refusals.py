"""Why something about a name's services cannot be planned, beside what holds for every name."""

from __future__ import annotations

from django.utils.translation import gettext as _

from panel.domain.refusals import CannotDo


class NoPlan(CannotDo):
    """The name has no hosting plan, or none that works now."""

    def __init__(self) -> None:
        super().__init__("no_plan")

    @property
    def text(self) -> str:
        """A sentence for the reader."""
        return _("The name has no hosting plan that works at present.")


class Full(CannotDo):
    """The plan allows no more of these."""

    def __init__(self, most: int) -> None:
        super().__init__("full")
        self.most = most

    @property
    def text(self) -> str:
        """A sentence for the reader."""
        return _("The plan allows %(most)s of these, and all are in use.") % {"most": self.most}


class Taken(CannotDo):
    """There is one of that name."""

    def __init__(self) -> None:
        super().__init__("taken")

    @property
    def text(self) -> str:
        """A sentence for the reader."""
        return _("There is one with this name already.")


class Vanished(CannotDo):
    """There is none of that name any more."""

    def __init__(self) -> None:
        super().__init__("vanished")

    @property
    def text(self) -> str:
        """A sentence for the reader."""
        return _("It is not there any more.")


class NotAtRest(CannotDo):
    """It was never read, so nobody knows what there is."""

    def __init__(self) -> None:
        super().__init__("not_read")

    @property
    def text(self) -> str:
        """A sentence for the reader."""
        return _("We have not read yet what there is. Have it read first.")
