"""The second wall between offices: PostgreSQL itself keeps an office's page from every other office's rows."""

from __future__ import annotations

import datetime as dt
import uuid

import dj_database_url
import psycopg
import pytest
from django.apps import apps
from django.db import ConnectionHandler, DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from psycopg import sql

from hermanar.agreements.actions import PartyDraft, draft
from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import Role as Side
from hermanar.console import walls
from hermanar.foundation.walls import offices_seen, seeing, seeing_all
from hermanar.offices.models import FileCounter
from hermanar.site.postgresql import PLANS_KEPT
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.row(35)

# Tables of the house that a person's or an office's name stands in, and that no office keeps from another, with why.
WITHOUT_A_WALL = {
    "foundation.Statement": "says of a record, by its key alone, what a source says; has no office",
    "foundation.TrailEntry": "holds keyed digests and keys, never a value; every chain is verified by whoever can",
}
PUBLIC = {
    "offices.Office",
    "offices.Membership",
    "foundation.WorkingCalendar",
    "museum.SupportWay",
    "foundation.Closure",
}


def reaches_an_office(model, seen=()):
    """Tell whether a row of a table leads to an office's, by any relation without which it is nothing."""
    if any(field.name == "office" for field in model._meta.concrete_fields):
        return True
    related = [field.related_model for field in walls._parents_of(model)]
    return any(one not in seen and reaches_an_office(one, (*seen, model)) for one in related)


def test_every_table_that_leads_to_an_office_has_a_wall():
    ours = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("hermanar.")]
    wanted = {model._meta.label for model in ours if reaches_an_office(model)} | {"offices.Office"}
    assert set(walls.walls()) == wanted
    assert len(wanted) >= 87
    assert not set(WITHOUT_A_WALL) & wanted


@pytest.fixture(scope="module")
def planted(bare, postgres_url):
    """Return the address of a database with one row of each of two offices in every walled table, and both keys."""
    offices = [uuid.uuid4(), uuid.uuid4()]
    with bare.database_at(postgres_url) as url:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute("SET session_replication_role = replica")  # no references, no triggers
            found = server.execute(
                "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'c'"
                " AND connamespace = 'public'::regnamespace"
            )
            for table, name in found.fetchall():
                server.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            for office in offices:
                keys = {}
                for label in walls.walls():
                    plant(server, apps.get_model(label) if label.count("_") == 0 else through(label), office, keys)
        yield url, offices


def through(label):
    return next(model for model in apps.get_models(include_auto_created=True) if model._meta.label == label)


def plant(server, model, office, keys):
    """Write a row of an office into a table, and before it the one it hangs on; return its key."""
    if model in keys:
        return keys[model]
    values = {}
    parent = next((one for one in walls._parents_of(model) if reaches_an_office(one.related_model)), None)
    for field in model._meta.concrete_fields:
        kind = field.db_type(connection) if connection.vendor == "postgresql" else field.get_internal_type()
        values[field.column] = value_of(field, str(kind))
    if model._meta.label == "offices.Office":
        values["id"] = office
    elif column := walls._column_of_office(model):
        values[column] = office
    elif parent:
        values[parent.column] = plant(server, parent.related_model, office, keys)
    key = model._meta.pk.column
    if values.get(key) is None:
        values.pop(key)
    names = sql.SQL(", ").join(map(sql.Identifier, values))
    places = sql.SQL(", ").join([sql.Placeholder()] * len(values))
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING {}").format(
        sql.Identifier(model._meta.db_table), names, places, sql.Identifier(key)
    )
    keys[model] = server.execute(statement, list(values.values())).fetchone()[0]
    return keys[model]


def value_of(field, kind):
    """Return something a column takes: nothing where it may be empty, and never the same twice."""
    if field.null or field.get_internal_type() in {"AutoField", "BigAutoField"}:
        return None
    made = {
        "BooleanField": False, "JSONField": "{}", "DateField": dt.date(2026, 1, 1), "UUIDField": uuid.uuid4(),
        "DateTimeField": dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "BinaryField": b"", "TimeField": dt.time(9),
        "ForeignKey": None, "OneToOneField": None,
    }  # fmt: skip
    name = field.get_internal_type()
    if name in {"ForeignKey", "OneToOneField"}:
        return value_of(field.target_field, kind) or 1
    if name in made:
        return made[name]
    if name in {"CharField", "SlugField", "TextField", "EmailField", "URLField"}:
        return uuid.uuid4().hex[: field.max_length or 32]
    return 1


@pytest.fixture(scope="module")
def house(planted, django_db_blocker):
    """Return the product's own connection to that database, and the two offices."""
    url, offices = planted
    settings = dj_database_url.parse(url) | {"ENGINE": "hermanar.site.postgresql", "OPTIONS": PLANS_KEPT}
    with django_db_blocker.unblock():
        handler = ConnectionHandler({"default": settings})
        yield handler["default"], offices
        handler["default"].close()


