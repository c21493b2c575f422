"""What the database keeps of a case where no CHECK can: it looks at the rows of a decision beside it.

Each is asked after the row is written, so that a CHECK speaks first. The row
of the case is held by then, and a decision on it holds that row too.
"""

import pgtrigger

from audit.kept import refuse

BY_DECISION = "case_changes_stage_by_a_decision"
THERAPEUTIC = "case_is_therapeutic_only_where_it_is_offered"


def stage_by_decision():
    """Into another stage only with a decision about this young person from the stage before (R-wal-26, 27).

    The newest decision must be the one that leads here, so none is used twice
    over: to come back to a stage takes a decision that is newer. A case that
    ends, and one that opens again, stands at *ending* and at the beginning.
    """
    return pgtrigger.Trigger(
        name=BY_DECISION,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("pathway_stage"),
        when=pgtrigger.After,
        func=f"""
            IF TG_OP = 'UPDATE' THEN
                IF NEW.pathway_stage = OLD.pathway_stage THEN RETURN NULL; END IF;
            ELSIF NEW.pathway_stage <> 'therapeutic' THEN
                RETURN NULL;
            END IF;
            IF NEW.pathway_stage = 'therapeutic' AND NOT EXISTS (
                SELECT FROM centres_serviceoffer WHERE id = NEW.offer_id AND therapeutic_available
            ) THEN
                {refuse(THERAPEUTIC, "Therapeutic work is not offered here now.")}
            END IF;
            IF TG_OP = 'UPDATE' THEN
                IF NEW.pathway_stage = 'ending' AND NEW.status IN ('ending', 'closed') THEN RETURN NULL; END IF;
                IF OLD.pathway_stage = 'ending' AND NEW.pathway_stage = 'stabilise_and_build_trust' THEN
                    RETURN NULL;
                END IF;
                IF EXISTS (
                    SELECT FROM (
                        SELECT from_stage, to_stage FROM cases_stagedecision
                        WHERE case_id = NEW.id ORDER BY id DESC LIMIT 1
                    ) AS newest
                    WHERE from_stage = OLD.pathway_stage AND to_stage = NEW.pathway_stage
                ) THEN
                    RETURN NULL;
                END IF;
            END IF;
            {refuse(BY_DECISION, "The work goes on to another stage by a decision about this one young person.")}
        """,  # noqa: S608 -- made of our own constants
    )


CLOSES = "case_closes_by_an_ending_that_is_signed_off"
CONCERN = "case_does_not_close_with_an_open_concern"
OPENS = "case_opens_again_only_where_its_ending_does"
GOES_ON = "case_goes_on_only_where_its_ending_says_so"


def closed_by_an_ending():
    """A case closes by an ending that somebody else signed off, and with no concern open; it opens again by its own.

    Whoever raises a concern holds the person; so does this, and the concern is
    seen by the closing, or comes to a case that is closed. One about a
    colleague holds up nobody: they would learn of it (docs/decisions/0100).
    """
    return pgtrigger.Trigger(
        name="case_ends_well",
        operation=pgtrigger.UpdateOf("status"),
        when=pgtrigger.After,
        func=f"""
            IF NEW.status = 'closed' AND OLD.status <> 'closed' THEN
                IF NOT EXISTS (
                    SELECT FROM cases_ending
                    WHERE case_id = NEW.id AND signed_off_at IS NOT NULL AND reopened_at IS NULL
                ) THEN
                    {refuse(CLOSES, "A case closes by an ending that was proposed and signed off.")}
                END IF;
                PERFORM FROM people_datasubject WHERE id = NEW.subject_id FOR UPDATE;
                IF EXISTS (
                    SELECT FROM safeguarding_concern
                    WHERE subject_id = NEW.subject_id AND status <> 'closed' AND NOT about_colleague
                ) THEN
                    {refuse(CONCERN, "A safeguarding concern is open. See to it first.")}
                END IF;
            ELSIF OLD.status = 'closed' AND NEW.status <> 'closed' AND (
                EXISTS (
                    SELECT FROM cases_ending WHERE case_id = NEW.id AND reopened_at IS NULL AND gone_on_at IS NULL
                )
                OR NOT EXISTS (SELECT FROM cases_ending WHERE case_id = NEW.id)
            ) THEN
                {refuse(OPENS, "A manager opens a case again, within 28 days, with a reason.")}
            ELSIF OLD.status = 'ending' AND NEW.status NOT IN ('ending', 'closed') AND EXISTS (
                SELECT FROM cases_ending WHERE case_id = NEW.id AND signed_off_at IS NULL AND gone_on_at IS NULL
            ) THEN
                {refuse(GOES_ON, "Say that they go on after all, and why.")}
            END IF;
            RETURN NULL;
        """,  # noqa: S608 -- made of our own constants
    )
