"""What an ending still requires, as a plain value that floors above can make too."""

from dataclasses import dataclass

from cases.enums import NeedAnswer


@dataclass(frozen=True)
class Finding:
    """One thing that a good ending has. ``key`` names it for good, ``words`` say it.

    ``path`` leads to where it is done. ``is_done``: what was delivered answers it already, and nobody is asked.
    ``found`` says what we see to be undone: then nobody says that it is done, only why it does not apply.
    """

    key: str
    words: str
    is_done: bool = False
    path: str = ""
    found: str = ""

    def is_settled_by(self, answer):
        """Whether it is delivered, or ``answer`` (an item of the ending, or nothing) may stand for it."""
        if self.is_done:
            return True
        return answer is not None and (not self.found or answer.answer == NeedAnswer.NOT_APPLICABLE)
