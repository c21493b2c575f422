"""I2: what was written stays written. Whoever holds the product's own role cannot change it, empty it or pass it by."""

import pghistory
import pytest
from django.db import DatabaseError, connection, transaction
from pghistory.models import Context

from audit.models import AuditEvent
from protect_respect import house
from tests.factories.audit import AuditEventFactory
from tests.factories.people import DataSubjectFactory

pytestmark = pytest.mark.django_db

HISTORIES = [
    model
    for app in house.our_apps()
    for model in app.get_models()
    if any(field.name == "pgh_id" for field in model._meta.fields)
]
APPEND_ONLY = [AuditEvent, *HISTORIES]


def run(statement, table):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.replace("TABLE", connection.ops.quote_name(table)))


@pytest.mark.parametrize(
    "change",
    [
        lambda events: events.update(verb="referral.forgotten"),
        lambda events: events.delete(),
        lambda events: events.get().delete(),
        lambda events: AuditEvent.objects.bulk_update([AuditEvent(pk=events.get().pk, verb="a.b")], ["verb"]),
    ],
    ids=["update", "delete", "delete one", "bulk update"],
)
def test_an_event_cannot_be_changed_through_the_orm(change):
    event = AuditEventFactory()

    with pytest.raises(DatabaseError, match="Cannot update or delete rows"), transaction.atomic():
        change(AuditEvent.objects.filter(pk=event.pk))

    assert AuditEvent.objects.values().get() == {**AuditEvent.objects.values().get(), "verb": event.verb}


@pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda model: model._meta.label)
def test_a_table_of_the_past_cannot_be_emptied(model):
    with pytest.raises(DatabaseError, match="append-only"):
        run("TRUNCATE TABLE CASCADE", model._meta.db_table)


@pytest.mark.parametrize("statement", ["UPDATE TABLE SET verb = 'a.b'", "DELETE FROM TABLE"])
def test_an_event_cannot_be_changed_in_plain_sql(statement):
    AuditEventFactory()

    with pytest.raises(DatabaseError, match="Cannot update or delete rows"):
        run(statement, AuditEvent._meta.db_table)


@pytest.mark.parametrize("statement", ["UPDATE TABLE SET pgh_label = 'x'", "DELETE FROM TABLE"])
def test_history_cannot_be_changed_in_plain_sql(statement):
    DataSubjectFactory()

    with pytest.raises(DatabaseError, match="Cannot update or delete rows"):
        run(statement, "people_datasubjectevent")


@pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda model: model._meta.label)
def test_each_table_of_the_past_has_both_guards(model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [model._meta.db_table],
        )
        guards = {name.removeprefix("pgtrigger_").rpartition("_")[0]: enabled for name, enabled in cursor}
    assert {"append_only": "O", "no_truncate": "O"}.items() <= guards.items()


CONTEXT = "pghistory_context"


@pytest.fixture
def context():
    """A change somebody made, as the history knows them."""
    with pghistory.context(request="abc", user=7):
        DataSubjectFactory()
        yield


@pytest.mark.parametrize(
    "statement",
    [
        """UPDATE TABLE SET metadata = '{"request": "abc", "user": 8}'""",
        """UPDATE TABLE SET metadata = '{"user": 7}'""",
        "UPDATE TABLE SET created_at = now() - interval '1 day'",
        "UPDATE TABLE SET id = gen_random_uuid()",
        "DELETE FROM TABLE",
        "TRUNCATE TABLE CASCADE",
    ],
)
def test_who_acted_and_how_stays_written(context, statement):
    with pytest.raises(DatabaseError, match="append-only"):
        run(statement, CONTEXT)


def test_a_request_may_add_what_it_learns_of_itself(context):
    with pghistory.context(route="triage:assign"):
        DataSubjectFactory()

    assert Context.objects.get().metadata == {"request": "abc", "user": 7, "route": "triage:assign"}


def test_the_products_role_cannot_pass_the_guards():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False, False)
    with pytest.raises(DatabaseError, match="permission denied"):
        run("SET session_replication_role = replica", "")
