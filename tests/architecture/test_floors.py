"""Relations between tables follow the floors too, also those written as a string, which no import shows."""

from __future__ import annotations

from django.apps import apps

from tests.architecture.house import floors


def relations(models):
    """Yield (model, field name, model pointed at) of every column and many-to-many of ours."""
    for model in models:
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            target = field.related_model
            if target is not None:
                yield model, field.name, target


def upward(found, height):
    """List the relations that point to a higher room, or to another room of the same floor."""
    wrong = []
    for model, name, target in found:
        source_room, target_room = (each._meta.app_config.name.removeprefix("hermanar.") for each in (model, target))
        if source_room not in height or target_room not in height or source_room == target_room:
            continue  # Django's own tables stand outside the house
        if height[target_room] >= height[source_room]:
            wrong.append(f"{source_room}.{model.__name__}.{name} -> {target_room}.{target.__name__}")
    return wrong


def test_relations_point_to_the_same_floor_or_lower():
    assert upward(relations(apps.get_models(include_auto_created=True)), floors()) == []


def test_the_walk_meets_the_relations_there_are():
    met = {(model._meta.label, name) for model, name, _target in relations(apps.get_models())}
    assert ("directory.Place", "country") in met


def test_floors_of_the_contract_are_read_from_the_ground_up():
    height = floors()
    assert height["foundation"] == height["ui"] == 0
    assert height["directory"] < height["agreements"] < height["observatory"] < height["catalogue"] < height["museum"]
