"""Volume data: rows as years of work leave them, and a queue that reads only the open ones."""

import math
from collections import Counter
from datetime import date, timedelta

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.models import F, Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.permissions import memberships_of
from cases import allocating
from cases.clock import months_after
from cases.models import Assessment, Case, Ending, Review, SupportPlan
from protect_respect.fictional import volume, volume_cases, volume_sessions
from protect_respect.management.commands.volume_data import teams
from referrals import finding
from referrals.enums import OPEN
from referrals.forms.searching import SearchForm
from referrals.models import Decision, Referral, ReferredYoungPerson, StatusChange
from reminders.sources.cases import to_assess
from safeguarding.models import Concern
from sessions import diary, reached
from sessions.models import SupportSession

FEW = 300
LARGE = 10_000  # a table of more rows is never read whole for a page
PLENTY = 12_000


@pytest.mark.django_db
def test_it_fills_a_database_that_is_for_tests():
    call_command("volume_data", referrals=FEW, verbosity=0)
    assert Referral.objects.count() == ReferredYoungPerson.objects.count() == FEW
    assert Referral.objects.values("reference").distinct().count() == FEW
    ended = Referral.objects.filter(~Q(status__in=OPEN))
    assert 0.95 * FEW < ended.count() <= FEW
    assert Decision.objects.filter(referral__in=ended).count() == ended.count()
    steps = Counter(StatusChange.objects.values_list("referral__status", flat=True))
    assert steps["accepted"] == 3 * ended.filter(status="accepted").count()


