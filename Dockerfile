# One image for the web server, the worker, the clock and the set-up. The tools of development stay out of it.
FROM python:3.12.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements/base.txt /tmp/base.txt
RUN /opt/venv/bin/pip install --require-hashes --only-binary :all: -r /tmp/base.txt

FROM python:3.12.11-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=protect_respect.settings \
    WITHOUT_APPS=django_linear_migrations,django_migration_linter \
    VAR_DIR=/srv/var \
    STATIC_ROOT=/srv/static
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin app \
    && install -d -o app -g app /srv/var /srv/static
WORKDIR /srv/app
COPY --from=build /opt/venv /opt/venv
COPY manage.py pyproject.toml ./
COPY deploy/gunicorn.conf.py deploy/gunicorn.conf.py
COPY protect_respect protect_respect
COPY audit audit
COPY outbox outbox
COPY ui ui
COPY centres centres
COPY accounts accounts
COPY people people
COPY safeguarding safeguarding
COPY referrals referrals
COPY cases cases
COPY sessions sessions
COPY reminders reminders
COPY templates templates
COPY static static
COPY locale locale
# What pages need is built here, once, and what Python would compile anew at each start. These values are for this line only; the image holds no secret.
RUN key=$(head -c 32 /dev/zero | base64) \
    && export SECRET_KEY=build DATABASE_URL=postgresql://build@localhost/build DRAFT_KEYS=$key FACTOR_KEYS=$key \
    && python manage.py compile_translations \
    && python manage.py build_font \
    && python manage.py collectstatic --noinput \
    && python -m compileall -q .
USER app
EXPOSE 8000
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", "0.0.0.0:8000", "protect_respect.wsgi"]
