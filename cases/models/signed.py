"""What the database keeps of an assessment where no CHECK can: it looks at the rows beside it, and at the case.

Every function holds the row it looks at, so that a strength cannot go while somebody signs.
"""

import pgtrigger

from audit.kept import refuse, written_once

STAYS = "signed_assessment_stays_as_it_was"
STAYS_BECAUSE = "A signed assessment stays as it was. Add a note to it to correct it."
WHOLE = "assessment_is_signed_with_a_strength"
VOICED = "assessment_is_signed_with_every_voice_named"
IS_SIGNED = "SELECT FROM cases_assessment WHERE id = {row}.assessment_id AND signed_at IS NOT NULL"


def _hold(row, table="cases_assessment", column="assessment_id"):
    return f"PERFORM FROM {table} WHERE id = {row}.{column} FOR UPDATE;"


def no_truncate(stays=STAYS, because=STAYS_BECAUSE):
    return pgtrigger.Trigger(
        name="no_truncate",
        level=pgtrigger.Statement,
        operation=pgtrigger.Truncate,
        when=pgtrigger.Before,
        func=refuse(stays, because),
    )


def open_until_signed(table="cases_assessment", column="assessment_id", *, stays=STAYS, because=STAYS_BECAUSE):
    """A row of a draft is written, changed and taken out; once what it belongs to is signed, never again."""

    def refused_once_signed(row):
        signed = f"SELECT FROM {table} WHERE id = {row}.{column} AND signed_at IS NOT NULL"  # noqa: S608
        return f"{_hold(row, table, column)} IF EXISTS ({signed}) THEN {refuse(stays, because)} END IF;"

    return [
        pgtrigger.Trigger(
            name=stays,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            when=pgtrigger.Before,
            func=f"""
                IF TG_OP <> 'INSERT' THEN {refused_once_signed("OLD")} END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                {refused_once_signed("NEW")}
                RETURN NEW;
            """,
        ),
        no_truncate(stays, because),
    ]


def carried_on(table):
    """What is carried on from an earlier version is from one that was signed, of the same case."""
    name = "row_is_carried_on_from_a_signed_version"
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("came_from_id", "assessment_id"),
        when=pgtrigger.Before,
        condition=pgtrigger.Q(new__came_from_id__isnull=False),
        func=f"""
            IF NOT EXISTS (
                SELECT FROM {table} AS earlier
                JOIN cases_assessment AS before ON before.id = earlier.assessment_id
                JOIN cases_assessment AS now ON now.id = NEW.assessment_id
                WHERE earlier.id = NEW.came_from_id AND before.signed_at IS NOT NULL
                AND before.case_id = now.case_id AND before.version < now.version
            ) THEN
                {refuse(name, "It does not stand in an earlier version of this assessment.")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 -- made of our own names
    )


def whole_when_signed():
    """A strength at least, and of every row whose view it is (R-nat-20)."""
    return pgtrigger.Trigger(
        name=WHOLE,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("signed_at"),
        when=pgtrigger.Before,
        condition=pgtrigger.Q(new__signed_at__isnull=False),
        func=f"""
            IF NOT EXISTS (SELECT FROM cases_strength WHERE assessment_id = NEW.id) THEN
                {refuse(WHOLE, "Strengths come first: name one at least.")}
            END IF;
            IF EXISTS (SELECT FROM cases_strength WHERE assessment_id = NEW.id AND voice = '')
            OR EXISTS (SELECT FROM cases_worry WHERE assessment_id = NEW.id AND (voice = '' OR kind = ''))
            OR EXISTS (SELECT FROM cases_hope WHERE assessment_id = NEW.id AND voice = '')
            OR EXISTS (SELECT FROM cases_familyview WHERE assessment_id = NEW.id AND whose = '') THEN
                {refuse(VOICED, "Say whose view each of them is.")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 -- made of our own sentences
    )


def kept_once_signed():
    """A draft may change and is never thrown away; what is signed does neither."""
    return written_once(STAYS, STAYS_BECAUSE, unless="OLD.signed_at IS NULL")


def of_a_case_that_may_have_it():
    """No young person's assessment where the work is with a carer alone; the parents' part only where it is offered."""
    alone, combined = "assessment_is_about_the_young_person", "assessment_with_parents_only_where_offered"
    return pgtrigger.Trigger(
        name="assessment_fits_its_case",
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("kind", "case_id"),
        when=pgtrigger.Before,
        func=f"""
            PERFORM FROM cases_case WHERE id = NEW.case_id FOR UPDATE;
            IF EXISTS (SELECT FROM cases_case WHERE id = NEW.case_id AND kind = 'carer_only') THEN
                {refuse(alone, "Here the work is with the parent or carer, who has an assessment of their own.")}
            END IF;
            IF NEW.kind = 'child_and_parent_needs' AND NOT EXISTS (
                SELECT FROM cases_case AS held JOIN centres_serviceoffer AS offer ON offer.id = held.offer_id
                WHERE held.id = NEW.case_id AND offer.combined_parent_assessment
            ) THEN
                {refuse(combined, "The offer of this case has no assessment that includes the parents.")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 -- made of our own sentences
    )


def said_after_the_signature(*, by_another=False):
    """Beside a signed assessment, written once; a manager's comment by somebody else than who signed."""
    name, other = "said_of_a_signed_assessment", "comment_is_by_somebody_else"
    another = f"""
        IF EXISTS (SELECT FROM cases_assessment WHERE id = NEW.assessment_id AND signed_by_id = NEW.by_id) THEN
            {refuse(other, "Whoever signed it does not comment on it as a manager.")}
        END IF;"""  # noqa: S608 -- made of our own names
    after = pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        func=f"""
            {_hold("NEW")}
            IF NOT EXISTS ({IS_SIGNED.format(row="NEW")}) THEN
                {refuse(name, "This assessment is not signed yet: change it itself.")}
            END IF;
            {another if by_another else ""}
            RETURN NEW;
        """,
    )
    once = written_once("said_once_of_an_assessment", "It stays as it was written. Add another to correct it.")
    return [after, *once]
