# SPDX-License-Identifier: Apache-2.0
# Everything a person or CI runs. A machine needs python3 >= 3.11 with venv, make and a C compiler.
# The rest goes into .venv, pinned by hash in requirements/.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

# Looked for only when .venv is made; `make setup PYTHON=python3.13` chooses another.
PYTHON ?= $(shell sh tools/find_python.sh)
VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.ready-run
DEV_READY := $(VENV)/.ready-dev
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes --no-deps
CODE := $(wildcard src tools tests bench)

# `lejar up` with these words is what a newcomer sees; the address is printed by the command.
UP := $(BIN)/lejar up --demo
RUNS ?= 1000
SEED ?=
WORKERS ?= 2
MARKS ?=
TESTS ?= tests

.PHONY: help setup dev run check test simulate bench bench-peers docs format coverage lock clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-20s %s\n", $$1, $$2}'

setup: $(RUN_READY) ## make the private environment .venv with the lejar command

run: setup ## start the hub with the demonstration market, and print its address
	$(UP)

check: $(DEV_READY) ## lint, format, types, imports, determinism, tidy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(CODE)
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m tools.determinism
	$(BIN)/python -m tools.tidy

test: check ## everything CI runs; MARKS='not slow' for a quick round, TESTS=tests/kernel for a part
	$(BIN)/python -m pytest -n $(WORKERS) $(if $(MARKS),-m '$(MARKS)') $(TESTS)

simulate: setup ## seeded runs with crashes and torn writes; SEED=7 repeats one
	$(BIN)/lejar simulate $(if $(SEED),--seed $(SEED),--runs $(RUNS))
	$(if $(SEED),,$(BIN)/python -m lejar.node.simulation --tear)

bench: setup ## measure, and write bench/latest.json
	$(BIN)/python -m bench

bench-peers: setup ## the same trade in PostgreSQL, where its server is installed
	$(BIN)/python -m bench.peers

docs: setup ## write docs/reference/ from the code
	$(BIN)/python -m tools.reference

format: $(DEV_READY) ## put the code in form and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

coverage: $(DEV_READY) ## which branches of the core no test takes
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest $(if $(MARKS),-m '$(MARKS)') $(TESTS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

lock: $(DEV_READY) ## choose versions anew and pin them by hash in requirements/
	sh tools/lock.sh

clean: ## remove what the other targets made, but never the hub's data in var/
	rm -rf $(VENV) build dist htmlcov .coverage .coverage.* src/*.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tools tests -name __pycache__ -type d -prune -exec rm -rf {} +

dev: $(DEV_READY)

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Lejar needs Python 3.11 or newer, with venv."; exit 1; }
	"$(PYTHON)" -m venv $(VENV)

$(RUN_READY): requirements/run.txt requirements/build.txt pyproject.toml | $(BIN)/python
	$(PIP) -r requirements/build.txt -r requirements/run.txt
	$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-build-isolation --no-deps -e .
	@touch $@

$(DEV_READY): requirements/dev.txt $(RUN_READY)
	$(PIP) -r requirements/dev.txt
	@touch $@
