"""What is heard here of a case, in the same transaction. Each hands on at once."""

from django.dispatch import receiver

from cases.signals import (
    case_closes,
    consent_withdrawn,
    ending_requirements,
    goal_evidence,
    kept_apart,
    looking_back,
    missing_reported,
    waiting_above,
)
from sessions import carer_endings, carer_home, carer_people, endings, operations
from sessions import goal_evidence as thread


@receiver(ending_requirements)
def what_an_ending_asks_of_sessions(sender, *, case, ending, **told):
    return endings.findings(case, ending) if case.asks_for_consent else []


@receiver(ending_requirements)
def what_an_ending_asks_of_a_carers_strand(sender, *, case, **told):
    """Only where there is no other work: a strand never holds up the end of the young person's (R-nat-32)."""
    return [] if case.asks_for_consent else carer_endings.findings(case)


@receiver(looking_back)
def what_was_done_in_sessions(sender, *, case, **told):
    return endings.delivered(case) if case.asks_for_consent else []


@receiver(goal_evidence)
def what_sessions_did_towards_goals(sender, *, case, **told):
    return thread.of_goals(case)


@receiver(missing_reported)
def they_are_missing(sender, *, episode, by, **told):
    operations.join_to_episode(episode, by=by)


@receiver(consent_withdrawn)
def they_say_no(sender, *, case, by, **told):
    operations.stop_for_their_no(case, by=by)


@receiver(case_closes)
def the_case_closes(sender, *, case, by, **told):
    operations.stop_with_the_case(case, by=by)


@receiver(kept_apart)
def who_works_with_a_parent_or_carer(sender, *, subject, **told):
    return carer_people.on_the_carers_side(subject)


@receiver(waiting_above)
def parents_and_carers_who_wait(sender, *, user, **told):
    return carer_home.waiting(user)
