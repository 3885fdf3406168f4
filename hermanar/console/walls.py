"""The walls between offices in PostgreSQL: what each table lets an office's page see and write (decision 37).

Made anew after every `migrate` that changes them. A row is its office's by a column `office`, or by the row it hangs
on; so a new table that hangs on an office's is behind the wall from its first day. Whoever owns the database passes:
the house's own commands and the public pages, which see through the catalogue.
"""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

ROLE, SETTING = "hermanar_offices", "hermanar.offices"  # as `site.postgresql` tells them
# Since PostgreSQL 16 whoever makes a role belongs to it without being able to become it.
_MAY_BECOME = """
pg_has_role(oid, CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END)
"""
_MINE = "= ANY ((SELECT hermanar_offices_seen())::uuid[])"  # asked once of a statement, not of each row
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION hermanar_offices_seen() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT string_to_array(coalesce(current_setting('{SETTING}', true), ''), ',')::uuid[] $$
"""
_PUBLIC = "{t}.published_at IS NOT NULL"
# What may be read beside an office's own, and written, where a published row is not all of it.
_READ = {
    "offices.Office": "true",  # names and addresses of offices are public
    "offices.Membership": "true",  # a person's offices are read before one of them is chosen
    "foundation.WorkingCalendar": "true",  # days of rest are law
    "museum.SupportWay": "true",  # public from the first day
    "cooperation.Activity": "{t}.office_id IS NULL OR " + _PUBLIC,  # what sources tell of anyone's agreement
}
_WRITE = {
    # A record of the registry that the public sees is taken over by the office of its city.
    "agreements.Agreement": "({t}.office_id IS NULL AND " + _PUBLIC + ")",
}
# What hangs on a record and is as public as it; all else that hangs on one is its office's alone.
_AS_THEIR_RECORD = frozenset(
    {
        "agreements.AgreementArea", "agreements.AgreementDocument", "agreements.LegalAct", "agreements.Listing",
        "agreements.Party", "foundation.Closure", "museum.EventCity",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wall:
    """What a table lets an office's page see and write, as conditions of SQL."""

    table: str
    seen: str
    own: str
    above: int = 0  # tables between it and the column `office`


def walls() -> dict[str, Wall]:
    """Return the wall of every table of the house that holds offices' rows, by the model's label."""
    ours = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("hermanar.")]
    found = {model._meta.label: wall for model in ours if (wall := _wall_of(model))}
    return dict(sorted(found.items()))


@functools.cache
def _wall_of(model: type[models.Model]) -> Wall | None:
    label, table = model._meta.label, model._meta.db_table
    column = "id" if label == "offices.Office" else _column_of_office(model)
    if column:
        fields = {field.name for field in model._meta.concrete_fields}
        read = _READ.get(label, _PUBLIC if "published_at" in fields else "false")
        own = " OR ".join(filter(None, (f"{{t}}.{column} {_MINE}", _WRITE.get(label))))
        return Wall(table, read, own)
    for parent in _parents_of(model):
        if above := _wall_of(parent.related_model):
            name = f"above{above.above}"
            linked = f"{name}.{parent.target_field.column} = {{t}}.{parent.column}"
            hung = f"EXISTS (SELECT 1 FROM {above.table} {name} WHERE {linked}"  # noqa: S608 (our own names)
            seen = f"{hung})" if label in _AS_THEIR_RECORD else "false"  # the wall of the record stands there too
            return Wall(table, seen, f"{hung} AND ({above.own.replace('{t}', name)}))", above.above + 1)
    return None


def _column_of_office(model: type[models.Model]) -> str | None:
    return next((field.column for field in model._meta.concrete_fields if field.name == "office"), None)


def _parents_of(model: type[models.Model]) -> list[Any]:
    """Return the relations without which a row of a table is nothing."""
    found = [field for field in model._meta.concrete_fields if field.many_to_one or field.one_to_one]
    return [field for field in found if not field.null and field.related_model is not model]


def statements() -> list[str]:
    """Return what builds every wall, whatever stood before."""
    lines = [_FUNCTION, *_rights()]
    for wall in walls().values():
        table = wall.table
        lines += [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"DROP POLICY IF EXISTS seen ON {table}",
            f"DROP POLICY IF EXISTS own ON {table}",
            f"CREATE POLICY seen ON {table} FOR SELECT TO {ROLE} USING ({wall.seen.replace('{t}', table)})",
            f"CREATE POLICY own ON {table} TO {ROLE} USING ({wall.own.replace('{t}', table)})",
        ]
    return lines


def _rights() -> list[str]:
    tables = "SELECT, INSERT, UPDATE, DELETE ON"
    return [
        f"GRANT {tables} ALL TABLES IN SCHEMA public TO {ROLE}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {ROLE}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {tables.removesuffix(' ON')} ON TABLES TO {ROLE}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {ROLE}",
        f"REVOKE UPDATE, DELETE ON foundation_trailentry, django_migrations FROM {ROLE}",
    ]


def build(connection: BaseDatabaseWrapper) -> bool:
    """Build the walls where they do not stand as they should; return whether they stand.

    They do not on SQLite, nor where the role that stays behind them is missing and may not be made.
    """
    if connection.vendor != "postgresql" or not _role_is_there(connection):
        return False
    wanted = statements()
    digest = hashlib.sha256("\n".join(wanted).encode()).hexdigest()
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('hermanar walls'))")
        if _is_built(cursor, digest):
            return True
        for statement in wanted:
            cursor.execute(statement)
        cursor.execute(f"COMMENT ON FUNCTION hermanar_offices_seen() IS '{digest}'")
    connection.close()  # what it knew of the walls is of before
    return True


def stand(connection: BaseDatabaseWrapper) -> bool:
    """Tell whether the walls stand as this version builds them."""
    if connection.vendor != "postgresql":
        return False
    digest = hashlib.sha256("\n".join(statements()).encode()).hexdigest()
    with connection.cursor() as cursor:
        return _may_become(cursor) and _is_built(cursor, digest)


def _is_built(cursor: Any, digest: str) -> bool:
    """Tell whether all was built: what `pg_restore` puts back may lack policies or rights, not the digest."""
    cursor.execute(
        "SELECT obj_description(to_regprocedure('hermanar_offices_seen()'), 'pg_proc') = %s"
        " AND (SELECT count(*) FROM pg_policies WHERE schemaname = 'public' AND %s = ANY(roles)) = %s"
        " AND has_table_privilege(%s, to_regclass('offices_office'), 'SELECT')",
        [digest, ROLE, 2 * len(walls()), ROLE],
    )
    return bool(cursor.fetchone()[0])


def _role_is_there(connection: BaseDatabaseWrapper) -> bool:
    """Make the role, which all databases of a server share, where it is missing and may be made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
        may_make = bool(cursor.fetchone()[0])
        if may_make:
            cursor.execute(
                f"DO $$ BEGIN CREATE ROLE {ROLE} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation"
                " THEN NULL; END $$"
            )
            if not _may_become(cursor):
                cursor.execute(
                    f"DO $$ BEGIN GRANT {ROLE} TO CURRENT_USER; EXCEPTION WHEN insufficient_privilege THEN NULL; END $$"
                )
        return _may_become(cursor)


def _may_become(cursor: Any) -> bool:
    """Tell whether the role is there and this user may stand in its place."""
    cursor.execute(f"SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %s AND {_MAY_BECOME})", [ROLE])  # noqa: S608
    return bool(cursor.fetchone()[0])
