"""Views of the queue under names of one's own: kept, opened and deleted. To open one is to follow its address."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from referrals.forms.saved_views import SaveViewForm, understood
from referrals.models import SavedView
from referrals.operations.saved_views import NameTaken, TooManyViews, delete_view, save_view
from referrals.saved import address_of, views_of


@require_GET
def views(request):
    return render(request, "triage/views.html", {"views": views_of(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def save(request):
    """The filters stand in the address of this page, as they do in that of the list."""
    query, labels = understood(request.GET, request.user)
    taken = [view["name"] for view in views_of(request.user)]
    form = SaveViewForm(request.POST if request.method == "POST" else None, query=query, taken=taken)
    if form.is_valid() and _saved(request, form):
        return redirect(address_of(query))
    context = {"form": form, "labels": labels, "list_url": address_of(query)}
    return render(request, "triage/save_view.html", context)


def _saved(request, form):
    try:
        save_view(by=request.user, name=form.cleaned_data["name"], query=form.query)
    except NameTaken:
        form.add_error("name", _("You have a view of this name. Choose another name, or delete that view."))
    except TooManyViews:
        form.add_error(None, _("You have as many views as fit above the list. Delete one that you do not need."))
    else:
        messages.success(request, _("The view is saved. It stands above the list."))
    return form.is_valid()


@require_POST
def delete(request, pk):
    """Somebody else's view is not there."""
    view = SavedView.objects.filter(user=request.user, pk=pk).first()
    if view is None:
        raise Http404
    delete_view(view, by=request.user)
    messages.success(request, _("The view is deleted. No referral was changed."))
    return redirect(reverse("triage:views"))
