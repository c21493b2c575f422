"""Signs and circumstances that a referrer may have seen (domain.md 3.3): prompts, never totalled, never a score.

Grouped so that what was done to a young person is not called a risk.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignTiming(models.TextChoices):
    PRESENT_NOW = "present_now", _("In the last 6 months")
    EARLIER = "earlier", _("Earlier")
    NOT_SEEN = "not_seen", _("Not seen")
    NOT_KNOWN = "not_known", _("Not known")


SEEN = (SignTiming.PRESENT_NOW, SignTiming.EARLIER)


class SignSource(models.TextChoices):
    """How the referrer knows: a fact is kept apart from a feeling."""

    SEEN_DIRECTLY = "seen_directly", _("I saw it")
    YOUNG_PERSON_TOLD_ME = "yp_told_me", _("The young person told me")
    CARER_TOLD_ME = "carer_told_me", _("A parent or carer told me")
    OTHER_PROFESSIONAL = "other_professional", _("Another professional told me")
    RECORDS = "records", _("From records")
    INTUITION = "intuition", _("A feeling I have")


class SignGroup(models.TextChoices):
    VULNERABILITY = "vulnerability", _("Circumstances that somebody may take advantage of")
    POSSIBLE_SIGN = "possible_sign", _("Changes that may be signs of exploitation")
    HARM_INDICATOR = "harm_indicator", _("What shows that harm is happening or has happened")
    ONLINE = "online", _("Online")
    PROTECTIVE = "protective", _("What protects and helps")


class Sign(models.TextChoices):
    ABUSE_OR_NEGLECT = "abuse_or_neglect", _("Abuse or neglect earlier in life")
    DOMESTIC_ABUSE = "domestic_abuse", _("Domestic abuse at home")
    PARENTS_DIFFICULTY = "parents_difficulty", _("A parent’s difficulty with alcohol, drugs or mental health")
    BEREAVEMENT = "bereavement", _("Bereavement or loss")
    FAMILY_CONFLICT = "family_conflict", _("Conflict or separation in the family")
    IN_OR_LEAVING_CARE = "in_or_leaving_care", _("Being in care or leaving care")
    SEVERAL_MOVES = "several_moves", _("Several moves of home")
    UNSAFE_HOUSING = "unsafe_housing", _("Homelessness or unsafe housing")
    LEARNING_DISABILITY = "learning_disability", _("Learning disability or difference")
    DISABILITY = "disability", _("Physical or sensory disability")
    NEURODIVERGENCE = "neurodivergence", _("Neurodivergence")
    LOW_SELF_ESTEEM = "low_self_esteem", _("Low self-esteem")
    ISOLATION = "isolation", _("Isolation")
    BULLYING = "bullying", _("Being bullied")
    OUT_OF_EDUCATION = "out_of_education", _("Out of education")
    MONEY_PRESSURE = "money_pressure", _("Poverty or pressure about money")
    CANNOT_BE_OPEN = "cannot_be_open", _("LGBTQ+ and not able to be open safely")
    INSECURE_STATUS = "insecure_status", _("Alone in this country, or insecure immigration status")
    CARING = "caring", _("Caring for somebody in the family")
    MENTAL_HEALTH = "mental_health", _("Mental health difficulty")
    FRIEND_EXPLOITED = "friend_exploited", _("A friend, brother or sister is being exploited")
    NO_TRUSTED_ADULT = "no_trusted_adult", _("No trusted adult")
    ISOLATION_ONLINE = "isolation_online", _("Alone online, with nobody who asks")
    EXPLOITED_EARLIER = "exploited_earlier", _("Exploited earlier")

    AWAY_UNEXPLAINED = "away_unexplained", _("Away from home without explanation")
    MISSING = "missing", _("Times of being missing")
    MISSING_SCHOOL = "missing_school", _("Missing school")
    OLDER_FRIENDS = "older_friends", _("New older friends or adults")
    PHONE_SECRECY = "phone_secrecy", _("Secrecy about the phone")
    SEVERAL_PHONES = "several_phones", _("A new phone, or more than one")
    MONEY_OR_ITEMS = "money_or_items", _("Money or things that are not explained")
    COLLECTED_BY_UNKNOWN = "collected_by_unknown", _("Collected by people nobody knows")
    PLACES_OF_CONCERN = "places_of_concern", _("Known to be at places of concern")
    MOOD = "mood", _("Change in mood")
    APPEARANCE = "appearance", _("Change in appearance")
    SELF_HARM = "self_harm", _("Self-harm")
    SUBSTANCES = "substances", _("Using alcohol or drugs")
    INJURIES = "injuries", _("Injuries that are not explained")
    SEXUAL_HEALTH = "sexual_health", _("Concern about sexual health")
    PREGNANCY = "pregnancy", _("Concern about pregnancy")
    WITHDRAWAL = "withdrawal", _("Withdrawn from family or friends")
    FEAR = "fear", _("Fear")
    REPEATED_CONTACT = "repeated_contact", _("People nobody knows contact them again and again")
    TRAVEL = "travel", _("Travel to places they do not know")
    DEBTS = "debts", _("Talk of debts")
    KNOWLEDGE_BEYOND_AGE = "knowledge_beyond_age", _("Knowledge of sexual matters beyond their age")
    CONTROLLED = "controlled", _("Somebody close controls them")
    MADE_TO_OFFEND = "made_to_offend", _("Things they may have been made to do")

    SAID_SO = "said_so", _("The young person has said so")
    ANOTHER_SAID_SO = "another_said_so", _("Another person has said so")
    SEEN_WITH = "seen_with", _("Seen in vehicles or premises with people of concern")
    IMAGES_SHARED = "images_shared", _("Images were shared, or threatened to be")
    MOVED_OR_HELD = "moved_or_held", _("Held or moved by others")
    NOT_FREE_TO_LEAVE = "not_free_to_leave", _("Taken, or not free to leave")
    ASSAULTED = "assaulted", _("Physically assaulted by a person of concern")
    THREATENED = "threatened", _("They or their family were threatened")
    STATEMENT_WITHDRAWN = "statement_withdrawn", _("Told somebody, and later felt unable to go on")
    FOUND_WITH = "found_with", _("Found with a person of concern while missing")
    BETWEEN_TOWNS = "between_towns", _("Moved between towns")
    POLICE_INFORMATION = "police_information", _("Information from the police")
    MEDICAL_EVIDENCE = "medical_evidence", _("Medical evidence")

    UNKNOWN_ADULTS_ONLINE = "unknown_adults_online", _("Adults they do not know contact them")
    PRIVATE_PLATFORM = "private_platform", _("Asked to move to a private or encrypted platform")
    IMAGES_PRESSURE = "images_pressure", _("Pressed for images")
    IMAGES_WITHOUT_AGREEMENT = "images_without_agreement", _("Images shared without their agreement")
    BLACKMAIL = "blackmail", _("Threats or blackmail")
    PAID_ONLINE = "paid_online", _("Money or presents received online")
    LIVE_STREAMING = "live_streaming", _("Live-streaming")
    LOCATION_CONTROLLED = "location_controlled", _("Somebody controls where their phone says they are")
    ACCOUNTS_CONTROLLED = "accounts_controlled", _("Somebody controls their accounts")
    MET_FROM_ONLINE = "met_from_online", _("Met somebody they first knew online")
    AI_IMAGES = "ai_images", _("Images made by AI")

    TRUSTED_ADULT = "trusted_adult", _("A trusted adult")
    SAFE_CARER = "safe_carer", _("A safe relationship with a parent or carer")
    SAFE_FRIENDS = "safe_friends", _("Safe friends")
    SAFE_SCHOOL = "safe_school", _("School is a safe place")
    INTEREST = "interest", _("An interest or talent")
    TALKS = "talks", _("Talks about worries")
    SAFETY_PLAN = "safety_plan", _("Uses a safety plan")
    OTHER_SERVICE = "other_service", _("Another service is with them")
    SAFE_HOUSING = "safe_housing", _("Safe housing")
    CULTURE_OR_FAITH = "culture_or_faith", _("Support from culture or faith")
    HOPES = "hopes", _("Hopes for the future")


_ALL = list(Sign)


def _from(first, last):
    return tuple(_ALL[_ALL.index(first) : _ALL.index(last) + 1])


SIGNS_OF = {
    SignGroup.VULNERABILITY: _from(Sign.ABUSE_OR_NEGLECT, Sign.EXPLOITED_EARLIER),
    SignGroup.POSSIBLE_SIGN: _from(Sign.AWAY_UNEXPLAINED, Sign.MADE_TO_OFFEND),
    SignGroup.HARM_INDICATOR: _from(Sign.SAID_SO, Sign.MEDICAL_EVIDENCE),
    SignGroup.ONLINE: _from(Sign.UNKNOWN_ADULTS_ONLINE, Sign.AI_IMAGES),
    SignGroup.PROTECTIVE: _from(Sign.TRUSTED_ADULT, Sign.HOPES),
}
