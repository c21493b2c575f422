"""A concern is told of at once, and again and again, until a human acknowledges it."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.enums import Role
from audit.bulkheads import SomeFailed
from audit.models import AuditEvent
from centres.working_days import LONDON
from outbox import letters
from outbox.models import Message
from people.models import AccessGrant
from safeguarding import operations
from safeguarding.chronology import acting
from safeguarding.models import Concern, ConcernAlert
from safeguarding.sweep import escalate_all
from tests.factories.accounts import AbsenceFactory, DutyShiftFactory, MembershipFactory, UserFactory
from tests.factories.centres import ServiceCentreFactory
from tests.factories.people import AccessGrantFactory, DataSubjectFactory, ExclusionFactory
from tests.factories.safeguarding import ConcernAlertFactory, ConcernFactory, YoungPersonToldFactory
from tests.traces import leaves_no_trace, writes
from ui.times import moment

pytestmark = pytest.mark.django_db
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=LONDON)


class Team:
    """A centre with a shift on Mondays, a duty worker at home, two leads, and a manager of each kind."""

    def __init__(self):
        self.on_shift = DutyShiftFactory().membership.user
        self.centre = self.on_shift.memberships.get().centre
        self.at_home = self.joins(Role.DUTY_WORKER)
        self.lead, self.other_lead = self.joins(Role.SAFEGUARDING_LEAD), self.joins(Role.SAFEGUARDING_LEAD)
        self.manager, self.service_manager = self.joins(Role.TEAM_MANAGER), self.joins(Role.SERVICE_MANAGER)
        self.practitioner = self.joins(Role.PRACTITIONER)
        self.leads = {self.lead, self.other_lead}
        MembershipFactory(role=Role.SAFEGUARDING_LEAD)  # elsewhere

    def joins(self, role):
        return MembershipFactory(role=role, centre=self.centre).user


@pytest.fixture
def team():
    return Team()


@pytest.fixture
def subject(team):
    return DataSubjectFactory(centre=team.centre)


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY_NOON, tick=False) as moved:
        yield moved


def raised(subject, by, severity="immediate", **more):
    said = {"what": "He waits for her at the gate.", "done_now": "Rang 101."}
    return operations.raise_concern(subject, by=by, severity=severity, **said | more)


def told():
    """Whom the letters that are owed go to, in order of the acts, and forget them."""
    found = list(Message.objects.filter(template="concern").order_by("pk").values_list("to", flat=True))
    Message.objects.all().delete()
    return found


def emails(*people):
    return sorted(person.email for person in people)


def sweep():
    escalate_all(by="test")
    return sorted(told())


# At once


@pytest.mark.usefixtures("clock")
def test_who_is_on_shift_and_the_leads_are_told_as_it_is_raised(team, subject):
    with writes(Concern=1, ConcernEvent=1, ConcernAlert=1, Message=3, AuditEvent=1):
        concern = raised(subject, team.practitioner)
    [alert] = concern.alerts.all()
    people = {team.on_shift, *team.leads}
    assert (alert.step, alert.level, alert.at, alert.waits_since) == (0, "raised", concern.raised_at, concern.raised_at)
    assert alert.people == sorted(person.pk for person in people)
    assert sorted(told()) == emails(*people)


def test_where_no_shift_covers_the_moment_every_duty_worker_is_told(team, subject):
    with time_machine.travel(MONDAY_NOON + timedelta(hours=7)):
        raised(subject, team.practitioner)
    assert sorted(told()) == emails(team.on_shift, team.at_home, *team.leads)


@pytest.mark.usefixtures("clock")
def test_what_is_sent_twice_is_told_once(team, subject):
    raised(subject, team.practitioner)
    with leaves_no_trace():
        raised(subject, team.practitioner)


@pytest.mark.usefixtures("clock")
def test_the_letter_says_how_soon_and_where_and_nothing_of_anybody(team, subject):
    concern = raised(subject, team.practitioner)
    message = Message.objects.first()
    letter = letters.letter_for(message)
    assert message.path == concern.get_absolute_url()
    due_at = int((MONDAY_NOON + timedelta(hours=1)).timestamp())
    assert message.counts == {"immediate": 1, "step": 0, "again": 0, "due_at": due_at}
    assert f"Somebody must acknowledge it by {moment(concern.acknowledge_by)}." in letter.body
    assert (message.reference, letter.subject) == ("", "Immediate: a safeguarding concern waits for you")
    assert concern.get_absolute_url() in letter.body
    for word in ("gate", "101", subject.centre.name_en, team.practitioner.full_name):
        assert word not in letter.subject + letter.body


@pytest.mark.usefixtures("clock")
def test_who_raised_it_is_not_written_to(team, subject):
    raised(subject, team.lead)
    assert sorted(told()) == emails(team.on_shift, team.other_lead)


@pytest.mark.usefixtures("clock")
def test_who_covers_for_one_who_is_away_hears_too_if_they_may_open_it(team, subject):
    days = {"from_on": MONDAY_NOON.date(), "until_on": MONDAY_NOON.date() + timedelta(days=2)}
    AbsenceFactory(user=team.lead, cover=team.manager, **days)
    AbsenceFactory(user=team.other_lead, cover=team.practitioner, **days)
    concern = raised(subject, team.practitioner)
    assert sorted(told()) == emails(team.on_shift, *team.leads, team.manager)
    told_at_once = [entry["by"] for entry in acting(concern, team.lead)["chronology"]][1]
    assert {f"{lead.full_name} (away)" in told_at_once for lead in team.leads} == {True}
    assert f"{team.manager.full_name} (away)" not in told_at_once
    raised(subject, team.practitioner, about_colleague=True)
    assert sorted(told()) == emails(*team.leads, team.service_manager)
    ExclusionFactory(subject=subject, user=team.manager)
    raised(subject, team.practitioner, what="Again.")
    assert sorted(told()) == emails(team.on_shift, *team.leads)


def without(team, *roles):
    team.centre.memberships.filter(role__in=roles).update(until_on=timezone.localdate())


@pytest.mark.usefixtures("clock")
def test_where_nobody_is_on_shift_or_leads_the_managers_are_told(team, subject):
    without(team, Role.DUTY_WORKER, Role.SAFEGUARDING_LEAD)
    raised(subject, team.practitioner)
    assert sorted(told()) == emails(team.manager, team.service_manager)


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("is_restricted", [False, True])
def test_to_whom_the_person_is_closed_is_never_told(team, subject, is_restricted):
    if is_restricted:
        type(subject).objects.filter(pk=subject.pk).update(is_restricted=True)
        AccessGrantFactory(subject=subject, user=team.lead, ground="restricted_list")
    else:
        for colleague in (team.on_shift, team.other_lead, team.manager, team.service_manager):
            ExclusionFactory(subject=subject, user=colleague)
    raised(subject, team.practitioner)
    at_once = sorted(told())
    with time_machine.travel(MONDAY_NOON + timedelta(hours=30)):
        assert at_once == sweep() == emails(team.lead)


@pytest.mark.usefixtures("clock")
def test_where_nobody_there_may_know_who_works_with_them_is_told(team, subject):
    without(team, *Role)
    AccessGrantFactory(subject=subject, user=team.practitioner)
    raised(subject, team.lead)
    assert told() == [team.practitioner.email]


@pytest.mark.usefixtures("clock")
def test_where_nobody_is_left_the_national_centre_is_told_and_called_in(team, subject):
    without(team, *Role)
    national = MembershipFactory(centre=ServiceCentreFactory(national=True), role=Role.DUTY_WORKER).user
    concern = raised(subject, team.practitioner)
    assert told() == [national.email]
    assert Concern.objects.visible_to(national).get() == concern
    assert AccessGrant.objects.get().granted_by is None


@pytest.mark.usefixtures("clock")
def test_a_concern_that_nobody_could_hear_says_so_and_is_tried_again():
    concern = ConcernFactory(raised_at=MONDAY_NOON - timedelta(minutes=90), severity="immediate")
    assert sweep() == []
    assert concern.alerts.get().people == []
    lead = MembershipFactory(role=Role.SAFEGUARDING_LEAD, centre=concern.subject.centre).user
    with time_machine.travel(MONDAY_NOON + timedelta(minutes=31)):
        assert sweep() == [lead.email]


# Again, until a human acknowledges it


def test_an_immediate_concern_that_nobody_acknowledges_goes_further_every_hour(team, subject, clock):
    concern = raised(subject, team.practitioner)
    told()
    hours = {
        59: [],
        60: emails(*team.leads, team.manager),
        119: [],
        120: emails(team.service_manager),
        180: emails(*team.leads, team.service_manager),
        181: [],
        240: emails(*team.leads, team.service_manager),
    }
    for minutes, people in hours.items():
        clock.move_to(MONDAY_NOON + timedelta(minutes=minutes))
        assert (minutes, sweep()) == (minutes, people)
        assert sweep() == []
    assert [alert.level for alert in concern.alerts.all()] == ["raised", "overdue", "escalated", "again", "again"]

    operations.acknowledge(concern, by=team.lead)
    YoungPersonToldFactory(concern=concern)
    clock.move_to(MONDAY_NOON + timedelta(days=3))
    assert sweep() == []


def test_who_follows_concerns_hears_that_a_duty_worker_has_it_and_that_nothing_is_written_down(team, subject, clock):
    clock.move_to(MONDAY_NOON - timedelta(minutes=1))
    concern = raised(subject, team.practitioner)
    told()
    clock.move_to(MONDAY_NOON)
    with writes(ConcernEvent=1, AuditEvent=1, Message=2):
        concern = operations.acknowledge(concern, by=team.on_shift)
    letter = letters.letter_for(Message.objects.first())
    assert letter.subject == "Somebody has a safeguarding concern and will see to it"
    assert sorted(told()) == emails(*team.leads)
    hours = {
        59: [],
        60: emails(team.on_shift, *team.leads),
        119: [],
        120: emails(team.on_shift, *team.leads, team.service_manager),
        900: [],
    }
    for minutes, people in hours.items():
        clock.move_to(MONDAY_NOON + timedelta(minutes=minutes))
        assert (minutes, sweep()) == (minutes, people)
    titles = [entry["title"] for entry in acting(concern, team.lead)["chronology"]]
    assert titles[-2:] == ["Told that nothing is written down yet"] * 2


@pytest.mark.parametrize("done", ["told", "acting", "closed"])
def test_of_what_something_is_written_down_nobody_hears_again(team, subject, clock, done):
    state = {} if done == "told" else {done: True}
    concern = ConcernFactory(subject=subject, severity="immediate", acknowledged=True, **state)
    if done == "told":
        YoungPersonToldFactory(concern=concern)
    clock.move_to(MONDAY_NOON + timedelta(days=1))
    assert sweep() == []


def test_what_was_opened_again_is_called_so_and_what_is_late_says_since_when(team, subject, clock):
    concern = ConcernFactory(subject=subject, severity="immediate", closed=True, raised_at=MONDAY_NOON)
    clock.move_to(MONDAY_NOON + timedelta(minutes=5))
    operations.reopen(concern, by=team.manager, because="He is back.")
    assert "A safeguarding concern was opened again." in letters.letter_for(Message.objects.first()).body
    told()
    clock.move_to(MONDAY_NOON + timedelta(minutes=66))
    escalate_all(by="test")
    late = letters.letter_for(Message.objects.first()).body
    assert "opened again, and nobody has acknowledged it in time" in late
    assert f"Somebody should have acknowledged it by {moment(MONDAY_NOON + timedelta(minutes=65))}." in late


def test_after_an_outage_the_latest_step_is_said_and_no_other(team, subject, clock):
    concern = raised(subject, team.practitioner)
    told()
    clock.move_to(MONDAY_NOON + timedelta(hours=10))
    with writes(ConcernAlert=1, Message=4, AuditEvent=1):
        assert escalate_all(by="test") == 1
    assert sorted(told()) == emails(*team.leads, team.manager, team.service_manager)
    assert [alert.step for alert in concern.alerts.all()] == [0, 10]


def test_a_clock_that_is_put_back_says_nothing_twice(team, subject, clock):
    raised(subject, team.practitioner)
    clock.move_to(MONDAY_NOON + timedelta(hours=3))
    sweep()
    for hours in (1, -2, 2):
        clock.move_to(MONDAY_NOON + timedelta(hours=hours))
        with leaves_no_trace():
            escalate_all(by="test")


def test_what_was_raised_before_anybody_was_told_of_concerns_is_told_of(team, subject, clock):
    ConcernFactory(subject=subject, severity="high", raised_at=MONDAY_NOON - timedelta(days=4))
    assert sweep() == emails(team.on_shift, *team.leads, team.manager, team.service_manager)


@pytest.mark.usefixtures("clock")
def test_the_act_looks_again_at_what_it_was_given(team, subject):
    """Between the list of what is due and the act somebody else may have said it, or acknowledged it."""
    concern = ConcernFactory(subject=subject, severity="immediate", raised_at=MONDAY_NOON - timedelta(hours=1))
    assert operations.escalate(concern, by="test").step == 1
    with leaves_no_trace():
        assert operations.escalate(concern, by="test") is None
        assert operations.escalate(ConcernFactory._meta.model(pk=0), by="test") is None
    event = AuditEvent.objects.get(verb="concern.alerted")
    assert (event.system_actor, event.facts["step"], len(event.facts["told"])) == ("test", 1, 4)


@pytest.mark.usefixtures("clock")
def test_the_command_does_what_the_clock_does(team, subject, capsys):
    ConcernFactory(subject=subject, raised_at=MONDAY_NOON)
    call_command("escalate_concerns")
    call_command("escalate_concerns")
    assert capsys.readouterr().out == "Told of 1.\nTold of 0.\n"


@pytest.mark.usefixtures("clock")
def test_a_concern_that_cannot_be_told_of_silences_no_other_and_the_sweep_says_so(team, subject):
    broken, other = (
        ConcernFactory(subject=subject, severity="immediate", raised_at=MONDAY_NOON - timedelta(minutes=90 - n))
        for n in range(2)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.breaks() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'it breaks'; END $$;"
            "CREATE TRIGGER breaks BEFORE INSERT ON safeguarding_concernalert FOR EACH ROW "
            f"WHEN (NEW.concern_id = {broken.pk}) EXECUTE FUNCTION pg_temp.breaks()"
        )
    with pytest.raises(SomeFailed, match="1 failed"):
        escalate_all(by="test")
    assert (broken.alerts.count(), other.alerts.count()) == (0, 1)


@pytest.mark.parametrize("waiting", [1, 3])
def test_what_is_not_due_costs_one_statement_however_much_waits(waiting, django_assert_num_queries):
    for _each in range(waiting):
        ConcernAlertFactory()
    with django_assert_num_queries(2):  # what nobody has, and what somebody has and did nothing about
        assert escalate_all(by="test") == 0


def test_an_alert_is_for_ever():
    alerts = ConcernAlert.objects.filter(pk=ConcernAlertFactory().pk)
    for change in (lambda: alerts.update(people=[UserFactory().pk]), alerts.delete):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            change()
