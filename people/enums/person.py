"""What is said of a person, by a referrer or by themselves (domain.md 2.4 and 10)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class YesNoNotKnown(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_KNOWN = "not_known", _("Not known")


class Pronouns(models.TextChoices):
    SHE_HER = "she_her", _("she/her")
    HE_HIM = "he_him", _("he/him")
    THEY_THEM = "they_them", _("they/them")
    OTHER = "other", _("Other")
    NOT_ASKED = "not_asked", _("Not asked")


class PreferredLanguage(models.TextChoices):
    ENGLISH = "en", _("English")
    WELSH = "cy", _("Welsh")
    BOTH = "both", _("English and Welsh, no preference")
    OTHER = "other", _("Another language")
    NOT_KNOWN = "not_known", _("Not known")


class SexRegistered(models.TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    NOT_KNOWN = "not_known", _("Not known")


class GenderIdentity(models.TextChoices):
    GIRL_OR_YOUNG_WOMAN = "girl_or_young_woman", _("Girl or young woman")
    BOY_OR_YOUNG_MAN = "boy_or_young_man", _("Boy or young man")
    NON_BINARY = "non_binary", _("Non-binary")
    ANOTHER = "another", _("Another word")
    PREFER_NOT_TO_SAY = "prefer_not_to_say", _("They prefer not to say")
    NOT_ASKED = "not_asked", _("Not asked")


class YesNoPreferNot(models.TextChoices):
    """Asked only of the young person: what nobody else can know is not *not known*."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    PREFER_NOT_TO_SAY = "prefer_not_to_say", _("They prefer not to say")


class SexualOrientation(models.TextChoices):
    HETEROSEXUAL = "heterosexual", _("Straight")
    GAY_OR_LESBIAN = "gay_or_lesbian", _("Gay or lesbian")
    BISEXUAL = "bisexual", _("Bisexual")
    ANOTHER = "another", _("Another word")
    PREFER_NOT_TO_SAY = "prefer_not_to_say", _("They prefer not to say")


class EthnicGroup(models.TextChoices):
    """The harmonised groups of the Office for National Statistics for England and Wales."""

    WHITE_BRITISH = (
        "english_welsh_scottish_northern_irish_british",
        _("English, Welsh, Scottish, Northern Irish or British"),
    )
    IRISH = "irish", _("Irish")
    GYPSY_OR_IRISH_TRAVELLER = "gypsy_or_irish_traveller", _("Gypsy or Irish Traveller")
    ROMA = "roma", _("Roma")
    ANY_OTHER_WHITE = "any_other_white", _("Any other White background")
    WHITE_AND_BLACK_CARIBBEAN = "white_and_black_caribbean", _("White and Black Caribbean")
    WHITE_AND_BLACK_AFRICAN = "white_and_black_african", _("White and Black African")
    WHITE_AND_ASIAN = "white_and_asian", _("White and Asian")
    ANY_OTHER_MIXED = "any_other_mixed", _("Any other Mixed or Multiple background")
    INDIAN = "indian", _("Indian")
    PAKISTANI = "pakistani", _("Pakistani")
    BANGLADESHI = "bangladeshi", _("Bangladeshi")
    CHINESE = "chinese", _("Chinese")
    ANY_OTHER_ASIAN = "any_other_asian", _("Any other Asian background")
    CARIBBEAN = "caribbean", _("Caribbean")
    AFRICAN = "african", _("African")
    ANY_OTHER_BLACK = "any_other_black", _("Any other Black background")
    ARAB = "arab", _("Arab")
    ANY_OTHER = "any_other", _("Any other ethnic group")
    PREFER_NOT_TO_SAY = "prefer_not_to_say", _("They prefer not to say")
    NOT_ASKED = "not_asked", _("Not asked")
    NOT_KNOWN = "not_known", _("Not known")


E = EthnicGroup
ETHNIC_GROUPS = (
    (_("White"), (E.WHITE_BRITISH, E.IRISH, E.GYPSY_OR_IRISH_TRAVELLER, E.ROMA, E.ANY_OTHER_WHITE)),
    (
        _("Mixed or Multiple"),
        (E.WHITE_AND_BLACK_CARIBBEAN, E.WHITE_AND_BLACK_AFRICAN, E.WHITE_AND_ASIAN, E.ANY_OTHER_MIXED),
    ),
    (_("Asian"), (E.INDIAN, E.PAKISTANI, E.BANGLADESHI, E.CHINESE, E.ANY_OTHER_ASIAN)),
    (_("Black"), (E.CARIBBEAN, E.AFRICAN, E.ANY_OTHER_BLACK)),
    (_("Another group"), (E.ARAB, E.ANY_OTHER)),
    (_("Not recorded"), (E.PREFER_NOT_TO_SAY, E.NOT_ASKED, E.NOT_KNOWN)),
)


class AddressType(models.TextChoices):
    FAMILY_HOME = "family_home", _("Family home")
    KINSHIP = "kinship", _("With relatives or friends who look after them")
    FOSTER = "foster", _("Foster home")
    RESIDENTIAL_HOME = "residential_home", _("Residential home")
    SUPPORTED_16_PLUS = "supported_16_plus", _("Supported home for people of 16 and older")
    SECURE = "secure", _("Secure home")
    OWN_TENANCY = "own_tenancy", _("Their own tenancy")
    REFUGE = "refuge", _("Refuge")
    HOSTEL = "hostel", _("Hostel")
    SOFA_SURFING = "sofa_surfing", _("Staying with different people")
    OTHER = "other", _("Somewhere else")
    NOT_KNOWN = "not_known", _("Not known")
