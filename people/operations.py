"""Who may know of whom. Each function is one act, whole or not at all.

Upper floors call these inside their own acts: a grant follows an assignment
at once, in the same transaction.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from audit.recording import record
from people.enums import ExclusionGround, GrantGround, SubjectKind
from people.models import AccessGrant, Carer, DataSubject, Exclusion, SafeContact
from people.search_keys import keys_for

CALLED_IN_FOR = timedelta(days=7)


@transaction.atomic
def grant(subject, *, to, ground, by, until_at=None, reason=""):
    """Let ``to`` know of ``subject`` from now on."""
    given = AccessGrant.objects.create(
        subject=subject, user=to, ground=ground, granted_by=by, until_at=until_at, reason=reason
    )
    record("access.granted", subject, by=by, to=to.pk, ground=ground)
    return given


@transaction.atomic
def end_grant(given, *, by):
    """End a grant now, or before it began. Ending one that has ended changes nothing."""
    given = AccessGrant.objects.select_for_update(of=["self"]).get(pk=given.pk)
    now = timezone.now()
    if given.until_at is None or given.until_at > now:
        given.until_at = max(now, given.from_at)
        given.save(update_fields=["until_at"])
        record("access.ended", given.subject, by=by, to=given.user_id, ground=given.ground)
    return given


@transaction.atomic
def call_in(subject, *, colleagues, by, at=None):
    """Let ``colleagues`` from elsewhere know of ``subject`` for a week, because nobody is left who may.

    Whoever is called in already is not called in again.
    ``by`` is whose act left nobody. It is the text "referrer" where a referral
    arrived that nobody could see: a public submission does not write to the
    trail (design.md 6); ``record_calling_in`` adds the event.
    """
    at = at or timezone.now()
    already = set(AccessGrant.objects.called_in().current(at=at).filter(subject=subject).values_list("user", flat=True))
    given = AccessGrant.objects.bulk_create(
        AccessGrant(subject=subject, user=colleague, ground=GrantGround.COVER, from_at=at, until_at=at + CALLED_IN_FOR)
        for colleague in colleagues
        if colleague.pk not in already
    )
    if not isinstance(by, str):
        for one in given:
            _record_call(one, by)
    return given


@transaction.atomic
def record_calling_in(subject, *, at, by):
    """Add to the trail who was called in at the moment ``at``, by a submission."""
    for given in AccessGrant.objects.called_in().filter(subject=subject, from_at=at):
        _record_call(given, by)


def _record_call(given, by):
    record("access.granted", given.subject, by=by, to=given.user_id, ground=given.ground)


@transaction.atomic
def end_calling_in(subject, *, by):
    """End what ``call_in`` gave: what it was for is over."""
    for given in AccessGrant.objects.called_in().current().filter(subject=subject):
        end_grant(given, by=by)


class NotTheirOwn(Exception):
    """Nobody lets themselves back in: what closes a person to somebody is for others to lift."""


@transaction.atomic
def exclude(subject, *, colleague, by, reason=""):
    """Close ``subject`` to ``colleague`` until it is lifted; at once, also for pages they have open.

    ``colleague`` may be ``by``: "I know this family", which needs no more words.
    Doing it twice changes nothing. Raises ``ValueError`` where somebody else is
    kept out without a reason.
    """
    DataSubject.objects.select_for_update(of=["self"]).get(pk=subject.pk)
    same_person = colleague.pk == by.pk
    if not same_person and not reason.strip():
        raise ValueError("say why")
    ground = ExclusionGround.KNOWS_THE_FAMILY if same_person else ExclusionGround.KEPT_OUT
    exclusion, is_new = Exclusion.objects.get_or_create(
        subject=subject, user=colleague, lifted_at=None, defaults={"ground": ground, "set_by": by, "reason": reason}
    )
    if is_new:
        record("colleague.excluded", subject, by=by, colleague=colleague.pk, ground=ground)
    return exclusion


@transaction.atomic
def lift_exclusion(exclusion, *, by, reason):
    """End an exclusion; the row stays and says who, when and why. Returns it as it is now.

    One that somebody else has lifted stays as they left it. Raises
    ``ValueError`` without a reason, ``NotTheirOwn``.
    """
    if not reason.strip():
        raise ValueError("say why")
    exclusion = Exclusion.objects.select_for_update(of=["self"]).select_related("subject").get(pk=exclusion.pk)
    if exclusion.user_id == by.pk:
        raise NotTheirOwn(f"{exclusion} is {by.pk}'s own")
    if exclusion.lifted_at is None:
        exclusion.lifted_by, exclusion.lifted_at, exclusion.lifted_because = by, timezone.now(), reason
        exclusion.save(update_fields=["lifted_by", "lifted_at", "lifted_because"])
        record("exclusion.lifted", exclusion.subject, by=by, colleague=exclusion.user_id, exclusion=exclusion.pk)
    return exclusion


@transaction.atomic
def join_subjects(subject, *, into, by):
    """Two rows turned out to be one person: what hangs on ``subject`` hangs on ``into`` from now on.

    Grants, exclusions and ways to reach them move; whoever is kept from one is
    kept from both, and a restriction stays a restriction. The empty row stays,
    closed to nobody and with nothing on it.
    """
    locked = DataSubject.objects.select_for_update(of=["self"]).filter(pk__in=[subject.pk, into.pk]).order_by("pk")
    held = {row.pk: row for row in locked}
    kept = held[into.pk]
    there = set(Exclusion.objects.current().filter(subject=kept).values_list("user", flat=True))
    Exclusion.objects.filter(subject=subject).exclude(user__in=there, lifted_at__isnull=True).update(subject=kept)
    AccessGrant.objects.filter(subject=subject).update(subject=kept)
    SafeContact.objects.filter(subject=subject).update(subject=kept)
    if held[subject.pk].is_restricted and not kept.is_restricted:
        kept.is_restricted = True
        kept.save(update_fields=["is_restricted"])
    record("person.joined", kept, by=by, was=subject.pk)
    return kept


@transaction.atomic
def confirm(contact, *, by, **answers):
    """One of us has asked how it is safe to reach them on this way, today.

    ``answers``: columns of ``SafeContact`` that were talked about. What was
    not said yes to stays closed: a confirmed contact with *no* is as true.
    """
    contact = SafeContact.objects.select_for_update(of=["self"]).select_related("subject").get(pk=contact.pk)
    for name, value in answers.items():
        setattr(contact, name, value)
    contact.confirmed_by, contact.confirmed_on = by, timezone.localdate()
    contact.save(update_fields=[*answers, "confirmed_by", "confirmed_on"])
    record("contact.confirmed", contact.subject, by=by, contact=contact.pk)
    return contact


@transaction.atomic
def add_contact(subject, *, by, **answers):
    """A way to reach somebody that they told us of, or somebody who knows did: asked about, and so confirmed."""
    contact = SafeContact.objects.create(subject=subject, confirmed_by=by, confirmed_on=timezone.localdate(), **answers)
    record("contact.added", subject, by=by, contact=contact.pk)
    return contact


@transaction.atomic
def add_carer(young_person, *, by, **said):
    """A parent or carer becomes somebody whom we know: a person of their own, at the centre of the young person.

    ``said``: columns of ``Carer``.
    """
    keys = keys_for(given_name=said["first_name"], surname=said.get("last_name", ""))
    subject = DataSubject.objects.create(kind=SubjectKind.CARER, centre=young_person.subject.centre, **vars(keys))
    carer = Carer.objects.create(subject=subject, young_person=young_person, **said)
    record("carer.added", carer, by=by, young_person=young_person.pk)
    return carer
