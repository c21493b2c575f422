"""What happens on a case that floors above must hear in the same transaction."""

from django.dispatch import Signal

# Sent with ``case``, ``event`` and ``by`` when the young person says no, or no longer agrees: sessions planned are
# cancelled. The carer's strand is left alone (domain.md 2.6 (e)). Not sent when they cannot decide now: what is planned
# waits for their answer, and no direct work is covered until it comes.
consent_withdrawn = Signal()

# Sent with ``episode``, its case held, and ``by`` when it is written down that they are missing: a session that did not
# take place because of it is joined to it.
missing_reported = Signal()

# Sent with ``case`` and ``ending`` when it is looked at, proposed or signed off. A receiver returns a list of
# ``cases.findings.Finding``: what was delivered above, and what is still lacking.
ending_requirements = Signal()

# Sent with ``case`` where the work is looked back on. A receiver returns rows of a summary, in words: what was done
# above, each with ``label`` and ``value`` or ``lines``; numbers, and nothing of what was said.
looking_back = Signal()

# Sent with ``case`` where the golden thread is read. A receiver returns, for goals by the id that they began as
# (``Goal.first_id``), lists of ``cases.evidence.Evidence``.
goal_evidence = Signal()

# Sent with ``case`` and ``by`` while somebody signs off its ending, just before it closes: what is planned above ends.
case_closes = Signal()

# Sent with ``user`` where a manager looks who waits for somebody. A receiver returns rows in words of who waits above,
# each with ``pk``, ``url``, ``reference``, ``relationship``, ``since``, ``status`` and ``status_kind``.
waiting_above = Signal()

# Sent with ``subject``, the young person's, where somebody is chosen to work with them. A receiver returns ids of
# colleagues who work with somebody on their side, and so are kept apart (R-nat-29).
kept_apart = Signal()
