"""The pages of what lies in a name's plan, for every audience: one list and one form for each kind of thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from panel.access.parts import WHOLE, Level, Part, Rights
from panel.access.rules import actor_of
from panel.domain.models import Domain, to_unicode
from panel.domain.planning import require
from panel.domain.refusals import CannotDo
from panel.domain.setting_pages import BUSY, SettingPages
from panel.hosting.desk import DESKS, Desk
from panel.hosting.forms import ItemForm
from panel.hosting.models import Item, Plan
from panel.hosting.queries import (
    changes_of,
    items_of,
    offers,
    plan_of,
    reading_of,
    room,
    sells_plans,
    survey_of,
    was_asked,
)
from panel.hosting.reading import can_read, plan_reading
from panel.hosting.refusals import Taken
from panel.hosting.services import plan_create, plan_item, require_place
from panel.hosting.wording import shown_name
from panel.operation.models import Operation
from panel.operation.queries import still_open
from panel.operation.services import AlreadyOpen
from panel.operation.words import Words, describe, kind_label

MOST_CHANGES = 8
OVERVIEW = "domain-hosting"


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words, for its line: what it is about, and how it stands."""

    label: str
    what: str
    words: Words
    operation: Operation


def rights_in(request: HttpRequest) -> Rights:
    """What the asker may do about the name; staff and brand people may everything about those they see."""
    rights = actor_of(request).rights
    return WHOLE if rights is None else rights


def items(pages: SettingPages, request: HttpRequest, name: str, slug: str) -> HttpResponseBase:
    """All things of one kind; posting makes one, or (`read`) has everything read."""
    actor, desk = actor_of(request), desk_of(slug)
    domain = pages.find(actor, name)
    if "read" in request.POST:
        return read(pages, request, domain, back=pages.url("domain-hosting-items", name, slug))
    refused = refusal(pages, domain, *desk.create.methods)
    form = desk.new_form(request.POST if request.method == "POST" and not refused else None, domain=domain)
    context = context_of(pages, request, domain, desk) | {"form": form, "refusal": refused}

    def ask() -> Operation:
        return plan_create(
            desk.create, domain, form.item_name, actor=actor.user, values=form.values, secrets=form.secrets,
            key=form.cleaned_data["form"],
        )  # fmt: skip

    if refused:
        status = 422 if request.method == "POST" else 200
        return render(request, "hosting/items.html", context, status=status)
    return answer(pages, request, context, "hosting/items.html", form, ask)


def item(pages: SettingPages, request: HttpRequest, name: str, slug: str, public_id: str) -> HttpResponseBase:
    """One of them; posting changes it, or (`delete`) takes it away."""
    actor, desk = actor_of(request), desk_of(slug)
    domain = pages.find(actor, name)
    found = items_of(domain, desk.noun).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    deletes = "delete" in request.POST
    form = desk.change_form(
        request.POST if request.method == "POST" and not deletes else None, domain=domain, item=found
    )
    context = context_of(pages, request, domain, desk) | {"form": form, "item": found, "row": _row(found)}
    context["crumbs"].append(
        {"label": desk.title, "url": pages.url("domain-hosting-items", domain.name, desk.noun.slug)}
    )
    context |= {
        "changeable": not refusal(pages, domain, *desk.change.methods),
        "deletable": not refusal(pages, domain, *desk.delete.methods),
        "busy": _changing(domain, desk, found),
    }
    if deletes:
        if request.POST["delete"].strip().lower() not in (found.name.lower(), to_unicode(found.name).lower()):
            context["mistyped"] = _("Type the name exactly as it is shown, to be sure.")
            return render(request, "hosting/item.html", context, status=422)
        return answer(
            pages, request, context, "hosting/item.html", None,
            lambda: plan_item(desk.delete, found, actor=actor.user),
        )  # fmt: skip

    def ask() -> Operation:
        return plan_item(
            desk.change, found, actor=actor.user, values=form.values, secrets=form.secrets,
            key=form.cleaned_data["form"],
        )  # fmt: skip

    return answer(pages, request, context, "hosting/item.html", form, ask)


# --- what they have in common ---------------------------------------------------------------------------------------


def desk_of(slug: str) -> Desk:
    """The desk of a kind of thing. Raises Http404."""
    if slug not in DESKS:
        raise Http404
    return DESKS[slug]


def context_of(
    pages: SettingPages, request: HttpRequest, domain: Domain, desk: Desk | None = None
) -> dict[str, Any]:
    """What every page about a name's services shows; with a `desk`, its rows and what is going on about them."""
    rights = rights_in(request)
    context = pages.context(domain, problem="", rights_here=rights)
    # What is under way is read before what it changes: what ends between the two shows as what has become of it, or is
    # looked at once more. The other way round a page could show for good what was before.
    reading = reading_of(domain)
    under_way = [] if desk is None else list(still_open(changes_of(domain, desk.noun)))
    is_parking = desk is not None and desk.part == Part.REDIRECTS and is_being_parked(domain)
    survey, plan = survey_of(domain), plan_of(domain)
    context |= {
        "crumbs": [*context["crumbs"], {"label": _("Hosting"), "url": pages.url(OVERVIEW, domain.name)}],
        "tabs": tabs(pages, domain, rights, "" if desk is None else desk.noun.slug),
        "plan": plan,
        "sells_plans": sells_plans(domain),
        "plan_url": pages.url("domain-hosting-plan", domain.name),
        "survey": survey,
        "reading": reading,
        # A browser that opens what nobody has asked for asks for it; where that failed, a person does.
        "is_new": survey is None and reading is None and not was_asked(domain),
        "can_read": can_read(domain),
        "may_change": rights.whole if desk is None else rights.may(desk.part),
    }
    if desk is None:
        return context
    rows = [_row(row) for row in items_of(domain, desk.noun)]
    parking = parking_of(pages, domain, plan, rights, is_parking) if desk.part == Part.REDIRECTS else None
    recent = list(changes_of(domain, desk.noun)[:MOST_CHANGES])
    shown = under_way or [operation for operation in recent[:1] if operation.state == "failed"]
    return context | {
        "desk": desk,
        "rows": rows,
        "room": room(domain, desk.noun, desk.create.name),
        "under_way": told_about(shown),
        "live": bool(reading)
        or any(not operation.is_final for operation in shown)
        or bool(parking and parking["changing"]),
        "item_route": f"{pages.prefix}domain-hosting-item",
        "list_route": f"{pages.prefix}domain-hosting-items",
        "can_change_them": offers(domain, *desk.change.methods),
        "parking": parking,
    }


