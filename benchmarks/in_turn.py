"""Actions of the product and of the floor, asked in turn by one user."""

from statistics import median

from benchmarks.actions import Floor

WARM = 16  # of two workers each has then planned its statements for good, which PostgreSQL does from the sixth on


def speeds(ours, actions, servers, needs, chosen):
    """Of each action: the median of the medians of each round, and that of what the floor does beside it.

    ``actions`` names what stands beside each. The floor's page is as long as ours.
    """
    for action, (beside, _most) in actions.items():
        for _time in range(WARM):
            getattr(ours, action)()
        floor = Floor(servers["floor"].port, needs["floor"], ours.lengths | {beside: ours.lengths[action]})
        rounds = [_round(getattr(ours, action), getattr(floor, beside), chosen.requests) for _ in range(chosen.rounds)]
        took, least = (median(times) for times in zip(*rounds, strict=True))
        yield action, took, least


def _round(ours, floor, requests):
    waited = [(ours(), floor()) for _request in range(requests)]
    return [median(times) for times in zip(*waited, strict=True)]
