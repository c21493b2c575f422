"""What the database keeps of a concern where no CHECK can: it looks at the rows beside it.

Every function holds the row of the concern, so that it cannot close while something is still being added.
"""

import pgtrigger

from audit.kept import refuse

LEFT = "concern_closes_when_every_action_is_done"
TOLD = "concern_closes_when_it_says_whether_the_young_person_was_told"


def closed_when_all_is_seen_to():
    """A *no* is asked again at the closing itself: by then it may have become safe to tell them."""
    return pgtrigger.Trigger(
        name="concern_closes_when_all_is_seen_to",
        operation=pgtrigger.UpdateOf("status"),
        when=pgtrigger.After,
        condition=pgtrigger.Q(new__status="closed") & ~pgtrigger.Q(old__status="closed"),
        func=f"""
            IF EXISTS (SELECT FROM safeguarding_concernaction WHERE concern_id = NEW.id AND done_at IS NULL) THEN
                {refuse(LEFT, "Something is still to be done. Finish it first, or say that it is not needed.")}
            END IF;
            IF NOT COALESCE((
                SELECT was_told OR at >= NEW.closed_at FROM safeguarding_youngpersontold
                WHERE concern_id = NEW.id AND at >= COALESCE(NEW.reopened_at, NEW.raised_at)
                ORDER BY at DESC, id DESC LIMIT 1
            ), false) THEN
                {refuse(TOLD, "Say whether the young person was told, and if not, why.")}
            END IF;
            RETURN NULL;
        """,  # noqa: S608 -- made of our own constants
    )


def of_a_concern_being_acted_on(what):
    """A concern that is acted on says so; one that nobody has acknowledged, or that is closed, takes nothing up."""
    name = f"{what}_is_of_a_concern_acted_on"
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        func=f"""
            PERFORM FROM safeguarding_concern WHERE id = NEW.concern_id FOR UPDATE;
            IF NOT EXISTS (SELECT FROM safeguarding_concern WHERE id = NEW.concern_id AND status = 'acting') THEN
                {refuse(name, "Somebody must have acknowledged the concern, and it must be open.")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 -- made of our own names
    )


def follows_up_the_same_concern():
    name = "action_follows_up_the_same_concern"
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        condition=pgtrigger.Q(new__follows_up_id__isnull=False),
        func=f"""
            IF NOT EXISTS (
                SELECT FROM safeguarding_escalation WHERE id = NEW.follows_up_id AND concern_id = NEW.concern_id
            ) THEN
                {refuse(name, "It follows up something that was done about another concern.")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 -- made of our own names
    )
