"""Courses at the desk: a course with whether the public sees it, its lessons, and the questions of each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet, SnippetViewSetGroup

from hermanar.foundation.access import Actor
from hermanar.foundation.editing import EditConflictError
from hermanar.museum.actions.courses import (
    LessonDraft,
    UnfinishedCourseError,
    keep_course,
    keep_lesson,
    publish_course,
    unpublish_course,
)
from hermanar.museum.desk.rooms import role_for
from hermanar.museum.models import Course, HomePage, Lesson
from hermanar.museum.models.courses import LETTERS
from hermanar.museum.queries.courses import COURSE_FIELDS, LESSON_FIELDS, QUESTION_FIELDS, faults_of
from hermanar.museum.reserved import check_address

_BOTH = ("", "_en")


class ReadAtForm(WagtailAdminModelForm):
    """A form that knows the version of the course it was read at: two people who mend one never undo each other."""

    read_at = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = self.instance._state.adding  # noqa: SLF001 (how Django tells)
        course = self._course()
        self.fields["read_at"].initial = course.version if course else None

    def _course(self) -> Course | None:
        """Return the course that stands, or None while there is none."""
        raise NotImplementedError

    @property
    def read_version(self) -> int:
        """Return the version of the course that was read."""
        return self.cleaned_data.get("read_at") or 0

    @property
    def by(self) -> Actor:
        """Return who writes: a course is of the whole house, and so of who approves for its city."""
        hosts = HomePage.objects.values_list("host", flat=True)
        return Actor(str(self.for_user.pk), role_for(self.for_user, hosts), user=self.for_user.pk)


class CourseForm(ReadAtForm):
    """A course; it is shown to the public only when it is whole."""

    is_shown = forms.BooleanField(label=gettext_lazy("Mostrar al público"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was_shown = bool(self.instance.published_at)
        self.fields["is_shown"].initial = self.was_shown

    def _course(self) -> Course | None:
        return None if self.is_new else self.instance

    def clean_slug(self) -> str:
        """Refuse an address that is not a course's."""
        slug: str = self.cleaned_data["slug"]
        check_address(f"/cursos/{slug}/", answered_by={"museum:course"})
        return slug

    def clean_is_shown(self) -> bool:
        """Refuse to show what cannot be taken, and say what is missing."""
        is_shown = bool(self.cleaned_data["is_shown"])
        if is_shown:
            faults = faults_of(self.instance)
            if faults:
                raise forms.ValidationError([_("Todavía no se puede mostrar:"), *faults])
        return is_shown

    def save(self, commit: bool = True) -> Course:  # noqa: ARG002 (the verbs write)
        """Keep the course under its next version; hide it before, or show it after, where that was asked."""
        values = {name: self.cleaned_data[name] for name in (*COURSE_FIELDS, "slug", "position")}
        course, read = None if self.is_new else self.instance.pk, self.read_version
        is_shown = self.cleaned_data["is_shown"]
        with transaction.atomic():
            if course and self.was_shown and not is_shown:  # what nobody sees may be unfinished
                unpublish_course(course, version=read, by=self.by)
                read += 1
            kept = keep_course(values, by=self.by, course=course, version=read)
            if is_shown and not self.was_shown:
                publish_course(kept.pk, version=kept.version, by=self.by, at=timezone.now())
        return Course.objects.get(pk=kept.pk)


class LessonForm(ReadAtForm):
    """A lesson; whatever changes in it makes the next version of its course, which it never leaves."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].disabled = not self.is_new

    def _course(self) -> Course | None:
        return self.instance.course if self.instance.course_id else None

    def clean_slug(self) -> str:
        """Refuse an address that is not a lesson's."""
        slug: str = self.cleaned_data["slug"]
        check_address(f"/cursos/curso/{slug}/", answered_by={"museum:lesson"})
        return slug

    def save(self, commit: bool = True) -> Lesson:  # noqa: ARG002 (the verbs write)
        """Keep the lesson with its questions, in the next version of its course."""
        values = {name: self.cleaned_data[name] for name in LESSON_FIELDS}
        formset = self.formsets["questions"]
        asked = [form.cleaned_data for form in formset.forms if form.cleaned_data and form not in formset.deleted_forms]
        questions = [{name: one[name] for name in QUESTION_FIELDS} for one in asked]
        lesson = None if self.is_new else self.instance.pk
        return keep_lesson(
            LessonDraft(values, questions), course=self.cleaned_data["course"].pk, by=self.by, lesson=lesson,
            version=None if self.is_new else self.read_version,
        )  # fmt: skip


class KeepsBoth:
    """A view that tells of a conflict in the form, with what was typed."""

    def form_valid(self, form: Any) -> Any:
        """Save, unless somebody else did meanwhile."""
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except EditConflictError:
            message = _("Alguien más cambió este curso mientras tanto. Copie lo suyo, vuelva a abrirlo y póngalo ahí.")
            return self._refused(form, [message])
        except UnfinishedCourseError as unfinished:
            return self._refused(form, [_("Así ya no se podría tomar, y está a la vista:"), *unfinished.faults])

    def _refused(self, form: Any, sentences: list[str]) -> Any:
        form.add_error(None, sentences)
        self.produced_error_message = " ".join(sentences)  # what Wagtail asks of a form that failed while it was saved
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
