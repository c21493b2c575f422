"""Finding a referral. What is typed travels in the body of a request: an address goes to logs and histories."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.permissions import Permission, has_permission_somewhere
from audit.recording import record
from referrals import finding, presenting
from referrals.forms.searching import SearchForm
from referrals.querysets import PAGE


@require_http_methods(["GET", "HEAD", "POST"])
def search(request):
    if request.method != "POST":
        return render(request, "triage/search.html", {"form": SearchForm(), "back": ""})
    form, context = SearchForm(request.POST), {}
    if form.is_valid():
        context = _results(request, form.cleaned_data["text"])
    return render(request, "triage/search.html", {"form": form, "back": "", **context})


def _results(request, sought):
    """The trail learns what kind of thing was looked for and what was shown, and never what was typed."""
    found = finding.found(request.user, sought)
    shown = found[:PAGE]
    record("queue.searched", "referral_queue", by=request.user, kinds=sought.kinds, shown=[row["pk"] for row in shown])
    may_take = has_permission_somewhere(request.user, Permission.SCREEN_REFERRALS)
    rows = presenting.Rows(user=request.user, may_take=may_take, now=timezone.now())
    return {"searched": True, "rows": rows.of(shown), "more": len(found) > PAGE, "may_choose": may_take}
