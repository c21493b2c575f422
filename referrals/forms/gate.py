"""The check before the form: is there danger, does the service fit. It asks for no name."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from referrals.enums import (
    CATEGORIES_OF,
    FOLLOW_UPS_OF_ROUTE_C,
    Category,
    Danger,
    SocialCareTold,
    YesNoNotKnown,
)
from referrals.forms.base import AreaField, line, one_of
from ui.forms import Include, PrForm, Reveal, form_helper

CONTINUE = _("Continue")


class Who(models.TextChoices):
    PROFESSIONAL = "professional", _("I work with children or families, in any job or as a volunteer")
    PARENT = "parent", _("I am a parent or carer")
    YOUNG_PERSON = "young_person", _("I am a young person")
    PUBLIC = "public", _("I am somebody else who is worried")


class AgeKnown(models.TextChoices):
    SURE = "sure", _("I know it")
    ESTIMATE = "estimate", _("I can estimate it")
    NOT_KNOWN = "not_known", _("I do not know it. I will give my best guess in the form")


class ForProfessionals(Reveal):
    """The rest of the page, without the indent of a question that hangs on another."""

    def render(self, form, context, template_pack="pr", **kwargs):
        fields = self.get_rendered_fields(form, context, template_pack)
        return render_to_string("refer/_for_professionals.html", {"when": self.when, "fields": fields})


class FirstCheckForm(PrForm):
    who = one_of(_("Who are you?"), Who)
    danger = one_of(
        _("Is the young person in danger now, or is a crime happening now?"),
        Danger,
        help_text=_("If you are not sure, say so. You can still go on."),
    )
    emergency_called = forms.BooleanField(
        label=_("I have called 999, or emergency services are already there"),
        error_messages={"required": _("Call 999 first. Then tick the box, and you can go on.")},
    )
    social_care_told = one_of(
        _("Have you told children’s social care?"),
        SocialCareTold,
        help_text=_(
            "In Wales this is social services. Tell them if the young person suffers serious harm, or is likely to. "
            "A referral to us does not replace it, and does not replace telling the police."
        ),
    )
    social_care_contact = line(_("Who was told, and when?"), limit=200, required=False)
    local_authority = AreaField(
        label=_("In which council area does the young person live?"),
        help_text=_("It decides which of our centres receives the referral. We work in England and Wales."),
    )
    age_known = one_of(_("Do you know how old the young person is?"), AgeKnown)
    age = forms.IntegerField(
        label=_("Age in years"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w4", "autocomplete": "off"}),
        validators=[MinValueValidator(0), MaxValueValidator(120)],
        error_messages={
            "required": _("Enter the age in years, as a number."),
            "invalid": _("Enter the age in whole years, for example 14."),
            "min_value": _("Enter the age in whole years, for example 14."),
            "max_value": _("Enter the age in whole years, for example 14."),
        },
    )
    young_person_knows = one_of(_("Does the young person know that you want to refer them?"), YesNoNotKnown)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            "who",
            ForProfessionals(
                "danger",
                Reveal(Include("ui/_panel_danger.html", level=2), "emergency_called", when="danger=yes"),
                Reveal(Include("refer/_not_sure.html", level=2), when="danger=not_sure"),
                "social_care_told",
                Reveal("social_care_contact", when="social_care_told=told|telling_now"),
                Reveal(Include("refer/_ask_us_first.html"), when="social_care_told=not_sure"),
                "local_authority",
                "age_known",
                Reveal("age", when="age_known=sure|estimate"),
                "young_person_knows",
                Reveal(Include("refer/_how_to_ask.html"), when="young_person_knows=no|not_known"),
                when="who=professional",
            ),
            submit=CONTINUE,
            guard=False,
        )

    def to_keep(self):
        """The answers as plain values; the area by its code."""
        kept = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return kept | {"local_authority": kept["local_authority"].code}


class SituationForm(PrForm):
    """Which of the categories, or routes, that are used where the young person lives."""

    def __init__(self, *args, offer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"] = category_field(offer.scheme)
        layout = ["category"]
        if Category.WAL_C_HIGH_OR_CURRENT in CATEGORIES_OF[offer.scheme]:
            self.fields["route_c_follow_up"] = follow_up_field()
            layout.append(Reveal("route_c_follow_up", when=f"category={Category.WAL_C_HIGH_OR_CURRENT}"))
        self.helper = form_helper(*layout, Include("refer/_ask_us.html"), submit=CONTINUE, guard=False)


def category_field(scheme):
    return one_of(
        _("Which describes the situation best?"),
        [(category.value, category.label) for category in CATEGORIES_OF[scheme]],
        help_text=_("Choose one. You do not need proof, and the young person does not have to see it as exploitation."),
    )


def follow_up_field():
    return one_of(
        _("Which of these is it?"),
        [(category.value, category.label) for category in FOLLOW_UPS_OF_ROUTE_C],
        help_text=_("This route joins several things. It helps us to respond fast enough."),
    )


__all__ = ["AgeKnown", "FirstCheckForm", "SituationForm", "Who", "category_field", "follow_up_field"]
