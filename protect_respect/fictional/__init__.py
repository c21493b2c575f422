"""Fictional centres, colleagues and referrals, for the demonstration and for volume runs.

Everything is plainly made up and nobody's life is imagined: surnames are
*Example*, *Sample* and their Welsh like, texts say that they are examples,
telephone numbers are those reserved for fiction.
"""
