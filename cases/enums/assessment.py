"""Values of a strengths-based assessment (domain.md 5.2, 5.5). No value is a grade of a child."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AssessmentKind(models.TextChoices):
    """The parent's own assessment belongs to the carer's strand, on the floor above."""

    CHILD_NEEDS = "child_needs", _("The young person’s needs")
    CHILD_AND_PARENT_NEEDS = "child_and_parent_needs", _("The young person’s needs, and their parents’ with them")
    UPDATE = "update", _("Update of the one before")


class AssessmentDomain(models.TextChoices):
    SAFETY = "safety", _("Safety")
    HOME_AND_TRUSTED_ADULTS = "home_and_trusted_adults", _("Home, and adults they trust")
    FRIENDS_AND_PEERS = "friends_and_peers", _("Friends")
    EDUCATION_OR_WORK = "education_or_work", _("School, college or work")
    TALENTS_INTERESTS = "talents_interests", _("Talents and interests")
    VALUES_IDENTITY = "values_identity", _("What they stand for, and who they are")
    SOCIAL_EMOTIONAL_SKILLS = "social_emotional_skills", _("Feelings, and getting on with people")
    HEALTH_WELLBEING = "health_wellbeing", _("Health and wellbeing")
    ONLINE_LIFE = "online_life", _("Life online")
    RELATIONSHIPS_AND_CONSENT = "relationships_and_consent", _("Relationships, and saying yes or no")
    COMMUNITY_AND_PLACES = "community_and_places", _("Community and places")
    FAMILY_AND_CARERS = "family_and_carers", _("Family and carers")
    PRACTICAL_MONEY_HOUSING = "practical_money_housing", _("Money, housing and everyday things")
    JUSTICE_AND_RIGHTS = "justice_and_rights", _("Justice and rights")


class Scale(models.TextChoices):
    """Our own neutral questions, 0 to 10 (domain.md 5.5)."""

    SAFE_TODAY = "safe_today", _("How safe do things feel today?")
    HOPE = "hope", _("How hopeful do things feel?")
    CONFIDENCE = "confidence", _("How sure is the young person that they can do what matters to them?")
    WORKING_TOGETHER = "working_together", _("How well does working together go?")


class Voice(models.TextChoices):
    """Whose view it is. Each word in an assessment has one."""

    YOUNG_PERSON = "young_person", _("Young person")
    PARENT_OR_CARER = "parent_or_carer", _("Parent or carer")
    PRACTITIONER = "practitioner", _("Practitioner")
    OTHER_PROFESSIONAL = "other_professional", _("Other professional")


MARKS_GIVEN_BY = (Voice.YOUNG_PERSON, Voice.PRACTITIONER)


class WorryKind(models.TextChoices):
    PAST_HARM = "past_harm", _("Harm that has happened")
    WORRY_NOW = "worry_now", _("A worry now")
    MAKES_IT_HARDER = "makes_it_harder", _("What makes it harder")


class YoungPersonAgrees(models.TextChoices):
    AGREE = "agree", _("They agree")
    PARTLY = "partly", _("They agree in part")
    DISAGREE = "disagree", _("They see it differently")
    NOT_SHARED_YET = "not_shared_yet", _("It is not shared with them yet")


class Instrument(models.TextChoices):
    """Tools of others: their results are typed in, never worked out here, and their questions never shown."""

    SERAF = "seraf", _("SERAF")
    SDQ = "sdq", _("SDQ")
    TSCC = "tscc", _("TSCC or TSCC-A")
    OTHER = "other", _("Another tool")


LICENCE_NOTES = {
    Instrument.SERAF: _("SERAF is Barnardo’s material. Record its result as it was given to you."),
    Instrument.SDQ: _(
        "The SDQ is copyright. Use the paper form or the licensed system; type in the scores as they stand there."
    ),
    Instrument.TSCC: _(
        "The TSCC is sold under licence, and read by people who are qualified to. Type in the scores as they stand."
    ),
    Instrument.OTHER: _("Check the licence of the tool. Type in its result as it was given to you."),
}
