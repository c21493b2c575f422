"""A form that writes one row, a list of fifty, one row, one row changed. ``bytes`` makes a page as long as ours."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from benchmarks.floor.forms import ElevenFields
from benchmarks.floor.models import Item

FILLER = "x" * 400_000


def page(request, template, **context):
    length = int(request.GET.get("bytes", 0))
    return render(request, template, {"filler": FILLER[:length], **context})


def submit(request):
    if request.method == "POST":
        Item.objects.create(title=request.POST["title"], text=request.POST["text"], status="new", due_at=timezone.now())
        return HttpResponseRedirect("/submit/")
    return page(request, "form.html")


def form(request):
    """A section of a form, asked for."""
    return page(request, "eleven.html", form=ElevenFields())


@login_required
def queue(request):
    items = Item.objects.order_by("due_at")
    items = items.filter(title__icontains=request.GET["q"]) if "q" in request.GET else items.filter(status="open")
    return page(request, "list.html", items=items[:50])


@login_required
def detail(request, pk):
    return page(request, "detail.html", item=get_object_or_404(Item, pk=pk))


@login_required
def decide(request, pk):
    item = get_object_or_404(Item, pk=pk)
    if request.method == "POST":
        item.status = request.POST["title"]
        item.save()
        return HttpResponseRedirect("/submit/")
    return page(request, "form.html")
