"""What a browser says it is, in the two words a person knows it by. Names of products; nothing is decided by them."""

# The first that is found counts: most browsers also say the names of those they want to be taken for.
BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
]


def named(user_agent):
    """The names of a browser and of what it runs on; each empty where it does not say."""
    return _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)


def _first(marks, text):
    return next((name for mark, name in marks if mark in text), "")
