"""Forms about people: an invitation, a role, an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.utils.translation import gettext_lazy as _

from hermanar.foundation.access import Actor, Role, can_in
from hermanar.foundation.models import User
from hermanar.offices.models import Membership, Office
from hermanar.offices.rules import may_hold, verb_to_give
from hermanar.offices.vocabulary import MemberRole

LONGEST_EMAIL = 150  # the address is also the name of the account


def roles_of(office: Office) -> list[tuple[str, str]]:
    """Return the roles an office of its level can have, with their words."""
    return [(role.value, str(role.label)) for role in MemberRole if may_hold(Role(role.value), level=office.level)]


def roles_to_give(office: Office, *, by: Actor) -> list[tuple[str, str]]:
    """Return the roles a person may give to another in an office, with their words."""
    return [each for each in roles_of(office) if can_in(by, verb_to_give(Role(each[0])), office=office.pk)]


class InvitationForm(forms.Form):
    """Whom to invite, and to do what."""

    email = forms.EmailField(label=_("Correo"), max_length=LONGEST_EMAIL)
    role = forms.ChoiceField(label=_("Papel"))

    def __init__(self, *args: Any, office: Office, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("Elija")), *roles_to_give(office, by=by)]  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(label=_("Papel"))

    def __init__(self, *args: Any, membership: Membership, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["role"] = membership.role
        kept = (membership.role, str(MemberRole(membership.role).label))  # the one they have is always there to keep
        given = [each for each in roles_to_give(membership.office, by=by) if each != kept]
        self.fields["role"].choices = [kept, *given]  # type: ignore[attr-defined]


class AccountForm(forms.Form):
    """The account of whoever was invited."""

    name = forms.CharField(
        label=_("Nombre completo"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Contraseña"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """Hold the password to the rules, which know the person's name and address."""
        given = super().clean() or self.cleaned_data
        if "password" in given:
            person = User(username=self.email, email=self.email, first_name=given.get("name", ""))
            try:
                validate_password(given["password"], person)
            except forms.ValidationError as faults:
                self.add_error("password", faults)
        return given
