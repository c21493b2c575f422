"""Whom we may talk to, who was told what we hold, and how it is safe to reach them."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import ColleagueField
from accounts.models import Membership, User
from accounts.permissions import PERMISSIONS, Permission
from cases.enums import (
    NAMED_SCOPES,
    InformedPerson,
    SharingDecision,
    SharingGround,
    SharingScope,
    SharingTopic,
    ToldBefore,
    WordingLanguage,
)
from cases.forms.consent import when
from people.enums import SafeContactKind, SafeFlag, WhoReadsIt
from people.models import DataSubject
from referrals.forms.base import line, one_of, pick_one
from referrals.forms.safe_contact import PHONES, ContactRow
from ui.dates import PastDay
from ui.forms import PrForm, Reveal, Section, form_helper, words
from ui.hours import at_noon_or_now

WITHOUT = SharingDecision.SHARED_WITHOUT_AGREEMENT
SAYS_IT_MUST_BE = (Permission.OVERSEE_CASES, Permission.WORK_ON_CASES, Permission.FOLLOW_CONCERNS)


def who_may_say_so(case):
    """Colleagues of the centre who may decide that something must be shared, and may know of the young person."""
    roles = [role for role, held in PERMISSIONS.items() if held & set(SAYS_IT_MUST_BE)]
    held = Membership.objects.current().filter(centre=case.centre_id, role__in=roles)
    open_to = DataSubject.objects.staff_open_to(case.subject)
    return open_to.filter(pk__in=held.values("user")).order_by("full_name")


class SharingForm(PrForm):
    """One recipient at a time. For a parent each topic is asked apart, and what is said in sessions stays off."""

    scope = pick_one(_("Whom may we talk to?"), SharingScope)
    recipient = line(_("Who exactly?"), limit=160, required=False, help_text=_("Needed for a parent or somebody else."))
    topic = one_of(_("About what?"), SharingTopic)
    decision = one_of(_("What did they say?"), SharingDecision)
    limits = words(_("What do they want, and what not?"), rows=3, limit=2000)
    what = words(_("What was shared?"), rows=3, limit=2000)
    ground = one_of(_("Why was it allowed?"), SharingGround)
    why = words(_("Why was it needed?"), rows=3, limit=2000)
    told_before = one_of(_("Did you tell the young person before?"), ToldBefore)
    authorised_by = ColleagueField(
        queryset=User.objects.none(), label=_("Who said that it must be shared?"), empty_label=_("Choose a colleague")
    )
    own_words = words(_("What did they say, in their own words?"), rows=2, limit=2000, required=False)
    happened_on = PastDay(label=_("When was it?"))

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, initial={"happened_on": timezone.localdate()}, **kwargs)
        self.fields["scope"].required = True
        self.fields["authorised_by"].queryset = who_may_say_so(case)
        without = Reveal("what", "ground", "why", "told_before", "authorised_by", when=when("decision", WITHOUT))
        self.helper = form_helper(
            Section(
                _("Whom we may talk to"),
                "scope",
                "recipient",
                Reveal("topic", when=when("scope", SharingScope.PARENT_CARER)),
                "decision",
                Reveal("limits", when=when("decision", SharingDecision.AGREED_LIMITED)),
                without,
                "own_words",
                "happened_on",
                intro=_("Where somebody is not safe, or the law says so, we share also without agreement. Say why."),
            ),
            submit=_("Keep it"),
        )

    def clean(self):
        cleaned = super().clean()
        needs_name = cleaned.get("scope") in NAMED_SCOPES or cleaned.get("decision") == WITHOUT
        if needs_name and not cleaned.get("recipient"):
            self.add_error("recipient", _("Say who exactly."))
        return cleaned

    @property
    def said(self):
        """What ``operations.record_sharing`` takes."""
        answers = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        at = at_noon_or_now(answers.pop("happened_on"))
        return {**answers, "at": at}


class PrivacyForm(PrForm):
    to = one_of(_("Whom did you tell?"), InformedPerson)
    name = line(_("Who?"), limit=160, help_text=_("Who they are to the young person: “mother”."))
    was_given = one_of(
        _("Was it given?"), [("yes", _("Yes")), ("no", _("Not yet, because it is not safe or not possible"))]
    )
    given_on = PastDay(label=_("When?"))
    how = line(_("How?"), limit=200, help_text=_("For example, read together, or given on paper."))
    language = one_of(_("In which language?"), WordingLanguage)
    why_not_yet = words(_("Why not yet?"), rows=3, limit=2000)

    def __init__(self, *args, case, **kwargs):
        initial = {"given_on": timezone.localdate(), "language": WordingLanguage.ENGLISH}
        super().__init__(*args, initial=initial | {"to": InformedPerson.YOUNG_PERSON}, **kwargs)
        if not case.centre.offers_welsh:
            del self.fields["language"]
        language = ["language"] if "language" in self.fields else []
        self.helper = form_helper(
            Section(
                _("Privacy information"),
                "to",
                Reveal("name", when=when("to", InformedPerson.PARENT_OR_CARER)),
                "was_given",
                Reveal("given_on", "how", *language, when="was_given=yes"),
                Reveal("why_not_yet", when="was_given=no"),
                intro=_("What we hold, why, who sees it, how long, and what their rights are."),
            ),
            submit=_("Keep it"),
        )

    @property
    def said(self):
        """What ``operations.record_privacy_information`` takes."""
        answers = dict(self.cleaned_data)
        answers.pop("was_given")
        return {name: value for name, value in answers.items() if value not in (None, "")}


class ConfirmContactForm(PrForm):
    """Asked of the young person, or of whoever knows: what is safe on this way to reach them."""

    safe_to_call = one_of(_("Is it safe to call?"), SafeFlag)
    safe_to_voicemail = one_of(_("Is it safe to leave a message?"), SafeFlag)
    safe_to_text = one_of(_("Is it safe to send a text or message?"), SafeFlag)
    safe_to_email = one_of(_("Is it safe to e-mail?"), SafeFlag)
    safe_to_post = one_of(_("Is it safe to post a letter?"), SafeFlag)
    who_reads_it = pick_one(_("Who reads or hears it?"), WhoReadsIt)
    safe_times = line(_("Safe days and times"), limit=200, required=False)
    unsafe_times = line(_("Days and times that are not safe"), limit=200, required=False)
    must_not_be_told = line(_("Who must not know, and why?"), limit=300, required=False)

    FLAGS = {
        "safe_to_call": PHONES,
        "safe_to_voicemail": PHONES,
        "safe_to_text": (SafeContactKind.MOBILE, SafeContactKind.APP_MESSAGE),
        "safe_to_email": (SafeContactKind.EMAIL,),
        "safe_to_post": (SafeContactKind.POST,),
    }

    def __init__(self, *args, contact, **kwargs):
        super().__init__(*args, initial={name: getattr(contact, name) for name in self.base_fields}, **kwargs)
        for name, kinds in self.FLAGS.items():
            if contact.kind not in kinds:
                del self.fields[name]
        self.helper = form_helper(
            Section(
                _("What is safe"),
                *self.fields,
                intro=_("Whatever is not “Yes” stays closed: nothing is sent and nobody rings on it."),
            ),
            submit=_("I have asked: confirm it"),
        )
        self.helper.hide_optional = True


class AddContactForm(ContactRow):
    """A way to reach them that the referral did not name: the referrer's questions, asked by us."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_permitted = False
        self.helper = form_helper(
            Section(
                _("Another way to reach them"),
                *self.helper.layout.fields,
                intro=_("Whatever is not “Yes” stays closed: nothing is sent and nobody rings on it."),
            ),
            submit=_("I have asked: keep it"),
        )

    @property
    def said(self):
        """What ``operations.add_contact`` takes."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
