"""Works of the collection at the desk: what the museum says of a gift that its office has let the public see."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from hermanar.catalogue.gifts import WorkLine
from hermanar.catalogue.read.gifts import keeper_of, works_of_hosts
from hermanar.foundation.access import Actor
from hermanar.foundation.editing import EditConflictError
from hermanar.museum.actions.exhibits import keep_exhibit, publish_exhibit, unpublish_exhibit
from hermanar.museum.desk.rooms import hosts_of, role_for
from hermanar.museum.models import Exhibit
from hermanar.museum.reserved import check_address
from hermanar.museum.rules.exhibits import (
    LONGEST_SLUG,
    STATEMENTS,
    UNEVALUATED,
    ExhibitDraft,
    ExhibitRefusal,
    ExhibitRefusedError,
)
from hermanar.museum.views.day import language
from hermanar.museum.works import RIGHTS

_FIELD_OF = {
    ExhibitRefusal.BAD_SLUG: ("slug", gettext_lazy("Use letras sin acento, números y guiones: «oleo-de-la-plaza».")),
    ExhibitRefusal.SLUG_LIKE_CODE: ("slug", gettext_lazy("Termina como la clave de otra obra: cámbiela un poco.")),
    ExhibitRefusal.SLUG_TAKEN: ("slug", gettext_lazy("Otra obra ya tiene esa dirección.")),
    ExhibitRefusal.SLUG_FROZEN: ("slug", gettext_lazy("Ya fue pública: su dirección no cambia.")),
    ExhibitRefusal.UNKNOWN_RIGHTS: ("rights", gettext_lazy("Elija una de la lista.")),
    ExhibitRefusal.NOTHING_SAID: (None, gettext_lazy("Para mostrarla escriba su historia o elija sus derechos.")),
    ExhibitRefusal.NO_RECORD: (None, gettext_lazy("Ese regalo ya no existe.")),
}  # fmt: skip


class ExhibitForm(forms.Form):
    """What the museum says of a gift."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    slug = forms.CharField(
        label=gettext_lazy("Su dirección"), max_length=LONGEST_SLUG,
        help_text=gettext_lazy("Corta y para siempre: museo/coleccion/oleo-de-la-plaza."),
    )  # fmt: skip
    story = forms.CharField(label=gettext_lazy("Su historia"), required=False, widget=forms.Textarea(attrs={"rows": 8}))
    story_en = forms.CharField(
        label=gettext_lazy("Su historia en inglés"), required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    rights = forms.ChoiceField(
        label=gettext_lazy("Qué derechos tiene la fotografía"),
        choices=[(code, RIGHTS.get(code, said)) for code, (_uri, said) in STATEMENTS.items()],
    )
    is_shown = forms.BooleanField(label=gettext_lazy("Mostrarlo en el museo"), required=False)

    def clean_slug(self) -> str:
        """Refuse an address below the collection that is not a work's."""
        slug: str = self.cleaned_data["slug"]
        check_address(f"/coleccion/{slug}/", answered_by={"museum:exhibit"})
        return slug

    def refuse(self, refused: ExhibitRefusedError) -> None:
        """Put each refusal beside its field."""
        for refusal in refused.refusals:
            name, words = _FIELD_OF[refusal]
            self.add_error(name, str(words))


def _mine(request: HttpRequest) -> dict[UUID, WorkLine]:
    return dict(works_of_hosts(hosts_of(request.user), language=language()))  # type: ignore[arg-type]


def exhibits(request: HttpRequest) -> HttpResponse:
    """List the works of one's cities and what the museum already says of each."""
    mine = _mine(request)
    known = {one.gift: one for one in Exhibit.objects.filter(gift__in=mine)}
    rows = [{"key": key, "line": line, "exhibit": known.get(key)} for key, line in mine.items()]
    return render(request, "museum/desk/exhibits.html", {"rows": rows})


def exhibit(request: HttpRequest, gift: UUID) -> HttpResponse:
    """Write what the museum says of a work, and show or hide it."""
    line = _mine(request).get(gift)
    if line is None:
        raise Http404
    known = Exhibit.objects.filter(gift=gift).first()
    form = ExhibitForm(request.POST or None, initial=_initial(known, line))
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, gift, form, known)
        except ExhibitRefusedError as refused:
            form.refuse(refused)
        except EditConflictError:
            form.add_error(None, _("Alguien la cambió mientras usted escribía. Abra la obra de nuevo y compare."))
        else:
            messages.success(request, _("Guardado."))
            return redirect("museum_exhibits")
    return render(request, "museum/desk/exhibit.html", {"form": form, "line": line, "gift": gift})


def _initial(known: Exhibit | None, line: WorkLine) -> dict[str, Any]:
    if known is None:
        return {"slug": line.slug.rpartition("-")[0], "rights": UNEVALUATED}
    told = {name: getattr(known, name) for name in ("version", "slug", "story", "story_en", "rights")}
    return {**told, "is_shown": known.published_at is not None}


@transaction.atomic  # what may not be shown is not written either: the form stands as it was typed
def _keep(request: HttpRequest, gift: UUID, form: ExhibitForm, known: Exhibit | None) -> None:
    """Write and then show or hide, as the form says."""
    given = form.cleaned_data
    by = _actor(request, gift)
    draft = ExhibitDraft(given["slug"], given["story"], given["story_en"], given["rights"])
    made = keep_exhibit(gift, by=by, draft=draft, version=given["version"])
    was_shown = known is not None and known.published_at is not None
    if given["is_shown"] and not was_shown:
        publish_exhibit(gift, by=by, version=made.version)
    elif was_shown and not given["is_shown"]:
        unpublish_exhibit(gift, by=by, version=made.version)


def _actor(request: HttpRequest, gift: UUID) -> Actor:
    """Return the person as what they are in the city of a work; the list has already asked which."""
    keeper = keeper_of(gift)
    office, city = keeper or (None, "")
    user = request.user
    return Actor(str(user.pk), role_for(user, [city]), office, user.pk)  # type: ignore[arg-type]


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """Return the addresses of these pages below the desk's."""
    return [
        path("museo/obras/", exhibits, name="museum_exhibits"),
        path("museo/obras/<uuid:gift>/", exhibit, name="museum_exhibit"),
    ]


class ExhibitsItem(MenuItem):
    """For who works in the rooms of a city."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Leave it out for who was invited into one room."""
        return bool(hosts_of(request.user))  # type: ignore[arg-type]


@hooks.register("register_admin_menu_item")
def exhibits_item() -> MenuItem:
    """Return the way to the works."""
    return ExhibitsItem(gettext_lazy("Obras"), reverse("museum_exhibits"), name="obras", icon_name="image", order=320)
