# The two commands that set everything up: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := demo
.PHONY: bench demo test lint evaluate lock clean

$(VENV)/.run: requirements/run.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

# Check the example drafts, each for its reader, and show what is found.
demo: $(VENV)/.run
	$(BIN)/pvelint check examples --fail-on never

# Everything that must hold: style, types and tests; one of them runs the examples inside the lexicons and rules.
test: lint
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check pvelint tests
	$(BIN)/mypy

# Measure precision and recall on the labelled sentences and write docs/evaluation.md.
evaluate: $(VENV)/.dev
	$(BIN)/python tools/evaluate.py --write

# Measure time and memory against peers, which are installed below build/bench, and against the plain design.
bench: $(VENV)/.dev
	$(BIN)/python tools/bench.py

# Make the locked, hashed requirements anew (needs uv).
lock:
	uv pip compile pyproject.toml requirements/build.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements/run.txt
	uv pip compile pyproject.toml requirements/build.in --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements/dev.txt

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
