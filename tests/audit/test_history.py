"""I3: every version of a row that can speak of a person is kept, however it was written."""

from functools import partial

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from psycopg import sql

from protect_respect import house
from tests.factories import accounts, centres, people, referrals, safeguarding, said, screening

pytestmark = pytest.mark.django_db

# Written, changed and deleted here: the same triggers stand on every tracked table (``audit.history``).
TRACKED = {
    "accounts.User": (accounts.UserFactory, "full_name"),
    "accounts.Membership": (accounts.MembershipFactory, "from_on"),
    "accounts.DutyShift": (accounts.DutyShiftFactory, "ends_at"),
    "people.DataSubject": (people.DataSubjectFactory, "surname_key"),
    "people.AccessGrant": (people.AccessGrantFactory, "reason"),
    "people.Exclusion": (people.ExclusionFactory, "set_at"),
    "people.SafeContact": (said.SafeContactFactory, "value"),
    "safeguarding.Concern": (safeguarding.ConcernFactory, "done_now"),
    "referrals.Referral": (referrals.ReferralFactory, "impact"),
    "referrals.ReferredYoungPerson": (referrals.ReferredYoungPersonFactory, "other_names"),
    "referrals.SafetyAnswers": (referrals.SafetyAnswersFactory, "what_helps"),
    "referrals.Agreement": (said.AgreementFactory, "asked_by"),
    "referrals.FamilyMember": (said.FamilyMemberFactory, "needs"),
    "referrals.ProfessionalInvolved": (said.ProfessionalInvolvedFactory, "contact"),
    "referrals.SignSeen": (said.SignSeenFactory, "note"),
    "referrals.PersonOfConcern": (said.PersonOfConcernFactory, "description"),
    "referrals.PlaceOfConcern": (said.PlaceOfConcernFactory, "description"),
    "referrals.CriterionCheck": (screening.CriterionCheckFactory, "note"),
    "referrals.Question": (screening.QuestionFactory, "text"),
    "referrals.StatusChange": (partial(referrals.StatusChangeFactory, recorded=False), "recorded"),
    "referrals.Note": (referrals.NoteFactory, "text"),
    "referrals.Decision": (partial(referrals.DecisionFactory, waiting=True), "overtaken_at"),
}
# The database refuses the rest.
WRITTEN_ONCE = {"referrals.Note", "referrals.StatusChange", "referrals.Decision", "referrals.Question"}
# Each with the reason why no history is kept of it, although somebody could write of a person in it.
HOLDS_NO_PERSON = {
    "audit.AuditEvent": "the trail itself, append-only; codes and ids only",
    "accounts.Session": "what one browser told us; history would keep what its end must remove",
    "outbox.Message": "an allow-list without names, and an address that must be forgotten after 30 days",
    "referrals.ReferralDraft": "history would keep what the purge must remove",
    "referrals.OneTimeCode": "an address and a hash, gone within days",
    "referrals.SavedView": "filters under a name of a colleague's own",
    "referrals.NotAcceptedReason": "a list that a centre words",
    "cases.SupportOption": "a list that a centre words",
    "support_sessions.CalendarFeed": "a colleague's, with a hash and days; its acts are on the trail",
    "support_sessions.AwarenessTopic": "a list that a centre words",
    "support_sessions.Resource": "a list that a centre words",
    "safeguarding.ConcernAlert": "who was told of a concern and when, append-only; ids only",
    "reminders.Reminder": "who hears of what is due, made by the clock from rows that are kept",
    "protect_respect.Sweep": "when the clock's tasks ran",
    "centres.ServiceCentre": "configuration",
    "centres.ContactPointOfCentre": "configuration",
    "centres.LocalAuthority": "configuration",
    "centres.ServiceOffer": "configuration",
    "centres.PublicContact": "configuration",
}
LATER = {
    "from_on": "2021-05-05",
    "ends_at": "18:30",
    "set_at": "2026-01-01T00:00:00Z",
    "overtaken_at": "2026-01-01T00:00:00Z",
    "recorded": True,
}


def our_models():
    for app in house.our_apps():
        for model in app.get_models():
            if not model._meta.proxy and not any(field.name == "pgh_id" for field in model._meta.fields):
                yield model


def history_of(model):
    return model.events.rel.related_model


def labels(row):
    events = history_of(type(row)).objects.filter(pgh_obj_id=row.pk).order_by("pgh_id")
    return list(events.values_list("pgh_label", flat=True))


def tracked():
    return {model._meta.label for model in our_models() if hasattr(model, "events")}


