"""References that people read out over the telephone: PR-7K4M-2Q."""

import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31: without 0 O 1 I L


def new_reference():
    """Random, so that it says nothing of when or how many. About 890 million; a clash is drawn again."""
    drawn = "".join(secrets.choice(LETTERS) for _place in range(6))
    return f"PR-{drawn[:4]}-{drawn[4:]}"


class ReferenceConverter:
    """For addresses: a reference and nothing else reaches a view."""

    regex = rf"PR-[{LETTERS}]{{4}}-[{LETTERS}]{{2}}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value
