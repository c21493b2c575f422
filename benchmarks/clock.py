"""The clock's lines of `make bench`: sweeps in a process of their own, letters through a real broker and worker."""

import sys
import time

from benchmarks.reminding import LETTERS
from protect_respect.embedded import CHECKOUT, Broker, child, stop
from tests.faults.smtp import MailServer

SWEEP, SECOND_SWEEP, DIGESTS = 20, 5, 20  # seconds
GROWN = 64  # MiB of a worker's memory: flat
A_SECOND = 100  # letters
SEND = "from protect_respect.celery import app; app.send_task('outbox.tasks.relay')"


def lines(here, line):
    """``line`` prints one and answers with it."""
    cases = here.run("-m", "benchmarks.reminding", "give", database="bench_large")["made"]
    found = here.run("-m", "benchmarks.reminding", "measure", database="bench_large")
    yield line(f"sweep@{cases}_cases", found["first"], "s", SWEEP)
    yield line(f"sweep@{cases}_cases_reminders", found["made"], "", digits=0)
    yield line(f"sweep@{cases}_cases_memory", found["grown"], "MiB", GROWN, digits=0)
    yield line(f"sweep@{cases}_cases_again", found["second"], "s", SECOND_SWEEP)
    yield line(f"digests@{found['letters']}_people", found["digests"], "s", DIGESTS)
    yield line(f"relay@{LETTERS}_letters", relay(here), "s", LETTERS / A_SECOND)


def relay(here):
    """Seconds from the first letter to the last: a worker has begun by then."""
    here.run("-m", "benchmarks.reminding", "owe", database="bench_large")
    mail, broker = MailServer().start(), Broker(here.folder / "broker").start()
    environment = here.environment("bench_large") | {
        "REDIS_URL": broker.url,
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(mail.port),
    }
    words = ["-m", "celery", "--app", "protect_respect", "worker", "--pool", "solo", "--loglevel", "ERROR"]
    options = {"log": here.folder / "worker.log", "cwd": CHECKOUT, "env": environment}
    worker = child([sys.executable, *words], **options)
    sender = child([sys.executable, "-c", SEND], **options)
    try:
        assert mail.wait_for(1, seconds=60), (here.folder / "worker.log").read_text()[-2000:]
        began = time.perf_counter()
        assert mail.wait_for(LETTERS, seconds=120), f"only {len(mail.letters)} letters"
        return time.perf_counter() - began
    finally:
        for process in (worker, sender):
            stop(process)
        broker.stop()
        mail.stop()
