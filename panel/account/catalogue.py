"""The catalogue of an account: extensions, costs and promotions, kept in step with the registrar.

An extension that a complete pass no longer shows keeps its row, whose `seen_at` says when it was last offered, and
loses its costs: without a cost there is no price, so it is not sold. Where most of the catalogue would vanish at once
nothing is taken away and the pass says so, since that is far likelier the registrar's mistake than its wish.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from panel.account import services
from panel.account.models import Account, Action, Cost, Promotion, SyncRun, Tld
from panel.account.remarks import remark
from panel.account.runs import Listing, Polite, Source, Tally, read_carefully, work
from registrar import types

PAGE = 100
MOST_VANISHED = 0.5


def run(run_pk: int) -> None:
    """One turn of a pass over an account's catalogue."""
    work(run_pk, Source(read=_read, store=_store, finish=_finish))


def _read(polite: Polite, driver: Any, page: int) -> Listing[types.Zone]:
    if page == 1 and driver.supports("account.info").usable:
        services.record_info(polite.account, polite(driver.account.info))
    return read_carefully(polite, driver.account.zones, page, PAGE)


def _store(sync: SyncRun, listing: Listing[types.Zone]) -> Tally:
    account = sync.account
    tally = Tally(seen=len(listing.items))
    zones = {zone.tld: zone for zone in listing.items}
    known = {tld.name: tld for tld in Tld.objects.filter(account=account, name__in=zones)}
    new = [
        _described(Tld(account=account, name=name), zone) for name, zone in zones.items() if name not in known
    ]
    Tld.objects.bulk_create(new)
    old = [_described(tld, zones[name]) for name, tld in known.items()]
    Tld.objects.bulk_update(old, ["parent", "auth_code_required", "requirements", "seen_at"])
    tally.added = len(new)
    tally.changed = _store_costs(account, zones, {tld.name: tld for tld in [*new, *old]})
    return tally


def _described(tld: Tld, zone: types.Zone) -> Tld:
    tld.parent = zone.parent
    if zone.auth_code_required is not None:
        tld.auth_code_required = zone.auth_code_required
    tld.requirements = zone.requirements
    tld.seen_at = timezone.now()
    return tld


def _store_costs(account: Account, zones: dict[str, types.Zone], tlds: dict[str, Tld]) -> int:
    """Write costs that are new or differ, drop those no longer offered. Returns how many extensions changed."""
    known = {(cost.tld_id, cost.action): cost for cost in Cost.objects.filter(tld__in=tlds.values())}
    new, changed, gone, touched = [], [], [], set()
    for name, zone in zones.items():
        tld = tlds[name]
        for action in Action:
            # No registrar that sells privacy has a catalogue that tells what it costs.
            offered: types.ZoneAction | None = getattr(zone, action, None)
            cost = known.get((tld.pk, action))
            if offered is None:
                if cost is not None:
                    gone.append(cost.pk)
                    touched.add(tld.pk)
                continue
            wanted = {
                "amount": offered.price,
                "currency": account.currency,
                "years": list(offered.years),
                "in_promo": offered.in_promo,
            }
            if cost is None:
                new.append(Cost(tld=tld, action=action, **wanted))
            elif any(getattr(cost, field) != value for field, value in wanted.items()):
                for field, value in wanted.items():
                    setattr(cost, field, value)
                changed.append(cost)
                touched.add(tld.pk)
    Cost.objects.bulk_create(new)
    Cost.objects.bulk_update(changed, ["amount", "currency", "years", "in_promo"])
    Cost.objects.filter(pk__in=gone).delete()
    return len(touched)


def _finish(sync: SyncRun, polite: Polite, driver: Any) -> str:
    told = driver.supports("account.promotions").usable
    promotions = polite(driver.account.promotions) if told else ()
    with transaction.atomic():
        _store_promotions(sync.account, promotions)
        message = _withdraw_vanished(sync)
        Account.objects.filter(pk=sync.account_id).update(catalogue_at=timezone.now())
    return message


def _store_promotions(account: Account, promotions: tuple[types.Promotion, ...]) -> None:
    for promotion in promotions:
        Promotion.objects.update_or_create(
            account=account,
            reference=promotion.reference,
            defaults={
                "tld_name": promotion.tld,
                "product": promotion.product,
                "action": promotion.action,
                "amount": promotion.price,
                "starts_at": promotion.starts_at,
                "ends_at": promotion.ends_at,
            },
        )
    Promotion.objects.filter(account=account).exclude(
        reference__in=[promotion.reference for promotion in promotions]
    ).delete()


def _withdraw_vanished(sync: SyncRun) -> str:
    offered = Tld.objects.filter(account=sync.account, costs__isnull=False).distinct()
    vanished = offered.filter(seen_at__lt=sync.created_at)
    count, before = vanished.count(), offered.count()
    if not count:
        return ""
    if sync.skipped or count > before * MOST_VANISHED:
        return remark("extensions_kept", count, before)
    SyncRun.objects.filter(pk=sync.pk).update(missing=count)
    Cost.objects.filter(tld__in=list(vanished.values_list("pk", flat=True))).delete()
    return remark("extensions_withdrawn", count)
