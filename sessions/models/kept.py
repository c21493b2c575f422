"""What the database keeps of sessions where no CHECK can: it looks at the case, and at the session beside a row."""

import pgtrigger

from audit.kept import refuse, same_but, written_once
from cases.models import signed

SIGNED_STAYS = "signed_session_stays_as_it_was"
SIGNED_STAYS_BECAUSE = "A signed session stays as it was. Add a note to it to correct it."
# That they were missing then may come to be known afterwards.
OPEN_OR_JOINED = f"OLD.signed_at IS NULL OR (OLD.missing_episode_id IS NULL AND {same_but('missing_episode_id')})"
ALONE, EARLY = "session_is_with_a_young_person", "session_is_held_once_the_case_is_open"


def on_a_case_that_may_have_it():
    """None where the work is with a carer alone, and none held before the case was opened."""
    return pgtrigger.Trigger(
        name="session_fits_its_case",
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("case_id", "started_at"),
        when=pgtrigger.Before,
        func=f"""
            PERFORM FROM cases_case WHERE id = NEW.case_id FOR UPDATE;
            IF EXISTS (SELECT FROM cases_case WHERE id = NEW.case_id AND kind = 'carer_only') THEN
                {refuse(ALONE, "Here the work is with the parent or carer, who has sessions of their own.")}
            END IF;
            IF NEW.started_at IS NOT NULL AND EXISTS (
                SELECT FROM cases_case WHERE id = NEW.case_id
                AND (NEW.started_at AT TIME ZONE 'Europe/London')::date
                    < (opened_at AT TIME ZONE 'Europe/London')::date
            ) THEN
                {refuse(EARLY, "This session is from before the case was opened.")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 -- made of our own sentences
    )


def therapeutic_by_decision():
    """Planned or held only once somebody has decided on that stage for this young person (R-wal-26, 27)."""
    name = "session_is_therapeutic_only_by_decision"
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("kind", "status", "case_id"),
        when=pgtrigger.Before,
        condition=pgtrigger.Q(new__kind="therapeutic"),
        func=f"""
            IF NOT EXISTS (
                SELECT FROM cases_stagedecision WHERE case_id = NEW.case_id AND to_stage = 'therapeutic'
            ) THEN
                {refuse(name, "Therapeutic work begins with a decision about this one young person.")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 -- made of our own sentences
    )


def bespoke_for_a_need_or_a_goal():
    """Work made for them is for a need or a goal of theirs (R-wal-12). Asked when the act ends: rows in any order."""
    name = "session_made_for_them_names_a_need_or_a_goal"
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("kind", "status", "signed_at"),
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Q(new__kind="bespoke_intervention"),
        func=f"""
            IF EXISTS (
                SELECT FROM support_sessions_supportsession AS held
                WHERE held.id = NEW.id AND held.kind = 'bespoke_intervention'
                AND held.status IN ('held', 'partly_held')
                AND NOT EXISTS (SELECT FROM support_sessions_goaltouched WHERE session_id = held.id)
                AND NOT EXISTS (SELECT FROM support_sessions_needmet WHERE session_id = held.id)
            ) THEN
                {refuse(name, "Say which need or goal of theirs this work was made for.")}
            END IF;
            RETURN NULL;
        """,  # noqa: S608 -- made of our own sentences
    )


def joined_to_a_time_of_the_same_case():
    """The time in which another young person was missing is none of this one's."""
    name = "session_is_joined_to_a_time_of_its_own_case"
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("missing_episode_id", "case_id"),
        when=pgtrigger.Before,
        condition=pgtrigger.Q(new__missing_episode__isnull=False),
        func=f"""
            IF NOT EXISTS (
                SELECT FROM cases_missingepisode WHERE id = NEW.missing_episode_id AND case_id = NEW.case_id
            ) THEN
                {refuse(name, "This is not one of theirs.")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 -- made of our own names
    )


def of_the_same_case(column, *, through, by):
    """A goal, or a need, of another young person is none of this one's."""
    name = f"session_{column}_is_of_the_same_case"
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.Before,
        func=f"""
            IF NOT EXISTS (
                SELECT FROM cases_{column} AS row
                JOIN {through} AS whole ON whole.id = row.{by}
                JOIN support_sessions_supportsession AS session ON session.case_id = whole.case_id
                WHERE row.id = NEW.{column}_id AND session.id = NEW.session_id
            ) THEN
                {refuse(name, "This is not one of theirs.")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 -- made of our own names
    )


def open_until_signed():
    """A row beside a session is written and taken out until the session is signed, then never again."""
    return signed.open_until_signed(
        "support_sessions_supportsession", "session_id", stays=SIGNED_STAYS, because=SIGNED_STAYS_BECAUSE
    )


def said_after_signing():
    """Beside a signed session, written once."""
    name = "said_of_a_signed_session"
    after = pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        func=f"""
            PERFORM FROM support_sessions_supportsession WHERE id = NEW.session_id FOR UPDATE;
            IF NOT EXISTS (
                SELECT FROM support_sessions_supportsession WHERE id = NEW.session_id AND signed_at IS NOT NULL
            ) THEN
                {refuse(name, "This session is not signed yet: change it itself.")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 -- made of our own names
    )
    once = written_once("said_once_of_a_session", "It stays as it was written. Add another to correct it.")
    return [after, *once]
