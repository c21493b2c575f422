"""What duty workers do before they decide: what each act writes, and when it refuses."""

import pytest

from accounts.enums import Role
from accounts.models import User
from audit.models import AuditEvent
from outbox.models import Message
from people.enums import GrantGround
from people.models import AccessGrant, DataSubject, Exclusion
from referrals import operations
from referrals.enums import ENDED, OPEN, NoteKind, Outcome, Priority, ReferralStatus
from referrals.models import Referral
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.centres import ServiceCentreFactory
from tests.factories.people import AccessGrantFactory, ExclusionFactory
from tests.factories.referrals import DecisionFactory, ReferralFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

ENDED_TRAITS = ["accepted", "not_accepted", "duplicate", "withdrawn"]
OPEN_TRAITS = ["", "screening", "awaiting_information", "on_hold", "waiting"]


def a_referral(trait="", **values):
    return ReferralFactory(**({trait: True} if trait else {}), **values)


def the_event():
    [event] = AuditEvent.objects.all()
    return event.verb, event.subject_type, event.subject_id, event.actor_id, event.system_actor, event.facts


def about(referral, verb, by, **facts):
    return verb, "referrals.referral", str(referral.pk), by.pk, "", facts


@pytest.mark.parametrize("trait", OPEN_TRAITS)
def test_assign_gives_an_open_referral_an_owner_and_writes_it_down(trait):
    referral, manager, worker = a_referral(trait), UserFactory(), UserFactory()

    with writes(ReferralEvent=1, Note=1, NoteEvent=1, AuditEvent=1):
        assigned = operations.assign(referral, by=manager, to=worker)

    assert (assigned.owner, assigned.status) == (worker, referral.status)
    [note] = assigned.notes.all()
    assert (note.kind, note.text, note.priority, note.by) == (NoteKind.ASSIGNMENT, worker.full_name, "", manager)
    assert the_event() == about(referral, "referral.assigned", manager, to=worker.pk)


def test_start_screening_moves_it_and_makes_the_worker_its_owner():
    referral, worker = a_referral(), UserFactory()

    with writes(ReferralEvent=2, StatusChange=1, StatusChangeEvent=1, AuditEvent=1):
        screened = operations.start_screening(referral, by=worker)

    assert (screened.status, screened.owner, screened.decided_at) == (ReferralStatus.SCREENING, worker, None)
    [change] = screened.status_changes.all()
    assert (change.from_status, change.to_status, change.by, change.recorded) == (
        "submitted",
        "screening",
        worker,
        True,
    )
    assert the_event() == about(referral, "referral.screening_started", worker, came_from="submitted")


def test_start_screening_leaves_an_owner_who_is_there():
    owner, worker = UserFactory(), UserFactory()
    referral = a_referral(owner=owner)

    with writes(ReferralEvent=1, StatusChange=1, StatusChangeEvent=1, AuditEvent=1):
        screened = operations.start_screening(referral, by=worker)

    assert screened.owner == owner


def test_set_priority_keeps_the_reason():
    referral, worker = a_referral("screening"), UserFactory()

    with writes(ReferralEvent=1, Note=1, NoteEvent=1, AuditEvent=1):
        set_now = operations.set_priority(referral, by=worker, priority=Priority.SOON, reason="Exams next week.")

    assert set_now.priority == Priority.SOON
    [note] = set_now.notes.all()
    assert (note.kind, note.text, note.priority, note.by) == (
        NoteKind.PRIORITY,
        "Exams next week.",
        Priority.SOON,
        worker,
    )
    assert the_event() == about(referral, "referral.prioritised", worker, priority="soon")


@pytest.mark.parametrize("trait", OPEN_TRAITS + ENDED_TRAITS)
def test_a_note_is_possible_in_every_state(trait):
    referral, worker = a_referral(trait), UserFactory()

    with writes(Note=1, NoteEvent=1, AuditEvent=1):
        note = operations.add_note(referral, by=worker, text="Rang the school.")

    assert (note.referral, note.kind, note.text, note.by) == (referral, NoteKind.NOTE, "Rang the school.", worker)
    assert the_event() == about(referral, "note.added", worker, note=note.pk)


def test_i_know_this_family_closes_the_person_and_frees_the_referral():
    worker = UserFactory()
    referral = a_referral("screening", owner=worker)

    with writes(Exclusion=1, ExclusionEvent=1, ReferralEvent=1, AuditEvent=1):
        freed = operations.keep_out(referral, by=worker, colleague=worker)

    assert freed.owner is None
    [exclusion] = Exclusion.objects.all()
    assert (exclusion.subject, exclusion.user, exclusion.set_by) == (referral.subject, worker, worker)
    assert exclusion.ground == "knows_the_family"


