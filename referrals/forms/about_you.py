"""Section 1: who refers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from referrals.addresses import is_free_mail
from referrals.enums import AgencyType
from referrals.forms.base import SectionForm, check_phone, line, words, yes_no_not_known
from ui.forms import Include, Section, form_helper

LATER = ("later", _("Save and come back later"))


class AboutYouForm(SectionForm):
    parts = {
        "referral": (
            "referrer_name", "referrer_role", "referrer_agency", "referrer_agency_type", "referrer_phone",
            "referrer_manager", "referrer_relationship", "referrer_best_times", "referrer_email_is_secure",
            "referrer_is_lead", "talked_with_duty_worker",
        )
    }  # fmt: skip

    referrer_name = line(
        _("Your full name"),
        limit=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your full name.")},
    )
    referrer_role = line(
        _("Your job title or role"),
        limit=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
        error_messages={"required": _("Enter your job title or role.")},
    )
    referrer_agency = line(
        _("Your organisation and team"),
        limit=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Enter the name of your organisation.")},
    )
    referrer_agency_type = forms.ChoiceField(
        label=_("Type of organisation"),
        choices=[("", _("Choose one")), *AgencyType.choices],
        error_messages={"required": _("Choose the type of organisation that is nearest to yours.")},
    )
    referrer_phone = line(
        _("Your direct phone number"),
        limit=30,
        required=False,
        validators=[check_phone],
        help_text=_("So that a duty worker can ring you about this referral."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "class": "w20"}),
    )
    referrer_best_times = line(_("Best times to reach you"), limit=200, required=False)
    referrer_manager = line(_("Your safeguarding lead or manager"), limit=160, required=False)
    referrer_relationship = words(_("How do you know the young person, and for how long?"), rows=3, limit=2000)
    referrer_is_lead = yes_no_not_known(_("Are you the lead professional, or their social worker?"), required=False)
    referrer_email_is_secure = yes_no_not_known(
        _("Is the e-mail address that you proved a secure one?"),
        required=False,
        help_text=_("For example one of the police, the NHS or a council. No e-mail of ours names the young person."),
    )
    talked_with_duty_worker = forms.BooleanField(
        label=_("I have already talked about this with one of your duty workers"), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            Section(
                _("You and your work"),
                "referrer_name",
                "referrer_role",
                "referrer_agency",
                "referrer_agency_type",
                "referrer_relationship",
                "referrer_is_lead",
            ),
            Section(
                _("Reaching you"),
                *self._about_the_address(),
                "referrer_phone",
                "referrer_best_times",
                "referrer_manager",
                "referrer_email_is_secure",
                "talked_with_duty_worker",
                intro=_("We write to the e-mail address that you proved. A phone number makes it quicker."),
            ),
            extra_buttons=[LATER],
        )

    def _about_the_address(self):
        return [Include("refer/_personal_address.html", email=self.given.email)] * is_free_mail(self.given.email)
