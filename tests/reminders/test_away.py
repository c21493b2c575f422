"""Somebody is away: what waits goes to who covers too, and a manager lets them cover the cases until the day."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts import operations as accounts
from accounts.absences import who_may_cover
from accounts.enums import Role
from accounts.models import Absence
from cases.models import Assignment, Case
from centres.working_days import LONDON
from reminders import operations
from reminders.enums import Whom
from reminders.forms import AwayForm
from reminders.people import Listeners
from reminders.sources.places import of_case
from reminders.tasks import remind
from reminders.views import away
from tests.cases.ladder import is_refused, is_sent_to_sign_in
from tests.factories.accounts import AbsenceFactory, MembershipFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.people import AccessGrantFactory, ExclusionFactory
from tests.reminders.sweeping import works_on
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

AWAY = reverse("reminders:away")


def in_days(count):
    return timezone.localdate() + timedelta(days=count)


def typed(first, back, cover):
    days = {"from_on": in_days(first), "until_on": in_days(back)}
    parts = {f"{name}_{part}": getattr(day, part) for name, day in days.items() for part in ("day", "month", "year")}
    return parts | {"cover": cover.pk}


@pytest.fixture
def case():
    return CaseFactory(active=True)


def colleague(case, role=Role.PRACTITIONER):
    return MembershipFactory(centre=case.centre, role=role, user__with_factor=True).user


@pytest.fixture
def absence(case):
    """The lead is away since yesterday, and a colleague of the centre covers."""
    lead, cover = colleague(case), colleague(case)
    AssignmentFactory(case=case, user=lead)
    return AbsenceFactory(user=lead, cover=cover)


# To plan it


def test_somebody_says_when_they_are_away_and_the_team_page_says_it(client, sign_in, case):
    user, cover = sign_in(Role.PRACTITIONER, at=case.centre), colleague(case)
    assert client.post(AWAY, typed(0, 5, cover)).url == AWAY
    assert client.get(AWAY).context["rows"][0]["cover"] == f"{cover.full_name} covers"
    sign_in(Role.TEAM_MANAGER, at=case.centre)
    [row] = [row for row in client.get(reverse("reminders:team")).context["rows"] if row["name"] == user.full_name]
    assert row["away"]["words"].startswith("Away, and back on ")


def test_a_manager_says_it_for_a_colleague_of_their_team_alone(client, sign_in, case):
    ill, cover = colleague(case), colleague(case)
    manager = sign_in(Role.TEAM_MANAGER, at=case.centre)
    page = f"{AWAY}?who={ill.pk}"
    assert client.post(page, typed(0, 3, cover)).url == page
    assert Absence.objects.get().set_by == manager
    elsewhere = MembershipFactory(role=Role.PRACTITIONER).user
    assert client.get(AWAY, {"who": elsewhere.pk}).status_code == 404
    sign_in(Role.PRACTITIONER, at=case.centre)
    is_refused(client, [("another's", "get", page), ("another's", "post", page)])


@pytest.mark.parametrize("wrong", ["back before they go", "long ago", "no colleague", "oneself", "away already"])
def test_what_cannot_be_is_asked_again(client, sign_in, case, wrong):
    user, cover = sign_in(Role.PRACTITIONER, at=case.centre), colleague(case)
    first, back = {"back before they go": (4, 4), "long ago": (-1, 4)}.get(wrong, (0, 4))
    if wrong == "no colleague":
        cover = MembershipFactory().user
    if wrong == "away already":
        AbsenceFactory(user=user)
    before = Absence.objects.count()
    assert client.post(AWAY, typed(first, back, user if wrong == "oneself" else cover)).context["form"].errors
    assert Absence.objects.count() == before


def test_nobody_covers_who_is_no_colleague(case):
    days = {"from_on": in_days(0), "until_on": in_days(1)}
    user, elsewhere = colleague(case), MembershipFactory().user
    with leaves_no_trace(), pytest.raises(accounts.NoColleague):
        accounts.plan_absence(user, by=user, cover=elsewhere, **days)


def test_it_is_kept_with_its_history_and_on_the_trail(case):
    user, cover = colleague(case), colleague(case)
    with writes(Absence=1, AbsenceEvent=1, AuditEvent=1):
        accounts.plan_absence(user, by=user, cover=cover, from_on=in_days(0), until_on=in_days(1))


def test_a_stranger_is_sent_to_sign_in(client, absence):
    acts = [(name, "post", reverse(f"reminders:{name}", args=[absence.pk])) for name in ("call_off", "cover_cases")]
    is_sent_to_sign_in(client, [("page", "get", AWAY), ("act", "post", AWAY), *acts])


# Who hears meanwhile


@pytest.mark.parametrize("how", ["away", "not yet", "back", "called off", "closed to the cover", "not theirs to open"])
def test_while_somebody_is_away_who_covers_hears_too(case, how):
    manager = colleague(case, Role.TEAM_MANAGER)
    cover = colleague(case, Role.CENTRE_ADMIN if how == "not theirs to open" else Role.SERVICE_MANAGER)
    first = {"not yet": in_days(1), "back": in_days(-7)}.get(how, in_days(-1))
    AbsenceFactory(user=manager, cover=cover, from_on=first, called_off=how == "called off")
    if how == "closed to the cover":
        ExclusionFactory(subject=case.subject, user=cover)
    heard = Listeners({of_case(case)}).of(of_case(case), Whom.MANAGER)
    assert heard == ({manager.pk, cover.pk} if how == "away" else {manager.pk})


def test_a_grant_is_enough_and_a_manager_hears_of_the_cases_of_who_is_away(case, absence):
    manager, role = colleague(case, Role.TEAM_MANAGER), Role.PRACTITIONER
    cover, place = AbsenceFactory(user=manager, cover=colleague(case, role)).cover, of_case(case)
    AbsenceFactory(user=AssignmentFactory(case=case, kind="co_worker", user=colleague(case, role)).user, cover=manager)
    AccessGrantFactory(subject=case.subject, user=cover)
    assert Listeners({place}).of(place, Whom.MANAGER) == {manager.pk, cover.pk}
    Absence.objects.filter(user=absence.user).update(cover=manager)
    assert Listeners({place}).of(place, Whom.PRACTITIONER) == {absence.user_id, manager.pk}


def test_a_case_is_heard_of_by_who_works_on_it(case, absence):
    assert Listeners({of_case(case)}).of(of_case(case), Whom.PRACTITIONER) == {absence.user_id}
    operations.cover_cases(absence, cases_of=[case], by=colleague(case, Role.TEAM_MANAGER))
    assert Listeners({of_case(case)}).of(of_case(case), Whom.PRACTITIONER) == {absence.user_id, absence.cover_id}


# The cases


def cover(client, absence):
    return client.post(reverse("reminders:cover_cases", args=[absence.pk]), follow=True)


def sees(user, case):
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


def test_a_manager_lets_them_cover_every_case_at_once_until_the_day(client, sign_in, case, absence):
    sign_in(Role.TEAM_MANAGER, at=case.centre)
    closed = CaseFactory(active=True, referral__centre=case.centre, led_by=absence.user)
    ExclusionFactory(subject=closed.subject, user=absence.cover)
    page = f"{AWAY}?who={absence.user_id}"
    assert client.get(page).context["rows"][0]["to_cover"] == 2
    told = cover(client, absence).text
    assert f"{absence.cover.full_name} covers 1 case now." in told
    assert f"Not these: {closed.reference}." in told
    assert (sees(absence.cover, case), sees(absence.cover, closed)) == (True, False)
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        assert not sees(absence.cover, case)
        assert Assignment.objects.current().filter(user=absence.cover).exists()
        remind()
        assert not Assignment.objects.current().filter(user=absence.cover).exists()
        assert sees(absence.user, case)


OF_NO_CASES = [Role.DUTY_WORKER, Role.SAFEGUARDING_LEAD, Role.CENTRE_ADMIN, Role.DATA_PROTECTION, Role.SYSTEM_ADMIN]


@pytest.mark.parametrize("role", OF_NO_CASES)
def test_who_has_no_part_in_casework_neither_covers_for_a_practitioner_nor_is_given_their_cases(
    client, sign_in, case, role
):
    lead, other = colleague(case), colleague(case, role)
    AssignmentFactory(case=case, user=lead)
    assert other not in who_may_cover(lead)
    manager = sign_in(Role.TEAM_MANAGER, at=case.centre)
    absence = AbsenceFactory(user=lead, cover=other)  # they may have been a practitioner when it was planned
    assert f"Not these: {case.reference}." in cover(client, absence).text
    with leaves_no_trace():
        assert operations.cover_cases(absence, cases_of=[case], by=manager) == (0, [case])
    assert not sees(other, case)


@pytest.mark.parametrize(
    ("role", "cover", "may"),
    [
        (Role.PRACTITIONER, Role.PRACTITIONER, True),
        (Role.PRACTITIONER, Role.TEAM_MANAGER, True),
        (Role.TEAM_MANAGER, Role.PRACTITIONER, False),
        (Role.TEAM_MANAGER, Role.SERVICE_MANAGER, True),
        (Role.SAFEGUARDING_LEAD, Role.DUTY_WORKER, False),
        (Role.DUTY_WORKER, Role.DUTY_WORKER, True),
        (Role.CENTRE_ADMIN, Role.SYSTEM_ADMIN, True),
        (Role.DATA_PROTECTION, Role.TEAM_MANAGER, False),
    ],
)
def test_who_covers_has_a_part_in_the_same_work_at_the_same_centre(case, role, cover, may):
    away, beside, elsewhere = colleague(case, role), colleague(case, cover), MembershipFactory(role=role).user
    assert list(who_may_cover(away)) == ([beside] if may else [])
    assert not who_may_cover(elsewhere).exists()


def test_a_manager_who_covers_reads_the_cases_already(client, sign_in, case):
    manager = sign_in(Role.TEAM_MANAGER, at=case.centre)
    AssignmentFactory(case=case, user=(lead := colleague(case)))
    absence = AbsenceFactory(user=lead, cover=manager)
    assert client.get(f"{AWAY}?who={lead.pk}").context["rows"][0]["to_cover"] == 0
    assert "covers all of them already" in cover(client, absence).text


def test_nobody_reads_a_case_before_the_working_day_before_the_absence(client, sign_in, case):
    """2 November 2026 is a Monday."""
    with time_machine.travel(datetime(2026, 10, 29, 23, 59, tzinfo=LONDON), tick=False):
        manager, lead, who = colleague(case, Role.TEAM_MANAGER), colleague(case), colleague(case)
        works_on(case, user=lead)
        absence = AbsenceFactory(user=lead, cover=who, from_on=date(2026, 11, 2), until_on=date(2026, 11, 6))
        client.force_login(manager)
        page = client.get(f"{AWAY}?who={lead.pk}").text
        assert ("from Friday 30 October" in page, "Let them cover the cases<" in page) == (True, False)
        assert "from Friday 30 October" in cover(client, absence).text
        with leaves_no_trace(), pytest.raises(operations.TooEarly):
            operations.cover_cases(absence, cases_of=[case], by=manager)
        assert not sees(who, case)
    with time_machine.travel(datetime(2026, 10, 30, 0, 1, tzinfo=LONDON), tick=False):
        client.force_login(manager)
        cover(client, absence)
        assert sees(who, case)


def test_twice_is_once(client, sign_in, case, absence):
    sign_in(Role.TEAM_MANAGER, at=case.centre)
    cover(client, absence)
    assert "covers all of them already" in cover(client, absence).text
    manager = colleague(case, Role.TEAM_MANAGER)
    with leaves_no_trace():
        assert operations.cover_cases(absence, cases_of=[case], by=manager) == (0, [])
    assert Assignment.objects.filter(user=absence.cover).count() == 1


def test_who_may_not_say_who_works_on_a_case_is_refused(client, sign_in, case, absence):
    client.force_login(absence.user)
    is_refused(client, [("cover", "post", reverse("reminders:cover_cases", args=[absence.pk]))])
    sign_in(Role.TEAM_MANAGER)
    assert client.post(reverse("reminders:cover_cases", args=[absence.pk])).status_code == 404


def test_it_is_called_off_and_the_cover_ends_with_it(client, case, absence):
    operations.cover_cases(absence, cases_of=[case], by=colleague(case, Role.TEAM_MANAGER))
    client.force_login(absence.user)
    call_off = reverse("reminders:call_off", args=[absence.pk])
    assert client.post(call_off).url == AWAY
    assert not sees(absence.cover, case)
    assert not Absence.objects.planned(on=in_days(0)).exists()
    assert f"{absence.user.full_name} has called it off already." in client.post(call_off, follow=True).text
    with leaves_no_trace(), pytest.raises(accounts.AlreadyEnded):
        operations.call_off_absence(absence, by=absence.user)


def test_what_is_over_or_called_off_is_covered_by_nobody_and_says_so(client, sign_in, case, absence):
    manager = sign_in(Role.TEAM_MANAGER, at=case.centre)
    over = AbsenceFactory(user=absence.user, cover=absence.cover, from_on=in_days(-20), until_on=in_days(-10))
    assert "It is over already." in cover(client, over).text
    accounts.call_off_absence(absence, by=absence.user)
    assert "has called it off already." in cover(client, absence).text
    with leaves_no_trace(), pytest.raises(accounts.AlreadyEnded):
        operations.cover_cases(absence, cases_of=[case], by=manager)


def test_a_cover_whose_role_has_ended_meanwhile_is_asked_for_again(rf, case):
    """The form was right, and the role ended before it was kept."""
    user, who = colleague(case), MembershipFactory().user
    form = AwayForm(typed(0, 5, who), colleagues=type(who).objects.all())
    request = rf.post(AWAY)
    request.user = user
    assert form.is_valid()
    assert away._plan(request, user, form) is False
    assert form.errors.keys() == {"cover"}


def test_nobody_elses_is_called_off(client, sign_in, case, absence):
    sign_in(Role.PRACTITIONER, at=case.centre)
    assert client.post(reverse("reminders:call_off", args=[absence.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(client, case, absence, count, django_assert_num_queries):
    for number in range(1, count):
        AbsenceFactory(user=absence.user, from_on=in_days(10 * number))
    client.force_login(absence.user)
    client.get(AWAY)
    with django_assert_num_queries(OF_AWAY):
        assert len(client.get(AWAY).context["rows"]) == count


OF_AWAY = 10