def test_who_is_kept_out_owns_no_request_about_the_person():
    owner, manager = UserFactory(), UserFactory()
    referral = a_referral("screening", owner=owner)
    other = a_referral("screening", owner=owner, subject=referral.subject)

    operations.keep_out(referral, by=manager, colleague=owner, reason="A neighbour.")

    other.refresh_from_db()
    assert other.owner is None


def test_when_the_last_who_screens_there_knows_the_family_those_who_can_help_are_told():
    last = MembershipFactory()
    referral = a_referral("screening", centre=last.centre)
    national = ServiceCentreFactory(national=True)
    helps = [
        MembershipFactory(centre=last.centre, role=Role.SAFEGUARDING_LEAD),
        MembershipFactory(centre=national, role=Role.TEAM_MANAGER),
        MembershipFactory(centre=national, role=Role.SYSTEM_ADMIN),
    ]
    MembershipFactory(centre=last.centre, role=Role.PRACTITIONER)
    also_knows_them = MembershipFactory(centre=national, role=Role.DUTY_WORKER)
    ExclusionFactory(subject=referral.subject, user=also_knows_them.user)

    for _twice in range(2):
        operations.keep_out(referral, by=last.user, colleague=last.user)

    assert {(letter.template, letter.reference) for letter in Message.objects.all()} == {
        ("nobody-left", referral.reference)
    }
    *may_look, _gives_roles = helps
    sees = {held.user.email: referral.get_absolute_url() if held in may_look else "" for held in helps}
    assert {letter.to: letter.path for letter in Message.objects.all()} == sees
    assert Message.objects.count() == len(helps)
    everybody = User.objects.all()
    assert {user.email for user in everybody if Referral.objects.visible_to(user)} == {
        held.user.email for held in may_look
    }


@pytest.mark.parametrize("other_request", [True, False])
def test_who_was_called_in_knows_until_the_last_request_has_ended(other_request):
    referral, by = a_referral("screening"), UserFactory()
    called = AccessGrantFactory(subject=referral.subject, called_in=True)
    if other_request:
        a_referral("screening", subject=referral.subject)

    operations.withdraw(referral, by=by)

    assert AccessGrant.objects.current().filter(pk=called.pk).exists() == other_request


@pytest.mark.parametrize("trait", ["screening", "accepted"])
def test_nobody_is_told_while_somebody_else_screens_there_or_once_it_has_ended(trait):
    last = MembershipFactory()
    referral = a_referral(trait, centre=last.centre)
    MembershipFactory(centre=last.centre, role=Role.SYSTEM_ADMIN)
    if trait == "screening":
        MembershipFactory(centre=last.centre, role=Role.SERVICE_MANAGER)

    operations.keep_out(referral, by=last.user, colleague=last.user)

    assert not Message.objects.exists()


def test_keeping_out_a_colleague_leaves_another_owner_in_place():
    owner, manager, colleague = UserFactory(), UserFactory(), UserFactory()
    referral = a_referral("screening", owner=owner)

    with writes(Exclusion=1, ExclusionEvent=1, AuditEvent=1):
        kept = operations.keep_out(referral, by=manager, colleague=colleague, reason="A neighbour.")

    assert kept.owner == owner
    [exclusion] = Exclusion.objects.all()
    assert (exclusion.user, exclusion.set_by, exclusion.ground) == (colleague, manager, "kept_out")


@pytest.mark.parametrize("trait", ["", "screening", "awaiting_information", "on_hold"])
@pytest.mark.parametrize("outcome", [Outcome.WITHDRAWN_BY_REFERRER, Outcome.DECLINED_BY_YOUNG_PERSON])
def test_withdraw_ends_it_from_any_open_state_and_owes_one_letter(trait, outcome):
    referral, worker = a_referral(trait), UserFactory()

    with writes(
        ReferralEvent=1, StatusChange=1, StatusChangeEvent=1, Decision=1, DecisionEvent=1, AuditEvent=1, Message=1
    ):
        ended = operations.withdraw(referral, by=worker, outcome=outcome, note="They rang.")

    assert (ended.status, ended.decided_at is not None) == (ReferralStatus.WITHDRAWN, True)
    [decision] = ended.decisions.all()
    assert (decision.outcome, decision.explanation, decision.decided_by) == (outcome, "They rang.", worker)
    assert decision.needs_second_person == []
    [letter] = Message.objects.all()
    assert (letter.template, letter.to, letter.reference) == (
        "referral-outcome",
        referral.referrer_email,
        referral.reference,
    )
    assert letter.path == f"/refer/{referral.form_token}/outcome/"
    assert the_event() == about(referral, "referral.withdrawn", worker, came_from=referral.status)


