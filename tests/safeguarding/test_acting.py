"""What is done about a concern: taken further, answered, given to somebody, told; and what closing asks."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from audit.models import AuditEvent
from cases.operations import withdraw_consent
from centres.enums import Nation
from safeguarding import operations, powers, routes, rules
from safeguarding.owners import who_may_be_asked
from safeguarding.routes import STATUTORY, EscalationRoute
from tests.factories.accounts import MembershipFactory
from tests.factories.cases import CaseFactory
from tests.factories.people import AccessGrantFactory, ExclusionFactory
from tests.factories.safeguarding import (
    ConcernActionFactory,
    ConcernFactory,
    EscalationFactory,
    YoungPersonToldFactory,
    follower,
)
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

NOT_TOLD = {"was_told": False, "not_told_because": "Their phone is read by somebody else."}
TOLD = {"was_told": True, "told_on": date(2026, 1, 5), "by_whom": "Their social worker", "their_words": "OK."}


@pytest.fixture
def concern():
    return ConcernFactory(acknowledged=True)


@pytest.fixture
def lead(concern):
    return follower(concern.subject)


def said(**more):
    words = {
        "route": "childrens_social_care",
        "method": "phone",
        "person": "Duty social worker",
        "known": "Driven away.",
    }
    words |= {"sent_at": timezone.now() - timedelta(minutes=5), "young_person_told": True, "parent_told": True}
    return words | more


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


TAKEN = {"Escalation": 1, "EscalationEvent": 1, "AuditEvent": 2, "ConcernEvent": 1}
GIVEN = {"ConcernAction": 1, "ConcernActionEvent": 1, "AuditEvent": 2, "ConcernEvent": 1}


def test_the_first_thing_that_is_done_moves_the_concern_on_and_no_letter_says_so(concern, lead):
    with writes(**TAKEN):
        escalation = operations.take_further(concern, by=lead, **said(reference="CS-1"))
    concern.refresh_from_db()
    assert (concern.status, escalation.by, escalation.reference) == ("acting", lead, "CS-1")
    assert verbs() == ["concern.taken_up", "concern.taken_further"]
    with writes(ConcernAction=1, ConcernActionEvent=1, AuditEvent=1):
        operations.set_action(concern, by=lead, what="Ring the school.", owner=lead, due_on=timezone.localdate())


def test_somebody_is_asked_to_follow_it_up_in_the_words_of_the_nation(concern, lead):
    concern.subject.centre.nation = Nation.WALES
    tomorrow = timezone.localdate() + timedelta(days=1)
    with writes(ConcernAction=1, ConcernActionEvent=1, **TAKEN | {"AuditEvent": 3}):
        escalation = operations.take_further(concern, by=lead, follow_up={"owner": lead, "due_on": tomorrow}, **said())
    action = escalation.follow_ups.get()
    assert (action.what, action.owner) == ("Ask what came of it: Social services, for a child", lead)


def test_an_action_has_an_owner_and_a_day_and_is_finished_once(concern, lead):
    practitioner = MembershipFactory(role="practitioner", centre=concern.subject.centre).user
    AccessGrantFactory(subject=concern.subject, user=practitioner)
    with writes(**GIVEN):
        action = operations.set_action(
            concern, by=lead, what="Ring the school.", owner=practitioner, due_on=timezone.localdate()
        )
    with writes(ConcernActionEvent=1, AuditEvent=1):
        done = operations.finish_action(action, by=practitioner, came_to="done", words="Rang the head.")
    assert (done.done_by, done.words) == (practitioner, "Rang the head.")
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.finish_action(action, by=lead, came_to="not_needed", words="Somebody rang.")


def test_what_they_say_is_added_also_when_the_concern_is_closed(concern, lead):
    escalation = EscalationFactory(concern__subject=concern.subject)
    YoungPersonToldFactory(concern=escalation.concern)
    operations.close(escalation.concern, by=lead, outcome="Social care leads now.")
    with writes(Reply=1, ReplyEvent=1, AuditEvent=1):
        operations.add_reply(
            escalation, by=lead, kind="outcome", words="An assessment.", happened_on=timezone.localdate()
        )


def test_whether_they_were_told_may_change_and_each_answer_stays(concern, lead):
    for telling in (NOT_TOLD, TOLD):
        with writes(YoungPersonTold=1, YoungPersonToldEvent=1, AuditEvent=1):
            operations.record_telling(concern, by=lead, **telling)
    assert list(concern.tellings.values_list("was_told", flat=True)) == [False, True]


def acts(concern, by):
    escalation, due = concern.escalations.first(), timezone.localdate()
    yield lambda: operations.take_further(concern, by=by, **SAID)
    yield lambda: operations.set_action(concern, by=by, what="Ring.", owner=by, due_on=due)
    yield lambda: operations.record_telling(concern, by=by, **TOLD)
    if escalation:
        yield lambda: operations.add_reply(escalation, by=by, kind="chased", words="No answer.", happened_on=due)


SAID = said()


def test_what_is_sent_twice_is_kept_once(concern, lead):
    concern = EscalationFactory(concern__subject=concern.subject).concern
    for act in acts(concern, lead):
        first = act()
        with leaves_no_trace():
            assert act() == first


@pytest.mark.parametrize("state", [{}, {"closed": True}])
def test_nothing_is_done_before_somebody_has_acknowledged_it_nor_once_it_is_closed(state):
    concern = ConcernFactory(**state)
    for act in list(acts(concern, follower(concern.subject)))[:2]:
        with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
            act()


def test_nothing_is_given_to_somebody_who_may_not_know_of_them(concern, lead):
    kept_out, due = ExclusionFactory(subject=concern.subject).user, timezone.localdate()
    with leaves_no_trace(), pytest.raises(operations.ClosedToThem):
        operations.set_action(concern, by=lead, what="Ring.", owner=kept_out, due_on=due)
    with leaves_no_trace(), pytest.raises(operations.ClosedToThem):
        operations.take_further(concern, by=lead, follow_up={"owner": kept_out, "due_on": due}, **SAID)


@pytest.mark.requirement("R-nat-14")
def test_a_concern_is_taken_further_also_where_a_young_person_agrees_no_more():
    case = CaseFactory(active=True)
    lead = follower(case.subject)
    withdraw_consent(case, by=lead)
    concern = operations.raise_concern(case.subject, by=lead, severity="high", what="Not seen since Friday.")
    operations.acknowledge(concern, by=lead)
    assert operations.take_further(concern, by=lead, **said()).concern.status == "acting"


# Closing


def test_closing_waits_until_everything_is_done():
    action = ConcernActionFactory()
    lead = follower(action.concern.subject)
    with leaves_no_trace(), pytest.raises(operations.StillToDo):
        operations.close(action.concern, by=lead, outcome="Done.", telling=NOT_TOLD)
    operations.finish_action(action, by=lead, came_to="not_needed", words="The school rang us.")
    assert operations.close(action.concern, by=lead, outcome="Done.", telling=NOT_TOLD).status == "closed"


def test_closing_asks_whether_the_young_person_was_told(concern, lead):
    for before in (None, NOT_TOLD):
        if before:
            operations.record_telling(concern, by=lead, **before)
        with leaves_no_trace(), pytest.raises(operations.NotSaid):
            operations.close(concern, by=lead, outcome="Done.")
    operations.record_telling(concern, by=lead, **TOLD)
    assert operations.close(concern, by=lead, outcome="Done.").status == "closed"


def test_a_concern_that_was_opened_again_asks_again_whether_they_were_told(concern, lead):
    operations.record_telling(concern, by=lead, **TOLD)
    operations.close(concern, by=lead, outcome="Done.")
    operations.reopen(concern, by=lead, because="Seen again.")
    operations.acknowledge(concern, by=lead)
    with leaves_no_trace(), pytest.raises(operations.NotSaid):
        operations.close(concern, by=lead, outcome="Done.")
    assert operations.close(concern, by=lead, outcome="Done.", telling=NOT_TOLD).status == "closed"


# Who may


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("status", ["raised", "acknowledged", "acting", "closed"])
def test_who_acts_on_a_concern_in_which_state(role, status):
    concern = ConcernFactory(**({} if status == "raised" else {status: True}))
    user = MembershipFactory(role=role, centre=concern.subject.centre).user
    follows = role in (Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.SAFEGUARDING_LEAD)
    assert rules.may_act(user, concern) == (follows and status in ("acknowledged", "acting"))
    assert powers.has_part(user, concern, []) == follows


def test_whoever_owns_an_action_finishes_it_and_says_what_they_heard():
    action = ConcernActionFactory()
    owner, other = action.owner, MembershipFactory(role=Role.PRACTITIONER, centre=action.concern.subject.centre).user
    assert [rules.may_finish(user, action.concern, action) for user in (owner, other)] == [True, False]
    assert [powers.has_part(user, action.concern, [action]) for user in (owner, other)] == [True, False]
    assert not rules.may_act(owner, action.concern)
    done = ConcernActionFactory(done=True)
    assert not rules.may_finish(done.owner, done.concern, done)


def test_those_who_follow_concerns_and_work_with_the_person_may_be_asked(concern):
    centre = concern.subject.centre
    leads = {MembershipFactory(role=role, centre=centre).user for role in ("safeguarding_lead", "team_manager")}
    practitioner = MembershipFactory(role="practitioner", centre=centre).user
    AccessGrantFactory(subject=concern.subject, user=practitioner)
    for role in ("duty_worker", "practitioner", "centre_admin"):
        MembershipFactory(role=role, centre=centre)
    MembershipFactory(role="safeguarding_lead")
    ExclusionFactory(subject=concern.subject, user=MembershipFactory(role="safeguarding_lead", centre=centre).user)
    AccessGrantFactory(subject=concern.subject)
    assert set(who_may_be_asked(concern)) == leads | {practitioner}


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.CENTRE_ADMIN, Role.SYSTEM_ADMIN, None])
def test_who_has_no_part_in_it_does_nothing_however_they_come(role):
    concern = EscalationFactory().concern
    centre = {"centre": concern.subject.centre} if role else {}
    stranger = MembershipFactory(role=role or Role.SAFEGUARDING_LEAD, **centre).user
    AccessGrantFactory(subject=concern.subject, user=MembershipFactory(role=role or Role.PRACTITIONER).user)
    closed, action = ConcernFactory(subject=concern.subject, closed=True), ConcernActionFactory(concern=concern)
    waits, lead = ConcernFactory(subject=concern.subject), follower(concern.subject)
    refused = [*acts(concern, stranger), lambda: operations.acknowledge(waits, by=stranger)]
    refused[1] = lambda: operations.set_action(
        concern, by=stranger, what="Ring.", owner=lead, due_on=timezone.localdate()
    )
    refused.append(lambda: operations.finish_action(action, by=stranger, came_to="done"))
    refused.append(lambda: operations.close(concern, by=stranger, outcome="Done.", telling=NOT_TOLD))
    refused.append(lambda: operations.reopen(closed, by=stranger, because="Again."))
    for act in refused:
        with leaves_no_trace(), pytest.raises(operations.NotForThem):
            act()


def test_whoever_said_that_they_will_see_to_it_writes_down_what_they_did():
    waits = ConcernFactory()
    on_duty = MembershipFactory(role=Role.DUTY_WORKER, centre=waits.subject.centre).user
    concern = operations.acknowledge(waits, by=on_duty)
    operations.take_further(concern, by=on_duty, **said())
    concern.refresh_from_db()
    operations.record_telling(concern, by=on_duty, **TOLD)
    assert (rules.may_take_further(on_duty, concern), rules.may_act(on_duty, concern)) == (True, False)
    with leaves_no_trace(), pytest.raises(operations.NotForThem):
        operations.close(concern, by=on_duty, outcome="Done.")


# Routes


def test_social_care_and_worries_about_professionals_have_the_names_of_each_nation():
    named = {nation: dict(routes.choices_in(nation)) for nation in Nation}
    assert list(named["ENG"]) == list(named["WLS"]) == EscalationRoute.values
    differs = {route for route in EscalationRoute if named["ENG"][route] != named["WLS"][route]}
    assert differs == set(STATUTORY)
    assert "LADO" in named["ENG"]["lado_or_wales_process"]
    assert "Practitioner-concerns process" in named["WLS"]["lado_or_wales_process"]
    assert "child at risk" in str(routes.when_to_take(EscalationRoute.CHILDRENS_SOCIAL_CARE, "WLS"))
    assert "significant harm" in str(routes.when_to_take(EscalationRoute.CHILDRENS_SOCIAL_CARE, "ENG"))


def test_the_routes_are_those_of_the_guide():
    """domain.md 10: EscalationRoute."""
    assert EscalationRoute.values == [
        "police_999", "police_101", "police_intelligence", "childrens_social_care", "adult_social_care", "nrm",
        "lado_or_wales_process", "health_crisis", "marac", "safeguarding_lead",
    ]  # fmt: skip
