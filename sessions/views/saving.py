"""A page that saves itself, on either side: what it is told, and what it says (decision 0093)."""

from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.steps import MoveNotAllowed
from sessions.writing import SessionChanged
from ui.forms import Include
from ui.times import time_of_day


def let_it_save_itself(form):
    form.helper.attrs["data_autosave"] = "1"
    form.helper.layout.append(Include("sessions/_autosave.html"))


def autosaved(form, save, *, is_new, gone):
    """Kept as it was left; nothing is complained of, and what came of it is said only by a button.

    ``save``: takes what the form has ``so_far``, and its ``token``. ``gone``: the words where nothing is written in
    it any more.
    """
    so_far = form.so_far
    token = form.cleaned_data.get("token")
    if is_new and token is None:
        return JsonResponse({"words": _("This cannot be saved from here. Choose “Save it, sign later”.")}, status=400)
    try:
        kept = save(token=token, **so_far)
    except SessionChanged:
        words = _("This session was saved in another window, so it is not saved from here. Save it to see both.")
        return JsonResponse({"words": words}, status=409)
    except MoveNotAllowed:
        return JsonResponse({"words": gone}, status=410)
    words = form.left_out_words if form.leaves_out else _("Draft saved at %(time)s.")
    return JsonResponse({"words": words % {"time": time_of_day(timezone.now())}, "seen": kept.edition})


def keep_words(form, save, token):
    """What was typed is kept as a draft though its button was refused: the page that says why leads elsewhere."""
    try:
        kept = save(token=token, **form.so_far)
    except (SessionChanged, MoveNotAllowed):
        return  # somebody was there meanwhile: sending it again shows their words
    say_seen(form, kept)


def say_seen(form, row):
    """Sent again, the form knows how it stands now."""
    form.data = form.data.copy()
    form.data["seen"] = str(row.edition)
