# build | test | check | fix | suite | validate | bench | pictures - the same commands that CI runs.
#
# `make build` and `make test` work on a fresh Debian machine with Python, make and git: they make
# the environment in .venv and install the system libraries that WeasyPrint needs, or say how.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED := $(or $(TCIT_SHARED),../shared)
VALIDATORS ?= $(HOME)/.cache/tcit-validators

.PHONY: build test check fix suite validate bench pictures clean

build: $(VENV)/ready
	$(BIN)/tcit-export build

test: $(VENV)/ready-dev
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

check: $(VENV)/ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(VENV)/ready-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The scores of the citation engine, from the conformance suite and the APA reference strings.
suite: $(VENV)/ready-dev
	$(BIN)/python $(SHARED)/csl-suite/csl_suite.py --cmd "$(BIN)/python -m tcit_export.csl.suite" \
	    --baseline tests/csl_suite/passing.txt
	$(BIN)/python tests/bench/apa/score_gold.py --shared $(SHARED)

# Outside validators over the sample and the torture project, in every edition, look and mode.
validate: build
	VALID=$(VALIDATORS) $(BIN)/python tests/validate.py $(SHARED)/validators

bench: $(VENV)/ready-dev
	$(BIN)/python -m tests.bench

# The pictures in the README, drawn from the real outputs.
pictures: build
	$(BIN)/python tests/pictures.py

$(VENV)/ready: pyproject.toml .setup.sh
	PYTHON=$(PYTHON) sh .setup.sh $(VENV)
	$(BIN)/pip install --quiet --editable .
	$(BIN)/python -m compileall -q tcit_export  # pip does so for what is not editable
	touch $@

$(VENV)/ready-dev: $(VENV)/ready
	$(BIN)/pip install --quiet --group dev
	touch $@

clean:
	rm -rf $(VENV) output/*.pdf output/*.docx output/*.html
