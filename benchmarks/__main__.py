"""`make bench`: one line for each figure of docs/performance.md: step, name, value, unit, target, verdict."""

import argparse
import json
import os
import sys
import time
from statistics import median

from benchmarks import casework, clock, in_turn, sessions
from benchmarks.actions import ACTIONS, Floor, Ours
from benchmarks.servers import FLOOR, OURS, Server, ground
from benchmarks.whole import WholeReferrals, first_visit, form_page, largest_page

# × the floor of the same run
TARGETS = {"check_and_send": 6, "queue": 1.5, "queue_search": 1.5, "referral_page": 4, "decide": 3}
STATEMENTS = {"check_and_send": 24, "queue": 12, "queue_search": 12, "referral_page": 16}
WORKER_MIB, COLD_START, GROWTH = 130, 2.5, 1.5
WHOLE_REFERRAL = 120  # × the floor's form
LARGEST_PAGE, FIRST_VISIT = 30, 90  # kB, compressed
BUILD_SECONDS = 180
STEPS = {
    "check_and_send": 2,
    "queue_search": 2,
    "whole_referral": 2,
    "page_bytes": 2,
    **dict.fromkeys(casework.ACTIONS, 3),
    "volume_cases": 3,
    **dict.fromkeys(sessions.ACTIONS, 4),
    "volume_sessions": 4,
    **dict.fromkeys(["sweep", "digests", "relay"], 5),
}  # the step that set a line's target; others the first


def main():
    chosen = _arguments()
    began = time.monotonic()
    say(f"load of the machine before: {os.getloadavg()[0]:.1f}; above 0.5, only the ratios mean something")
    with ground() as here:
        say("getting ready: static files, databases, servers")
        needs = prepare(here, chosen)
        lines = list(measure(here, needs, chosen))
    say(f"took {time.monotonic() - began:.0f} s; load of the machine now {os.getloadavg()[0]:.1f}")
    sys.exit(any(line.endswith("MISSED") for line in lines))


def _arguments():
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--small", type=int, default=1_000, help="referrals in the small database")
    parser.add_argument("--large", type=int, default=100_000, help="referrals in the large one")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--requests", type=int, default=25, help="of each action in each round")
    return parser.parse_args()


def prepare(here, chosen):
    for name in ("bench_small", "bench_large", "bench_floor"):
        here.make_database(name)
    for command in (["compile_translations"], ["build_font"], ["collectstatic", "--noinput", "--verbosity=0"]):
        here.run("manage.py", *command, database="bench_small")
    here.run("-m", "compileall", "-q", "-x", r"/\.venv/", ".", database="bench_small")  # as the image has it
    needs = {
        "small": here.run("-m", "benchmarks.prepare", chosen.small, database="bench_small"),
        "large": here.run("-m", "benchmarks.prepare", chosen.large, database="bench_large"),
    }
    needs["cases"] = here.run("-m", "benchmarks.prepare_cases", database="bench_large")
    needs["sessions"] = needs["cases"].pop("sessions") | {"practitioner": needs["cases"]["practitioner"]}
    settings = "benchmarks.floor.settings"
    floor = ["-m", "benchmarks.floor.prepare", chosen.large]
    return needs | {"floor": here.run(*floor, database="bench_floor", settings=settings)}


def measure(here, needs, chosen):
    yield line(f"volume_data@{chosen.large}", needs["large"]["seconds"], "s", BUILD_SECONDS, digits=0)
    for kind in ("cases", "sessions"):
        yield line(f"volume_{kind}@{needs[kind]['made']}", needs[kind]["seconds"], "s", digits=0)
    yield from statements(here, needs, chosen)
    yield from statements_of_cases(here, needs)
    yield from statements_of_sessions(here, needs)
    yield from cold_starts(here, chosen)
    servers = {
        "floor": Server(here, FLOOR, database="bench_floor"),
        "small": Server(here, OURS, database="bench_small"),
        "large": Server(here, OURS, database="bench_large"),
    }
    try:
        yield from speeds(servers, needs, chosen)
        port = servers["large"].port
        for ours, kind in ((casework.Casework, "cases"), (sessions.Sessions, "sessions")):
            yield from beside_the_floor(ours(port, needs[kind]), kind, servers, needs, chosen)
        yield line("worker_memory", servers["large"].largest_worker(), "MiB", WORKER_MIB, digits=0)
    finally:
        for server in servers.values():
            server.stop()
    yield from clock.lines(here, line)


def speeds(servers, needs, chosen):
    """p50 of each round for one user, the three products in turn; then the median of the rounds."""
    products = {size: Ours(servers[size].port, needs[size]) for size in ("small", "large")}
    for product in products.values():
        warm_up(product)
    products = {"floor": Floor(servers["floor"].port, needs["floor"], products["large"].lengths)} | products
    warm_up(products["floor"])
    p50 = {(name, action): [] for name in products for action in ACTIONS}
    for _round in range(chosen.rounds):
        for action in ACTIONS:
            waited = {name: [] for name in products}
            for _request in range(chosen.requests):
                for name, product in products.items():
                    waited[name].append(getattr(product, action)())
            for name, times in waited.items():
                p50[name, action].append(median(times))
    typical = {key: median(rounds) for key, rounds in p50.items()}
    for action in ACTIONS:
        yield from lines_of(action, typical, chosen)
    yield from whole_referrals(servers, needs, products["floor"], chosen)


