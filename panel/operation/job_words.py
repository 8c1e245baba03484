"""What the lines of the schedule are called, how often they run, and how long something lasts, in words for staff."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

# Marked here, and translated when asked for.
JOBS = {
    "account-catalogue": gettext_noop("Catalogues and costs"),
    "account-forget-exchanges": gettext_noop("Old exchanges deleted"),
    "account-refresh": gettext_noop("Balances"),
    "account-resume-passes": gettext_noop("Passes taken up again"),
    "account-tell-staff": gettext_noop("Mails to staff"),
    "billing-tell-customers": gettext_noop("Mails to customers"),
    "domain-bulk": gettext_noop("Changes of many names taken up again"),
    "domain-delete": gettext_noop("Deletions whose time has come"),
    "domain-hand-over": gettext_noop("Offers of names told, and ended"),
    "domain-forget-codes": gettext_noop("Auth codes forgotten that nobody looked at"),
    "domain-forget-drift": gettext_noop("Differences forgotten that were decided long ago"),
    "domain-hosts": gettext_noop("Readings of hosts below names"),
    "domain-gone": gettext_noop("Names that went, and came back"),
    "domain-remind": gettext_noop("Reminders before names expire"),
    "domain-reroute": gettext_noop("Orders given to another account"),
    "domain-sync": gettext_noop("Passes over the accounts"),
    "hosting-forget-links": gettext_noop("Log-ins to site builders forgotten that nobody opened"),
    "hosting-plans": gettext_noop("Lists of hosting plans"),
    "operation-sweep": gettext_noop("Search for due operations"),
}
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def label(name: str) -> str:
    """What a line of the schedule does."""
    return _(JOBS[name]) if name in JOBS else name


def often(every: timedelta) -> str:
    """How often something runs, in the largest unit that tells it exactly."""
    if every % DAY == timedelta():
        return ngettext("every day", "every %(n)s days", every // DAY) % {"n": every // DAY}
    if every % HOUR == timedelta():
        return ngettext("every hour", "every %(n)s hours", every // HOUR) % {"n": every // HOUR}
    if every % MINUTE == timedelta():
        return ngettext("every minute", "every %(n)s minutes", every // MINUTE) % {"n": every // MINUTE}
    seconds = round(every.total_seconds())
    return ngettext("every second", "every %(n)s seconds", seconds) % {"n": seconds}


def lasting(age: timedelta) -> str:
    """How long something lasts, in a unit of which there are at least two, where it lasts that long."""
    if age < 2 * MINUTE:
        seconds = round(age.total_seconds())
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    if age < 2 * HOUR:
        minutes = round(age / MINUTE)
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    if age < 2 * DAY:
        hours = round(age / HOUR)
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    days = round(age / DAY)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
