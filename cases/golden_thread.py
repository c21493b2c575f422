"""The golden thread: what is needed, the goal that answers it, the steps towards it, and how near it has come.

A goal is followed from the first plan to the latest by ``continues``: a rating
that was given under an older version is a rating of the same goal.
"""

from django.apps import apps
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from cases.enums import BEING_WRITTEN, OUTCOMES, PlanStatus, Voice

IN_ORDER = ("rated_on", "at", "pk")


class SupportPlanQuerySet(models.QuerySet):
    def in_use(self):
        return self.filter(status=PlanStatus.ACTIVE)

    def being_written(self):
        return self.filter(status__in=BEING_WRITTEN)

    def for_page(self):
        """With its people and its assessment; ``plans_visible`` reads goals, ratings and steps beside it."""
        return self.select_related("begun_by", "agreed_by", "ended_by", "assessment")


class GoalQuerySet(models.QuerySet):
    def with_thread(self):
        """Each with what it was rated first and last, by the young person and by the practitioner."""
        voices = {"": Voice.YOUNG_PERSON, "practitioner_": Voice.PRACTITIONER}
        return self.annotate(
            **{
                f"{prefix}{when}": _rating_of_thread(voice, column, latest=which == "latest")
                for prefix, voice in voices.items()
                for which in ("first", "latest")
                for when, column in ((f"{which}_value", "value"), (f"{which}_on", "rated_on"))
            },
            steps_count=Coalesce(Subquery(_count_of_steps()), 0),
        )

    def without_steps(self):
        return self.filter(~Exists(_model("Step").objects.filter(goal=OuterRef("pk"))))

    def without_need(self):
        """That no need of the assessment stands behind yet."""
        return self.filter(need__isnull=True)

    def without_rating(self):
        """Nobody has said yet how near it is, under any version."""
        return self.filter(~Exists(_ratings_of_thread()))

    def not_rated_since(self, day):
        """Nobody has said since that day how near it is, under any version."""
        return self.alias(since=day).filter(~Exists(_ratings_of_thread().filter(rated_on__gte=OuterRef("since"))))


def needs_without_goal(plan):
    """What its assessment says has to happen, and no goal of this plan answers yet: also as it was said before."""
    latest = _model("Assessment").objects.signed().filter(case=plan.case_id).order_by("-version").values("pk")[:1]
    needs = _model("Need").objects.filter(assessment__in=[plan.assessment_id] if plan.assessment_id else latest)
    the_same = Q(need=OuterRef("pk")) | Q(need=OuterRef("came_from"))
    answered = _model("Goal").objects.filter(the_same, plan=plan.pk)
    return needs.filter(~Exists(answered)).order_by("position", "pk")


class GoalRatingQuerySet(models.QuerySet):
    def of_thread(self, goal):
        """Everything that a goal was rated, under whichever version of the plan, in the order of days."""
        first = goal.first_id
        return self.filter(Q(goal=first) | Q(goal__continues=first)).order_by(*IN_ORDER)

    def by_thread(self):
        """All of them in one statement: for each goal, named by its first version, in the order of days."""
        threads = {}
        for rating in self.annotate(first=Coalesce(F("goal__continues"), F("goal"))).order_by(*IN_ORDER):
            threads.setdefault(rating.first, []).append(rating)
        return threads


class ScaleRatingQuerySet(models.QuerySet):
    def first_and_latest(self):
        """For each question and voice: the first and the latest number with their days, in one statement.

        Rows of plain values, for an ending and for the page; two voices are never joined.
        """
        grouped = self.order_by().values("question", "voice").annotate(
            values=ArrayAgg("value", order_by=IN_ORDER), days=ArrayAgg("rated_on", order_by=IN_ORDER)
        )  # fmt: skip
        return [
            {
                "question": row["question"],
                "voice": row["voice"],
                "first": row["values"][0],
                "first_on": row["days"][0],
                "latest": row["values"][-1],
                "latest_on": row["days"][-1],
                "count": len(row["values"]),
            }
            for row in grouped.order_by("question", "voice")
        ]

    def outcomes_lacking(self):
        """Which of wellbeing and resilience nobody has answered twice yet, at the start and at the end (R-nat-23)."""
        twice = self.filter(question__in=OUTCOMES).order_by().values("question", "voice").annotate(count=Count("pk"))
        measured = set(twice.filter(count__gte=2).values_list("question", flat=True))
        return [question for question in OUTCOMES if question not in measured]


def _ratings_of_thread():
    """The ratings of the goal that a query is about, through all its versions: those are found first, by their keys."""
    first = Coalesce(OuterRef(OuterRef("continues")), OuterRef(OuterRef("pk")))
    versions = _model("Goal").objects.filter(Q(pk=first) | Q(continues=first))
    return _model("GoalRating").objects.filter(goal__in=versions).order_by(*IN_ORDER)


def _rating_of_thread(voice, column, *, latest):
    ratings = _ratings_of_thread().filter(voice=voice)
    return Subquery((ratings.reverse() if latest else ratings).values(column)[:1])


def _count_of_steps():
    steps = _model("Step").objects.filter(goal=OuterRef("pk")).order_by().values("goal")
    return steps.annotate(count=Count("pk")).values("count")


def _model(name):
    return apps.get_model(f"cases.{name}")
