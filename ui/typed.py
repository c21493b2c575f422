"""What somebody had typed into a form that is refused: given back to them, so that they can copy it."""

import re

SECRET = re.compile(r"csrf|token|passw|secret|code|otp|key|credential", re.IGNORECASE)
NOT_OURS = {"", "admin"}  # the pages of an account: passwords and codes are typed there
MOST_TEXTS, MOST_CHARACTERS = 60, 120_000


def words_of(request):
    """The texts of this very request, and nothing else: the page stays the same whether a thing is not there or
    not for them (security.md A3).

    Only to staff, at an address of ours that asks for a sign-in. There, the request has proven that it comes from
    our own form: another site cannot have its words shown under our name. For the same reason a form whose proof
    failed gives nothing back. What holds a space was typed; a choice, a number or an id was not.
    """
    if request.method != "POST" or not _is_of_staff(request):
        return []
    texts = [text for name, values in request.POST.lists() if not SECRET.search(name) for text in values]
    return _bounded([text for text in texts if re.search(r"\S\s+\S", text)])


def _is_of_staff(request):
    match, user = request.resolver_match, getattr(request, "user", None)
    if match is None or match.namespace in NOT_OURS or not getattr(match.func, "login_required", True):
        return False
    return user is not None and user.is_authenticated


def _bounded(texts):
    kept, room = [], MOST_CHARACTERS
    for text in texts[:MOST_TEXTS]:
        if len(text) <= room:
            kept.append(text)
            room -= len(text)
    return kept
