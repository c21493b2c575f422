"""Pages that anybody may read: what the service is, and where else there is help."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def start_page(request):
    return render(request, "refer/start_page.html", {"has_left": "left" in request.GET})


@login_not_required
@require_safe
def not_right(request):
    return render(request, "refer/not_right.html")
