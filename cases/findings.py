"""What an ending still requires, as a plain value that floors above can make too."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that a good ending has. ``key`` names it for good, ``words`` say it.

    ``path`` leads to where it is done. ``is_done``: what was delivered answers it already, and nobody is asked.
    """

    key: str
    words: str
    is_done: bool = False
    path: str = ""