def test_nothing_of_another_office_is_read_changed_or_removed_by_sql(house, figure):
    base, (mine, other) = house
    refused = 0
    for label, wall in walls.walls().items():
        table, key = base.ops.quote_name(wall.table), base.ops.quote_name(pk_of(label))
        with base.cursor() as cursor:
            cursor.execute(f"SELECT {key} FROM {table}")  # noqa: S608 (our own names)
            everyone = {row[0] for row in cursor.fetchall()}
            with seeing(mine):
                cursor.execute(f"SELECT {key} FROM {table}")  # noqa: S608 (our own names)
                own = {row[0] for row in cursor.fetchall()}
                cursor.execute(f"UPDATE {table} SET {key} = {key}")  # noqa: S608 (our own names)
                changed = cursor.rowcount
            with seeing():
                cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 (our own names)
                nobody = cursor.fetchone()[0]
        assert len(everyone) == 2, label
        if label in PUBLIC:
            assert (len(own), changed, nobody) == (2, 1, 2), label
        else:
            assert (len(own), changed, nobody) == (1, 1, 0), label
        refused += 2
    assert other not in own
    figure(f"{refused} rows in {len(walls.walls())} tables, none of the other office's read or changed")


def pk_of(label):
    return through(label)._meta.pk.column


def test_no_row_is_written_into_another_office(house):
    base, (mine, other) = house
    with base.cursor() as cursor, seeing(mine), pytest.raises(DatabaseError, match="row-level security"):
        cursor.execute("UPDATE offices_handover SET office_id = %s", [other])
    with base.cursor() as cursor, seeing(mine), pytest.raises(DatabaseError, match="permission denied"):
        cursor.execute("DELETE FROM foundation_trailentry")


@pytest.mark.parametrize(
    "lost", ["DROP POLICY own ON offices_office", f"REVOKE ALL ON offices_office FROM {walls.ROLE}"]
)
def test_walls_that_lost_something_do_not_stand(house, lost):
    made, _offices = house
    assert walls.stand(made)
    with made.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(lost)
        stands = walls.stand(made)
        cursor.execute("ROLLBACK")
    assert not stands
    assert walls.stand(made)


def test_nothing_stays_with_the_connection(house):
    """The next request of the same connection, and a transaction that goes on, see what their own page may."""
    base, (mine, other) = house
    asked = "SELECT current_user::text, coalesce(current_setting('hermanar.offices', true), '')"
    with base.cursor() as cursor:
        cursor.execute(asked)
        before = cursor.fetchone()
        with seeing(mine):
            cursor.execute(asked)
            assert cursor.fetchone() == ("hermanar_offices", str(mine))
            with seeing_all():
                assert offices_seen() is None
                cursor.execute(asked)
                assert cursor.fetchone() == before
        cursor.execute(asked)
        assert cursor.fetchone() == before
        base.set_autocommit(autocommit=False)
        base.in_atomic_block = True
        with seeing(other):
            cursor.execute(asked)
            assert cursor.fetchone() == ("hermanar_offices", str(other))
        cursor.execute("SELECT current_user::text")
        assert cursor.fetchone()[0] == before[0]
        base.in_atomic_block = False
        base.rollback()
        base.set_autocommit(autocommit=True)
        cursor.execute(asked)
        assert cursor.fetchone() == before


def test_plans_are_kept_in_front_of_the_walls_and_never_behind(house):
    """What an office asks travels with what says whose page it is: it is planned each time, and with its rights."""
    base, (mine, other) = house
    asked = "SELECT count(*) FROM offices_handover WHERE office_id = %s"

    def counted(office):
        with base.cursor() as cursor:
            cursor.execute(asked, [office])
            return cursor.fetchone()[0]

    def plans():
        with base.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%handover WHERE%%'")
            return cursor.fetchone()[0]

    with seeing(mine):
        assert [counted(office) for office in [mine, other] * 6] == [1, 0] * 6
    assert plans() == 0
    assert [counted(office) for office in [mine, other] * 6] == [1, 1] * 6
    assert plans() == 1
    with seeing(mine):
        assert [counted(office) for office in [mine, other] * 6] == [1, 0] * 6
    assert plans() == 1


@pytest.mark.django_db
def test_what_fails_behind_the_wall_is_taken_back_and_the_page_goes_on(cast):
    office = cast.office.pk
    counter = FileCounter.objects.create(office=cast.office, year=1999)
    with seeing(office):
        with pytest.raises(IntegrityError), transaction.atomic():
            FileCounter.objects.create(office_id=office, year=1999)
        assert FileCounter.objects.filter(year=1999).get() == counter
    with seeing(cast.other_office.pk):
        assert FileCounter.objects.filter(year=1999).exists() == (connection.vendor == "sqlite")
    assert FileCounter.objects.filter(year=1999).exists()


@pytest.mark.django_db
def test_a_page_that_forgot_whose_files_it_shows_shows_no_other_offices(cast, monkeypatch):
    """The first wall taken away: on PostgreSQL the second one holds, on SQLite there is none."""
    for office, place in ((cast.office, cast.guanajuato), (cast.other_office, cast.leon)):
        parties = [PartyDraft(place.pk, Side.DECLARING), PartyDraft(cast.ashland.pk, Side.COUNTERPART)]
        file = cast.file(title_es=f"Expediente de {place.name}", parties=parties)
        draft(file, by=cast.at(office, "analyst"), office=office.pk, today=dt.date(2026, 11, 20))
    everything = Agreement.objects.select_related("office")
    monkeypatch.setattr("hermanar.workspace.lines.for_office", lambda _office: everything)
    shown = client_of(cast.of("analyst")).get(reverse("workspace:files")).content.decode()
    assert "Expediente de Guanajuato" in shown
    assert ("Expediente de León" in shown) == (connection.vendor == "sqlite")
