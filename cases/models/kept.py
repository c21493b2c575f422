"""What the database keeps for cases where no CHECK can: it looks at another row."""

import pgtrigger

from audit.kept import refuse
from referrals.models import Referral
from referrals.models.kept import ENDED_STATUSES


def planned_within_what_was_agreed():
    """Beyond the months a case began with, its end is planned only with an approved request that reaches so far.

    What was approved never changes, so that nothing can be taken away under a
    plan; the case is held while it is asked.
    """
    name = "case_beyond_six_months_needs_an_extension"
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("planned_end_on", "support_started_on", "months_initial"),
        when=pgtrigger.After,
        condition=pgtrigger.Condition(
            "NEW.planned_end_on > NEW.support_started_on + make_interval(months => NEW.months_initial)"
        ),
        func=f"""
            PERFORM FROM cases_case WHERE id = NEW.id FOR UPDATE;
            IF NOT EXISTS (
                SELECT FROM cases_extensionrequest AS request
                WHERE request.case_id = NEW.id AND request.approved_until_on >= NEW.planned_end_on
            ) THEN
                {refuse(name, "More than six months need an approved request for more time.")}
            END IF;
            RETURN NULL;
        """,  # noqa: S608 -- made of our own constants
    )


def not_of_a_carer_alone(name, because, *, also=None):
    """Where the work is with a carer alone there is no young person's part (design.md 6). ``also``: a change of it."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | also if also else pgtrigger.Insert,
        when=pgtrigger.Before,
        func=f"""
            PERFORM FROM cases_case WHERE id = NEW.case_id FOR UPDATE;
            IF EXISTS (SELECT FROM cases_case WHERE id = NEW.case_id AND kind = 'carer_only') THEN
                {refuse(name, because)}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 -- made of our own constants
    )


def with_a_young_person():
    """Where the work is with a carer alone, nobody is given the young person: the carer has somebody of their own."""
    because = "Here the work is with the parent or carer, who has somebody of their own."
    name = "assignment_is_to_work_with_a_young_person"
    return not_of_a_carer_alone(name, because, also=pgtrigger.UpdateOf("case_id"))


class ReferralWithCase(Referral):
    """A referral, as cases see it: it carries the trigger that this floor owns, and nothing else."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="referral_with_an_open_case_is_not_opened_again",
                operation=pgtrigger.UpdateOf("status"),
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__status__in=ENDED_STATUSES) & ~pgtrigger.Q(new__status__in=ENDED_STATUSES),
                func=f"""
                    PERFORM FROM cases_case WHERE referral_id = NEW.id FOR UPDATE;
                    IF EXISTS (SELECT FROM cases_case WHERE referral_id = NEW.id) THEN
                        {refuse("referral_with_an_open_case_is_not_opened_again", "A case has been opened on it.")}
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 -- made of our own constants
            )
        ]
