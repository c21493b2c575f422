"""What follows from what is said of a session, in the same act: less safe is a concern; somebody makes sure."""

import pytest
from django.utils import timezone

from cases.models import SafetyChange, Task
from safeguarding.models import Concern
from sessions import operations
from sessions.enums import ASKS_WHAT_NEXT, ASKS_WHY, MISSED, Attendance
from tests.factories.accounts import UserFactory
from tests.factories.cases import AssignmentFactory
from tests.sessions.writing import LESS_SAFE, a_case, ago, draft, form, record

pytestmark = pytest.mark.django_db


def what_is_owed():
    return list(Task.objects.order_by("due_on", "pk").values_list("what", flat=True))


# Less safe


@pytest.mark.parametrize(
    ("change", "raises"), [("same", 0), ("", 0), ("improved", 0), ("new_information", 0), ("worse", 1)]
)
def test_less_safe_is_a_concern_in_the_same_act_and_asks_to_look_again(change, raises):
    case = a_case()
    session = record(case, **LESS_SAFE | {"safety_change": change}, severity="high" if raises else "")
    assert Concern.objects.count() == raises
    assert SafetyChange.objects.count() == (change not in ("", "same"))
    assert len(what_is_owed()) == 2 * raises
    if raises:
        concern = Concern.objects.get()
        assert (concern.subject, concern.severity, concern.what) == (case.subject, "high", LESS_SAFE["safety_words"])
        assert session.safety_noticed.concern == concern


def test_it_is_noticed_once_also_where_the_record_is_put_right():
    case, by = a_case(), UserFactory()
    session = record(case, by, **LESS_SAFE, severity="high")
    record(case, by, session=session, seen=1, **LESS_SAFE, severity="high", what_we_did="Drew.")
    assert (SafetyChange.objects.count(), Concern.objects.count()) == (1, 1)


def raised():
    return list(Concern.objects.order_by("pk").values_list("what", "severity"))


def test_what_is_said_anew_about_their_safety_is_raised_anew_and_nothing_that_was_raised_changes():
    case, by = a_case(), UserFactory()
    session = record(case, by, **LESS_SAFE, severity="standard")
    words = LESS_SAFE["safety_words"]
    said = [("standard", words), ("immediate", words), ("high", words), ("immediate", "He has her phone.")]
    for seen, (severity, words_now) in enumerate(said, start=1):
        told = LESS_SAFE | {"safety_words": words_now, "severity": severity}
        session = record(case, by, session=session, seen=seen, what_we_did=f"Drew {seen}.", **told)
    assert raised() == [(words, "standard"), (words, "immediate"), ("He has her phone.", "immediate")]
    assert session.safety_noticed.concern == Concern.objects.latest("pk")


def test_sooner_is_raised_also_where_nothing_else_was_changed():
    case, by = a_case(), UserFactory()
    sent = form(**LESS_SAFE, severity="standard")
    session = operations.record_session(case, by=by, **sent)
    sooner = sent | {"severity": "immediate", "seen": session.edition}
    for _twice in range(2):
        operations.record_session(case, by=by, **sooner)
    assert [severity for _words, severity in raised()] == ["standard", "immediate"]


def test_words_about_their_safety_that_were_typed_since_are_raised_with_the_signature():
    case, by = a_case(), UserFactory()
    session = record(case, by, **LESS_SAFE, severity="high")
    draft(case, by, session=session, seen=1, **LESS_SAFE | {"safety_words": "He has her phone."})
    signed = operations.sign_session(session, by=by, seen=2)
    assert raised() == [(LESS_SAFE["safety_words"], "high"), ("He has her phone.", "high")]
    assert signed.safety_noticed.concern.what == signed.safety_words


# Nobody came


@pytest.mark.parametrize("attendance", Attendance)
def test_every_answer_is_one_that_can_be_given(attendance):
    more = {"follow_up": "reached"} if attendance in ASKS_WHAT_NEXT else {}
    more |= {"why_not": "The car broke down."} if attendance in ASKS_WHY else {}
    session = record(a_case(), attendance=attendance, and_sign=True, **more)
    assert (session.attendance, session.is_signed) == (attendance, True)
    assert session.took_place == attendance.startswith("attended")


@pytest.mark.parametrize("attendance", [*MISSED, Attendance.NOT_SAFE])
@pytest.mark.parametrize(
    ("follow_up", "owed"),
    [
        ("try_to_reach", ["Try today to reach the young person, in a way that is safe for them"]),
        ("welfare_check", ["Make sure today that the young person is safe, and tell those around them"]),
        ("reached", []),
    ],
)
def test_somebody_makes_sure_on_the_same_day_that_they_are_safe(attendance, follow_up, owed):
    case = a_case()
    lead = AssignmentFactory(case=case).user
    record(case, attendance=attendance, follow_up=follow_up, why_not="A voice behind her.")
    assert what_is_owed() == owed
    assert all((task.owner, task.due_on) == (lead, timezone.localdate()) for task in Task.objects.all())


def test_what_we_do_today_is_put_right_as_long_as_it_is_not_signed():
    case, seen = a_case(), 0
    session, came = None, []
    answers = ["reached", "welfare_check", "welfare_check", "try_to_reach", "reached"]
    for seen, answer in enumerate(answers):
        more = {"session": session, "seen": seen} if session else {}
        told = {"attendance": "was_not_brought", "follow_up": answer, "what_we_change": f"{seen}"}
        session = record(case, **told, **more)
        came.append([task.what.split()[0] for task in Task.objects.open()])
    assert came == [[], ["Make"], ["Make"], ["Try"], []]
    assert Task.objects.count() == 2


def test_another_answer_of_those_that_ask_the_same_owes_nothing_twice():
    case = a_case()
    record(case, at=ago(days=1), attendance="was_not_brought", follow_up="reached")
    session = record(case, attendance="was_not_brought", follow_up="try_to_reach")
    told = {"session": session, "attendance": "did_not_attend", "follow_up": "try_to_reach"}
    before = what_is_owed()
    record(case, seen=1, **told)
    assert what_is_owed() == before
    record(case, session=session, seen=2, what_we_did="Walked the dog after all.")
    assert [task.what[:12] for task in Task.objects.open()] == ["Two sessions"]


def test_after_two_in_a_row_we_think_and_after_three_we_meet_and_nobody_counts_against_them():
    case = a_case()
    came = {"attendance": "attended"}
    missed = {"attendance": "was_not_brought", "follow_up": "reached"}
    cancelled = {"attendance": "cancelled_by_young_person"}
    owed = []
    for days, told in [(9, missed), (8, came), (7, missed), (6, cancelled), (5, missed), (4, missed), (3, missed)]:
        record(case, at=ago(days=days), **told)
        owed.append(len(what_is_owed()))
    assert owed == [0, 0, 0, 0, 1, 2, 2]
    assert what_is_owed() == [
        "Two sessions in a row did not happen: talk in supervision about another way",
        "Three sessions in a row did not happen: meet with those around them and look at it anew",
    ]
