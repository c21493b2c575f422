"""Sweeps over many things: what fails with one of them holds up none after it."""

import logging

from celery.exceptions import SoftTimeLimitExceeded

logger = logging.getLogger(__name__)


class SomeFailed(Exception):
    """Everything was tried, and some of it failed; the log says of each."""


def each_apart(act, rows):
    """What ``act`` returns for each of ``rows``, without those with which it fails; each is an act of its own.

    Whoever reads all of it hears at its end that some failed (``SomeFailed``),
    so that the sweep counts as failed (docs/decisions/0107).
    """
    failed, last = 0, None
    for row in rows:
        try:
            yield act(row)
        except SoftTimeLimitExceeded:  # of the whole sweep
            raise
        except Exception as error:
            failed, last = failed + 1, error
            logger.error("one of a sweep failed", exc_info=True, extra={"what": str(row)})
    if failed:
        raise SomeFailed(f"{failed} failed, the last with {type(last).__name__}") from last
