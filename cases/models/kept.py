"""What the database keeps for cases where no CHECK can: it looks at another row."""

import pgtrigger

from referrals.models import Referral
from referrals.models.kept import ENDED_STATUSES, refuse


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
