"""Ways to take a concern further, in the words of each nation (domain.md 2.9, 4.7). Pure, over plain values."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from centres.enums import Nation


class EscalationRoute(models.TextChoices):
    """To whom a concern is taken. The names of social care and of what follows a worry about a professional differ."""

    POLICE_999 = "police_999", _("Police: 999")
    POLICE_101 = "police_101", _("Police: 101")
    POLICE_INTELLIGENCE = "police_intelligence", _("Police: partner intelligence form")
    CHILDRENS_SOCIAL_CARE = "childrens_social_care", _("Children’s social care")
    ADULT_SOCIAL_CARE = "adult_social_care", _("Adult safeguarding")
    NRM = "nrm", _("National Referral Mechanism, through a first responder")
    LADO_OR_WALES_PROCESS = "lado_or_wales_process", _("Local authority designated officer (LADO)")
    HEALTH_CRISIS = "health_crisis", _("Health crisis team, NHS 111 or A&E")
    MARAC = "marac", _("MARAC")
    SAFEGUARDING_LEAD = "safeguarding_lead", _("Safeguarding lead")


class EscalationMethod(models.TextChoices):
    PHONE = "phone", _("By phone")
    ONLINE_FORM = "online_form", _("By an online form or portal")
    EMAIL = "email", _("By secure e-mail")
    LETTER = "letter", _("By letter or a written report")
    IN_PERSON = "in_person", _("In person or at a meeting")


class ReplyKind(models.TextChoices):
    """What came after."""

    ACKNOWLEDGED = "acknowledged", _("They have acknowledged it")
    OUTCOME = "outcome", _("They told us what came of it")
    CHASED = "chased", _("We asked again, and have no answer yet")
    DISAGREED = "disagreed", _("We do not agree with them, and said so")


class ActionEnd(models.TextChoices):
    DONE = "done", _("It is done")
    NOT_NEEDED = "not_needed", _("It is not needed any more")


R = EscalationRoute

# Each must say that they have it: within a working day somebody asks again (domain.md 7, row 7).
STATUTORY = (R.CHILDRENS_SOCIAL_CARE, R.ADULT_SOCIAL_CARE, R.LADO_OR_WALES_PROCESS)
ANSWERS = (ReplyKind.ACKNOWLEDGED, ReplyKind.OUTCOME)
BY_VOICE = (EscalationMethod.PHONE, EscalationMethod.IN_PERSON)

IN_WALES = {
    R.CHILDRENS_SOCIAL_CARE: _("Social services, for a child"),
    R.ADULT_SOCIAL_CARE: _("Social services, for an adult"),
    R.LADO_OR_WALES_PROCESS: _("Practitioner-concerns process (Wales Safeguarding Procedures)"),
}
WHEN = {
    R.POLICE_999: _("In immediate danger, or a crime is in progress."),
    R.POLICE_101: _("A crime that is not in progress."),
    R.POLICE_INTELLIGENCE: _("Something the police should know, and no crime to report."),
    R.CHILDRENS_SOCIAL_CARE: _("Suffering, or likely to suffer, significant harm. By phone now, then in writing."),
    R.ADULT_SOCIAL_CARE: _("18 or 19 years old, and unsafe."),
    R.NRM: _("They may have been trafficked. Under 18 no consent is needed."),
    R.LADO_OR_WALES_PROCESS: _("It is about somebody who works with children. Tell the safeguarding lead too."),
    R.HEALTH_CRISIS: _("They have hurt themselves, or speak of ending their life."),
    R.MARAC: _("Domestic abuse, from 16 years of age."),
}
WHEN_IN_WALES = {
    R.CHILDRENS_SOCIAL_CARE: _("A child at risk of abuse, neglect or other harm. By phone now, then in writing."),
}


def name_of(route, nation):
    """A route as it is called in ``nation``."""
    return (IN_WALES.get(route) if nation == Nation.WALES else None) or EscalationRoute(route).label


def when_to_take(route, nation):
    """What it is for; nothing of the safeguarding lead, who may be asked about everything."""
    return (WHEN_IN_WALES.get(route) if nation == Nation.WALES else None) or WHEN.get(route, "")


def choices_in(nation):
    return [(route.value, name_of(route, nation)) for route in EscalationRoute]