def whole_referrals(servers, needs, floor, chosen):
    """From the code to the reference, and a form of the floor beside each; then what those pages weigh."""
    whole = WholeReferrals(servers["large"].port, needs["large"])
    whole.refer()
    took, least = [], []
    for _referral in range(chosen.rounds * 3):
        took.append(whole.refer())
        least += [form_page(floor, whole.pages) for _form in range(20)]
    took, least = median(took), median(least)
    yield line("floor_form_page", least, "ms")
    yield line(f"whole_referral@{chosen.large}", took, "ms", digits=0)
    yield line(f"whole_referral@{chosen.large}", took / least, "× floor", WHOLE_REFERRAL)
    name, size = largest_page(whole.pages)
    yield line(f"page_bytes_html_{name}", size / 1000, "kB", LARGEST_PAGE)
    yield line(
        "page_bytes_first_visit", first_visit(servers["large"].port, whole.pages[name]) / 1000, "kB", FIRST_VISIT
    )


def warm_up(product):
    for action in ACTIONS:
        for _time in range(4):
            getattr(product, action)()


def lines_of(action, typical, chosen):
    floor, small, large = (typical[name, action] for name in ("floor", "small", "large"))
    yield line(f"floor_{action}", floor, "ms")
    for size, took in ((chosen.small, small), (chosen.large, large)):
        yield line(f"{action}@{size}", took, "ms")
        yield line(f"{action}@{size}", took / floor, "× floor", TARGETS[action], digits=2)
    yield line(f"{action}_growth", large / small, "×", GROWTH, digits=2)


def statements(here, needs, chosen):
    for size in ("small", "large"):
        given = needs[size] | {"drafts": needs[size]["drafts"][-4:], "decide": needs[size]["decide"][-4:]}
        counts = here.run("-m", "benchmarks.counting", json.dumps(given), database=f"bench_{size}")
        for action, found in counts.items():
            name = f"{action}@{getattr(chosen, size)}"
            yield line(f"{name}_statements", found["statements"], "", STATEMENTS.get(action), digits=0)
            yield line(f"{name}_statements_apart", found["apart"], "", digits=0)
            if action in ("check_and_send", "decide"):
                yield line(f"{name}_commits_of_the_act", found["commits"] - found["commits_apart"], "", 1, digits=0)
                yield line(f"{name}_commits_apart", found["commits_apart"], "", digits=0)


def statements_of_cases(here, needs):
    given = needs["cases"] | {name: needs["cases"][name][-4:] for name in ("to_sign", "to_agree")}
    counts = here.run("-m", "benchmarks.counting", json.dumps({"cases": given}), database="bench_large")
    for action, found in counts.items():
        most = casework.MOST_STATEMENTS.get(action)
        yield line(f"{action}@{given['made']}_statements", found["statements"], "", most, digits=0)


def statements_of_sessions(here, needs):
    given = needs["sessions"] | {"to_log": needs["sessions"]["to_log"][-4:]}
    counts = here.run("-m", "benchmarks.counting", json.dumps({"sessions": given}), database="bench_large")
    for action, found in counts.items():
        yield line(f"{action}@{needs['sessions']['made']}_statements", found["statements"], "", digits=0)


def beside_the_floor(ours, kind, servers, needs, chosen):
    actions = {"cases": casework.ACTIONS, "sessions": sessions.ACTIONS}[kind]
    for action, took, least in in_turn.speeds(ours, actions, servers, needs, chosen):
        name = f"{action}@{needs[kind]['made']}"
        yield line(name, took, "ms", casework.MOST_MS.get(action))
        yield line(name, took / least, "× floor", actions[action][1], digits=2)


def cold_starts(here, chosen):
    """From the command to the first page, in turn."""
    found = {FLOOR: [], OURS: []}
    for _round in range(chosen.rounds):
        for wsgi, database in ((FLOOR, "bench_floor"), (OURS, "bench_large")):
            server = Server(here, wsgi, database=database)
            found[wsgi].append(server.seconds_to_first_page)
            server.stop()
    floor, ours = median(found[FLOOR]), median(found[OURS])
    yield line("floor_cold_start", floor, "s", digits=2)
    yield line("cold_start", ours, "s", digits=2)
    yield line("cold_start", ours / floor, "× floor", COLD_START, digits=2)


def line(name, value, unit, target=None, *, digits=1):
    """Print one line, and answer with it."""
    if value is None:
        value_words, verdict = "-", "not measured"
    else:
        value_words, verdict = f"{value:.{digits}f}", ""
        if target is not None:
            verdict = "ok" if value <= target else "MISSED"
    target_words = "" if target is None else f"≤ {target}"
    step = next((step for start, step in STEPS.items() if name.startswith(start)), 1)
    text = f"{step}  {name:<34}{value_words:>9}  {unit:<8}{target_words:<8}{verdict}".rstrip()
    print(text, flush=True)
    return text


def say(words):
    print(f"# {words}", flush=True)


if __name__ == "__main__":
    main()
