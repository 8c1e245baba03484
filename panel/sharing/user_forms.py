"""What staff enter about users of a registrar account."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.account.models import Account
from panel.domain.models import Domain
from panel.domain.names import ImpossibleName, to_a_label
from panel.sharing.forms import LevelsForm
from panel.sharing.models import RemoteUser

# The manual does not say which names there may be: letters, digits and these few.
USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{2,63}")


class NewUserForm(forms.Form):
    """A user to be made."""

    use_required_attribute = False
    username = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=64,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
        help_text=gettext_lazy("3 to 64 letters, digits, dots, dashes, underscores or @."),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail of the person"),
        required=False,
        help_text=gettext_lazy("As in People with access, so that both can be compared."),
    )

    def __init__(self, *args: Any, account: Account, **named: Any) -> None:
        super().__init__(*args, **named)
        self.account = account

    def clean_username(self) -> str:
        """A name that can be, and that is not there yet."""
        username: str = self.cleaned_data["username"]
        if not USERNAME.fullmatch(username):
            raise forms.ValidationError(_("3 to 64 letters, digits, dots, dashes, underscores or @."))
        if RemoteUser.objects.filter(account=self.account, username__iexact=username).exists():
            raise forms.ValidationError(_("There is a user of this name already."))
        return username

    def clean_email(self) -> str:
        """As it is stored."""
        email: str = self.cleaned_data["email"]
        return email.strip().lower()


class LendForm(LevelsForm):
    """A name of the account, and what is lent of it there."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=253,
        widget=forms.TextInput({"spellcheck": "false", "autocapitalize": "none"}),
    )
    field_order = ("name", "preset")

    def __init__(self, *args: Any, scope: QuerySet[Domain], **named: Any) -> None:
        super().__init__(*args, **named)
        self.scope = scope
        # The registrar knows neither a last day nor a note.
        del self.fields["until"], self.fields["note"]

    def clean_name(self) -> str:
        """A name of this account."""
        typed: str = self.cleaned_data["name"]
        try:
            name = ".".join(to_a_label(label) for label in typed.strip().strip(".").split("."))
        except ImpossibleName as impossible:
            raise forms.ValidationError(str(impossible)) from None
        if not self.scope.filter(name=name).exists():
            raise forms.ValidationError(_("There is no such name in this account."))
        return name


class DeleteUserForm(forms.Form):
    """The user's name, typed, since it cannot be undone."""

    use_required_attribute = False
    typed = forms.CharField(
        label=gettext_lazy("Type the user's name"),
        max_length=64,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
    )

    def __init__(self, *args: Any, user: RemoteUser, **named: Any) -> None:
        super().__init__(*args, **named)
        self.user = user

    def clean_typed(self) -> str:
        """Exactly the name."""
        typed: str = self.cleaned_data["typed"].strip()
        if typed != self.user.username:
            raise forms.ValidationError(_("This is not the user's name."))
        return typed
