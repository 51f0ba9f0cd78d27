# `make try` runs the program in a browser page; `make test` passes all tests. Both set up first.

PYTHON ?= python3
# A Python that is named has a folder of its own, by its version, so that no two share one.
ifeq ($(origin PYTHON),file)
VENV := .venv
else
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
VENV := .venv-$(or $(VERSION),$(error $(PYTHON) does not run: name another Python, or none))
endif
BIN := $(VENV)/bin
SYNC := UV_PROJECT_ENVIRONMENT=$(VENV) $(BIN)/uv sync --quiet --frozen --python $(BIN)/python
ARGS ?=

# What Python compiles is kept, in a place of its own: each start of the program would do it anew.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(abspath $(VENV))/bytecode

.PHONY: help try run test test-postgres lint bench load faults fuzz audit hostile letters messages system clean

help:
	@echo "make try       chat in a page of this computer's browser"
	@echo "make run       run the Telegram bot (set DEMARCHE_TOKEN first)"
	@echo "make test      set up everything, check and test"
	@echo "make test-postgres  the tests of what is kept once more, on a PostgreSQL server of their own"
	@echo "make lint      ruff and mypy only"
	@echo "make bench     measure, with medians and ratios"
	@echo "make load      2,000 people at once, and 3 letters a second, on each set-up;"
	@echo "               ARGS='--setups sqlite,postgres-2 --minutes 1 --people 500 --rate 3 --limits'"
	@echo "make faults    kill the bot and fail around it, in numbers; ARGS='--kills 20 --faults 200'"
	@echo "make fuzz      walk the conversation at random; ARGS='--seed 7 --steps 50000'"
	@echo "               ARGS='--updates 30000': updates of every kind through the running bot"
	@echo "make audit     ask PyPI what weaknesses are known of the packages that are pinned"
	@echo "make letters   every treaty, State, language and addressee"
	@echo "make hostile   read files that mean no good, each with its time and memory"
	@echo "make messages  bring the catalogues up to date with the sources"

# python3-venv is a package of its own on Debian.
$(BIN)/uv: deploy/uv.txt
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || sh .ci/packages python3-venv
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		--only-binary :all: -r deploy/uv.txt

$(VENV)/.program: $(BIN)/uv uv.lock pyproject.toml
	$(SYNC) --no-dev --inexact
	@touch $@

$(VENV)/.development: $(BIN)/uv uv.lock pyproject.toml
	$(SYNC)
	@touch $@

# What the tests need from the system: a browser, and a checker of systemd units.
system:
	@sh .ci/packages chromium systemd

try: $(VENV)/.program
	$(BIN)/demarche try $(ARGS)

run: $(VENV)/.program
	$(BIN)/demarche run

lint: $(VENV)/.development
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

# One process more than there are cores: half of their time they wait for a browser or a bot. One
# that dies gives way to no other: the next would die of the same test.
PYTEST := $(BIN)/python -m pytest -n $$(($$(nproc) + 1)) --dist loadfile --max-worker-restart 0
test: $(VENV)/.development system lint
	$(PYTEST) $(ARGS)
	@echo "Left out: the same on PostgreSQL (make test-postgres)."

# Where nothing is kept there is nothing to try on another engine.
KEEPING := conversation fuzz keeping security signings storage telegram web
test-postgres: $(VENV)/.development system
	@sh .ci/packages postgresql
	$(PYTEST) --postgres $(addprefix tests/,$(KEEPING)) $(ARGS)

bench: $(VENV)/.development
	$(BIN)/python -m tests.bench $(ARGS)

load: $(VENV)/.development
	$(BIN)/python -m tests.load $(ARGS)

faults: $(VENV)/.development
	$(BIN)/python -m tests.faults $(ARGS)

fuzz: $(VENV)/.development
	$(BIN)/python -m tests.fuzz $(ARGS)

letters: $(VENV)/.development
	$(BIN)/python -m pytest -n $$(nproc) --every-letter tests/letters $(ARGS)

audit: $(VENV)/.development
	@$(BIN)/python -m tests.audit

hostile: $(VENV)/.development
	$(BIN)/python -m tests.hostile $(ARGS)

EXTRACT := $(BIN)/pybabel -q extract -F pyproject.toml -k plural:1,2 --add-comments=Translators: \
	--strip-comments --add-location=never --no-wrap --omit-header

messages: $(VENV)/.development
	$(EXTRACT) -o locales/letters.pot templates
	$(EXTRACT) -o locales/chat.pot bot
	for domain in letters chat; do for language in fr es; do \
	$(BIN)/pybabel -q update --domain $$domain --input-file locales/$$domain.pot \
	--output-dir locales --locale $$language --no-wrap --no-fuzzy-matching --ignore-obsolete \
	|| exit 1; done; done
	sed -i -E '/^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To|Generated-By):/d; s/^"Project-Id-Version:.*/"Project-Id-Version: demarche\\n"/' locales/*/LC_MESSAGES/*.po

clean:
	rm -rf .venv .venv-* dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
