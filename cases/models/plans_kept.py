"""What the database keeps for plans where no CHECK can: it looks at the plan beside the row."""

import pgtrigger

from audit.kept import refuse, same_but, written_once
from cases.enums import BEING_WRITTEN, PlanStatus
from cases.models.kept import not_of_a_carer_alone

WRITTEN = ", ".join(f"'{status.value}'" for status in BEING_WRITTEN)
LATER = ("status", "copy_is_safe", "copy_given_on", "ended_on", "ended_by_id", "ended_because")
AS_AGREED = "A plan stays as it was agreed. Begin a new version to change it."


def plan_stays_as_agreed():
    """Before it is agreed a plan is rewritten at will; then only its end is added, and what became of the copy."""
    moves_on = f"NEW.status NOT IN ({WRITTEN}) AND {same_but(*LATER)}"
    return written_once("plan_stays_as_agreed", AS_AGREED, unless=f"OLD.status IN ({WRITTEN}) OR ({moves_on})")


def plan_has_a_goal():
    """No plan that is agreed on is empty (R-nat-02). Who takes its last goal away waits for the same row."""
    name = "plan_agreed_has_a_goal"
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("status"),
        when=pgtrigger.Before,
        condition=~pgtrigger.Q(new__status__in=[status.value for status in BEING_WRITTEN]),
        func=f"""
            IF NOT EXISTS (SELECT FROM cases_goal WHERE plan_id = NEW.id) THEN
                {refuse(name, "A plan is made of the young person’s own goals. This one has none yet.")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 -- made of our own constants
    )


def plan_is_a_young_persons():
    """A case with a carer alone has no plan of its own (design.md 6)."""
    because = "The work with a carer alone has no plan of a young person."
    return not_of_a_carer_alone("plan_is_not_of_a_carer_alone", because)


def plan_rests_on_its_assessment():
    """On one that was signed, of the same case (R-nat-21). What is signed stays so: nothing need be held."""
    name = "plan_rests_on_a_signed_assessment_of_its_case"
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("assessment_id", "case_id"),
        when=pgtrigger.Before,
        condition=pgtrigger.Q(new__assessment_id__isnull=False),
        func=f"""
            IF NOT EXISTS (
                SELECT FROM cases_assessment
                WHERE id = NEW.assessment_id AND case_id = NEW.case_id AND signed_at IS NOT NULL
            ) THEN
                {refuse(name, "A plan is made from a signed assessment of the same case.")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 -- made of our own constants
    )


def goal_answers_its_need():
    name = "goal_answers_a_need_of_its_case"
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("need_id", "plan_id"),
        when=pgtrigger.Before,
        condition=pgtrigger.Q(new__need_id__isnull=False),
        func=f"""
            IF NOT EXISTS (
                SELECT FROM cases_need AS need
                JOIN cases_assessment AS assessed ON assessed.id = need.assessment_id
                JOIN cases_supportplan AS plan ON plan.case_id = assessed.case_id
                WHERE need.id = NEW.need_id AND plan.id = NEW.plan_id AND assessed.signed_at IS NOT NULL
            ) THEN
                {refuse(name, "A goal answers a need that the signed assessment of the same case names.")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 -- made of our own constants
    )


def _of_plan(name, *, plan, also=""):
    """The rows of a plan change only while it is being written. ``plan``: SQL with ROW for OLD or NEW.

    The plan is held first, so that nobody agrees to it in between.
    """

    def look(row):
        of_row = plan.replace("ROW", row)
        return f"""
            PERFORM FROM cases_supportplan WHERE id = ({of_row}) FOR UPDATE;
            IF EXISTS (
                SELECT FROM cases_supportplan WHERE id = ({of_row}) AND status NOT IN ({WRITTEN}){also}
            ) THEN
                {refuse(name, AS_AGREED)}
            END IF;"""  # noqa: S608 -- made of our own constants

    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=f"""
            IF TG_OP <> 'INSERT' THEN {look("OLD")} END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            {look("NEW")}
            RETURN NEW;
        """,
    )


def goal_stays_as_agreed():
    return _of_plan("goal_stays_as_agreed", plan="ROW.plan_id")


def step_stays_as_agreed():
    """How a step goes is told while its plan is in use; what it is stays."""
    how_it_goes = f"TG_OP = 'UPDATE' AND status = '{PlanStatus.ACTIVE}' AND {same_but('status', 'note')}"
    return _of_plan(
        "step_stays_as_agreed",
        plan="SELECT plan_id FROM cases_goal WHERE id = ROW.goal_id",
        also=f" AND NOT ({how_it_goes})",
    )


def goal_continues_the_first():
    """A goal that goes on names the one that it began as: of the same case, and itself a beginning."""
    name = "goal_continues_the_first_of_its_case"
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("continues_id", "plan_id"),
        when=pgtrigger.Before,
        condition=pgtrigger.Q(new__continues_id__isnull=False),
        func=f"""
            IF NOT EXISTS (
                SELECT FROM cases_goal AS first
                JOIN cases_supportplan AS before ON before.id = first.plan_id
                JOIN cases_supportplan AS now ON now.id = NEW.plan_id
                WHERE first.id = NEW.continues_id AND first.continues_id IS NULL
                AND before.case_id = now.case_id AND before.id <> now.id
            ) THEN
                {refuse(name, "A goal goes on from the first version of itself, in the same case.")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 -- made of our own constants
    )


def goal_is_rated_in_use():
    """A goal is rated once its plan is agreed: what is still being worded may yet be left out."""
    name = "goal_is_rated_once_its_plan_is_agreed"
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        func=f"""
            IF EXISTS (
                SELECT FROM cases_goal AS goal JOIN cases_supportplan AS plan ON plan.id = goal.plan_id
                WHERE goal.id = NEW.goal_id AND plan.status IN ({WRITTEN})
            ) THEN
                {refuse(name, "A goal is rated once its plan is agreed.")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 -- made of our own constants
    )
