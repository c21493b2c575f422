"""Whom we may talk to, who knows what we hold, and how it is safe to reach them."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases.enums import EntryKind
from cases.models import PrivacyInformation, SharingPreference
from cases.steps import lock_open, tell
from people import operations as people


@transaction.atomic
def record_sharing(case, *, by, at=None, **said):
    """What they said about one recipient, or what was shared without their agreement and why.

    ``said``: columns of ``SharingPreference``. Raises ``MoveNotAllowed``, and
    ``IntegrityError`` where sharing without agreement lacks its reasons.
    """
    case, at = lock_open(case), at or timezone.now()
    told = SharingPreference.objects.create(
        case=case, subject=case.subject, recorded_by=by, recorded_at=max(at, timezone.now()), at=at, **said
    )
    record("sharing.recorded", case, by=by, sharing=told.pk, scope=told.scope, decision=told.decision)
    words = {"scope": told.get_scope_display(), "decision": told.get_decision_display()}
    _tell(case, _("%(scope)s: %(decision)s") % words, by=by, at=at, words=told.what or told.own_words)
    return told


@transaction.atomic
def record_privacy_information(case, *, by, **said):
    """They were told what we hold and what their rights are; or why not yet. Raises ``MoveNotAllowed``."""
    case, now = lock_open(case), timezone.now()
    told = PrivacyInformation.objects.create(
        case=case, subject=case.subject, recorded_by=by, recorded_at=now, at=now, **said
    )
    record("privacy_information.recorded", case, by=by, row=told.pk, given=told.given_on is not None)
    given, not_yet = _("Privacy information was given"), _("Privacy information was not given yet")
    _tell(case, given if told.given_on else not_yet, by=by, words=told.why_not_yet)
    return told


@transaction.atomic
def confirm_contact(contact, *, of, by, **answers):
    """Somebody has asked: what is safe on this way to reach them, and what is not. Raises ``MoveNotAllowed``.

    ``of`` is the case that the young person's story is told on.
    """
    case = lock_open(of)
    contact = people.confirm(contact, by=by, **answers)
    title = _("How it is safe to reach them was confirmed: %(kind)s") % {"kind": contact.get_kind_display()}
    tell(case, EntryKind.SAFETY, title, by=by, path=reverse("cases:people", args=[case.reference]))
    return contact


@transaction.atomic
def add_contact(case, *, by, **answers):
    """Another way to reach them, asked about and confirmed. ``answers``: columns of ``SafeContact``."""
    case = lock_open(case)
    contact = people.add_contact(case.subject, by=by, **answers)
    title = _("A way to reach them was added: %(kind)s") % {"kind": contact.get_kind_display()}
    tell(case, EntryKind.SAFETY, title, by=by, path=reverse("cases:people", args=[case.reference]))
    return contact


def _tell(case, title, *, by, words, at=None):
    page = reverse("cases:consent", args=[case.reference])
    tell(case, EntryKind.CONSENT, title, by=by, words=words, at=at, path=page)