def is_being_parked(domain: Domain) -> bool:
    """Whether the plan's waiting page is being turned on or off."""
    return still_open(changes_of(domain)).filter(kind="hosting.parking").exists()


def parking_of(
    pages: SettingPages, domain: Domain, plan: Plan | None, rights: Rights, changing: bool
) -> dict[str, Any] | None:
    """The switch of the plan's waiting page; None where there is none, or the asker may not see it."""
    if plan is None or not offers(domain, "hosting.set_parking") or not rights.may(Part.PARKING, Level.READ):
        return None
    return {
        "on": plan.parking,
        "changing": changing,
        "may_change": rights.may(Part.PARKING),
        "why_not": refusal(pages, domain, "hosting.set_parking"),
        "url": pages.url("domain-hosting-parking", domain.name),
    }


def tabs(pages: SettingPages, domain: Domain, rights: Rights, active: str) -> list[dict[str, Any]]:
    """The links between the pages of a name's services: those that its registrar has and the asker may see."""
    found = [
        {"label": _("Overview"), "url": pages.url(OVERVIEW, domain.name), "active": active == "", "count": ""}
    ]
    for slug, desk in DESKS.items():
        if offers(domain, desk.noun.reads) and rights.may(desk.part, Level.READ):
            found.append(
                {
                    "label": desk.title,
                    "icon": desk.icon,
                    "url": pages.url("domain-hosting-items", domain.name, slug),
                    "active": active == slug,
                    "count": "",
                }
            )
    return found


def refusal(pages: SettingPages, domain: Domain, *methods: str) -> str:
    """Why none of these can be done about the name now, or nothing."""
    try:
        require(domain.account, domain.tld_name, *methods)
        require_place(domain)
    except CannotDo as cannot:
        return pages.say(cannot)
    return ""


def read(pages: SettingPages, request: HttpRequest, domain: Domain, *, back: str) -> HttpResponseBase:
    """Have all of the name's services read, and go back to where it was asked for."""
    if can_read(domain):
        plan_reading(domain, actor=actor_of(request).user)
    return redirect(back)


def answer(
    pages: SettingPages,
    request: HttpRequest,
    context: dict[str, Any],
    template: str,
    form: Form | None,
    ask: Callable[[], Operation],
) -> HttpResponseBase:
    """The page, or what comes of asking: the list that follows it, the password that was made, or what was wrong."""
    domain: Domain = context["domain"]
    if form is not None and not (form.is_bound and form.is_valid()):
        return render(request, template, context, status=422 if form.errors else 200)
    try:
        operation = ask()
    except (CannotDo, AlreadyOpen) as cannot:
        busy = isinstance(cannot, AlreadyOpen)
        text = (
            _("This is being changed already. Wait for that to end.") if busy else pages.say(cannot)  # type: ignore[arg-type]
        )
        named = form is not None and "name" in form.fields and isinstance(cannot, Taken)
        if form is not None:
            form.add_error("name" if named else None, text)
        else:
            context["problem"] = text
        return render(request, template, context, status=BUSY if busy else 422)
    back = pages.url("domain-hosting-items", domain.name, context["desk"].noun.slug)
    if isinstance(form, ItemForm) and form.made:
        return shown_once(request, context, operation, back)
    return redirect(back)


def shown_once(
    request: HttpRequest, context: dict[str, Any], operation: Operation, back: str
) -> HttpResponseBase:
    """The password that was made, in the answer to the form and nowhere else: whoever loses it sets another.

    It is the operation's own, not the form's: the same form sent twice is one operation, with one password.
    """
    context |= {
        "password": operation.secrets.get("password", ""),
        "label": operation.label,
        "what": kind_label(operation.kind),
        "back": back,
    }
    response = render(request, "hosting/password.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


def _row(found: Item) -> dict[str, Any]:
    """One thing as its template reads it."""
    quota, usage = getattr(found, "quota", None), getattr(found, "usage", None)
    nearly = bool(quota and usage is not None and usage >= quota * 0.9)
    return {"item": found, "shown_name": shown_name(found.name), "nearly_full": nearly}


def _changing(domain: Domain, desk: Desk, found: Item) -> Operation | None:
    rows = still_open(changes_of(domain, desk.noun))
    return rows.filter(subject=desk.noun.subject_of(found.name)).first()


def told_about(operations: Iterable[Operation]) -> list[Told]:
    """Changes in words, in the order in which they are given."""
    return [
        Told(shown_name(found.label), kind_label(found.kind), describe(found), found) for found in operations
    ]