def test_withdraw_overtakes_a_decision_that_waits():
    referral = a_referral("waiting")
    [waiting] = referral.decisions.all()

    ended = operations.withdraw(referral, by=UserFactory())

    waiting.refresh_from_db()
    assert (waiting.overtaken_at, waiting.countersigned_at, waiting.sent_back_at) == (ended.decided_at, None, None)
    assert not waiting.waits_for_second_person


def test_a_welsh_referral_is_answered_in_welsh():
    operations.withdraw(a_referral(language="cy"), by=UserFactory())

    [letter] = Message.objects.all()
    assert (letter.language, letter.path.startswith("/cy/refer/")) == ("cy", True)


# Refusals


@pytest.mark.parametrize("trait", ENDED_TRAITS)
@pytest.mark.parametrize("act", ["assign", "set_priority", "withdraw", "start_screening"])
def test_what_has_ended_is_refused_and_leaves_no_trace(act, trait):
    referral, worker, other = a_referral(trait), UserFactory(), UserFactory()
    call = {
        "assign": lambda: operations.assign(referral, by=worker, to=other),
        "set_priority": lambda: operations.set_priority(referral, by=worker, priority="soon", reason="Exams."),
        "withdraw": lambda: operations.withdraw(referral, by=worker),
        "start_screening": lambda: operations.start_screening(referral, by=worker),
    }[act]

    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        call()


@pytest.mark.parametrize("trait", ["screening", "awaiting_information", "on_hold"])
def test_screening_begins_once(trait):
    referral, worker = a_referral(trait), UserFactory()

    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.start_screening(referral, by=worker)


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_a_priority_needs_a_reason(reason):
    referral, worker = a_referral("screening"), UserFactory()

    with leaves_no_trace(), pytest.raises(ValueError, match="say why"):
        operations.set_priority(referral, by=worker, priority=Priority.SOON, reason=reason)


def test_a_stale_page_cannot_act_on_what_has_ended():
    referral, worker = a_referral("screening"), UserFactory()
    stale = type(referral).objects.get(pk=referral.pk)
    operations.withdraw(referral, by=worker)

    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.assign(stale, by=worker, to=worker)


@pytest.mark.parametrize("act", ["assign", "start_screening", "set_priority", "withdraw", "decide", "countersign"])
def test_who_was_kept_out_since_they_read_the_page_is_refused(act):
    """The view asked before the lock; whoever kept them out may have come in between."""
    referral = a_referral({"start_screening": "", "countersign": "waiting"}.get(act, "screening"))
    worker = ExclusionFactory(subject=referral.subject).user
    call = {
        "assign": lambda: operations.assign(referral, by=worker, to=worker),
        "start_screening": lambda: operations.start_screening(referral, by=worker),
        "set_priority": lambda: operations.set_priority(referral, by=worker, priority="soon", reason="Exams."),
        "withdraw": lambda: operations.withdraw(referral, by=worker),
        "decide": lambda: operations.decide(referral, by=worker, outcome=Outcome.ACCEPTED_ALLOCATE),
        "countersign": lambda: operations.countersign(referral.decisions.get(), by=worker),
    }[act]

    with leaves_no_trace(), pytest.raises(operations.ClosedToThem):
        call()


@pytest.mark.parametrize("closed_by", ["exclusion", "restriction"])
def test_nobody_is_given_what_is_closed_to_them(closed_by):
    referral, manager, worker = a_referral(), UserFactory(), UserFactory()
    if closed_by == "exclusion":
        ExclusionFactory(subject=referral.subject, user=worker)
    else:
        DataSubject.objects.filter(pk=referral.subject_id).update(is_restricted=True)
        AccessGrantFactory(subject=referral.subject, user=manager, ground=GrantGround.RESTRICTED_LIST)

    with leaves_no_trace(), pytest.raises(operations.ClosedToThem):
        operations.assign(referral, by=manager, to=worker)


def test_open_and_ended_are_all_there_is():
    assert set(OPEN) | set(ENDED) == set(ReferralStatus)
    assert not set(OPEN) & set(ENDED)


def test_taking_what_somebody_took_meanwhile_is_refused():
    referral, worker, other = a_referral(), UserFactory(), UserFactory()
    operations.assign(referral, by=other, to=other, instead_of=None)

    with leaves_no_trace(), pytest.raises(operations.TakenMeanwhile):
        operations.assign(referral, by=worker, to=worker, instead_of=None)

    assert operations.assign(referral, by=worker, to=worker, instead_of=other.pk).owner == worker


def test_a_decision_is_overtaken_once_only():
    referral = a_referral("screening")
    sent_back = DecisionFactory(referral=referral, sent_back=True)

    operations.withdraw(referral, by=UserFactory())

    sent_back.refresh_from_db()
    assert sent_back.overtaken_at is None
