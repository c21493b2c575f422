"""What the database keeps where no CHECK can: it looks at another row, or at the row as it was before.

A refusal is an ``IntegrityError``, as a constraint's is: it names the rule and says it in a sentence.
"""

import pgtrigger

from audit.kept import refuse, same_but, written_once
from referrals.enums import ENDED, STATUS_AFTER

STATUS_AND_OUTCOME = ", ".join(f"('{status.value}', '{outcome.value}')" for outcome, status in STATUS_AFTER.items())

ENDED_STATUSES = tuple(status.value for status in ENDED)


def ended_with_a_decision():
    """A referral has ended only with a decision in effect that leads there; taken up again, it needs another.

    Asked when the transaction ends, so that one act may write the two in any
    order. No lock is needed: a decision in effect never changes.
    """
    name = "ended_referral_has_a_decision_in_effect"
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("status"),
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Q(new__status__in=ENDED_STATUSES),
        func=f"""
            IF EXISTS (
                SELECT FROM referrals_referral AS referral
                WHERE referral.id = NEW.id AND referral.status = NEW.status AND NOT EXISTS (
                    SELECT FROM referrals_decision AS decision
                    WHERE decision.referral_id = referral.id
                    AND (decision.needs_second_person = '{{}}' OR decision.countersigned_at IS NOT NULL)
                    AND decision.sent_back_at IS NULL AND decision.overtaken_at IS NULL
                    AND (referral.status, decision.outcome) IN ({STATUS_AND_OUTCOME})
                    AND NOT EXISTS (
                        SELECT FROM referrals_statuschange AS step
                        WHERE step.referral_id = referral.id AND step.at > decision.decided_at
                        AND step.from_status IN {ENDED_STATUSES}
                    )
                )
            ) THEN
                {refuse(name, "A referral ends by a decision. Nobody has decided this one.")}
            END IF;
            RETURN NULL;
        """,  # noqa: S608 -- made of our own constants
    )


WAITS = """OLD.needs_second_person <> '{}' AND OLD.countersigned_at IS NULL
    AND OLD.sent_back_at IS NULL AND OLD.overtaken_at IS NULL"""
ANSWERS = (
    "countersigned_by_id",
    "countersigned_at",
    "sent_back_by_id",
    "sent_back_at",
    "sent_back_reason",
    "overtaken_at",
)


def answered_once():
    """What was asked, and what came of it, stays as it was written: an answer is given once."""
    sentence = "A question stays as it was asked, and is answered or closed once. Ask another."
    is_open = "OLD.answered_at IS NULL AND OLD.closed_at IS NULL"
    came_of_it = same_but("answer", "answered_at", "closed_by_id", "closed_at", "closed_because")
    return written_once("question_is_answered_once", sentence, unless=f"{is_open} AND {came_of_it}")


def decided_once():
    """What was decided stays as it was written; a second person answers once. So nobody agrees to a changed text."""
    sentence = "A decision stays as it was made, and is answered once. Decide again to correct it."
    return written_once("decision_is_made_once", sentence, unless=f"{WAITS} AND {same_but(*ANSWERS)}")
