# make demo   set up, then make the map of central Helsinki
# make demo-infill  the same through the infill engine, with the built-in artist as the model
# make test   set up, then run the tests
# make check  format, lint, types, layers
# make bench  the measurements of docs/benchmarks.md
# make lock   resolve the pinned dependencies again

SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PAGE := isogen/export/assets/viewer.js
BROWSER := $(VENV)/.browser
INFERENCE := $(VENV)/.inference
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help readme setup web demo demo-infill view test test-all check format bench lock clean

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

setup: $(READY) $(PAGE)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "isogen needs Python 3.11 or newer: make PYTHON=/path/to/python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(PAGE): $(READY) $(shell find web/site -type f -not -path '*/node_modules/*' 2>/dev/null)
	$(BIN)/python web/build.py
	@touch $@

web: $(PAGE)

$(BROWSER): $(READY)
	$(BIN)/python web/browser.py
	@touch $@

demo: setup
	dvc repro
	@echo 'Look at it: $(BIN)/isogen view'

demo-infill: demo
	python benchmarks/infill_demo.py

view: setup
	isogen view

# torch comes first and alone: which build of it is there already, or is right, a machine decides
$(INFERENCE): inference/requirements.lock $(READY)
	@$(BIN)/python -c 'import torch' 2>/dev/null || \
	    $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	        "torch==$$($(BIN)/python -c 'from inference.versions import TESTED; print(TESTED["torch"])')"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r inference/requirements.lock
	@touch $@

test: setup $(BROWSER) $(INFERENCE)
	pytest -n 2 --dist loadgroup -m 'not (network or gpu or slow)'

test-all: setup $(BROWSER) $(INFERENCE)
	pytest -n 2 --dist loadgroup -m 'not (network or gpu)'

check: setup
	ruff format --check .
	ruff check .
	pyright
	lint-imports

format: $(READY)
	ruff format .
	ruff check --fix .

bench: setup
	python -m benchmarks

lock:
	$(PYTHON) -m pip install --quiet uv
	$(PYTHON) -m uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
	    --python-version 3.11 --extra demo --extra dvc --extra models --extra gemini --extra serve --extra modal --group dev --group build pyproject.toml -o requirements.lock
	$(PYTHON) -c 'from inference.versions import TESTED; [print(f"{n}=={v}") for n, v in TESTED.items() if n != "torch"]' \
	    | $(PYTHON) -m uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
	    --python-version 3.11 --constraint requirements.lock \
	    --override <(echo "torch ; sys_platform == 'never'") - -o inference/requirements.lock

clean:
	rm -rf data/scene data/layers data/journal data/exports data/reports

readme: setup
	pytest -q -p no:randomly tests/test_form.py -k readme --update-golden
