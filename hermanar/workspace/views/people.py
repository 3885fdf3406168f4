"""Who works in an office: members, invitations, roles."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from uuid import UUID

from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hermanar.foundation.access import GRANTED, Role, Verb, can, can_in
from hermanar.offices.actions import change_role, end_membership, invite, withdraw_invitation
from hermanar.offices.actions.members import InvitationSent
from hermanar.offices.models import Invitation, Membership
from hermanar.offices.queries import members_of, open_invitations
from hermanar.offices.rules import OfficeError, verb_to_give
from hermanar.offices.vocabulary import REFUSALS, VERBS, MemberRole
from hermanar.workspace.forms.people import InvitationForm, RoleForm, roles_of
from hermanar.workspace.views.door import MemberRequest, member

_log = logging.getLogger(__name__)


@member()
def people(request: MemberRequest) -> HttpResponse:
    """Show who works here and what each may do; invite, for whom that is."""
    may_manage = can(request.actor, Verb.MANAGE_MEMBERS)
    form = None
    if may_manage:
        form = InvitationForm(request.POST or None, office=request.office, by=request.actor)
        if request.method == "POST" and form.is_valid():
            email = form.cleaned_data["email"]
            if not members_of(request.office.pk).filter(user__email__iexact=email).exists():
                return _invite(request, form)
            form.add_error("email", REFUSALS["member_already"])
    invitations = open_invitations(now=timezone.now()).filter(office=request.office) if may_manage else ()
    context = {
        "members": [(one, _may_take(request, one.role)) for one in members_of(request.office.pk)],
        "invitations": [(one, _may_take(request, one.role)) for one in invitations],
        "roles": [(label, _words(role)) for role, label in roles_of(request.office)],
        "form": form,
    }
    return render(request, "workspace/people/list.html", context)


def _may_take(request: MemberRequest, role: str) -> bool:
    """Say whether one may take this role away from a person who has it, or was asked to have it."""
    return can_in(request.actor, verb_to_give(Role(role)), office=request.office.pk)


def _of_administrators(request: MemberRequest) -> HttpResponse:
    """Say why one may not, on the page of all people."""
    messages.error(request, REFUSALS["role_of_administrators"])
    return redirect("workspace:people")


def _words(role: str) -> list[str]:
    """Say what a role may do, in the order of the table."""
    granted = GRANTED[Role(role)]
    return [str(words) for verb, words in VERBS.items() if verb in granted]


def _invite(request: MemberRequest, form: InvitationForm) -> HttpResponse:
    role = MemberRole(form.cleaned_data["role"])
    sent = invite(form.cleaned_data["email"], office=request.office.pk, role=role, by=request.actor)
    try:
        _send(request, sent)
    except (OSError, SMTPException):
        _log.exception("an invitation could not be sent")
        withdraw_invitation(sent.invitation.pk, by=request.actor)
        messages.error(request, _("El correo no salió y la invitación se retiró. Pruebe otra vez en unos minutos."))
    else:
        messages.success(request, _("Enviamos la invitación a %(email)s.") % {"email": sent.invitation.email})
    return redirect("workspace:people")


def _send(request: MemberRequest, sent: InvitationSent) -> None:
    link = request.build_absolute_uri(reverse("account_invitation", args=[sent.token]))
    context = {"office": request.office, "invitation": sent.invitation, "link": link}
    subject = _("Invitación a %(office)s en Hermanar") % {"office": request.office.name}
    send_mail(subject, render_to_string("workspace/mail/invitation.txt", context), None, [sent.invitation.email])


@member(Verb.MANAGE_MEMBERS)
def withdraw(request: MemberRequest, invitation: UUID) -> HttpResponse:
    """Take an invitation back."""
    kept = Invitation.objects.filter(pk=invitation, office=request.office).first()
    if kept is None:
        raise Http404
    if not _may_take(request, kept.role):
        return _of_administrators(request)
    if request.method == "POST":
        _try(request, lambda: withdraw_invitation(invitation, by=request.actor), _("La invitación se retiró."))
    return redirect("workspace:people")


@member(Verb.MANAGE_MEMBERS)
def role(request: MemberRequest, membership: UUID) -> HttpResponse:
    """Give a member another role; their open sessions end."""
    kept = _membership(request, membership)
    if not _may_take(request, kept.role):
        return _of_administrators(request)
    form = RoleForm(request.POST or None, membership=kept, by=request.actor)
    if request.method == "POST" and form.is_valid():
        chosen = MemberRole(form.cleaned_data["role"])
        if chosen.value != kept.role:
            _try(request, lambda: change_role(kept.pk, role=chosen, by=request.actor), _("El papel cambió."))
        return redirect("workspace:people")
    return render(request, "workspace/people/role.html", {"form": form, "kept": kept})


@member(Verb.MANAGE_MEMBERS)
def end(request: MemberRequest, membership: UUID) -> HttpResponse:
    """End a person's work in the office; their open sessions end."""
    kept = _membership(request, membership)
    if not _may_take(request, kept.role):
        return _of_administrators(request)
    if request.method == "POST":
        _try(request, lambda: end_membership(kept.pk, by=request.actor), _("La persona dejó la oficina."))
        return redirect("workspace:people")
    return render(request, "workspace/people/end.html", {"kept": kept})


def _membership(request: MemberRequest, membership: UUID) -> Membership:
    kept = Membership.objects.filter(pk=membership, office=request.office).select_related("user", "office").first()
    if kept is None:
        raise Http404
    return kept


def _try(request: MemberRequest, act, done: str) -> None:
    """Do it and say so, or say why not."""
    try:
        act()
    except OfficeError as refused:
        messages.error(request, REFUSALS[str(refused)])
    else:
        messages.success(request, done)
