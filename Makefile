# One line for each thing to do here. Needs Python 3.11 or later (with venv) and make; nothing else.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
STAMP := .venv/requirements.stamp
LOCKS := requirements/base.txt requirements/development.txt
TEMPORARY := $(BIN)/python -m protect_respect.embedded run
DEMO := PORT=$(PORT) $(BIN)/python manage.py demo

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset demo-env test test-deep check bench pictures messages clean

help:
	@echo "make demo        the product on this machine, with fictional data: http://localhost:$(PORT)/"
	@echo "make demo-reset  forget the demonstration's data"
	@echo "make demo-env    print what other commands need to work on the demonstration's data"
	@echo "make test        the tests (at most 10 minutes on 2 cores)"
	@echo "make test-deep   the same with the big figures"
	@echo "make check       lint, contracts, migrations, settings, templates, language, documents"
	@echo "make bench       how fast it is, beside the least a Django product can do"
	@echo "make pictures    the pictures of the README, from the running product"
	@echo "make messages    collect the sentences to translate (needs gettext)"
	@echo "make clean       remove what was built, keep the demonstration's data"

# The locks name every file by its hash; the stamp makes the second start quick.
$(STAMP): $(LOCKS)
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || \
		{ echo "This needs Python 3.11 or later: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c "import venv, ensurepip" 2>/dev/null || \
		{ echo "Python's venv is missing. On Debian and Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	@echo "Making .venv and installing what the locks name (once; a minute or two)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes $(LOCKS:%=-r %)
	@touch $@

demo: $(STAMP)
	@$(DEMO)

demo-reset: $(STAMP)
	@$(DEMO) --reset

demo-env: $(STAMP)
	@$(DEMO) --env

# Pages are looked at in the font they are served in.
FONT := static/fonts/app-sans.woff2
$(FONT): $(STAMP)
	@$(TEMPORARY) $(BIN)/python manage.py build_font >/dev/null

# And in Welsh: a page of a test reads what the catalogue says now.
WELSH := locale/cy/LC_MESSAGES/django.mo
$(WELSH): locale/cy/LC_MESSAGES/django.po $(STAMP)
	@$(TEMPORARY) $(BIN)/python manage.py compile_translations >/dev/null

test: $(STAMP) $(FONT) $(WELSH)
	@$(TEMPORARY) $(BIN)/python -m pytest --numprocesses 2 --dist loadgroup --quiet $(TESTS)

test-deep: $(STAMP) $(FONT) $(WELSH)
	@DEEP=1 $(TEMPORARY) $(BIN)/python -m pytest --numprocesses 2 --dist loadgroup --quiet $(TESTS)

check: $(STAMP)
	@$(TEMPORARY) .ci/check

bench: $(STAMP)
	@$(BIN)/python -m benchmarks $(BENCH)

pictures: $(STAMP) $(FONT) $(WELSH)
	@PICTURES=1 $(TEMPORARY) $(BIN)/python -m pytest --quiet tests/browser/test_pictures.py

messages: $(STAMP)
	@$(TEMPORARY) $(BIN)/python manage.py makemessages --locale cy --add-location file --no-obsolete \
		--ignore ".venv/*" --ignore "var/*" --ignore "tests/*"

clean:
	@rm -rf .venv .pytest_cache .hypothesis .ruff_cache .import_linter_cache var/static var/log static/fonts
	@find . -name __pycache__ -type d -not -path "./.git/*" -prune -exec rm -rf {} +
	@find locale -name "*.mo" -delete
