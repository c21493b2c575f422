"""Sending: stored, owed and put before people in one act; once; without the trail and without Redis."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from audit.models import AuditEvent
from outbox.models import Message
from people.models import DataSubject
from referrals import operations
from referrals.enums import Danger
from referrals.models import Referral, ReferralDraft, StatusChange
from referrals.operations import submitting
from referrals.reading import fit_of
from safeguarding.models import Concern
from tests.factories.accounts import DutyShiftFactory, MembershipFactory
from tests.factories.centres import LocalAuthorityFactory, ServiceCentreFactory, ServiceOfferFactory
from tests.factories.referrals import ReferralDraftFactory, ReferralFactory
from tests.submissions import answers_for
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
STORED = {
    "ReferralDraft": -1,
    "DataSubject": 1,
    "DataSubjectEvent": 1,
    "Referral": 1,
    "ReferralEvent": 1,
    "ReferredYoungPerson": 1,
    "ReferredYoungPersonEvent": 1,
    "SafetyAnswers": 1,
    "SafetyAnswersEvent": 1,
    "StatusChange": 1,
    "StatusChangeEvent": 1,
    "Message": 1,
}


@pytest.fixture
def area(db):
    offer = ServiceOfferFactory()
    return LocalAuthorityFactory(centre=offer.centre)


def send(draft, area, **changes):
    return operations.submit(draft, by=draft.email, **answers_for(area, **changes))


def test_a_section_saved_after_the_draft_was_read_is_not_lost(area):
    draft = ReferralDraftFactory()
    operations.save_section(draft, by=draft.email, section="safety", values={"safe": ["no"]}, version=1)

    with leaves_no_trace(), pytest.raises(operations.DraftChanged):
        send(draft, area)


def test_everything_is_stored_and_the_draft_is_gone(area):
    draft = ReferralDraftFactory(language="cy")

    with writes(**STORED):
        referral = send(draft, area)

    assert (referral.form_token, referral.referrer_email, referral.language) == (draft.pk, draft.email, "cy")
    assert (referral.centre, referral.offer.centre, referral.scheme) == (area.centre, area.centre, "NAT4")
    assert (referral.status, referral.owner, referral.decided_at) == ("submitted", None, None)
    assert (referral.young_person.last_name, referral.safety.safe_at_home) == ("O'Brien-Ŵyn", "yes")
    [change] = referral.status_changes.all()
    assert (change.from_status, change.to_status, change.by, change.recorded) == ("", "submitted", None, False)
    assert not ReferralDraft.objects.exists()


def test_the_person_can_be_found_and_nothing_of_them_is_in_the_letter(area):
    referral = send(ReferralDraftFactory(), area)

    [subject] = DataSubject.objects.all()
    assert (subject.kind, subject.centre, subject.date_of_birth) == (
        "young_person",
        area.centre,
        referral.young_person.date_of_birth,
    )
    assert (subject.surname_key, subject.given_name_key, subject.is_restricted) == ("obrienwyn", "canary", False)
    [letter] = Message.objects.all()
    assert (letter.key, letter.template, letter.to) == (
        f"received:{referral.pk}",
        "referral-received",
        referral.referrer_email,
    )
    assert (letter.reference, letter.path) == (referral.reference, f"/refer/{referral.form_token}/outcome/")
    assert letter.due_on == timezone.localdate(referral.decide_by)
    assert letter.counts == {}


def test_a_second_time_is_the_same_referral_and_writes_nothing(area):
    draft = ReferralDraftFactory()
    first = send(draft, area)

    with leaves_no_trace(), pytest.raises(operations.AlreadySent) as refused, transaction.atomic():
        send(draft, area)

    assert refused.value.referral == first


def test_a_draft_deleted_in_another_window_is_not_sent(area):
    draft = ReferralDraftFactory()
    operations.discard_draft(draft, by=draft.email)

    with leaves_no_trace(), pytest.raises(operations.DraftGone):
        send(draft, area)


@time_machine.travel(datetime(2026, 12, 23, 16, 59, tzinfo=LONDON), tick=False)
def test_the_clock_counts_working_days_over_christmas(area):
    referral = send(ReferralDraftFactory(), area)

    # 24, 29, 30, 31 December, then 4 January: 25 is a bank holiday, 28 a substitute, 1 January another.
    assert referral.decide_by == datetime(2027, 1, 4, 17, tzinfo=LONDON)


@pytest.mark.requirement("R-nat-33", part="routing")
def test_an_area_that_nobody_serves_goes_to_national():
    national = ServiceOfferFactory(centre=ServiceCentreFactory(national=True)).centre

    assert send(ReferralDraftFactory(), LocalAuthorityFactory(centre=None)).centre == national


@pytest.mark.requirement("R-nat-33", part="routing")
@pytest.mark.parametrize("why", ["closed centre", "no offer yet", "offer over", "offer ends today"])
def test_an_area_whose_centre_offers_nothing_today_goes_to_national(why):
    national = ServiceOfferFactory(centre=ServiceCentreFactory(national=True)).centre
    today = timezone.localdate()
    centre = ServiceCentreFactory(is_active=why != "closed centre")
    dates = {
        "closed centre": {},
        "no offer yet": {"starts_on": today + timedelta(days=1)},
        "offer over": {"ends_on": today - timedelta(days=1)},
        "offer ends today": {"ends_on": today},
    }
    ServiceOfferFactory(centre=centre, **dates[why])

    assert send(ReferralDraftFactory(), LocalAuthorityFactory(centre=centre)).centre == national


def test_danger_raises_a_concern_and_tells_each_person_on_duty_once(area):
    worker = MembershipFactory(centre=area.centre).user
    manager = MembershipFactory(centre=area.centre, role="team_manager", user=worker).user
    lead = MembershipFactory(centre=area.centre, role="safeguarding_lead").user
    MembershipFactory()  # on duty elsewhere
    draft = ReferralDraftFactory()

    with writes(**STORED | {"Message": 3, "Concern": 1, "ConcernEvent": 1, "ConcernAlert": 1}):
        referral = send(draft, area, referral={"danger": Danger.YES}, safety={"danger_details": "At the house now."})

    [concern] = Concern.objects.all()
    assert (concern.subject, concern.severity, concern.what, concern.raised_by) == (
        referral.subject,
        "immediate",
        "At the house now.",
        None,
    )
    told = Message.objects.filter(template="danger")
    assert manager == worker
    assert {message.to for message in told} == {worker.email, lead.email}
    assert {message.path for message in told} == {referral.get_absolute_url()}


def test_danger_where_nobody_is_left_calls_in_who_is_told_and_nobody_else(area):
    national = ServiceCentreFactory(national=True)
    told = MembershipFactory(centre=national, role="duty_worker").user
    not_told = MembershipFactory(centre=national, role="practitioner").user
    draft = ReferralDraftFactory()

    written = {
        "Message": 2,
        "Concern": 1,
        "ConcernEvent": 1,
        "ConcernAlert": 1,
        "AccessGrant": 1,
        "AccessGrantEvent": 1,
    }
    with writes(**STORED | written):
        referral = send(draft, area, referral={"danger": Danger.YES})
    operations.record_submissions(by="sweep")

    letter = Message.objects.get(template="danger")
    assert (letter.to, letter.path) == (told.email, referral.get_absolute_url())
    assert Referral.objects.visible_to(told).get() == referral
    assert Concern.objects.visible_to(told).count() == 1
    assert not Referral.objects.visible_to(not_told).exists()
    assert set(AuditEvent.objects.values_list("verb", flat=True)) == {"referral.submitted", "access.granted"}
    assert not Referral.objects.visible_to(told, at=timezone.now() + timedelta(days=7)).exists()


def test_danger_is_heard_once_each_by_who_is_on_shift_and_by_the_lead_of_safeguarding(area):
    """The letter of danger says it already to whom it goes; who else hears of concerns hears of this one."""
    on_shift = DutyShiftFactory(membership__centre=area.centre, on=timezone.localdate(), weekday=None,
                                starts_at="00:00", ends_at="23:59").membership.user  # fmt: skip
    lead = MembershipFactory(centre=area.centre, role="safeguarding_lead").user
    MembershipFactory(centre=area.centre, role="team_manager")

    send(ReferralDraftFactory(), area, referral={"danger": Danger.YES})

    told = set(Message.objects.exclude(template="referral-received").values_list("template", "to"))
    assert told == {("danger", on_shift.email), ("concern", lead.email)}
    assert Concern.objects.get().alerts.get().people == sorted([on_shift.pk, lead.pk])


def test_danger_without_words_falls_back_to_the_reason(area):
    referral = send(ReferralDraftFactory(), area, referral={"danger": Danger.YES})

    assert Concern.objects.get().what == referral.reason


@pytest.mark.parametrize("answer", [Danger.NO, Danger.NOT_SURE])
def test_no_danger_raises_no_concern(area, answer):
    draft = ReferralDraftFactory()

    with writes(**STORED):
        send(draft, area, referral={"danger": answer})


def test_a_submission_that_cannot_be_stored_keeps_the_draft(area):
    draft = ReferralDraftFactory()

    with leaves_no_trace(), pytest.raises(Exception, match="referral_says_what_the_worry_is"):
        send(draft, area, referral={"reason": ""})


def test_a_taken_reference_is_drawn_again(area, monkeypatch):
    taken = ReferralFactory().reference
    drawn = iter([taken, taken, "PR-2345-67"])
    monkeypatch.setattr(submitting, "new_reference", lambda: next(drawn))

    assert send(ReferralDraftFactory(), area).reference == "PR-2345-67"


def test_no_free_reference_is_said_and_stores_nothing(area, monkeypatch):
    taken = ReferralFactory().reference
    monkeypatch.setattr(submitting, "new_reference", lambda: taken)
    draft = ReferralDraftFactory()

    with leaves_no_trace(), pytest.raises(RuntimeError, match="no free reference"):
        send(draft, area)


def test_the_sweep_adds_the_event_of_each_submission_once(area):
    referral = send(ReferralDraftFactory(), area)
    change = StatusChange.objects.get()

    with writes(AuditEvent=1, StatusChangeEvent=1):
        assert operations.record_submissions(by="record_submissions") == 1
    with leaves_no_trace():
        assert operations.record_submissions(by="record_submissions") == 0

    [event] = AuditEvent.objects.all()
    assert (event.verb, event.subject_id, event.system_actor, event.facts) == (
        "referral.submitted",
        str(referral.pk),
        "record_submissions",
        {"at": change.at.isoformat()},
    )


@pytest.mark.parametrize(
    ("at", "born"),
    [
        (datetime(2026, 7, 1, 0, 0, tzinfo=LONDON), date(2015, 7, 1)),  # summer time
        (datetime(2026, 1, 10, 0, 0, tzinfo=LONDON), date(2015, 1, 10)),  # winter time
    ],
)
def test_the_eleventh_birthday_begins_at_midnight_in_london(area, at, born):
    """H2: the same second in UTC is the day before, in summer."""
    with time_machine.travel(at, tick=False):
        on_the_day = send(ReferralDraftFactory(), area, young_person={"date_of_birth": born})
    with time_machine.travel(at - timedelta(seconds=1), tick=False):
        before = send(ReferralDraftFactory(), area, young_person={"date_of_birth": born})

    assert (fit_of(on_the_day).name, fit_of(before).name) == ("FITS", "DOES_NOT_FIT")


@pytest.mark.parametrize(
    ("at", "born"),
    [
        (datetime(2026, 7, 1, 0, 0, tzinfo=LONDON), date(2006, 7, 1)),
        (datetime(2026, 1, 10, 0, 0, tzinfo=LONDON), date(2006, 1, 10)),
    ],
)
def test_the_twentieth_birthday_begins_at_midnight_in_london(area, at, born):
    with time_machine.travel(at - timedelta(seconds=1), tick=False):
        before = send(ReferralDraftFactory(), area, young_person={"date_of_birth": born})
    with time_machine.travel(at, tick=False):
        on_the_day = send(ReferralDraftFactory(), area, young_person={"date_of_birth": born})

    assert (fit_of(before).name, fit_of(on_the_day).name) == ("CHECK", "DOES_NOT_FIT")


def test_references_are_not_in_order_of_arrival(area):
    sent = [send(ReferralDraftFactory(), area).reference for _ in range(12)]

    assert sent != sorted(sent)
    assert len(set(sent)) == 12
    assert set(sent) == set(Referral.objects.values_list("reference", flat=True))
