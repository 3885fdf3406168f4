"""Courses at the desk: a course with whether the public sees it, its lessons, and the questions of each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet, SnippetViewSetGroup

from hermanar.foundation.editing import EditConflictError, claim
from hermanar.museum.models import Course, Lesson
from hermanar.museum.models.courses import LETTERS
from hermanar.museum.queries.courses import faults_of

_BOTH = ("", "_en")


class ReadAtForm(WagtailAdminModelForm):
    """A form that knows the version of the course it was read at: two people who mend one never undo each other."""

    read_at = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        course = self._course()
        self.fields["read_at"].initial = course.version if course else None

    def _course(self) -> Course | None:
        """Return the course that stands, or None while there is none."""
        raise NotImplementedError

    def _claim(self) -> None:
        """Take the next version of the course, or raise EditConflictError; part of the view's transaction."""
        course = self._course()
        if course is not None:
            claim(Course.objects.filter(pk=course.pk), version=self.cleaned_data.get("read_at") or 0)
            course.version = (self.cleaned_data["read_at"] or 0) + 1


class CourseForm(ReadAtForm):
    """A course; it is shown to the public only when it is whole."""

    is_shown = forms.BooleanField(label=gettext_lazy("Mostrar al público"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_shown"].initial = bool(self.instance.published_at)

    def _course(self) -> Course | None:
        return None if self.instance._state.adding else self.instance  # noqa: SLF001 (how Django tells)

    def clean_is_shown(self) -> bool:
        """Refuse to show what cannot be taken, and say what is missing."""
        is_shown = bool(self.cleaned_data["is_shown"])
        if is_shown:
            faults = faults_of(self.instance)
            if faults:
                raise forms.ValidationError([_("Todavía no se puede mostrar:"), *faults])
        return is_shown

    def save(self, commit: bool = True) -> Course:
        """Save under the next version; the moment of publication stays what it was."""
        self._claim()
        is_shown = self.cleaned_data["is_shown"]
        self.instance.published_at = (self.instance.published_at or timezone.now()) if is_shown else None
        saved: Course = super().save(commit=commit)
        return saved


class LessonForm(ReadAtForm):
    """A lesson; whatever changes in it makes the next version of its course."""

    def _course(self) -> Course | None:
        return self.instance.course if self.instance.course_id else None

    def _claim(self) -> None:
        if not self.instance._state.adding:  # noqa: SLF001 (how Django tells)
            super()._claim()

    def save(self, commit: bool = True) -> Lesson:
        """Save after the course was claimed."""
        self._claim()
        saved: Lesson = super().save(commit=commit)
        return saved


class KeepsBoth:
    """A view that tells of a conflict in the form, with what was typed."""

    def form_valid(self, form: Any) -> Any:
        """Save, unless somebody else did meanwhile."""
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except EditConflictError:
            message = _("Alguien más cambió este curso mientras tanto. Copie lo suyo, vuelva a abrirlo y póngalo ahí.")
            form.add_error(None, message)
            self.produced_error_message = message  # what Wagtail asks of a form that failed while it was saved
            return self.form_invalid(form)  # type: ignore[attr-defined]


class KeepingEditView(KeepsBoth, EditView):
    """The form of what stands."""


class KeepingCreateView(KeepsBoth, CreateView):
    """The form of what is new."""


def _pair(name: str) -> FieldRowPanel:
    return FieldRowPanel([FieldPanel(f"{name}{tail}") for tail in _BOTH])


class CourseViewSet(SnippetViewSet):
    """The list of courses, and the form of one."""

    model = Course
    icon = "openquote"
    menu_label = gettext_lazy("Cursos")
    list_display = ["title", "audience", "published_at", "version"]
    edit_view_class = KeepingEditView
    add_view_class = KeepingCreateView
    copy_view_enabled = False
    panels = [
        FieldPanel("read_at"),
        FieldPanel("is_shown"),
        _pair("title"),
        _pair("summary"),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("audience")]),
        FieldRowPanel([FieldPanel("pass_percent"), FieldPanel("position")]),
    ]


class LessonViewSet(SnippetViewSet):
    """The list of lessons, and the form of one with its questions."""

    model = Lesson
    icon = "doc-full"
    menu_label = gettext_lazy("Lecciones")
    list_display = ["__str__", "course"]
    list_filter = ["course"]
    edit_view_class = KeepingEditView
    add_view_class = KeepingCreateView
    copy_view_enabled = False
    panels = [
        FieldPanel("read_at"),
        FieldRowPanel([FieldPanel("course"), FieldPanel("number"), FieldPanel("slug")]),
        _pair("title"),
        FieldPanel(
            "body",
            help_text=gettext_lazy(
                "Una línea en blanco separa los párrafos. «## » empieza un título, «- » una lista, «1. » pasos; "
                "*palabra* la destaca y [2] nombra la segunda fuente. «= 1 de 34 | lo que dice» es una cifra grande; "
                "«o 1/34 | lo que dice», rayas que se cuentan; «% 80 | lo que dice», una barra de cada cien."
            ),
        ),
        FieldPanel("body_en"),
        FieldPanel("sources", help_text=gettext_lazy("Una por renglón: clave de la fuente | dónde está en ella.")),
        InlinePanel(
            "questions",
            label=gettext_lazy("Pregunta"),
            panels=[
                FieldRowPanel([FieldPanel("number"), FieldPanel("is_final"), FieldPanel("right")]),
                _pair("text"),
                MultiFieldPanel([_pair(f"option_{letter}") for letter in LETTERS]),
                _pair("explanation"),
            ],
        ),
    ]


Course.base_form_class = CourseForm  # type: ignore[attr-defined]
Lesson.base_form_class = LessonForm


class CoursesGroup(SnippetViewSetGroup):
    """What the house teaches."""

    items = (CourseViewSet, LessonViewSet)
    menu_icon = "openquote"
    menu_label = gettext_lazy("Cursos")
    menu_name = "courses"
    menu_order = 320


register_snippet(CoursesGroup)
