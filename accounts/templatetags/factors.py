"""What the set-up of a second factor shows: a picture the policy allows, and the key in words a person can copy."""

import qrcode
from django import template

register = template.Library()


@register.inclusion_tag("mfa/totp/_qr.html")
def qr_code(text):
    """``text`` as squares of one SVG path, drawn in the page: no data: address, no script, no style."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    return {"size": len(rows), "path": "".join(_runs(rows))}


@register.filter
def in_fours(text):
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def _runs(rows):
    """Each run of dark squares in a row, as a rectangle."""
    for y, row in enumerate(rows):
        start = None
        for x, dark in enumerate([*row, False]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                yield f"M{start} {y}h{x - start}v1h-{x - start}z"
                start = None
