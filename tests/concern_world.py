"""A concern that is acted on, with something of everything that its page tells."""

from tests.factories.safeguarding import (
    ConcernActionFactory,
    ConcernFactory,
    EscalationFactory,
    ReplyFactory,
    YoungPersonToldFactory,
)

# Which concern an address is shown with; the others with one that is acted on.
STATE_FOR = {"acknowledge": "raised", "close": "acknowledged", "reopen": "closed"}


def in_each_state(to_raise, to_follow, owner):
    """About two people: one raised, and one followed, of whose concerns ``owner`` has something to do."""
    return {
        "raised": ConcernFactory(subject=to_raise),
        "acknowledged": ConcernFactory(subject=to_follow, acknowledged=True),
        "closed": ConcernFactory(subject=to_follow, closed=True),
        "acting": acted_on(to_follow, owner),
    }


def example(name, concerns):
    """The arguments of an address."""
    concern = concerns[STATE_FOR.get(name, "acting")]
    return {"key": concern.key} | row_for(name, concern)


def acted_on(subject, owner):
    """``owner`` has something to do about it."""
    concern = ConcernFactory(subject=subject, acting=True)
    escalation = EscalationFactory(concern=concern, not_told=True, agency="Front door", reference="CS-1")
    ReplyFactory(escalation=escalation)
    ReplyFactory(escalation=escalation, outcome=True)
    ConcernActionFactory(concern=concern, done=True)
    ConcernActionFactory(concern=concern, owner=owner, follows_up=escalation)
    YoungPersonToldFactory(concern=concern, not_told=True)
    YoungPersonToldFactory(concern=concern, their_words="I know.")
    return concern


def row_for(name, concern):
    """What an address of one of its rows names."""
    if name == "finish_action":
        return {"pk": concern.actions.owed().get().pk}
    return {"pk": concern.escalations.get().pk} if name == "add_reply" else {}
