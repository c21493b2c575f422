"""E-mail addresses as they look. Pure."""

FREE_MAIL = {
    "aol.com", "btinternet.com", "gmail.com", "googlemail.com", "gmx.com", "hotmail.co.uk", "hotmail.com",
    "icloud.com", "live.co.uk", "live.com", "me.com", "msn.com", "outlook.com", "proton.me", "protonmail.com",
    "sky.com", "talktalk.net", "virginmedia.com", "yahoo.co.uk", "yahoo.com", "ymail.com",
}  # fmt: skip


def is_free_mail(email):
    return email.rpartition("@")[2] in FREE_MAIL
