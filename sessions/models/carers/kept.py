"""What the database keeps of the carer's strand where no CHECK can.

The case is held first and then the young person, in the order in which every
act on a case holds them: two that would put one colleague on both sides wait
for each other, also where the two sides are two cases.
"""

import pgtrigger

from audit.kept import refuse, written_once
from cases.models import Assignment
from cases.models.signed import no_truncate

SIGNED_STAYS = "signed_carer_session_stays_as_it_was"
SIGNED_STAYS_BECAUSE = "A signed contact stays as it was. Add a note to it to correct it."
ASSESSMENT_STAYS = "signed_carer_assessment_stays_as_it_was"
ASSESSMENT_STAYS_BECAUSE = "A signed assessment stays as it was. Add a note to it to correct it."
SEPARATE = "carer_practitioner_is_never_the_young_persons"
SEPARATE_BECAUSE = "They work with the young person. A parent or carer has somebody else."
SEPARATE_TOO = "young_persons_practitioner_is_never_a_carers"
SEPARATE_TOO_BECAUSE = "They work with a parent or carer. The young person has somebody else."
OURS = "strand_is_of_a_carer_of_this_young_person"
MORE = "strand_has_no_more_direct_sessions_than_the_offer"
ONE_MORE = "direct_session_is_one_of_those_agreed"
AGREED = "direct_session_is_held_with_the_carers_consent"
EARLY = "carer_session_is_held_once_the_case_is_open"
TOGETHER = "joint_session_stands_on_both_sides"
ANOTHER = "carer_assessment_is_by_a_different_worker"

HOLD_CASE = """
    PERFORM FROM cases_case WHERE id = {case} FOR UPDATE;"""
HOLD_YOUNG_PERSON = """
    PERFORM FROM people_datasubject
    WHERE id = (SELECT subject_id FROM cases_case WHERE id = {case}) FOR UPDATE;"""
# Whoever works with the young person now, on whichever case of theirs.
WORKS_WITH_THE_YOUNG_PERSON = """
    SELECT FROM cases_assignment AS part
    JOIN cases_case AS theirs ON theirs.id = part.case_id
    JOIN cases_case AS this ON this.subject_id = theirs.subject_id
    WHERE this.id = {case} AND part.until_at IS NULL AND part.user_id = {user}"""
CASE_OF_STRAND = "(SELECT case_id FROM support_sessions_carerstrand WHERE id = NEW.strand_id)"
DAY = "({moment} AT TIME ZONE 'Europe/London')::date"


def of_a_carer_of_theirs():
    """A carer of this young person, known under their own subject; and as many direct sessions as the offer has."""
    return pgtrigger.Trigger(
        name="strand_fits_its_case",
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("case_id", "carer_id", "subject_id", "direct_max"),
        when=pgtrigger.After,
        func=f"""
            {HOLD_CASE.format(case="NEW.case_id")}
            IF NOT EXISTS (
                SELECT FROM people_carer AS carer
                JOIN cases_case AS held ON held.young_person_id = carer.young_person_id
                WHERE carer.id = NEW.carer_id AND carer.subject_id = NEW.subject_id AND held.id = NEW.case_id
            ) THEN
                {refuse(OURS, "This is no parent or carer of this young person.")}
            END IF;
            IF EXISTS (
                SELECT FROM cases_case AS held JOIN centres_serviceoffer AS offer ON offer.id = held.offer_id
                WHERE held.id = NEW.case_id AND offer.carer_direct_sessions < NEW.direct_max
            ) THEN
                {refuse(MORE, "The offer of this case has fewer direct sessions.")}
            END IF;
            RETURN NULL;
        """,  # noqa: S608 -- made of our own names
    )


def practitioner_is_not_the_young_persons():
    """R-nat-29, from the carer's side: not the lead, nor whoever works alongside or covers, who read all of it."""
    return pgtrigger.Trigger(
        name=SEPARATE,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("practitioner_id", "case_id"),
        when=pgtrigger.After,
        condition=pgtrigger.Q(new__practitioner_id__isnull=False),
        func=f"""
            {HOLD_CASE.format(case="NEW.case_id")}
            {HOLD_YOUNG_PERSON.format(case="NEW.case_id")}
            IF EXISTS ({WORKS_WITH_THE_YOUNG_PERSON.format(case="NEW.case_id", user="NEW.practitioner_id")}) THEN
                {refuse(SEPARATE, SEPARATE_BECAUSE)}
            END IF;
            RETURN NULL;
        """,
    )


