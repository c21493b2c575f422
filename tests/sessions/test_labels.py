"""The words of the lists that practitioners choose from, in both languages (domain.md 5.7, 5.8, 9)."""

import pytest
from django.utils.translation import override

from sessions.enums import Attendance, SessionKind

KINDS = {
    "first_contact": ("First contact", "Cyswllt cyntaf"),
    "consent_conversation": ("Talking about taking part", "Siarad am gymryd rhan"),
    "assessment": ("Finding out what is strong and what is hard", "Dod i wybod beth sy’n gryf a beth sy’n anodd"),
    "relationship_building": ("Getting to know each other", "Dod i adnabod ein gilydd"),
    "awareness_raising": (
        "Awareness-raising (safety and relationships)",
        "Codi ymwybyddiaeth (diogelwch a pherthnasoedd)",
    ),
    "bespoke_intervention": ("Bespoke work (made for them)", "Gwaith pwrpasol (wedi’i lunio ar eu cyfer)"),
    "emotional_support": ("Emotional support", "Cymorth emosiynol"),
    "emotional_regulation": (
        "Emotional regulation (ways to feel calmer)",
        "Rheoleiddio emosiynau (ffyrdd o deimlo’n dawelach)",
    ),
    "therapeutic": ("Therapeutic work", "Gwaith therapiwtig"),
    "safety_planning": ("Planning for safety", "Cynllunio ar gyfer diogelwch"),
    "review": ("Looking back together", "Edrych yn ôl gyda’n gilydd"),
    "advocacy": ("Speaking up for them", "Siarad ar eu rhan"),
    "practical_support": ("Practical help", "Cymorth ymarferol"),
    "ending": ("Ending well", "Dod i ben yn dda"),
    "joint_yp_carer": ("Meeting together with a parent or carer", "Cyfarfod ar y cyd â rhiant neu ofalwr"),
    "welfare_check": ("Asking whether they are safe", "Gofyn a ydyn nhw’n ddiogel"),
    "duty_response": ("Answering on duty", "Ateb wrth fod ar ddyletswydd"),
}
ATTENDANCE = {
    "attended": ("Took part", "Wedi cymryd rhan"),
    "attended_part": ("Took part for part of the time", "Wedi cymryd rhan am ran o’r amser"),
    "cancelled_by_young_person": ("Young person cancelled", "Y person ifanc wedi canslo"),
    "cancelled_by_carer": ("Carer cancelled", "Y gofalwr wedi canslo"),
    "cancelled_by_practitioner": ("We cancelled", "Wedi’i ganslo gennym ni"),
    "cancelled_by_other_agency": (
        "School, placement or another service cancelled",
        "Ysgol, lleoliad neu wasanaeth arall wedi canslo",
    ),
    "was_not_brought": ("Was not brought", "Ni ddaethpwyd â’r plentyn"),
    "did_not_attend": ("Did not attend (travels independently)", "Heb fynychu (yn teithio’n annibynnol)"),
    "not_seen_no_contact": ("Not seen – no contact", "Heb ei weld – dim cyswllt"),
    "missing_at_time": ("Was missing", "Ar goll"),
    "not_safe_to_go_ahead": ("Not safe to go ahead", "Ddim yn ddiogel i fwrw ymlaen"),
    "technical_problem": ("Technical problem", "Problem dechnegol"),
    "consent_withdrawn": ("Ended at the young person’s wish", "Wedi dod i ben ar ddymuniad y person ifanc"),
}


@pytest.mark.requirement("R-wal-13")
@pytest.mark.parametrize(("choices", "labels"), [(SessionKind, KINDS), (Attendance, ATTENDANCE)])
def test_each_value_is_called_so_in_both_languages(choices, labels):
    assert dict(_labels(choices)) == {value: english for value, (english, _) in labels.items()}
    with override("cy"):
        assert dict(_labels(choices)) == {value: welsh for value, (_, welsh) in labels.items()}


def _labels(choices):
    return ((value, str(label)) for value, label in choices.choices)
