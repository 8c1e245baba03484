"""The pages of a plan itself, for every audience: what it holds, buying and changing it, its log, its site builder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panel.access.rules import actor_of
from panel.billing import ledger
from panel.core.templatetags.formatting import format_money
from panel.domain.models import Domain, to_unicode
from panel.domain.refusals import BadValue, CannotDo
from panel.domain.setting_pages import BUSY, SettingPages
from panel.hosting import meters
from panel.hosting import plan_services as services
from panel.hosting.models import Plan
from panel.hosting.nouns import SUBDOMAINS
from panel.hosting.operations_once import KEPT, ready_link, show_link
from panel.hosting.pages import OVERVIEW, context_of, read, told_about
from panel.hosting.plan_forms import BuilderForm, BuyForm, ModeForm, PhpForm, PlanForm, RenewForm, UpgradeForm
from panel.hosting.queries import WORKING, changes_of, items_of, offers, plan_of, survey_of
from panel.operation.models import Operation
from panel.operation.queries import still_open
from panel.operation.services import AlreadyOpen
from registrar.types import RenewalMode

PLAN_KINDS = (
    "hosting.create_plan", "hosting.renew_plan", "hosting.upgrade_plan", "hosting.plan_renewal_mode", "hosting.php",
)  # fmt: skip


def overview(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """What the name has: its plan, how full it is, the servers; posting (`read`) has everything read."""
    domain = pages.find(actor_of(request), name)
    if request.method == "POST":
        return read(pages, request, domain, back=pages.url(OVERVIEW, name))
    context = context_of(pages, request, domain)
    context["crumbs"] = context["crumbs"][:-1]
    plan: Plan | None = context["plan"]
    found = meters.gauges(plan) if plan is not None else []
    open_ones = still_open(changes_of(domain))
    context |= {
        "gauges": found,
        "list_url": pages.url("hosting"),
        "chart": meters.chart(found),
        "under_way": told_about(open_ones),
        "live": context["reading"] is not None or open_ones.exists(),
        "log_url": pages.url("domain-hosting-log", name) if offers(domain, "hosting.error_log") else "",
        "builder_url": pages.url("domain-hosting-builder", name)
        if offers(domain, "hosting.web_builder_url")
        else "",
    }
    return render(request, "hosting/overview.html", context)


def plan(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """Buy a plan, or renew, enlarge and set the one that there is; `do` says what is posted."""
    actor = actor_of(request)
    domain = pages.find(actor, name)
    if not offers(domain, "hosting.create"):
        return redirect(pages.url(OVERVIEW, name))
    # Before the plan: see context_of().
    under_way = told_about(changes_of(domain).filter(kind__in=PLAN_KINDS)[:1])
    context = context_of(pages, request, domain)
    found: Plan | None = context["plan"]
    customer = domain.customer
    forms = _forms(request, domain, found)
    context |= {"forms": forms, "under_way": under_way}
    context |= {
        "currency": customer.currency if customer else "",
        "balance": ledger.balance(customer) if customer else None,
        "unpriced": survey_of(domain) is not None and services.lacks_prices(domain, found),
    }
    if request.method != "POST":
        return render(request, "hosting/plan.html", context)
    do = request.POST.get("do", "")
    form = forms.get(do)
    if form is None:
        context["problem"] = _("This cannot be done with the plan now.")
        return render(request, "hosting/plan.html", context, status=422)
    if not form.is_valid():
        return render(request, "hosting/plan.html", context, status=422)
    status = _tried(pages, form, _asking(domain, form, actor.user))
    if status:
        return render(request, "hosting/plan.html", context, status=status)
    return redirect(pages.url("domain-hosting-plan", name))


def _forms(request: HttpRequest, domain: Domain, found: Plan | None) -> dict[str, PlanForm]:
    """The forms that make sense now, each filled where it was the one that was sent."""
    sent = request.POST.get("do", "") if request.method == "POST" else ""

    def data(form: type[PlanForm]) -> Any:
        return request.POST if sent == form.DO else None

    if survey_of(domain) is None:
        return {}
    forms: dict[str, PlanForm] = {}
    if found is None:
        offered = services.sold(domain, services.offers_of(domain))
        return {"buy": BuyForm(data(BuyForm), domain=domain, offers=offered)} if offered else {}
    if found.expires_on is not None and found.status in services.RENEWABLE:
        price = services.prices_for(domain).get(found.product_key)
        currency = domain.customer.currency if domain.customer else ""
        if price is not None or domain.customer is None:
            forms["renew"] = RenewForm(
                data(RenewForm), domain=domain, plan=found, price=price, currency=currency
            )
    if found.status not in WORKING:
        return forms
    larger = services.sold(domain, services.upgrades_of(domain, found))
    if larger:
        forms["upgrade"] = UpgradeForm(data(UpgradeForm), domain=domain, offers=larger)
    if found.renewal_mode:
        forms["mode"] = ModeForm(data(ModeForm), domain=domain, initial={"mode": found.renewal_mode})
    if found.php.get("enabled") and found.php.get("available"):
        forms["php"] = PhpForm(data(PhpForm), domain=domain, plan=found)
    return forms


def _asking(domain: Domain, form: PlanForm, user: Any) -> Callable[[], Operation]:
    """What a valid form asks for."""
    given = form.cleaned_data
    key = given["key"]
    match form:
        case BuyForm():
            return lambda: services.plan_create_plan(
                domain, given["product"], given["years"], actor=user, key=key
            )
        case UpgradeForm():
            return lambda: services.plan_upgrade(domain, given["product"], form.price, actor=user, key=key)
        case RenewForm():
            return lambda: services.plan_renew_plan(
                domain, given["years"], given["expires_on"], actor=user, key=key
            )
        case ModeForm():
            return lambda: services.plan_mode(domain, RenewalMode(given["mode"]), actor=user)
        case _:
            return lambda: services.plan_php(domain, given["version"], actor=user)


def _tried(pages: SettingPages, form: PlanForm, ask: Callable[[], Operation]) -> int:
    """Ask for it; 0, or the status with what was wrong in the form."""
    try:
        ask()
    except ledger.NotEnoughMoney as short:
        form.add_error(None, pages.no_money(format_money(short.missing, short.currency)))
    except CannotDo as cannot:
        form.add_error(cannot.field if isinstance(cannot, BadValue) else None, pages.say(cannot))
    except AlreadyOpen:
        form.add_error(None, _("The plan is being changed already. Wait for that to end."))
        return BUSY
    return 422 if form.errors else 0


def parking(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """Show the plan's waiting page, or not (posted as `to`)."""
    actor = actor_of(request)
    domain = pages.find(actor, name)
    if request.POST.get("to") not in ("on", "off"):
        raise Http404
    back = pages.url("domain-hosting-items", name, "redirects")
    try:
        services.plan_parking(domain, request.POST["to"] == "on", actor=actor.user)
    except (CannotDo, AlreadyOpen) as cannot:
        busy = isinstance(cannot, AlreadyOpen)
        text = _("The plan is being changed already. Wait for that to end.") if busy else pages.say(cannot)  # type: ignore[arg-type]
        context = pages.context(domain, problem=text, back=back)
        return render(request, "hosting/refused.html", context, status=BUSY if busy else 422)
    return redirect(back)


