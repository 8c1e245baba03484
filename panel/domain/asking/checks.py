"""Beginning a check of nameservers, and what a page reads of it. Nothing here asks anybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from panel.domain.asking.models import NameserverAnswer, NameserverCheck
from panel.domain.models import Domain
from panel.domain.planning import capability
from panel.domain.search_tasks import send_nameserver_check
from panel.operation.clock import from_now
from panel.people.models import User

Purpose, State, ZoneCheck = NameserverCheck.Purpose, NameserverAnswer.State, NameserverCheck.ZoneCheck

MOST_SETS = 12
MOST_SERVERS = 13
# A page that waits has them asked again at most so often, and for so long after the check began.
ASK_EVERY_SECONDS = 10
GOES_ON_FOR = timedelta(minutes=10)
ZONE_CHECK = "tool.zone_check"
# Nobody has nameservers asked faster than that about one name.
PAUSE_SECONDS = 3
FEWEST_FOR_ZONE_CHECK = 2

# What may still change by itself: the server has not fetched the zone yet, or did not hear the question.
OPEN = frozenset({State.PENDING, State.OLD, State.PARTLY, State.OTHER, State.SILENT, State.REFUSED})


@dataclass(frozen=True, slots=True)
class AskedSet:
    """A set that is asked for: its values as they were, and as they are to be; nothing is for "there is none".

    `ttl` in seconds where it is what has changed.
    """

    name: str
    type: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    ttl: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A check as pages show it."""

    check: NameserverCheck
    answers: list[NameserverAnswer]
    sets: list[AskedSet] = field(default_factory=list)

    @property
    def asking(self) -> bool:
        """Whether nobody knows yet what some of them say."""
        return any(answer.state == State.PENDING for answer in self.answers) or (
            self.check.zone_check == ZoneCheck.PENDING
        )

    @property
    def good(self) -> int:
        """How many say what they should."""
        return sum(answer.state in (State.NEW, State.SERVES) for answer in self.answers)

    @property
    def is_good(self) -> bool:
        """Whether all of them do."""
        return self.good == len(self.answers)

    @property
    def live(self) -> bool:
        """Whether something may still change by itself, so that a page asks again."""
        return self.asking or (_goes_on(self.check) and any(answer.state in OPEN for answer in self.answers))


def begin(
    domain: Domain,
    purpose: str,
    servers: Iterable[str],
    sets: Sequence[AskedSet] = (),
    *,
    actor: User | None,
    about: str = "",
) -> NameserverCheck:
    """Have nameservers asked, in place of what they were asked for this purpose before. Calls nobody.

    At most MOST_SERVERS and MOST_SETS are asked. Where the registrar has a check of its own for proposed servers
    (MrDomain's manual, 3.6), it is asked too.
    """
    names = list(dict.fromkeys(name.strip().lower().rstrip(".") for name in servers))[:MOST_SERVERS]
    own = (
        purpose == Purpose.PROPOSED
        and len(names) >= FEWEST_FOR_ZONE_CHECK
        and capability(domain.account, domain.tld_name, ZONE_CHECK).usable
    )
    zone_check = ZoneCheck.PENDING if own else ZoneCheck.NONE
    kept = [asdict(item) for item in sets[:MOST_SETS]]
    try:
        with transaction.atomic():
            NameserverCheck.objects.filter(domain=domain, purpose=purpose).delete()
            check = NameserverCheck.objects.create(
                domain=domain, purpose=purpose, actor=actor, about=about, sets=kept, zone_check=zone_check
            )
            NameserverAnswer.objects.bulk_create(
                NameserverAnswer(check_row=check, server=name, position=position)
                for position, name in enumerate(names)
            )
            _wake(check)
    except IntegrityError:
        # Somebody else has begun one at the same moment: theirs counts.
        return NameserverCheck.objects.get(domain=domain, purpose=purpose)
    return check


def just_begun(domain: Domain, purpose: str) -> bool:
    """Whether they were asked for this purpose within the last PAUSE_SECONDS."""
    begun = NameserverCheck.objects.filter(domain=domain, purpose=purpose)
    return begun.filter(created_at__gt=timezone.now() - timedelta(seconds=PAUSE_SECONDS)).exists()


def latest(domain: Domain, purpose: str) -> Shown | None:
    """What the last check of this purpose says so far, None where there was none."""
    check = NameserverCheck.objects.filter(domain=domain, purpose=purpose).first()
    if check is None:
        return None
    return Shown(check, list(check.answers.all()), sets_of(check))


def sets_of(check: NameserverCheck) -> list[AskedSet]:
    """What is asked for."""
    return [AskedSet(**{**kept, "old": tuple(kept["old"]), "new": tuple(kept["new"])}) for kept in check.sets]


def wake_if_due(shown: Shown) -> bool:
    """Have those asked again who may say something else by now, at most every ASK_EVERY_SECONDS."""
    if not shown.live:
        return False
    idle = NameserverCheck.objects.filter(
        Q(woken_at__isnull=True) | Q(woken_at__lt=from_now(-ASK_EVERY_SECONDS)),
        Q(busy_until__isnull=True) | Q(busy_until__lt=Now()),
        pk=shown.check.pk,
    )
    if idle.update(woken_at=Now()) != 1:
        return False
    transaction.on_commit(lambda: send_nameserver_check(shown.check.pk))
    return True


def _wake(check: NameserverCheck) -> None:
    NameserverCheck.objects.filter(pk=check.pk).update(woken_at=Now())
    transaction.on_commit(lambda: send_nameserver_check(check.pk))


def _goes_on(check: NameserverCheck) -> bool:
    """Proposed servers are asked once: they have the zone or they do not."""
    return check.purpose == Purpose.SERVED and timezone.now() - check.created_at < GOES_ON_FOR