def test_every_model_that_can_hold_a_person_is_tracked():
    assert {model._meta.label for model in our_models()} - tracked() == set(HOLDS_NO_PERSON)
    assert TRACKED.keys() <= tracked()


@pytest.mark.parametrize("label", sorted(tracked()))
def test_history_keeps_every_column_but_secrets_and_what_is_computed(label):
    [model] = [model for model in our_models() if model._meta.label == label]
    left_out = {"password", "last_login", "theme", "letter_hour"} if label == "accounts.User" else set()
    left_out |= {field.name for field in model._meta.fields if isinstance(field, models.GeneratedField)}

    kept = {field.name for field in history_of(model)._meta.fields if not field.name.startswith("pgh_")}
    assert kept == {field.name for field in model._meta.fields} - left_out


def by_save(row, field, value):
    setattr(row, field, value)
    row.save(update_fields=[field])


def by_update(row, field, value):
    type(row)._base_manager.filter(pk=row.pk).update(**{field: value})


def by_bulk(row, field, value):
    setattr(row, field, value)
    type(row)._base_manager.bulk_update([row], [field])


def in_plain_sql(row, field, value):
    meta = row._meta
    names = (meta.db_table, meta.get_field(field).column, meta.pk.column)
    statement = sql.SQL("UPDATE {} SET {} = %s WHERE {} = %s").format(*map(sql.Identifier, names))
    with connection.cursor() as cursor:
        cursor.execute(statement, [value, row.pk])


@pytest.mark.parametrize("write", [by_save, by_update, by_bulk, in_plain_sql])
@pytest.mark.parametrize("label", sorted(TRACKED.keys() - {"referrals.Note", "referrals.Question"}))
def test_a_change_is_kept_however_it_is_made(label, write):
    factory, field = TRACKED[label]
    row = factory()
    assert labels(row)[0] == "insert"
    before = labels(row)

    write(row, field, LATER.get(field, "changed"))

    assert labels(row) == [*before, "update"]
    versions = history_of(type(row)).objects.filter(pgh_obj_id=row.pk).order_by("-pgh_id")[:2]
    newest, older = (str(getattr(version, field)) for version in versions)
    assert newest != older


@pytest.mark.parametrize("label", sorted(TRACKED.keys() - WRITTEN_ONCE))
def test_a_deleted_row_leaves_its_last_version(label):
    factory, _field = TRACKED[label]
    row = factory()
    key = row.pk
    for relation in row._meta.related_objects:  # what hangs on it goes first, as the database demands
        if relation.related_model in set(our_models()):
            relation.related_model._base_manager.filter(**{relation.field.name: row}).delete()

    type(row)._base_manager.filter(pk=key).delete()

    last = history_of(type(row)).objects.filter(pgh_obj_id=key).latest("pgh_id")
    assert last.pgh_label == "delete"


@pytest.mark.parametrize("label", TRACKED)
def test_bulk_create_is_kept_too(label):
    factory, _field = TRACKED[label]
    row = factory()
    model, key = type(row), row.pk
    if model._meta.pk.is_relation or label in ("accounts.User", "accounts.Membership"):
        return  # one for each of its parents: a second cannot stand beside it
    row.pk = None
    for field in model._meta.fields:
        if field.unique and not field.primary_key:
            setattr(row, field.name, field.get_default())
    for name in ("reference", "form_token", "key"):
        if name in {field.name for field in model._meta.fields}:
            setattr(row, name, model._meta.get_field(name).get_default())
    if label == "people.Exclusion":
        row.user = accounts.UserFactory()
    if label == "referrals.Decision":
        row.needs_second_person = []  # two at once would wait
    if label in ("referrals.Agreement", "referrals.SignSeen", "referrals.CriterionCheck", "referrals.Question"):
        row.referral = referrals.ReferralFactory()

    [made] = model._base_manager.bulk_create([row])

    assert made.pk != key
    assert labels(made) == ["insert"]


def test_an_update_that_changes_nothing_is_no_event():
    subject = people.DataSubjectFactory()
    subject.save()

    assert labels(subject) == ["insert"]


def test_configuration_is_listed_and_has_no_room_for_a_person():
    """A text field without a limit in an untracked model would be where a name ends up; a session is gone in hours."""
    free_text = {
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        if not hasattr(model, "events")
        for field in model._meta.fields
        if isinstance(field, models.TextField) and not isinstance(field, ArrayField)
    }
    assert free_text == {"accounts.Session.session_data"}
    assert centres.ServiceCentreFactory._meta.model._meta.label in HOLDS_NO_PERSON
