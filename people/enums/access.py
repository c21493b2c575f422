"""Who may know of a person, and how it is safe to reach them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubjectKind(models.TextChoices):
    YOUNG_PERSON = "young_person", _("Young person")
    CARER = "carer", _("Parent or carer")


class GrantGround(models.TextChoices):
    """Why somebody has need to know."""

    ASSIGNMENT = "assignment", _("Works with them")
    CARER_STRAND = "carer_strand", _("Works with the parent or carer")
    COVER = "cover", _("Covers for a colleague")
    SUPERVISION = "supervision", _("Supervises the work")
    RESTRICTED_LIST = "restricted_list", _("On the list of a restricted record")
    BREAK_GLASS = "break_glass", _("Opened in an emergency")


class ExclusionGround(models.TextChoices):
    """Why somebody must never see this person."""

    KNOWS_THE_FAMILY = "knows_the_family", _("Knows this family")
    KEPT_OUT = "kept_out", _("Kept out by a colleague")


class SafeFlag(models.TextChoices):
    """Nothing leaves for a contact point unless this says yes, and one of us has confirmed it."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_CONFIRMED = "not_confirmed", _("Not confirmed")


class SafeContactKind(models.TextChoices):
    MOBILE = "mobile", _("Mobile phone")
    HOME_PHONE = "home_phone", _("Home phone")
    WORK_PHONE = "work_phone", _("Work phone")
    EMAIL = "email", _("E-mail")
    POST = "post", _("Post")
    APP_MESSAGE = "app_message", _("Message in an app")
    VIA_PROFESSIONAL = "via_professional", _("Through a professional")
    VIA_SCHOOL = "via_school", _("Through the school")
    IN_PERSON = "in_person", _("In person")


class WhoReadsIt(models.TextChoices):
    ONLY_THEY = "only_they", _("Only they")
    SHARED = "shared", _("It is shared")
    SOMEONE_ELSE_CHECKS = "someone_else_checks", _("Somebody else checks it")
    NOT_KNOWN = "not_known", _("Not known")


class SayWhoCalls(models.TextChoices):
    MAY_SAY_SERVICE = "may_say_service", _("We may say who we are")
    FIRST_NAME_ONLY = "first_name_only", _("A first name only")
    COVER_PHRASE = "cover_phrase", _("What was agreed to say")


class CallerNumber(models.TextChoices):
    WITHHOLD = "withhold", _("Hide our number")
    SHOW = "show", _("Show our number")
    NOT_CONFIRMED = "not_confirmed", _("Not confirmed")
