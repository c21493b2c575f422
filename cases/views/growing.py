"""A list of a form grows and shrinks by sending the page, without JavaScript, and loses nothing that was typed."""

from django.http import QueryDict

from ui.rows import entry_named, with_another, without


def grown(request, form, make):
    """The form again with one entry more or fewer, where that was asked for; else nothing.

    ``make`` makes it anew from what was typed. It complains of nothing yet.
    """
    typed = form.typed(request.POST)
    if (name := request.POST.get("add")) in form.rows:
        typed = with_another(typed, form.rows[name])
    elif (entry := entry_named(request.POST.get("remove"), form.rows)) is not None:
        typed = without(typed, *entry)
    else:
        return None
    again = QueryDict(mutable=True)
    for key, values in typed.items():
        again.setlist(key, values)
    return make(again).without_errors()