@pytest.mark.django_db
def test_row_history_is_written_as_for_real_work():
    call_command("volume_data", referrals=FEW, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM referrals_referralevent")
        assert cursor.fetchone()[0] == FEW


@pytest.mark.django_db
def test_more_can_be_added():
    call_command("volume_data", referrals=10, verbosity=0)
    call_command("volume_data", referrals=10, verbosity=0)
    assert Referral.objects.count() == 20


@pytest.mark.django_db
def test_cases_stand_on_accepted_referrals_within_their_time_with_their_history():
    call_command("volume_data", referrals=FEW, verbosity=0)
    made = volume_cases.make(20, team=teams()[0], today=date(2026, 8, 31))
    cases = Case.objects.select_related("referral", "young_person")
    assert (made, cases.count()) == (20, 20)
    assert {case.referral.status for case in cases} == {"accepted"}
    assert all(case.planned_end_on == months_after(case.support_started_on, case.months_initial) for case in cases)
    assert volume_cases.make(FEW, team=teams()[0], today=date(2026, 8, 31)) == Case.objects.count() - 20
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_caseevent")
        assert cursor.fetchone()[0] == Case.objects.count()


@pytest.mark.django_db
def test_what_was_to_be_done_on_those_cases_was_done_and_on_a_few_not_lately():
    call_command("volume_data", referrals=FEW, verbosity=0)
    today = timezone.localdate()
    made = volume_cases.make(FEW, team=teams()[0], today=today)
    connection.check_constraints()
    for nobody in (reached.unmet(), reached.undecided(), Case.objects.without_privacy_information(), to_assess()):
        assert not nobody.exists()
    assert SupportPlan.objects.in_use().count() == Assessment.objects.signed().count() == made
    assert not Review.objects.lacking_ratings(on=today).exists()
    behind = math.ceil(made / volume_cases.BEHIND)
    late = set(Review.objects.open().filter(due_on__lt=today).values_list("case", flat=True))
    assert len(late) <= behind
    assert Case.objects.to_supervise(on=today - timedelta(days=20)).count() == behind


@pytest.mark.django_db
def test_nobody_waits_for_a_case_for_years():
    call_command("volume_data", referrals=FEW, verbosity=0)
    today, waiting = timezone.localdate(), allocating.without_case(Referral.objects)
    open_ones = volume_cases.make(10, team=teams()[0], today=today)
    there = waiting.count()
    closed = volume_cases.close_the_rest(teams=teams(), today=today)
    connection.check_constraints()
    assert waiting.count() == there - closed
    assert not waiting.filter(decided_at__date__lt=today - volume_cases.WAITS).exists()
    assert Case.objects.filter(status="closed").count() == Case.objects.count() - open_ones
    assert Ending.objects.filter(signed_off_at__isnull=False, case__status="closed").count() == closed > 0


@pytest.mark.django_db
def test_sessions_stand_on_those_cases_held_and_signed_and_planned():
    call_command("volume_data", referrals=100, verbosity=0)
    volume_cases.make(3, team=teams()[0], today=timezone.localdate())
    cases, before = list(Case.objects.select_related("referral")), SupportSession.objects.count()
    made = volume_sessions.make(cases, practitioners=[somebody("practitioner"), somebody("manager")])
    statuses = Counter((session.status, session.is_signed) for session in SupportSession.objects.all())
    assert made + before == sum(statuses.values())
    assert statuses["planned", False] == 3 * volume_sessions.PLANNED
    assert set(statuses) <= {("planned", False), ("held", True)}
    assert not SupportSession.objects.filter(started_at__lt=F("case__opened_at")).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM support_sessions_supportsessionevent")
        assert cursor.fetchone()[0] == made + before


@pytest.mark.django_db
def test_it_refuses_a_database_that_may_be_somebodys(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "NAME", "protect_respect")
    assert not django_settings.DEMONSTRATION
    with pytest.raises(CommandError, match="bench, test"):
        call_command("volume_data", referrals=10)
    assert not Referral.objects.exists()


@pytest.fixture(scope="module")
def plenty(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        volume.make(PLENTY, teams=teams())
        connection.check_constraints()  # what waits for the end of the transaction, which is never reached
        yield
        transaction.set_rollback(True)


COLLEAGUES = ["duty", "manager", "service", "safeguarding", "practitioner", "duty.national"]


def somebody(name):
    return User.objects.get(email=f"{name}@demo.example")


@pytest.mark.deep
@pytest.mark.parametrize("colleague", COLLEAGUES)
@pytest.mark.parametrize(
    "narrowed", ["open", "unread", "in_danger", "overdue", "due_today", "waiting_for_second_person"]
)
def test_the_queue_reads_no_large_table_whole(plenty, db, colleague, narrowed):
    rows = getattr(Referral.objects.visible_to(somebody(colleague)), narrowed)().open().in_order().for_queue()
    assert read_whole(lambda: list(rows[:51])) == []


@pytest.mark.deep
@pytest.mark.parametrize("colleague", COLLEAGUES)
def test_tiles_and_navigation_count_without_reading_a_large_table_whole(plenty, db, colleague):
    user = somebody(colleague)
    assert read_whole(Referral.objects.visible_to(user).counts) == []
    assert read_whole(Referral.objects.visible_to(user).unread().count) == []
    assert read_whole(Concern.objects.visible_to(user).unacknowledged().count) == []


@pytest.mark.deep
@pytest.mark.parametrize("colleague", ["duty", "manager", "safeguarding", "service"])
def test_one_referral_is_found_by_its_index(plenty, db, colleague):
    reference = Referral.objects.values_list("reference", flat=True)[0]
    found = Referral.objects.visible_to(somebody(colleague)).filter(reference=reference)
    assert read_whole(lambda: list(found)) == []


def searches():
    """One of each kind that tells somebody from others. What fits a tenth of all rows is rightly read through."""
    person = ReferredYoungPerson.objects.select_related("referral").order_by("pk")[PLENTY // 2]
    first, last, born = person.first_name, person.last_name, person.date_of_birth.strftime("%d/%m/%Y")
    referral = person.referral
    yield from [referral.reference, born, "CF10 3AT", last, last.partition("-")[2], f"{first} {last}"]
    yield from [f"{last} {born}", f"{first} {born}", f"{first[0]} {last}", "Ng", "Nobodyatall"]
    yield from [referral.referrer_email, "somebody@elsewhere.example"]


@pytest.mark.deep
@pytest.mark.parametrize("colleague", COLLEAGUES)
def test_a_search_reads_no_large_table_whole(plenty, db, colleague):
    user, whole = somebody(colleague), {}
    memberships_of(user)  # read once for each request, and not by the search
    for text in searches():
        form = SearchForm({"text": text})
        assert form.is_valid(), text
        if read := read_whole(lambda form=form: finding.found(user, form.cleaned_data["text"])):
            whole[text] = read
    assert whole == {}


@pytest.mark.deep
def test_a_referrer_is_found_by_their_index(plenty, db):
    own = Referral.objects.sent_by("referrer7@agency.example").order_by("-submitted_at")
    assert read_whole(lambda: list(own)) == []


@pytest.mark.deep
def test_a_diary_and_its_calendar_read_no_large_table_whole(plenty, db):
    volume_cases.make(LARGE, team=teams()[0], today=timezone.localdate())
    user, today = somebody("practitioner"), timezone.localdate()
    mine, others = Case.objects.select_related("referral")[:20], Case.objects.select_related("referral")[20:800]
    volume_sessions.make(mine, practitioners=[user])
    volume_sessions.make(others, practitioners=[somebody(name) for name in COLLEAGUES if name != "practitioner"])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert SupportSession.objects.count() > LARGE
    assert read_whole(lambda: diary.entries(user, today, today + timedelta(days=6))) == []
    assert read_whole(lambda: diary.appointments(user)) == []


def read_whole(ask):
    """The large tables that PostgreSQL reads from end to end to answer what ``ask`` asks."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > %s", [LARGE])
        large = {row[0] for row in cursor.fetchall()}
        assert large, "there is nothing to measure against"
        found = []
        for query in captured:
            generic = "GENERIC_PLAN, " if "$1" in query["sql"] else ""  # prepared: the values are bound by the server
            cursor.execute(f"EXPLAIN ({generic}FORMAT JSON) {query['sql']}")
            found += [node["Relation Name"] for node in _nodes(cursor.fetchone()[0][0]["Plan"]) if _is_scan(node)]
    return [table for table in found if table in large]


def _nodes(plan):
    yield plan
    for child in plan.get("Plans", []):
        yield from _nodes(child)


def _is_scan(node):
    return node["Node Type"] == "Seq Scan"
