"""Countries and places; every place keeps its identifiers and all the names it bears."""

from __future__ import annotations

from django.db import models

from hermanar.directory.vocabulary import Continent, NameKind, PlaceKind, Scheme
from hermanar.foundation.models import Source, uuid7


class Country(models.Model):
    """A country or territory of ISO 3166-1 (and Kosovo, XK)."""

    code = models.CharField(max_length=2, primary_key=True)
    code3 = models.CharField(max_length=3, blank=True)
    numeric = models.CharField(max_length=3, blank=True)
    name_es = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    continent = models.CharField(max_length=2, choices=Continent.choices, blank=True)

    class Meta:
        ordering = ["name_es"]

    def __str__(self) -> str:
        return self.name_es


class Place(models.Model):
    """A possible party: a municipality, a state, a city abroad, a region, an organisation."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=PlaceKind.choices)
    name = models.CharField(max_length=200)
    name_es = models.CharField(max_length=200, blank=True)  # where Spanish has its own: Aviñón
    name_en = models.CharField(max_length=200, blank=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT)
    state = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")  # of Mexican places
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    region = models.CharField(max_length=120, blank=True)  # first-level division abroad, as known
    region_code = models.CharField(max_length=20, blank=True)  # its GeoNames code
    head_town = models.CharField(max_length=200, blank=True)
    population = models.PositiveIntegerField(null=True)  # unknown is null, never 0
    population_year = models.PositiveSmallIntegerField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    time_zone = models.CharField(max_length=60, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    edited_at = models.DateTimeField(null=True)  # by a person; a later load then leaves the record alone

    class Meta:
        indexes = [models.Index(fields=["country", "kind"], name="place_country_kind")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="place_on_earth",
            )
        ]

    def __str__(self) -> str:
        return self.name


class PlaceName(models.Model):
    """A name a place bears, folded for the search; official, of its head town, translated, former."""

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, db_index=True)
    language = models.CharField(max_length=8, blank=True)
    kind = models.CharField(max_length=12, choices=NameKind.choices)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "name", "language"], name="place_name_once")]

    def __str__(self) -> str:
        return self.name


class Identifier(models.Model):
    """A stable public identifier of a place: `inegi:11015`, `geonames:3996322`, `wikidata:Q…`."""

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=12, choices=Scheme.choices)
    value = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "value"], name="identifier_once")]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class Load(models.Model):
    """A set of shipped files that was read, with their digest: what has not changed is not read again."""

    name = models.CharField(max_length=80, primary_key=True)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name
