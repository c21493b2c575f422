"""Somebody is away: what waits goes to who covers too, and a manager lets them cover the cases until the day."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts import operations as accounts
from accounts.enums import Role
from accounts.models import Absence
from cases.models import Assignment, Case
from reminders import operations
from reminders.enums import Whom
from reminders.people import Listeners
from reminders.sources.places import of_case
from reminders.tasks import remind
from tests.cases.ladder import is_refused, is_sent_to_sign_in
from tests.factories.accounts import AbsenceFactory, MembershipFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.people import ExclusionFactory
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


@pytest.mark.parametrize("how", ["away", "not yet", "back", "called off", "closed to the cover"])
def test_while_somebody_is_away_who_covers_hears_too(case, how):
    manager, cover = colleague(case, Role.TEAM_MANAGER), colleague(case)
    first = {"not yet": in_days(1), "back": in_days(-7)}.get(how, in_days(-1))
    AbsenceFactory(user=manager, cover=cover, from_on=first, called_off=how == "called off")
    if how == "closed to the cover":
        ExclusionFactory(subject=case.subject, user=cover)
    heard = Listeners({of_case(case)}).of(of_case(case), Whom.MANAGER)
    assert heard == {manager.pk, cover.pk} if how == "away" else {manager.pk}


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


def test_twice_is_once(client, sign_in, case, absence):
    sign_in(Role.TEAM_MANAGER, at=case.centre)
    cover(client, absence)
    cover(client, absence)
    assert Assignment.objects.filter(user=absence.cover).count() == 1


def test_who_may_not_say_who_works_on_a_case_is_refused(client, sign_in, case, absence):
    client.force_login(absence.user)
    is_refused(client, [("cover", "post", reverse("reminders:cover_cases", args=[absence.pk]))])
    sign_in(Role.TEAM_MANAGER)
    assert client.post(reverse("reminders:cover_cases", args=[absence.pk])).status_code == 404


def test_it_is_called_off_and_the_cover_ends_with_it(client, case, absence):
    operations.cover_cases(absence, cases_of=[case], by=colleague(case, Role.TEAM_MANAGER))
    client.force_login(absence.user)
    away = reverse("reminders:call_off", args=[absence.pk])
    assert client.post(away).url == AWAY
    assert not sees(absence.cover, case)
    assert not Absence.objects.planned(on=in_days(0)).exists()
    assert client.post(away).status_code == 404
    with leaves_no_trace(), pytest.raises(accounts.AlreadyEnded):
        operations.call_off_absence(absence, by=absence.user)


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
