"""Between a young person's side and a parent's or carer's (security.md A4): canaries in every field of the one, and
every address opened by whoever works on the other. None may sing but what was shared, and who each of the two is."""

import re
from datetime import timedelta

import pgtrigger
import pytest
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from centres.models import CentreOption
from people.enums import GrantGround
from people.models import Carer, DataSubject, SafeContact
from protect_respect import house
from reminders import projecting as reminders
from reminders.models import Reminder
from sessions.models import carers
from sessions.models.carers import CarerStrand
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cases import AssignmentFactory
from tests.factories.people import AccessGrantFactory
from tests.routes import all_routes, example, full_world
from tests.visitors import staff_client

pytestmark = pytest.mark.django_db

CANARY = re.compile(r"zzcanary\w*", re.IGNORECASE)
OF_THE_CARER = [
    getattr(carers, name) for name in carers.__all__ if name not in ("AssignmentBesideStrands", "SharedItem")
]
OF_THE_YOUNG_PERSON = [
    model
    for app in house.our_apps()
    if app.name in ("people", "referrals", "safeguarding", "cases", "sessions")
    for model in app.get_models()
    if not model._meta.proxy and not hasattr(model, "pgh_tracked_model") and not issubclass(model, CentreOption)
    if model not in (*OF_THE_CARER, carers.SharedItem, Carer, carers.AssignmentBesideStrands)
]
NO_WORDS = {
    "reference",
    "path",
    "surname_key",
    "given_name_key",
    "surname_sound",
    "language",
    "email",
    "referrer_email",
}
NO_WORDS |= {"token", "digest", "wording_version"}
# A summary is who they are to whom; it is all that stands on the other side (domain.md 5.11).
SUMMARY = {"first_name", "last_name", "preferred_name", "relationship"}


def fill(model, rows, *, but=()):
    """A canary in each column of ``rows`` that holds words. How many columns sing."""
    told = 0
    for field in model._meta.concrete_fields:
        is_words = isinstance(field, models.CharField | models.TextField) and not field.choices
        if not is_words or isinstance(field, models.SlugField) or field.name in (*NO_WORDS, *but) or field.unique:
            continue
        song = f"ZZcanary{model.__name__}{field.name}"[: field.max_length or 60]
        told += _sings(rows, field, song) or _sings(rows.exclude(**{field.name: ""}), field, song)
    return told


def _sings(rows, field, song):
    """Whether every one of ``rows`` may hold it: some stay empty, by a rule of their table."""
    try:
        with pgtrigger.ignore(), transaction.atomic():  # noqa: TID251 -- what was signed sings too
            return bool(rows.update(**{field.name: song}))
    except IntegrityError:
        return False


def songs(client, world, *, others):
    """What is heard at every address: of the world as it is, and with the reference of the other side's case.

    Everybody is reminded first of whatever waits for them a week from now.
    """
    reminders.project_reminders(by="test", now=timezone.now() + timedelta(days=7))
    heard = {}
    for route in sorted(all_routes()):
        for kwargs in _examples(world, route, others):
            with transaction.atomic():
                answer = client.get(reverse(route, kwargs=kwargs))
                transaction.set_rollback(True)
            body = (
                answer.getvalue().decode(errors="replace")
                if answer.streaming
                else answer.content.decode(errors="replace")
            )
            if found := set(CANARY.findall(body + str(answer.headers))):
                heard[route, str(kwargs)] = found
    return heard


def _examples(world, route, others):
    kwargs = example(world, route)
    yield kwargs
    if "reference" in kwargs:
        yield kwargs | {"reference": others.reference}


@pytest.fixture
def world():
    """Somebody works with a parent and with nobody else; somebody else with the young person."""
    return full_world()


def practitioner(world):
    return MembershipFactory(user=UserFactory(with_factor=True), centre=world.centre, role="practitioner").user


def only_with_the_young_person(world):
    user = practitioner(world)
    AssignmentFactory(case=world.strand.case, user=user)
    return user


def only_with_the_parent(world):
    user = practitioner(world)
    grant = AccessGrantFactory(user=user, subject=world.strand.subject, ground=GrantGround.CARER_STRAND)
    CarerStrand.objects.filter(pk=world.strand.pk).update(practitioner=user, grant=grant)
    return user


def test_whoever_works_with_a_parent_hears_nothing_of_the_young_person(world):
    user = only_with_the_parent(world)
    of_carers = DataSubject.objects.filter(kind="carer").values("pk")
    told = 0
    for model in OF_THE_YOUNG_PERSON:
        rows = model._base_manager.all()
        if any(field.name == "subject" for field in model._meta.concrete_fields):
            rows = rows.exclude(Q(subject__in=of_carers))
        told += fill(model, rows)
    assert told > 150
    theirs, client = staff_client(only_with_the_young_person(world)), staff_client(user)
    assert CANARY.search(theirs.get(world.strand.case.get_absolute_url()).text)
    assert client.get(reverse("sessions:strand", kwargs={"key": world.strand.key})).status_code == 200
    assert songs(client, world, others=world.strand.case) == {}
    assert Reminder.objects.visible_to(user).exists()


def test_whoever_works_with_the_young_person_hears_nothing_of_the_parent_but_who_they_are(world):
    user = only_with_the_young_person(world)
    told = sum(fill(model, model._base_manager.all()) for model in OF_THE_CARER)
    told += fill(Carer, Carer.objects.all(), but=SUMMARY)
    told += fill(SafeContact, SafeContact.objects.filter(subject__kind="carer"))
    assert told > 30
    theirs, client = staff_client(world.strand.practitioner), staff_client(user)
    assert CANARY.search(theirs.get(reverse("sessions:strand", kwargs={"key": world.strand.key})).text)
    page = client.get(reverse("sessions:parents", kwargs={"reference": world.strand.case.reference}))
    assert (page.status_code, "Alex Example" in page.text) == (200, True)
    assert songs(client, world, others=world.strand.case) == {}
    assert client.get(reverse("sessions:strand", kwargs={"key": world.strand.key})).status_code == 404
