"""Who may know of whom: grants that begin and end, colleagues kept out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import AuditEvent
from people import operations
from people.enums import GrantGround
from people.models import AccessGrant, DataSubject
from tests.factories.accounts import UserFactory
from tests.factories.people import AccessGrantFactory, DataSubjectFactory, ExclusionFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db


def the_event():
    [event] = AuditEvent.objects.all()
    return event.verb, event.subject_type, event.subject_id, event.actor_id, event.facts


def test_a_grant_begins_now():
    subject, practitioner, manager = DataSubjectFactory(), UserFactory(), UserFactory()

    with writes(AccessGrant=1, AccessGrantEvent=1, AuditEvent=1):
        given = operations.grant(subject, to=practitioner, ground=GrantGround.COVER, by=manager, reason="Leave.")

    assert (given.user, given.subject, given.granted_by, given.until_at) == (practitioner, subject, manager, None)
    assert list(DataSubject.objects.granted_to(practitioner)) == [subject]
    assert the_event() == (
        "access.granted",
        "people.datasubject",
        str(subject.pk),
        manager.pk,
        {"to": practitioner.pk, "ground": "cover"},
    )


def test_a_grant_ends_now_and_ending_it_again_changes_nothing():
    given, manager = AccessGrantFactory(), UserFactory()

    with writes(AccessGrantEvent=1, AuditEvent=1):
        ended = operations.end_grant(given, by=manager)
    with leaves_no_trace():
        operations.end_grant(ended, by=manager)

    assert ended.until_at <= timezone.now()
    assert not DataSubject.objects.granted_to(given.user).exists()
    assert the_event()[0] == "access.ended"


def test_a_grant_that_has_not_begun_never_begins():
    later = timezone.now() + timedelta(days=3)
    given = AccessGrantFactory(from_at=later)

    ended = operations.end_grant(given, by=UserFactory())

    assert ended.until_at == later
    assert not AccessGrant.objects.current(at=later + timedelta(days=1)).exists()


def test_who_is_called_in_knows_for_a_week_and_is_called_once():
    subject, worker, by = DataSubjectFactory(), UserFactory(), UserFactory()

    with writes(AccessGrant=1, AccessGrantEvent=1, AuditEvent=1):
        [given] = operations.call_in(subject, colleagues=[worker], by=by)
    with leaves_no_trace():
        assert operations.call_in(subject, colleagues=[worker], by=by) == []

    assert (given.user, given.ground, given.granted_by) == (worker, GrantGround.COVER, None)
    assert given.until_at - given.from_at == timedelta(days=7)
    assert the_event()[0] == "access.granted"


def test_a_submission_calls_in_without_the_trail_and_a_sweep_adds_it():
    subject, worker, now = DataSubjectFactory(), UserFactory(), timezone.now()

    with writes(AccessGrant=1, AccessGrantEvent=1):
        operations.call_in(subject, colleagues=[worker], by="referrer", at=now)
    operations.record_calling_in(subject, at=now, by="sweep")

    [event] = AuditEvent.objects.all()
    assert (event.verb, event.system_actor) == ("access.granted", "sweep")
    assert event.facts == {"to": worker.pk, "ground": "cover"}


def test_what_calling_in_gave_ends_and_nothing_else_does():
    called = AccessGrantFactory(called_in=True)
    assigned = AccessGrantFactory(subject=called.subject)

    operations.end_calling_in(called.subject, by=UserFactory())

    assert list(AccessGrant.objects.current()) == [assigned]


@pytest.mark.parametrize("own", [True, False])
def test_an_exclusion_says_who_and_why_and_is_written_once(own):
    subject, by = DataSubjectFactory(), UserFactory()
    colleague, reason = (by, "") if own else (UserFactory(), "A neighbour.")

    with writes(Exclusion=1, ExclusionEvent=1, AuditEvent=1):
        exclusion = operations.exclude(subject, colleague=colleague, by=by, reason=reason)
    with leaves_no_trace():
        assert operations.exclude(subject, colleague=colleague, by=by, reason=reason) == exclusion

    ground = "knows_the_family" if own else "kept_out"
    assert (exclusion.user, exclusion.set_by, exclusion.ground) == (colleague, by, ground)
    assert exclusion.reason == reason
    assert the_event() == (
        "colleague.excluded",
        "people.datasubject",
        str(subject.pk),
        by.pk,
        {"colleague": colleague.pk, "ground": ground},
    )


@pytest.mark.parametrize("reason", ["", "  "])
def test_somebody_else_is_not_kept_out_without_a_reason(reason):
    subject, colleague, manager = DataSubjectFactory(), UserFactory(), UserFactory()

    with leaves_no_trace(), pytest.raises(ValueError, match="say why"):
        operations.exclude(subject, colleague=colleague, by=manager, reason=reason)


def test_a_lifted_exclusion_can_be_set_again():
    lifted = ExclusionFactory(lifted=True)

    operations.exclude(lifted.subject, colleague=lifted.user, by=UserFactory(), reason="A neighbour.")

    assert lifted.subject.exclusions.count() == 2


def test_lifting_says_who_when_and_why_and_the_row_stays():
    exclusion, manager = ExclusionFactory(), UserFactory()

    with writes(ExclusionEvent=1, AuditEvent=1):
        lifted = operations.lift_exclusion(exclusion, by=manager, reason="Pressed by mistake.")

    assert (lifted.lifted_by, lifted.lifted_because) == (manager, "Pressed by mistake.")
    assert lifted.lifted_at <= timezone.now()
    assert open_to(exclusion.user) == [exclusion.subject]
    assert the_event() == (
        "exclusion.lifted",
        "people.datasubject",
        str(exclusion.subject_id),
        manager.pk,
        {"colleague": exclusion.user_id, "exclusion": exclusion.pk},
    )


def test_what_was_lifted_stays_as_it_was_lifted():
    lifted, manager = ExclusionFactory(lifted=True), UserFactory()

    with leaves_no_trace():
        again = operations.lift_exclusion(lifted, by=manager, reason="Moved away.")

    assert (again.lifted_by, again.lifted_because) == (lifted.lifted_by, "A mistake.")


@pytest.mark.parametrize("own", [True, False])
def test_nobody_lets_themselves_back_in(own):
    exclusion = ExclusionFactory(own=own)
    with leaves_no_trace(), pytest.raises(operations.NotTheirOwn):
        operations.lift_exclusion(exclusion, by=exclusion.user, reason="I am sure.")


def test_nothing_is_lifted_without_a_reason():
    exclusion, manager = ExclusionFactory(), UserFactory()
    with leaves_no_trace(), pytest.raises(ValueError, match="say why"):
        operations.lift_exclusion(exclusion, by=manager, reason=" ")


# The two halves


def open_to(user):
    """People not closed to ``user``; asked from the other side too, which says the same."""
    found = list(DataSubject.objects.filter(DataSubject.objects.open_to(user, subject="pk")))
    assert found == [each for each in DataSubject.objects.all() if user in DataSubject.objects.staff_open_to(each)]
    return found


def test_an_exclusion_wins_over_every_grant():
    given = AccessGrantFactory(ground=GrantGround.RESTRICTED_LIST)
    ExclusionFactory(subject=given.subject, user=given.user)

    assert list(DataSubject.objects.granted_to(given.user)) == [given.subject]
    assert open_to(given.user) == []


@pytest.mark.parametrize("ground", GrantGround.values)
def test_a_restricted_person_is_closed_to_all_who_are_not_on_the_list(ground):
    given = AccessGrantFactory(subject=DataSubjectFactory(restricted=True), ground=ground)

    assert bool(open_to(given.user)) == (ground == "restricted_list")
    assert open_to(UserFactory()) == []


def test_a_lifted_exclusion_closes_nothing():
    exclusion = ExclusionFactory(lifted=True)

    assert open_to(exclusion.user) == [exclusion.subject]


def test_a_grant_holds_from_its_first_moment_to_just_before_its_last():
    now = timezone.now()
    given = AccessGrantFactory(from_at=now, until_at=now + timedelta(hours=1))

    def holds(at):
        return AccessGrant.objects.current(at=at).filter(pk=given.pk).exists()

    moments = [now - timedelta(seconds=1), now, now + timedelta(minutes=59), given.until_at]
    assert [holds(at) for at in moments] == [False, True, True, False]


def test_a_disabled_account_is_granted_nothing():
    given = AccessGrantFactory(user=UserFactory(is_active=False))

    assert not DataSubject.objects.granted_to(given.user).exists()