def log(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """The error log's last lines, searched with `q`; posting reads them."""
    actor = actor_of(request)
    domain = pages.find(actor, name)
    context = context_of(pages, request, domain)
    if request.method == "POST":
        try:
            services.plan_log(domain, actor=actor.user)
        except CannotDo as refusal:
            return render(request, "hosting/log.html", {**context, "refusal": pages.say(refusal)}, status=422)
        return redirect(pages.url("domain-hosting-log", name))
    found: Plan | None = context["plan"]
    words = request.GET.get("q", "").strip()
    lines = found.error_log if found is not None else []
    context |= {
        "q": words,
        "lines": [line for line in lines if words.casefold() in line.casefold()],
        "all": len(lines),
        "log_reading": still_open(changes_of(domain)).filter(kind="hosting.read_log").first(),
    }
    return render(request, "hosting/log.html", context)


def builder(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """Have an address made that logs into the site builder, then (`open`) be given it once. Stored by nobody."""
    actor = actor_of(request)
    domain = pages.find(actor, name)
    context = context_of(pages, request, domain)
    hosts = [(item.name, to_unicode(item.name)) for item in items_of(domain, SUBDOMAINS)]
    asks = request.method == "POST" and "open" not in request.POST
    form = BuilderForm(request.POST if asks else None, hosts=hosts)
    context |= {"form": form, "hosts": hosts, "minutes": int(KEPT.total_seconds() // 60), "address": ""}
    status = 200
    if request.method == "POST" and not asks:
        context["address"] = show_link(domain, actor.user)
        context["gone"] = context["address"] is None
    elif asks and not form.is_valid():
        status = 422
    elif asks:
        language = (get_language() or "en")[:2]
        try:
            services.plan_builder(domain, form.cleaned_data["host"], language, actor=actor.user)
        except (CannotDo, AlreadyOpen) as cannot:
            busy = isinstance(cannot, AlreadyOpen)
            form.add_error(None, _("It is being made already.") if busy else pages.say(cannot))  # type: ignore[arg-type]
            status = 422
        else:
            return redirect(pages.url("domain-hosting-builder", name))
    context |= {
        "making": changes_of(domain).filter(kind="hosting.builder").first(),
        "is_ready": ready_link(domain) is not None,
        "works": plan_of(domain) is not None,
    }
    return render(request, "hosting/builder.html", context, status=status)
