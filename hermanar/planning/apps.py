"""What a city plans and how it judges itself: outlines of questions, answered with evidence."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "hermanar.planning"
    label = "planning"
    verbose_name = "Planeación"