class AssignmentBesideStrands(Assignment):
    """Who works on a case, as this floor sees it: it carries the trigger that this floor owns, and nothing else."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name=SEPARATE_TOO,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("user_id", "case_id", "until_at"),
                when=pgtrigger.After,
                condition=pgtrigger.Q(new__until_at__isnull=True),
                func=f"""
                    {HOLD_CASE.format(case="NEW.case_id")}
                    {HOLD_YOUNG_PERSON.format(case="NEW.case_id")}
                    IF EXISTS (
                        SELECT FROM support_sessions_carerstrand AS strand
                        JOIN cases_case AS theirs ON theirs.id = strand.case_id
                        JOIN cases_case AS this ON this.subject_id = theirs.subject_id
                        WHERE this.id = NEW.case_id AND strand.practitioner_id = NEW.user_id
                    ) THEN
                        {refuse(SEPARATE_TOO, SEPARATE_TOO_BECAUSE)}
                    END IF;
                    RETURN NULL;
                """,  # noqa: S608 -- made of our own names
            )
        ]


def counted_as_agreed():
    """One of those that were agreed (R-nat-30), begun while the carer agreed, and not before the case was opened.

    Asked once the row is written: a CHECK speaks first.
    """
    day, opened = DAY.format(moment="NEW.started_at"), DAY.format(moment="opened_at")
    return pgtrigger.Trigger(
        name="carer_session_fits_its_strand",
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("strand_id", "kind", "status", "started_at", "direct_number"),
        when=pgtrigger.After,
        condition=pgtrigger.Q(new__started_at__isnull=False),
        func=f"""
            {HOLD_CASE.format(case=CASE_OF_STRAND)}
            IF EXISTS (SELECT FROM cases_case WHERE id = {CASE_OF_STRAND} AND {day} < {opened}) THEN
                {refuse(EARLY, "This is from before the case was opened.")}
            END IF;
            IF NEW.direct_number IS NULL THEN RETURN NULL; END IF;
            IF EXISTS (
                SELECT FROM support_sessions_carerstrand
                WHERE id = NEW.strand_id AND direct_max < NEW.direct_number
            ) THEN
                {refuse(ONE_MORE, "All the direct sessions have been held. Ongoing support goes on without a limit.")}
            END IF;
            IF COALESCE((
                SELECT event FROM support_sessions_carerconsent
                WHERE strand_id = NEW.strand_id AND event <> 'reviewed_unchanged'
                AND at <= NEW.started_at
                ORDER BY at DESC, id DESC LIMIT 1
            ), '') NOT IN ('given', 'given_partial') THEN
                {refuse(AGREED, "They had not agreed to direct sessions when it began.")}
            END IF;
            RETURN NULL;
        """,  # noqa: S608 -- made of our own names
    )


def stands_on_both_sides():
    """A joint session is two rows with one key, each on its own side of one case. Asked when the act ends."""
    return pgtrigger.Trigger(
        name=TOGETHER,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("joint_key", "strand_id"),
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Q(new__joint_key__isnull=False),
        func=f"""
            IF NOT EXISTS (
                SELECT FROM support_sessions_supportsession
                WHERE joint_key = NEW.joint_key AND case_id = {CASE_OF_STRAND}
            ) THEN
                {refuse(TOGETHER, "A session together stands in the young person’s work too.")}
            END IF;
            RETURN NULL;
        """,  # noqa: S608 -- made of our own names
    )


def by_a_different_worker():
    """The parent's needs are looked at by somebody who does not work with the young person (R-wal-20, 21)."""
    works = WORKS_WITH_THE_YOUNG_PERSON.format(case=CASE_OF_STRAND, user="NEW.started_by_id")
    signs = WORKS_WITH_THE_YOUNG_PERSON.format(case=CASE_OF_STRAND, user="NEW.signed_by_id")
    return pgtrigger.Trigger(
        name=ANOTHER,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("started_by_id", "signed_by_id", "strand_id"),
        when=pgtrigger.After,
        func=f"""
            {HOLD_CASE.format(case=CASE_OF_STRAND)}
            IF (TG_OP = 'INSERT' AND EXISTS ({works})) OR (NEW.signed_by_id IS NOT NULL AND EXISTS ({signs})) THEN
                {refuse(ANOTHER, "They work with the young person. A different worker looks at the parent’s needs.")}
            END IF;
            RETURN NULL;
        """,
    )


def kept_once_signed(stays, because, *, may_go=""):
    return written_once(stays, because, unless="OLD.signed_at IS NULL", may_go=may_go)


def said_after_signing(table, column):
    """Beside what is signed, written once."""
    name = f"said_of_a_signed_carer_{column}"
    return [
        pgtrigger.Trigger(
            name=name,
            operation=pgtrigger.Insert,
            when=pgtrigger.Before,
            func=f"""
                PERFORM FROM {table} WHERE id = NEW.{column}_id FOR UPDATE;
                IF NOT EXISTS (SELECT FROM {table} WHERE id = NEW.{column}_id AND signed_at IS NOT NULL) THEN
                    {refuse(name, "It is not signed yet: change it itself.")}
                END IF;
                RETURN NEW;
            """,  # noqa: S608 -- made of our own names
        ),
        *written_once(f"said_once_of_a_carer_{column}", "It stays as it was written. Add another to correct it."),
    ]


def never_taken_out(name, sentence):
    """May change, and is never deleted."""
    return [
        pgtrigger.Trigger(name=name, operation=pgtrigger.Delete, when=pgtrigger.Before, func=refuse(name, sentence)),
        no_truncate(name, sentence),
    ]
