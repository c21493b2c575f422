"""Reading referrals: the order of the queue, its pages, its counts, and what is derived from the clock."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from referrals import presenting
from referrals.enums import Priority
from referrals.models import Referral
from tests.factories.accounts import UserFactory
from tests.factories.referrals import DecisionFactory, NoteFactory, ReferralFactory, StatusChangeFactory
from tests.factories.screening import QuestionFactory
from tests.figures import figure

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 6, 17, 12, 0, tzinfo=LONDON)
MOMENTS = [
    NOON - timedelta(days=1),
    NOON - timedelta(seconds=1),
    NOON,
    NOON + timedelta(hours=5),
    datetime(2026, 6, 17, 23, 59, 59, tzinfo=LONDON),
    datetime(2026, 6, 18, 0, 0, tzinfo=LONDON),
]


def test_danger_first_then_what_we_said_then_what_is_unsaid_then_planned():
    made = {
        "danger": ReferralFactory(in_danger=True, priority=Priority.AWARENESS),
        "immediate": ReferralFactory(priority=Priority.IMMEDIATE),
        "soon": ReferralFactory(priority=Priority.SOON),
        "unsaid": ReferralFactory(),
        "standard": ReferralFactory(priority=Priority.STANDARD),
        "awareness": ReferralFactory(priority=Priority.AWARENESS),
    }

    assert list(Referral.objects.in_order()) == list(made.values())
    assert [referral.urgency for referral in Referral.objects.in_order()] == [0, 1, 2, 3, 4, 5]


def test_of_two_equally_urgent_the_one_due_first_comes_first():
    later, sooner = ReferralFactory(decide_by=NOON + timedelta(1)), ReferralFactory(decide_by=NOON)

    assert list(Referral.objects.in_order()) == [sooner, later]


@pytest.fixture
def a_referral():
    return ReferralFactory()


keys = st.lists(st.tuples(st.sampled_from(["", *Priority.values]), st.sampled_from(MOMENTS)), max_size=9)


@given(keys=keys, size=st.integers(1, 4))
@hypothesis(max_examples=figure(40, 400))
def test_pages_by_key_show_every_row_once_in_order(a_referral, keys, size):
    like = {name: getattr(a_referral, name) for name in ("subject", "centre", "offer", "local_authority")}
    Referral.objects.all().delete()
    made = Referral.objects.bulk_create(
        ReferralFactory.build(**like, priority=priority, decide_by=decide_by) for priority, decide_by in keys
    )

    shown, last = [], None
    while True:
        rows = Referral.objects.in_order()
        page = list((rows.after_key(last.urgency, last.decide_by, last.pk) if last else rows)[:size])
        if not page:
            break
        shown, last = [*shown, *page], page[-1]

    assert shown == list(Referral.objects.in_order())
    assert {referral.pk for referral in shown} == {referral.pk for referral in made}


@pytest.mark.parametrize("trait", ["", "screening", "on_hold", "awaiting_information", "accepted", "withdrawn"])
@pytest.mark.parametrize("decide_by", MOMENTS, ids=str)
@time_machine.travel(NOON, tick=False)
def test_a_row_and_a_list_agree_on_what_the_clock_says(trait, decide_by):
    referral = ReferralFactory(**({trait: True} if trait else {}), decide_by=decide_by)
    rows = Referral.objects.filter(pk=referral.pk)

    assert referral.is_overdue == rows.overdue().exists()
    assert referral.is_due_today == rows.due_today().exists()
    assert referral.is_open == rows.open().exists()
    assert referral.is_unread == rows.unread().exists()
    assert not (referral.is_overdue and referral.is_due_today)


@time_machine.travel(NOON, tick=False)
def test_the_day_ends_at_midnight_in_london():
    by = {moment: ReferralFactory(decide_by=moment) for moment in MOMENTS}

    assert set(Referral.objects.overdue()) == {by[MOMENTS[0]], by[MOMENTS[1]]}
    assert set(Referral.objects.due_today()) == {by[MOMENTS[2]], by[MOMENTS[3]], by[MOMENTS[4]]}


@pytest.mark.parametrize("trait", ["accepted", "not_accepted", "duplicate", "withdrawn"])
def test_what_has_ended_is_in_no_list_of_work(trait):
    ReferralFactory(**{trait: True}, in_danger=True, decide_by=NOON - timedelta(days=900))
    rows = Referral.objects.all()

    for some in (rows.open(), rows.unread(), rows.in_danger(), rows.overdue(), rows.waiting_for_second_person()):
        assert not some.exists()
    assert set(rows.counts().values()) == {0}


@time_machine.travel(NOON, tick=False)
def test_the_counts_are_those_of_the_lists():
    ReferralFactory(in_danger=True, decide_by=NOON - timedelta(days=1))
    ReferralFactory(waiting=True, decide_by=NOON + timedelta(hours=2))
    ReferralFactory(owner=UserFactory(), decide_by=NOON + timedelta(days=9))
    ReferralFactory(awaiting_information=True, decide_by=NOON - timedelta(days=9))
    ReferralFactory(awaiting_information=True, decide_by=NOON + timedelta(hours=2))
    QuestionFactory(referral=ReferralFactory(screening=True, decide_by=NOON + timedelta(days=9)), answered=True)
    ReferralFactory(accepted=True)
    rows = Referral.objects.all()

    assert rows.counts() == {
        "danger": rows.in_danger().count(),
        "overdue": rows.overdue().count(),
        "today": rows.due_today().count(),
        "unread": rows.unread().count(),
        "screening": 2,
        "second_person": rows.waiting_for_second_person().count(),
        "awaiting": 2,
        "answered": rows.answered().count(),
    }
    one_each = dict.fromkeys(["danger", "overdue", "today", "unread", "second_person", "answered"], 1)
    assert rows.counts() == one_each | {"screening": 2, "awaiting": 2}


@pytest.mark.parametrize("trait", ["awaiting_information", "on_hold", "accepted", "withdrawn"])
def test_answered_is_what_is_being_screened_again(trait):
    QuestionFactory(referral=ReferralFactory(**{trait: True}), answered=True)
    QuestionFactory(referral=ReferralFactory(screening=True), closed=True)
    back = QuestionFactory(referral=ReferralFactory(screening=True), answered=True).referral

    assert list(Referral.objects.answered()) == [back]


SINCE = {"at": NOON + timedelta(hours=1)}
BY_THE_REFERRER = {"from_status": "awaiting_information", "by": None}
ACTS_SINCE = {
    "a note": (lambda referral: NoteFactory(referral=referral, **SINCE), False),
    "a step of ours": (lambda referral: StatusChangeFactory(referral=referral, to_status="screening", **SINCE), False),
    "the answer's own step": (
        lambda referral: StatusChangeFactory(referral=referral, **BY_THE_REFERRER, **SINCE), True
    ),
    "a decision": (lambda referral: DecisionFactory(referral=referral, decided_at=SINCE["at"]), False),
    "a note from before": (lambda referral: NoteFactory(referral=referral, at=NOON - timedelta(hours=1)), True),
    "a note on another": (lambda referral: NoteFactory(**SINCE), True),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS_SINCE)
@time_machine.travel(NOON, tick=False)
def test_an_answer_is_news_until_one_of_us_acts(act):
    referral = QuestionFactory(referral=ReferralFactory(screening=True), answered=True, answered_at=NOON).referral
    do, is_news = ACTS_SINCE[act]

    do(referral)

    assert list(Referral.objects.answered()) == [referral] * is_news
    assert presenting.is_answered(Referral.objects.get(pk=referral.pk)) == is_news


@pytest.mark.parametrize(("day", "is_over"), [(16, True), (17, True), (18, False)])
@time_machine.travel(NOON, tick=False)
def test_a_hold_is_over_when_its_day_has_come(day, is_over):
    referral = ReferralFactory(on_hold=True, review_on=date(2026, 6, day))
    ReferralFactory(screening=True)

    assert referral.is_hold_over == is_over
    assert list(Referral.objects.hold_is_over()) == [referral] * is_over


@time_machine.travel(NOON, tick=False)
def test_a_row_of_the_queue_knows_by_when_an_answer_is_due():
    question = QuestionFactory(due_on=date(2026, 6, 20))
    QuestionFactory(referral=question.referral, closed=True, due_on=date(2026, 6, 1))
    other = QuestionFactory(referral=ReferralFactory(screening=True), answered=True).referral

    rows = {row["pk"]: row for row in Referral.objects.all().for_queue()}

    assert rows[question.referral_id]["answer_due_on"] == date(2026, 6, 20)
    assert (rows[other.pk]["answer_due_on"], rows[other.pk]["is_answered"]) == (None, True)


def test_nobody_is_asked_to_be_second_to_themselves():
    referral = ReferralFactory(waiting=True)
    [decision] = referral.decisions.all()
    ReferralFactory(screening=True)
    DecisionFactory(sent_back=True)

    assert not Referral.objects.to_countersign_by(decision.decided_by).exists()
    assert list(Referral.objects.to_countersign_by(UserFactory())) == [referral]


@pytest.mark.parametrize("referrer", [None, "", "other@school.example"])
def test_only_the_proven_address_sees_what_it_sent(referrer):
    referral = ReferralFactory()

    assert not Referral.objects.sent_by(referrer).exists()
    assert list(Referral.objects.sent_by(referral.referrer_email)) == [referral]


def test_the_queue_and_the_page_ask_a_fixed_number_of_times(django_assert_num_queries):
    ReferralFactory.create_batch(3, waiting=True)

    with django_assert_num_queries(1):
        assert len(list(Referral.objects.all().for_queue())) == 3
    with django_assert_num_queries(1):
        assert len(list(Referral.objects.all().for_page())) == 3
