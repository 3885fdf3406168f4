"""Translations at the desk: opened, one always stands beside what its original says now; each city's are its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path
from wagtail import hooks
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views.convert import convert_to_alias
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView


@hooks.register("before_edit_page", order=-10)
def bring_original_up_to_date(request: Any, page: Page) -> None:
    """Read the original again if it was published since; what did not change stays translated."""
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    )
    found = translation.select_related("source").first()
    if found is None:
        return
    original = Page.objects.filter(translation_key=page.translation_key, locale=found.source.locale_id).first()
    if original and original.last_published_at and original.last_published_at > found.source.last_updated_at:
        with transaction.atomic():
            found.source.update_from_db()


def _require_edit(request: HttpRequest, page: Page) -> None:
    if not page.specific.permissions_for_user(request.user).can_edit():
        raise PermissionDenied


class OwnUpdate(UpdateTranslationsView):
    """Bring translations up to date: of what one may edit; and publish them only where one may publish each."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask first."""
        source = get_object_or_404(TranslationSource, pk=kwargs["translation_source_id"])
        self.pages = list(Page.objects.filter(translation_key=source.object_id))
        original = next((page for page in self.pages if page.locale_id == source.locale_id), None)
        if original is None:
            raise Http404
        _require_edit(request, original)
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_form(self) -> forms.Form:
        """Leave out publishing for who may not."""
        form: forms.Form = super().get_form()
        if not all(page.specific.permissions_for_user(self.request.user).can_publish() for page in self.pages):
            form.fields["publish_translations"].disabled = True
            form.fields["publish_translations"].widget = forms.HiddenInput()
        return form


class OwnSubmit(SubmitPageTranslationView):
    """Make the page of the other language, of a page that one may edit."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask first."""
        _require_edit(request, get_object_or_404(Page, pk=kwargs["page_id"]))
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer


def convert(request: HttpRequest, page_id: int) -> HttpResponse:
    """Put the original in place of a translation: that changes what the public reads, so whoever publishes does it."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    answer: HttpResponse = convert_to_alias(request, page_id)
    return answer


@hooks.register("register_admin_urls", order=-10)
def own_addresses() -> list[Any]:
    """Return what answers in place of wagtail-localize, which asks none of this."""
    return [
        path("localize/update/<int:translation_source_id>/", OwnUpdate.as_view()),
        path("localize/submit/page/<int:page_id>/", OwnSubmit.as_view()),
        path("localize/page/<int:page_id>/convert_to_alias/", convert),
    ]
