"""Columns that tables of several apps have in common."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import CheckConstraint, Func, Q
from django.db.models.functions import Upper

from people.enums import YesNoNotKnown


class DayOf(Func):
    """The day in London of a moment, as the database reckons it."""

    template = "(%(expressions)s AT TIME ZONE 'Europe/London')::date"
    output_field = models.DateField()


def choice(choices, verbose_name=None, *, length=24, **options):
    return models.CharField(verbose_name, max_length=length, choices=choices.choices, **options)


def answer(choices, verbose_name, *, length=50):
    """A question that may not have been asked: blank."""
    return choice(choices, verbose_name, length=length, blank=True, default="", db_default="")


def yes_no(verbose_name):
    return answer(YesNoNotKnown, verbose_name, length=10)


def several(choices, verbose_name):
    return ArrayField(choice(choices, length=50), default=list, db_default=[], blank=True, verbose_name=verbose_name)


def line(verbose_name, *, length=200):
    return models.CharField(verbose_name, max_length=length, blank=True, default="", db_default="")


def words(verbose_name):
    return models.TextField(verbose_name, blank=True, default="", db_default="")


def staff(**options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


def known(name, **fields):
    """A constraint: each of ``fields`` holds a value of its choices, or of several of them; blank is *not asked*."""
    condition = Q()
    for field, choices in fields.items():
        is_several = field.startswith("several_")
        field = field.removeprefix("several_")
        allowed = {f"{field}__contained_by": choices.values} if is_several else {f"{field}__in": ["", *choices.values]}
        condition &= Q(**allowed)
    return CheckConstraint(name=name, condition=condition)


def holding(column, *, name):
    """An index for ``icontains``, which Django asks of the column in capitals.

    Without ``fastupdate`` a search never reads a heap of what was not filed yet.
    """
    return GinIndex(OpClass(Upper(column), name="gin_trgm_ops"), name=name, fastupdate=False)
