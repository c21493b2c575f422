"""The look by itself: no upper floor takes part, so that what fails here is the look."""

UPPER = ("accounts.", "audit.", "referrals.", "allauth.", "django.contrib.auth.middleware.Login")


def stand_alone(settings):
    settings.ROOT_URLCONF = "tests.ui.urls"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith(UPPER)]
    ours = {**settings.TEMPLATES[0], "OPTIONS": {**settings.TEMPLATES[0]["OPTIONS"]}}
    processors = ours["OPTIONS"]["context_processors"]
    ours["OPTIONS"]["context_processors"] = [name for name in processors if name.startswith("django.")]
    settings.TEMPLATES = [ours]
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    settings.SECURE_SSL_REDIRECT = False
    settings.WHITENOISE_AUTOREFRESH = True  # no folder of collected files is needed
