"""Courses: lessons with what they rest on, and questions of which exactly one option is right."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from hermanar.foundation.models import uuid7

LETTERS = ("a", "b", "c", "d")


class Audience(models.TextChoices):
    """For whom a course is."""

    EVERYONE = "everyone", _("para toda persona")
    OFFICIALS = "officials", _("para el servicio público y toda persona curiosa")
    PUPILS = "pupils", _("para niñas y niños")


class RightOption(models.TextChoices):
    """Which option of a question is right."""

    A = "a", "A"
    B = "b", "B"
    C = "c", "C"
    D = "d", "D"


class Course(models.Model):  # type: ignore[django-manager-missing]  # Lesson is of modelcluster, which has no types
    """A course of lessons in their order, with a final test; its version is on every certificate."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(_("dirección"), max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(_("orden"), default=0)
    audience = models.CharField(_("para quién"), max_length=10, choices=Audience.choices, default=Audience.EVERYONE)
    title = models.CharField(_("título"), max_length=120)
    title_en = models.CharField(_("título en inglés"), max_length=120, blank=True)
    summary = models.TextField(_("qué se aprende"))
    summary_en = models.TextField(_("qué se aprende, en inglés"), blank=True)
    pass_percent = models.PositiveSmallIntegerField(
        _("para aprobar, de cada cien"), default=75, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    published_at = models.DateTimeField(_("publicado"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    shipped_digest = models.CharField(max_length=64, blank=True, editable=False)  # what the last load wrote

    class Meta:
        verbose_name, verbose_name_plural = _("curso"), _("cursos")
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(condition=Q(pass_percent__gte=1, pass_percent__lte=100), name="course_can_be_passed")
        ]

    def __str__(self) -> str:
        return self.title


class Lesson(ClusterableModel):
    """A lesson: its text in the plain writing of `rules.lesson_text`, and the places in sources it rests on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="lessons", verbose_name=_("curso"))
    number = models.PositiveSmallIntegerField(_("número"), validators=[MinValueValidator(1), MaxValueValidator(99)])
    slug = models.SlugField(_("dirección"), max_length=60)
    title = models.CharField(_("título"), max_length=120)
    title_en = models.CharField(_("título en inglés"), max_length=120, blank=True)
    body = models.TextField(_("texto"))
    body_en = models.TextField(_("texto en inglés"), blank=True)
    # One line each, in the order the text counts them: key of the source | where in it
    sources = models.TextField(_("fuentes"), blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("lección"), _("lecciones")
        ordering = ["course", "number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="lesson_number_once"),
            models.UniqueConstraint(fields=["course", "slug"], name="lesson_slug_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Question(models.Model):
    """A question about a lesson, asked at its end or, when final, in the test that closes the course."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lesson = ParentalKey(Lesson, on_delete=models.CASCADE, related_name="questions", verbose_name=_("lección"))
    number = models.PositiveSmallIntegerField(_("número"), validators=[MinValueValidator(1), MaxValueValidator(20)])
    is_final = models.BooleanField(_("de la prueba final"), default=False)
    text = models.CharField(_("pregunta"), max_length=400)
    text_en = models.CharField(_("pregunta en inglés"), max_length=400, blank=True)
    option_a = models.CharField(_("opción A"), max_length=200)
    option_a_en = models.CharField(_("opción A en inglés"), max_length=200, blank=True)
    option_b = models.CharField(_("opción B"), max_length=200)
    option_b_en = models.CharField(_("opción B en inglés"), max_length=200, blank=True)
    option_c = models.CharField(_("opción C"), max_length=200, blank=True)
    option_c_en = models.CharField(_("opción C en inglés"), max_length=200, blank=True)
    option_d = models.CharField(_("opción D"), max_length=200, blank=True)
    option_d_en = models.CharField(_("opción D en inglés"), max_length=200, blank=True)
    right = models.CharField(_("la correcta"), max_length=1, choices=RightOption.choices)
    explanation = models.TextField(_("por qué"))
    explanation_en = models.TextField(_("por qué, en inglés"), blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("pregunta"), _("preguntas")
        ordering = ["is_final", "number"]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "is_final", "number"], name="question_number_once"),
            models.CheckConstraint(
                condition=Q(right__in=["a", "b"])
                | (Q(right="c") & ~Q(option_c=""))
                | (Q(right="d") & ~Q(option_c="") & ~Q(option_d="")),
                name="question_right_option_is_there",
            ),
        ]

    def __str__(self) -> str:
        return self.text
