"""Sending a referral: stored, owed, and put before the people who must hear of danger, in one transaction."""

from functools import wraps

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import to_alert, to_call_in
from audit.recording import record
from centres import working_days
from outbox.operations import owe, owe_each
from people.enums import SubjectKind
from people.models import DataSubject, SafeContact
from people.operations import call_in, record_calling_in
from people.search_keys import keys_for
from referrals.enums import Danger, ReferralStatus
from referrals.models import Referral, ReferralDraft, ReferredYoungPerson, SafetyAnswers, StatusChange
from referrals.operations.drafts import DraftChanged, DraftGone
from referrals.reading import offer_for
from referrals.references import new_reference
from referrals.said import LISTS as LISTS_OF_REFERRALS
from referrals.said import RESTRICTED
from safeguarding.enums import Severity
from safeguarding.operations import raise_concern

TRIES_FOR_A_REFERENCE = 5
LISTS = LISTS_OF_REFERRALS | RESTRICTED | {"contacts": SafeContact}


class AlreadySent(Exception):
    """This form was sent before: a double click, a retry, the back button. ``referral`` is the one there is."""

    def __init__(self, referral):
        self.referral = referral


def with_another_reference(act):
    """Do the whole act again with another reference where the drawn one is taken: no savepoint of its own for it."""

    @wraps(act)
    def tried(*args, **options):
        for _try in range(TRIES_FOR_A_REFERENCE):
            try:
                return act(*args, **options)
            except IntegrityError as error:
                if "referral_reference_once" not in str(error):
                    raise
        raise RuntimeError("no free reference found")

    return tried


@with_another_reference
@transaction.atomic
def submit(draft, *, by, referral, young_person, safety, lists=None):
    """Store a referral, forget its draft, owe its letters. Returns the referral.

    ``referral``, ``young_person`` and ``safety`` map fields of their models to
    cleaned values, ``lists`` the names of ``LISTS`` to rows of them. Depends
    neither on Redis nor on the audit trail, whose event a sweep adds. Raises ``AlreadySent``, ``DraftGone``, and
    ``DraftChanged`` when a section was saved after ``draft`` was read.
    """
    _refuse_a_second_time(draft)
    now = timezone.now()
    offer = offer_for(referral["local_authority"], timezone.localdate(now))
    centre = offer.centre
    subject = DataSubject.objects.create(
        kind=SubjectKind.YOUNG_PERSON,
        centre=centre,
        date_of_birth=young_person.get("date_of_birth"),
        **vars(keys_for(given_name=young_person["first_name"], surname=young_person["last_name"])),
    )
    stored = Referral.objects.create(
        reference=new_reference(),
        form_token=draft.pk,
        subject=subject,
        centre=centre,
        offer=offer,
        scheme=offer.scheme,
        language=draft.language,
        referrer_email=draft.email,
        submitted_at=now,
        decide_by=working_days.due_at(now, working_days=offer.decide_working_days),
        **referral,
    )
    ReferredYoungPerson.objects.create(referral=stored, **young_person)
    SafetyAnswers.objects.create(referral=stored, **safety)
    _store_lists(stored, lists or {})
    StatusChange.objects.create(referral=stored, to_status=ReferralStatus.SUBMITTED, at=now, recorded=False)
    _owe_letters(stored, now)
    if stored.danger == Danger.YES:
        _raise_danger(stored, safety, now)
    ReferralDraft.objects.filter(pk=draft.pk).delete()
    return stored


def _refuse_a_second_time(draft):
    """Wait for whoever else sends this draft, and see whether it is gone because they did."""
    is_there = ReferralDraft.objects.select_for_update(of=["self"]).filter(pk=draft.pk).first()
    if is_there is None:
        sent = Referral.objects.filter(form_token=draft.pk).first()
        raise AlreadySent(sent) if sent else DraftGone(draft.pk)
    if is_there.version != draft.version:
        raise DraftChanged


def _store_lists(referral, lists):
    """One statement for each list in which something was said."""
    for name, rows in lists.items():
        model = LISTS[name]
        of = {"subject": referral.subject} if model is SafeContact else {"referral": referral}
        if rows:
            model.objects.bulk_create(model(**of, **row) for row in rows)


def _owe_letters(referral, now):
    owe(
        "referral-received",
        key=f"received:{referral.pk}",
        to=referral.referrer_email,
        language=referral.language,
        reference=referral.reference,
        path=referral.outcome_path,
        due_on=timezone.localdate(referral.decide_by),
    )


def _raise_danger(referral, safety, now):
    """Put it before a human: a concern, and one message to each person who must hear of it now.

    Where the centre has nobody left, those of the national centre hear of it
    and are called in, so that they can open what they are told of (docs/decisions/0043).
    """
    there = to_alert(referral.centre, at=now)
    people = list(User.objects.filter(pk__in=there or to_call_in(at=now)))
    if not there:
        call_in(referral.subject, colleagues=people, by="referrer", at=now)
    raise_concern(
        referral.subject,
        by="referrer",
        severity=Severity.IMMEDIATE,
        what=safety.get("danger_details") or referral.reason,
        heard=[person.pk for person in people],
    )
    owe_each(
        "danger",
        recipients={f"danger:{referral.pk}:{person.pk}": person.email for person in people},
        language="en-gb",
        reference=referral.reference,
        path=referral.get_absolute_url(),
    )


@transaction.atomic
def record_submissions(*, by):
    """Add the trail's event for each submission and each answer of a referrer that has none yet.

    Returns how many; safe to run twice.
    """
    waiting = StatusChange.objects.select_for_update(of=["self"], skip_locked=True).filter(recorded=False)
    changes = list(waiting.select_related("referral__subject")[:500])
    for change in changes:
        is_new = change.to_status == ReferralStatus.SUBMITTED
        verb = "referral.submitted" if is_new else "question.answered"
        record(verb, change.referral, by=by, at=change.at.isoformat())
        if is_new and change.referral.danger == Danger.YES:
            record_calling_in(change.referral.subject, at=change.at, by=by)
    StatusChange.objects.filter(pk__in=[change.pk for change in changes]).update(recorded=True)
    return len(changes)
