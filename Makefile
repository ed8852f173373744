# `make demo` and `make test` do all the set-up on a fresh machine: Python 3.11+, make, the package registries.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
SHARED ?= ../shared
STORE  ?= demo-store

.PHONY: demo test lint types unit score docs train clean
.DELETE_ON_ERROR:

$(VENV)/.runtime: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

$(VENV)/.docs: $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[docs]'
	@touch $@

demo: $(VENV)/.runtime     ## code the bundled reports and print who turned to whom
	$(BIN)/comity demo --store $(STORE)

test: lint types unit score  ## all that CI runs

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

unit: $(VENV)/.dev
	$(BIN)/python -m pytest

score: $(VENV)/.dev        ## every figure of the project beside its floor
	$(BIN)/python -m comity.run.score --shared $(SHARED)

docs: $(VENV)/.docs        ## the documentation site, into site/
	$(BIN)/mkdocs build --strict

train: $(VENV)/.runtime    ## the weights made anew (needs SHARED; hours on two cores)
	$(BIN)/python -m pip install --quiet -e '.[train]'
	$(BIN)/python -m training.recipe --shared $(SHARED)

clean:
	rm -rf $(VENV) $(STORE) site dist build
