"""What one fictional young person and their practitioner wrote together: assessment, plan, review, more time."""

from datetime import timedelta

from cases.enums import (
    ConsentCheck,
    CopyIsSafe,
    Participation,
    PlanAgreement,
    ReviewOutcome,
    SafetyNow,
    ViewOfMoreTime,
    Voice,
    WhoActs,
    WorryKind,
    YoungPersonAgrees,
)
from sessions.enums import Approach

YP, PRACTITIONER = Voice.YOUNG_PERSON, Voice.PRACTITIONER


def _row(words, voice=None, **more):
    return {"words": f"Example: {words}", "domain": "", **({"voice": voice} if voice else {}), **more}


ASSESSMENT = {
    "what-matters": {
        "what_matters": "Example: my dog, drawing, and that people ask before they tell.",
        "how_done": "Example: three walks and a drawing of a good day, in English.",
    },
    "strengths": {
        "strengths": [
            _row("I draw. I get up for school even when I have not slept.", YP, domain="talents_interests"),
            _row("Asked for help twice this month, and took it.", PRACTITIONER, domain="social_emotional_skills"),
        ]
    },
    "worries": {
        "worries": [
            _row("He knows where I wait for the bus.", YP, kind=WorryKind.WORRY_NOW, domain="safety"),
            _row("Nobody at home is awake when the messages come.", PRACTITIONER, kind=WorryKind.MAKES_IT_HARDER),
        ]
    },
    "hopes": {"hopes": [{"words": "Example: to sleep, and to have my evenings back.", "voice": YP}]},
    "marks": {"marks": {"hope.young_person": 4, "hope.practitioner": 6, "safe_today.young_person": 3}},
    "safety-and-wellbeing": {
        "safe_people_and_places": "Example: the art room, and an aunt who answers the telephone.",
        "wellbeing": "Example: tired in the mornings; well when drawing.",
    },
    "around-them": {
        "network": "Example: a school that notices, a social worker, two friends.",
        "family_views": [{"words": "Example: we did not know whom to ask.", "whose": "Mother"}],
    },
    "analysis": {
        "analysis": "Example: an adult has pushed into this young person’s evenings, and people who care stand by.",
        "likelihood": "Example: the messages will go on while the number is known; by day they are with others.",
        "not_known": "Example: who else has the number.",
    },
    "needs": {
        "needs": [
            {"words": "Example: evenings without messages from that person.", "domain": "online_life"},
            {"words": "Example: a safe way home.", "domain": "safety"},
        ],
        "recommendation": "Example: one-to-one work at school, at the young person’s pace.",
    },
    "agreement": {"comments": "Example: it is mostly how it is.", "agreement": YoungPersonAgrees.AGREE},
}

PLAN = {
    "what_matters": "Example: my dog, drawing, and that people ask before they tell.",
    "working_together": "Example: Thursdays in the art room. Text before you ring.",
    "information_sharing": "Example: school knows that we meet, not what we say.",
    "good_ending": "Example: I know whom to ring, and I have a picture of how far I have come.",
}
AGREED = {
    "participation": Participation.CO_WROTE,
    "agreement": PlanAgreement.AGREED,
    "agreement_reason": "",
    "copy_is_safe": CopyIsSafe.YES,
}
REVIEW = {
    "outcome": ReviewOutcome.CONTINUE,
    "present": "Example: the young person and their practitioner",
    "what_changed": "Example: sleeps through most nights; the old number is gone.",
    "safety": "Example: no message since the number changed.",
    "consent_check": ConsentCheck.STILL_WANTED,
    "own_words": "Example: I want to keep Thursdays.",
    "because": "Example: it helps, and it is not finished.",
}
SESSION = {
    "present": "",
    "how_they_seemed": "Example: tired, and glad to be asked.",
    "what_we_did": "Example: sat in the art room and drew a map of safe places.",
    "own_words": "Example: it is easier to say it while I draw.",
    "strengths": "Example: knows exactly where she is listened to.",
    "worries": "",
    "towards_goals": "Example: two evenings without the phone.",
    "next_step": "Example: we walk to the library together.",
    "safety_change": SafetyNow.SAME,
    "safety_words": "",
    "approaches": [Approach.CREATIVE_ARTS, Approach.SOLUTION_FOCUSED],
}
NOT_HELD = {"safety_change": "", "safety_words": "", "what_we_change": "Example: we meet at school from now on."}
MORE_TIME = {
    "needs": "Example: the way home is not safe yet in the dark months.",
    "what_will_differ": "Example: we walk it together, and the school changes the last lesson.",
    "view": ViewOfMoreTime.AGREE,
    "own_words": "Example: I am not done yet.",
    "safety": "Example: better in the daytime, the same in the evening.",
    "alternatives": "Example: the youth club was asked; it has no worker on that day.",
}


def goals(today):
    """Each goal with its steps, in the order of the needs: steps are due in the two weeks from ``today``."""
    return [
        (
            {"own_words": "Example: I want my evenings back.", "practitioner_wording": "Example: no contact online."},
            [
                _step("change the number, and choose who has it", WhoActs.YOUNG_PERSON, today, 7),
                _step("sit together while the apps are set", WhoActs.PRACTITIONER, today, 14),
            ],
        ),
        (
            {"own_words": "Example: I want to get home without looking round.", "practitioner_wording": ""},
            [_step("walk the way home together once", WhoActs.PRACTITIONER, today, 14)],
        ),
    ]


def _step(what, who, today, days):
    return {"what": f"Example: {what}", "who": who, "due_on": today + timedelta(days=days)}
