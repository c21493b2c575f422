"""Sessions by phone, video or chat: how they are kept safe, agreed once and asked at every start (domain.md 5.9).

No code word stands here: it is kept with how it is safe to reach them, on no page that may be shared.
"""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from audit.kept import written_once
from cases.models import Case
from people.enums import YesNoNotKnown
from people.models.columns import answer, choice, known, line, staff, yes_no
from sessions.enums import CarerKnows, OkToTalk, WhoHears
from sessions.models.kept import open_until_signed
from sessions.models.session import SupportSession
from sessions.querysets import RemoteAgreementQuerySet

RENEWED_AFTER = timedelta(weeks=6)
AFTERWARDS = timedelta(hours=1)


@tracked
class RemoteAgreement(models.Model):
    """What was agreed with a young person before they first met at a distance; made anew every six weeks."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="remote_agreements")
    agreed_on = models.DateField(_("when did you agree it?"))
    until_on = models.DateField(editable=False)
    device_is_private = yes_no(_("is the device, and the account on it, theirs alone?"))
    passwords_known_by = line(_("who else knows the password?"))
    place_is_private = yes_no(_("can they be where nobody sees or hears them?"))
    has_headphones = yes_no(_("do they have headphones?"))
    code_word_agreed = models.BooleanField(_("a word is agreed for “stop, it is not safe”"))
    nobody_records = models.BooleanField(_("neither side records"))
    back_up_number = line(_("which number do you use when it breaks off?"), length=60)
    if_cut_off = models.TextField(_("what happens when it breaks off?"))
    emergency_address = models.TextField(_("where do you send help, if they need it?"))
    carer_knows = choice(CarerKnows, _("do those at home know?"), length=10)
    risks = models.TextField(_("what could go wrong, and what do you do about it?"))
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RemoteAgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-agreed_on", "-pk"]
        constraints = [
            known(
                "remote_agreement_answers_known",
                device_is_private=YesNoNotKnown,
                place_is_private=YesNoNotKnown,
                has_headphones=YesNoNotKnown,
            ),
            models.CheckConstraint(
                name="remote_agreement_carer_knows_known", condition=Q(carer_knows__in=CarerKnows.values)
            ),
            models.CheckConstraint(
                name="remote_agreement_is_made_anew_within_six_weeks",
                condition=Q(until_on__gt=F("agreed_on"), until_on__lte=F("agreed_on") + RENEWED_AFTER),
            ),
            models.CheckConstraint(
                name="remote_agreement_has_a_word_for_stop_and_nobody_records",
                condition=Q(code_word_agreed=True, nobody_records=True),
                violation_error_message=_("Agree on a word for “stop”, and that neither side records."),
            ),
            models.CheckConstraint(
                name="remote_agreement_says_what_happens_when_it_breaks_off",
                condition=~Q(back_up_number="") & ~Q(if_cut_off="") & ~Q(emergency_address="") & ~Q(risks=""),
            ),
        ]
        triggers = written_once(
            "remote_agreement_is_written_once", "What was agreed stays as it was written. Agree it anew."
        )

    def __str__(self):
        return f"remote agreement {self.pk}"


@tracked
class RemoteStart(models.Model):
    """What was asked as one session began: is it safe to talk, who hears it, where are they.

    Asked again it is another row; the latest counts.
    """

    session = models.ForeignKey(SupportSession, on_delete=models.PROTECT, related_name="remote_starts")
    ok_to_talk = choice(OkToTalk, _("are they ok to talk now?"), length=10)
    who_hears = answer(WhoHears, _("is anybody with them, or able to hear?"), length=10)
    who = line(_("who?"))
    where = line(_("where are they right now?"), length=300)
    code_word_reminded = models.BooleanField(_("you reminded each other of the word for “stop”"), default=False)
    how_long = line(_("how long have you got?"), length=60)
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="remote_start_ok_known", condition=Q(ok_to_talk__in=OkToTalk.values)),
            known("remote_start_who_hears_known", who_hears=WhoHears),
            models.CheckConstraint(
                name="remote_start_says_who_hears_it_and_where_they_are",
                condition=~Q(ok_to_talk=OkToTalk.YES) | (~Q(who_hears="") & ~Q(where="") & Q(code_word_reminded=True)),
            ),
            models.CheckConstraint(
                name="remote_start_says_who_is_there", condition=~Q(who_hears=WhoHears.SOMEBODY) | ~Q(who="")
            ),
        ]
        triggers = open_until_signed()

    def __str__(self):
        return f"remote start {self.pk}"

    def is_written_afterwards(self, session):
        """More than an hour after ``session``, its own, began: it was not asked with this page."""
        return self.at > session.happened_at + AFTERWARDS
