"""A session together is two rows, one on each side of the wall: in which table the other one stands."""

OTHER_SIDE = {"SupportSession": "support_sessions.CarerSession", "CarerSession": "support_sessions.SupportSession"}
