"""How a letter counts what is due: a sentence for each kind, in the order of the table."""

from django.utils.translation import ngettext_lazy

from reminders.enums import ReminderKind as K

LINES = {
    K.ACKNOWLEDGEMENT: ngettext_lazy(
        "- %(number)d referral whose sender has no letter from us yet",
        "- %(number)d referrals whose senders have no letter from us yet",
        "number",
    ),
    K.SAFETY_SCAN: ngettext_lazy(
        "- %(number)d new referral to read for safety", "- %(number)d new referrals to read for safety", "number"
    ),
    K.SCREENING: ngettext_lazy("- %(number)d referral to screen", "- %(number)d referrals to screen", "number"),
    K.DECISION: ngettext_lazy("- %(number)d referral to decide", "- %(number)d referrals to decide", "number"),
    K.MISSING_ANSWER: ngettext_lazy(
        "- %(number)d referrer who has not answered our question",
        "- %(number)d referrers who have not answered our questions",
        "number",
    ),
    K.OUTCOME_LETTER: ngettext_lazy(
        "- %(number)d outcome of which the referrer has no letter yet",
        "- %(number)d outcomes of which the referrers have no letter yet",
        "number",
    ),
    K.ALLOCATION: ngettext_lazy(
        "- %(number)d accepted referral without a practitioner",
        "- %(number)d accepted referrals without a practitioner",
        "number",
    ),
    K.WAITING_CHECK: ngettext_lazy(
        "- %(number)d person on the waiting list to ask after",
        "- %(number)d people on the waiting list to ask after",
        "number",
    ),
    K.WAITING_REVIEW: ngettext_lazy(
        "- %(number)d place on the waiting list to look at",
        "- %(number)d places on the waiting list to look at",
        "number",
    ),
    K.LONG_WAIT: ngettext_lazy(
        "- %(number)d person who has waited for weeks", "- %(number)d people who have waited for weeks", "number"
    ),
    K.FIRST_CONTACT: ngettext_lazy(
        "- %(number)d young person to try to reach for the first time",
        "- %(number)d young people to try to reach for the first time",
        "number",
    ),
    K.FIRST_MEETING: ngettext_lazy(
        "- %(number)d young person to meet for the first time",
        "- %(number)d young people to meet for the first time",
        "number",
    ),
    K.CONSENT: ngettext_lazy(
        "- %(number)d young person to talk with about taking part",
        "- %(number)d young people to talk with about taking part",
        "number",
    ),
    K.PRIVACY: ngettext_lazy(
        "- %(number)d young person to tell what we hold about them",
        "- %(number)d young people to tell what we hold about them",
        "number",
    ),
    K.ASSESSMENT: ngettext_lazy("- %(number)d assessment", "- %(number)d assessments", "number"),
    K.PLAN: ngettext_lazy("- %(number)d plan to agree", "- %(number)d plans to agree", "number"),
    K.SAFE_CONTACT: ngettext_lazy(
        "- %(number)d young person to ask again how we reach them safely",
        "- %(number)d young people to ask again how we reach them safely",
        "number",
    ),
    K.GOAL_RATING: ngettext_lazy(
        "- %(number)d review whose goals are not rated", "- %(number)d reviews whose goals are not rated", "number"
    ),
    K.CONTRIBUTION: ngettext_lazy(
        "- %(number)d case to work on with the others around them",
        "- %(number)d cases to work on with the others around them",
        "number",
    ),
    K.SUPERVISION: ngettext_lazy("- %(number)d case for supervision", "- %(number)d cases for supervision", "number"),
    K.NO_CONTACT: ngettext_lazy(
        "- %(number)d young person nobody has met or spoken to for a while",
        "- %(number)d young people nobody has met or spoken to for a while",
        "number",
    ),
    K.COMING_OF_AGE: ngettext_lazy(
        "- %(number)d young person who turns 16 or 18", "- %(number)d young people who turn 16 or 18", "number"
    ),
    K.TOO_OLD: ngettext_lazy(
        "- %(number)d young person who grows too old for the service",
        "- %(number)d young people who grow too old for the service",
        "number",
    ),
    K.CLOSING: ngettext_lazy("- %(number)d ending to finish", "- %(number)d endings to finish", "number"),
    K.CHECK_IN: ngettext_lazy(
        "- %(number)d young person to ask after, now that their case has ended",
        "- %(number)d young people to ask after, now that their cases have ended",
        "number",
    ),
    K.REST: ngettext_lazy(
        "- %(number)d case that rests, to be looked at", "- %(number)d cases that rest, to be looked at", "number"
    ),
    K.AWARENESS_SESSIONS: ngettext_lazy(
        "- %(number)d case whose awareness sessions are not finished",
        "- %(number)d cases whose awareness sessions are not finished",
        "number",
    ),
    K.UNSIGNED_SESSION: ngettext_lazy(
        "- %(number)d session to write down and sign", "- %(number)d sessions to write down and sign", "number"
    ),
    K.MISSED_SESSION: ngettext_lazy(
        "- %(number)d session to follow up that did not happen",
        "- %(number)d sessions to follow up that did not happen",
        "number",
    ),
    K.MISSED_IN_A_ROW: ngettext_lazy(
        "- %(number)d case to think about anew, as sessions in a row did not happen",
        "- %(number)d cases to think about anew, as sessions in a row did not happen",
        "number",
    ),
    K.DIRECT_SESSIONS: ngettext_lazy(
        "- %(number)d parent or carer whose direct sessions come to their end",
        "- %(number)d parents or carers whose direct sessions come to their end",
        "number",
    ),
    K.UNSIGNED_CONTACT: ngettext_lazy(
        "- %(number)d contact with a parent or carer to write down and sign",
        "- %(number)d contacts with parents or carers to write down and sign",
        "number",
    ),
    K.NO_ANSWER_YET: ngettext_lazy(
        "- %(number)d concern that nobody has acknowledged to whom we took it",
        "- %(number)d concerns that nobody has acknowledged to whom we took them",
        "number",
    ),
    K.CONCERN_ACTION: ngettext_lazy(
        "- %(number)d thing to do about a concern", "- %(number)d things to do about concerns", "number"
    ),
    K.CONTACT_POINT: ngettext_lazy(
        "- %(number)d number or address of a centre to check",
        "- %(number)d numbers or addresses of centres to check",
        "number",
    ),
    K.PUBLIC_CONTACT: ngettext_lazy(
        "- %(number)d helpline or public contact to check",
        "- %(number)d helplines or public contacts to check",
        "number",
    ),
    K.MISSING: ngettext_lazy(
        "- %(number)d young person who is missing", "- %(number)d young people who are missing", "number"
    ),
    K.RETURN_TALK: ngettext_lazy("- %(number)d return conversation", "- %(number)d return conversations", "number"),
    K.SETTLING_IN: ngettext_lazy("- %(number)d settling-in review", "- %(number)d settling-in reviews", "number"),
    K.PLAN_REVIEW: ngettext_lazy("- %(number)d plan review", "- %(number)d plan reviews", "number"),
    K.THREE_MONTH_REVIEW: ngettext_lazy(
        "- %(number)d three-month review", "- %(number)d three-month reviews", "number"
    ),
    K.SIX_MONTH_DECISION: ngettext_lazy(
        "- %(number)d six-month decision", "- %(number)d six-month decisions", "number"
    ),
    K.NINE_MONTH_REVIEW: ngettext_lazy("- %(number)d nine-month review", "- %(number)d nine-month reviews", "number"),
    K.ENDING_REVIEW: ngettext_lazy("- %(number)d ending review", "- %(number)d ending reviews", "number"),
    K.MORE_TIME: ngettext_lazy("- %(number)d request for more time", "- %(number)d requests for more time", "number"),
    K.PLANNED_END: ngettext_lazy(
        "- %(number)d case past its planned end", "- %(number)d cases past their planned end", "number"
    ),
    K.TWELVE_MONTHS: ngettext_lazy(
        "- %(number)d case near or past twelve months", "- %(number)d cases near or past twelve months", "number"
    ),
}


def told(counts):
    """What a letter says of ``counts``, by kind: a line for each."""
    return "\n".join(words % {"number": counts[kind]} for kind, words in LINES.items() if counts.get(kind))
