"""The tags of a name, for every audience."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from panel.access.rules import actor_of
from panel.domain.refusals import CannotDo
from panel.domain.setting_pages import SettingPages
from panel.domain.tags.forms import TagsForm
from panel.domain.tags.queries import tags_beside, tags_on
from panel.domain.tags.services import set_tags


def tags(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """Write which tags the name bears; nothing is asked of a registrar."""
    actor = actor_of(request)
    domain = pages.find(actor, name)
    known = list(tags_beside(domain).values_list("name", flat=True))
    form = TagsForm(
        request.POST if request.method == "POST" else None,
        known=known, initial={"tags": ", ".join(tags_on(domain))},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            set_tags(domain, form.cleaned_data["tags"], actor=actor.user)
        except CannotDo as refusal:
            form.add_error("tags", pages.say(refusal))
        else:
            return redirect(pages.url("domain", name))
    context = pages.context(domain, form=form)
    return render(request, "domains/tags.html", context, status=422 if form.errors else 200)
