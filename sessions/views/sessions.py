"""The sessions of a case: what comes, what nobody has written down yet, what was."""

from django.views.decorators.http import require_GET

from cases.views.base import case_page
from cases.visible import consent_ledger
from sessions import planning_words, programme, programme_words, rules, session_words
from sessions.models import AwarenessTopic, SupportSession
from sessions.views.base import get_case_with_sessions


@require_GET
def sessions(request, reference):
    """All of them by what they came to, the newest first; and what they come to together."""
    case = get_case_with_sessions(request, reference)
    found = list(SupportSession.objects.visible_to(request.user).filter(case=case).for_page())
    may = {"may_plan": rules.may_plan(request.user, case), "may_log": rules.may_log(request.user, case)}
    context = (
        session_words.lists(found, case=case, user=request.user, **may)
        | may
        | {"has_sessions": rules.has_sessions(case)}
    )
    context["may_see_mistakes"] = bool(context["mistakes"]) and rules.may_see_mistakes(request.user, case)
    meant = [session for session in found if not session.is_mistake]
    done = programme.counted(meant, planned=programme.planned_for(case))
    context["programme"] = programme_words.panel(done, AwarenessTopic.objects.of_case(case))
    context["not_agreed"] = planning_words.not_agreed(found, consent_ledger(case))
    return case_page(request, case, "sessions/sessions.html", **context)
