"""The pages of a change of many names, alike for every audience: choosing, preview, start, progress, list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.signing import BadSignature
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_filters import FilterSet

from panel.access.actor import Actor
from panel.access.rules import actor_of
from panel.billing.queries import lacking, wallet_of
from panel.core.listing import Listing
from panel.core.mark import mark_of
from panel.core.tables import Table
from panel.domain.bulk import services
from panel.domain.bulk.contact_forms import ManyBooks
from panel.domain.bulk.forms import NoSuchAction, ValuesForm, form_for, wanted
from panel.domain.bulk.preview import MOST_NAMES, Outcome, Preview, TooMany, preview, read_ticket
from panel.domain.bulk.queries import LIVE, NOT_DONE, Result, counts, items_of
from panel.domain.bulk.selection import Selection, UnknownFilter, read, resolve
from panel.domain.bulk.tables import ItemFilter
from panel.domain.bulk.words import LOOKS, PRICED, Side, choices, detail_of, summary, title_of
from panel.domain.models import BulkJob, Domain

STOP_POLLING = 286
CONFLICT = 409
# The address of renewing all that expire within so many days, without its beginning.
DUE = {days: urlencode({"action": "renew", "all": 1, "filter": f"expires={days}"}) for days in (30, 60, 90)}


@dataclass(frozen=True, slots=True)
class BulkPages:
    """The pages for one audience: which names and jobs it may see, and where its pages are."""

    audience: Side
    prefix: str
    names: Callable[[Actor], QuerySet[Domain]]
    jobs: Callable[[Actor], QuerySet[BulkJob]]
    filterset: type[FilterSet]
    item_table: type[Table]
    renewal_table: type[Table]
    job_table: type[Table]

    def offered(self, actor: Actor) -> dict[str, Any]:
        """What a list of names needs to offer changes of many of them."""
        base = reverse(self._url("job-new"))
        due = [{"days": number, "url": f"{base}?{query}"} for number, query in DUE.items()]
        return {
            "bulk_choices": choices(self.audience),
            "bulk_due": due if self._may_change(actor) else [],
            **self._urls(),
        }

    # --- choosing and previewing --------------------------------------------------------------------------------

    def new(self, request: HttpRequest) -> HttpResponseBase:
        """What would happen to the chosen names; before that, what the action has to know. Changes nothing."""
        actor = actor_of(request)
        data = request.POST if request.method == "POST" else request.GET
        try:
            selection = read(data)
            if not selection:
                return self._back(request, _("Nothing was selected."))
            action, values = self._wanted(actor, selection, data.get("action", ""))
            chosen = self._chosen(request, actor, selection)
        except (BadSignature, NoSuchAction, UnknownFilter):
            return self._back(request, _("Choose the names and what to do with them once more."))
        if not values:
            try:
                form = form_for(action, data if "answered" in data else None, actor, self.audience, chosen)
            except ManyBooks:
                text = _("Contacts are of one customer's book: choose names of one customer.")
                return self._back(request, text)
            if form is not None:
                if not form.is_valid():
                    return self._ask(request, action, selection, form, chosen.count())
                values = form.values
        return self._judged(request, actor, action, values, selection, chosen)

    def start(self, request: HttpRequest) -> HttpResponseBase:
        """Accept exactly what was seen, as one job however often the button is pressed."""
        actor = actor_of(request)
        try:
            ticket = read_ticket(request.POST.get("ticket", ""), actor)
            first = self.jobs(actor).filter(key=ticket.key).first()
            if first is not None:
                return redirect(self._url("job"), first.public_id)
            seen = preview(
                ticket.action, ticket.values, ticket.selection, self._chosen(request, actor, ticket.selection)
            )
            if seen.digest != ticket.digest:
                return self._show(request, actor, seen, status=CONFLICT)
            job = services.start(
                seen, key=ticket.key, actor=actor,
                customer=actor.customer if self.audience == "customer" else None,
                brand=actor.brand if self.audience == "brand" else None,
                retry_of=self.jobs(actor).filter(public_id=ticket.selection.job or None).first(),
            )  # fmt: skip
        except (BadSignature, UnknownFilter, TooMany, services.NothingToDo):
            return self._back(request, _("Choose the names and what to do with them once more."))
        return redirect(self._url("job"), job.public_id)

    def _wanted(self, actor: Actor, selection: Selection, word: str) -> tuple[str, dict[str, Any]]:
        """The action and what is known of its values: those of the job that is tried again, or the choice's own."""
        if not selection.job:
            return wanted(word, self.audience)
        job = get_object_or_404(self.jobs(actor), public_id=selection.job)
        return job.action, job.values

    def _chosen(self, request: HttpRequest, actor: Actor, selection: Selection) -> QuerySet[Domain]:
        return resolve(selection, self.names(actor), self.jobs(actor), self.filterset, request)

    def _ask(
        self, request: HttpRequest, action: str, selection: Selection, form: ValuesForm, number: int
    ) -> HttpResponse:
        context = {
            "title": title_of(action, {}),
            "action": action,
            "selection": selection.text,
            "form": form,
            "number": number,
            "bookless": hasattr(form, "book") and not form.book.exists(),
            "crumbs": [self._domains_crumb()],
            **self._urls(),
        }
        return render(request, "jobs/ask.html", context, status=422 if form.errors else 200)

    def _judged(
        self,
        request: HttpRequest,
        actor: Actor,
        action: str,
        values: dict[str, Any],
        selection: Selection,
        chosen: QuerySet[Domain],
    ) -> HttpResponseBase:
        try:
            seen = preview(action, values, selection, chosen)
        except TooMany:
            most = number_format(MOST_NAMES, force_grouping=True)
            text = _("At most %(most)s names at once: narrow the filter.") % {"most": most}
            return self._back(request, text)
        if not seen.rows:
            return self._back(request, _("None of the names is there any more."))
        return self._show(request, actor, seen)

    def _show(self, request: HttpRequest, actor: Actor, seen: Preview, *, status: int = 200) -> HttpResponse:
        totals = seen.totals()
        purse, others = None, {} if self.audience == "customer" else totals
        if self.audience == "customer" and actor.customer in totals:
            wallet, total = wallet_of(actor.customer), totals[actor.customer]
            purse = {"wallet": wallet, "total": total, "missing": max(total - wallet.available, 0)}
        context = {
            "title": title_of(seen.action, seen.values),
            "detail": detail_of(seen.action, seen.values),
            "seen": seen,
            "numbers": seen.numbers,
            "total": len(seen.rows),
            "groups": seen.groups(by_account=self.audience == "staff"),
            "first": (first := seen.first_ready),
            "rest": seen.numbers[Outcome.READY] - len(first),
            "purse": purse,
            "totals": list(others.items()),
            "short": list(lacking(others).items()),
            "is_staff_page": self.audience == "staff",
            "changed": status == CONFLICT,
            "ticket": seen.ticket(actor),
            "crumbs": [self._domains_crumb()],
            **self._urls(),
        }
        return render(request, "jobs/preview.html", context, status=status)

    # --- jobs ---------------------------------------------------------------------------------------------------

    def list(self, request: HttpRequest) -> HttpResponseBase:
        """Every job that the person may see, newest first."""
        listing = Listing(
            request, self.jobs(actor_of(request)), table=self.job_table, default_sort="-pk",
            label=_("Changes of many names"), empty="jobs/part/empty.html", csv_enabled=False,
        )  # fmt: skip
        found = counts(listing.page.rows)
        for job in listing.page.rows:
            job.found = found[job.pk]
        return listing.render("jobs/list.html", {"crumbs": [self._domains_crumb()], **self._urls()})

    def job(self, request: HttpRequest, public_id: str) -> HttpResponseBase:
        """How far a job has come, and what became of each name; it follows by itself until nothing moves any more."""
        actor = actor_of(request)
        job = get_object_or_404(self.jobs(actor), public_id=public_id)
        found = counts([job])[job.pk]
        if found[Result.WAITING]:
            services.wake_if_due(job)
        context = self._progress(actor, job, found)
        if getattr(request, "htmx", None) and request.htmx.target == "job-progress":  # type: ignore[attr-defined]
            return self._news(request, context)
        table = self.renewal_table if job.action in PRICED else self.item_table
        listing = Listing(
            request, items_of(job), table=table, filterset=ItemFilter, default_sort="pk",
            label=_("Names of this change"), placeholder=_("Part of the name"),
        )  # fmt: skip
        if listing.wants_csv:
            return listing.csv(job.public_id)
        return listing.render("jobs/job.html", context)

    def cancel(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Leave alone what no worker has planned yet."""
        job = get_object_or_404(self.jobs(actor_of(request)), public_id=public_id)
        stopped = services.cancel(job)
        if stopped:
            text = ngettext("%(n)s name is left alone.", "%(n)s names are left alone.", stopped)
            messages.success(request, text % {"n": number_format(stopped, force_grouping=True)})
        else:
            messages.info(request, _("Nothing was left to stop: all of it has begun."))
        return redirect(self._url("job"), public_id)

    def _news(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        if context["live"] and request.GET.get("seen") == context["mark"]:
            return HttpResponse(status=204)
        status = 200 if context["live"] else STOP_POLLING
        response = render(request, "jobs/job.html#progress", context, status=status)
        response["HX-Trigger"] = "job-moved"
        return response

    def _progress(self, actor: Actor, job: BulkJob, found: Counter[Result]) -> dict[str, Any]:
        here = reverse(self._url("job"), args=[job.public_id])
        figures = [
            {
                "label": str(result.label),
                "number": found[result],
                "tone": LOOKS[result][0],
                "icon": LOOKS[result][1],
                "url": f"{here}?result={result.value}",
            }
            for result in Result
            if found[result]
        ]
        return {
            "job": job,
            "here": here,
            "title": title_of(job.action, job.values),
            "detail": detail_of(job.action, job.values),
            "words": summary(job, found),
            "figures": figures,
            "settled": job.total - sum(found[result] for result in LIVE),
            "live": any(found[result] for result in LIVE),
            "waiting": found[Result.WAITING],
            "again": sum(found[result] for result in NOT_DONE),
            "mark": mark_of(sorted(found.items())),
            "may_act": self._may_change(actor),
            "cancel_url": reverse(self._url("job-cancel"), args=[job.public_id]),
            "crumbs": [
                self._domains_crumb(),
                {"label": _("Changes of many names"), "url": reverse(self._url("jobs"))},
            ],
            **self._urls(),
        }

    def _may_change(self, actor: Actor) -> bool:
        return self.audience != "customer" or actor.can_change

    # --- where --------------------------------------------------------------------------------------------------

    def _url(self, name: str) -> str:
        return f"{self.prefix}{name}"

    def _urls(self) -> dict[str, str]:
        """The addresses that the templates need, which are the audience's own."""
        names = {
            "new_url": "job-new", "start_url": "job-start", "jobs_url": "jobs", "domains_url": "domains",
            "zones_url": "dns-replace",
        }  # fmt: skip
        return {key: reverse(self._url(name)) for key, name in names.items()}

    def _domains_crumb(self) -> dict[str, str]:
        return {"label": _("Domains"), "url": reverse(self._url("domains"))}

    def _back(self, request: HttpRequest, text: str) -> HttpResponse:
        """To the list from which the person came, with its filter."""
        messages.warning(request, text)
        query = request.POST.get("filter", "")
        return redirect(reverse(self._url("domains")) + (f"?{query}" if query else ""))
