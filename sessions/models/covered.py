"""What the database asks before a session counts as held, and before one that was not in one room is signed."""

import pgtrigger

from audit.kept import refuse
from cases.enums import AGREES, ALWAYS_EXPLAINED, DECIDES, SAYS_YES
from sessions.enums import DELIVERED_AS, DIRECT_WORK, REMOTE, TOOK_PLACE, SessionMode

COVERED = "session_is_held_with_consent_that_covers_it"
CHECKED, AGREED = "remote_session_is_signed_once_it_was_safe_to_talk", "remote_session_is_signed_once_agreed_how"


def _listed(values):
    return ", ".join(f"'{value}'" for value in values)


def _last(columns, events, purpose="service"):
    return f"""SELECT {columns} FROM cases_consentevent AS said
        WHERE said.case_id = NEW.case_id AND said.purpose = '{purpose}' AND said.event IN ({_listed(events)})
        AND said.at <= asked.moment ORDER BY said.at DESC, said.id DESC LIMIT 1"""  # noqa: S608 -- our own constants


DELIVERED = " ".join(f"WHEN '{mode.value}' THEN '{way.value}'" for mode, way in DELIVERED_AS.items())
END_OF_DAY = """((NEW.started_at AT TIME ZONE 'Europe/London')::date + 1)::timestamp AT TIME ZONE 'Europe/London'
    - interval '1 microsecond'"""


def held_with_consent():
    """No direct work without a yes that covered its kind and mode as it began, or by the end of that day (R-nat-12).

    The database's own ``sessions.covering.is_covered``; a test holds the two
    against each other. The case is held, so that no word of the ledger comes between.
    """
    return pgtrigger.Trigger(
        name=COVERED,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("case_id", "kind", "mode", "status", "started_at"),
        when=pgtrigger.Before,
        condition=pgtrigger.Q(
            new__status__in=[*TOOK_PLACE], new__kind__in=[*DIRECT_WORK], new__started_at__isnull=False
        ),
        func=f"""
            PERFORM FROM cases_case WHERE id = NEW.case_id FOR UPDATE;
            IF NOT EXISTS (
                SELECT FROM unnest(ARRAY[NEW.started_at, {END_OF_DAY}]) AS asked(moment)
                CROSS JOIN LATERAL ({_last("said.event", DECIDES)}) AS decided
                CROSS JOIN LATERAL ({_last("said.*", AGREES)}) AS agreed
                WHERE decided.event IN ({_listed(SAYS_YES)})
                AND agreed.explained @> ARRAY[{_listed(ALWAYS_EXPLAINED)}]::varchar[]
                AND (agreed.event = 'given' OR NEW.kind = ANY (agreed.kinds))
                AND CASE NEW.mode
                    WHEN '{SessionMode.LETTER_OR_WORKSHEET.value}' THEN TRUE
                    WHEN '{SessionMode.VIDEO.value}'
                        THEN COALESCE(({_last("said.event", DECIDES, "remote_video")}) IN ({_listed(SAYS_YES)}), FALSE)
                    ELSE (CASE NEW.mode {DELIVERED} END) = ANY (agreed.modes)
                END
            ) THEN
                {refuse(COVERED, "The young person has not said yes to this on that day, or it is not recorded.")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 -- made of our own constants
    )


def signed_after_its_checks():
    """By phone, video or chat: agreed how by that day, within six weeks; and said last that it was safe to talk."""
    return pgtrigger.Trigger(
        name="remote_session_is_signed_after_its_checks",
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("signed_at"),
        when=pgtrigger.Before,
        condition=pgtrigger.Q(new__signed_at__isnull=False, new__status__in=[*TOOK_PLACE], new__mode__in=[*REMOTE]),
        func=f"""
            IF NOT EXISTS (
                SELECT FROM support_sessions_remoteagreement WHERE case_id = NEW.case_id
                AND (NEW.started_at AT TIME ZONE 'Europe/London')::date BETWEEN agreed_on AND until_on
            ) THEN
                {refuse(AGREED, "Nobody has written down how you keep sessions at a distance safe.")}
            END IF;
            IF (
                SELECT ok_to_talk FROM support_sessions_remotestart WHERE session_id = NEW.id
                ORDER BY at DESC, id DESC LIMIT 1
            ) IS DISTINCT FROM 'yes' THEN
                {refuse(CHECKED, "Nobody has written down whether it was safe to talk.")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 -- made of our own constants
    )
