# `make run` shows a street's week, `make live` lets one live, `make test` shows that it adds up.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.PHONY: run live test lint bench lock clean

run: $(VENV)/.run
	$(BIN)/laag run $(if $(wildcard out/run.sqlite),--resume)

live: $(VENV)/.live
	$(BIN)/laag live

test: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/lint-imports
	$(BIN)/mypy

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# Hashes first, then the project itself without asking for anything more.
$(VENV)/.run: lock/run.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r lock/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.live: lock/live.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r lock/live.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@ $(VENV)/.run

$(VENV)/.dev: lock/dev.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r lock/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@ $(VENV)/.run $(VENV)/.live

lock:
	uv pip compile pyproject.toml --extra street --extra live --extra devices --extra postgres --extra grid --extra uftp --extra research --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --output-file lock/dev.txt
	uv pip compile pyproject.toml lock/build.in --extra street --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --constraint lock/dev.txt --output-file lock/run.txt
	uv pip compile pyproject.toml lock/build.in --extra street --extra live --extra devices --extra postgres --extra grid --extra uftp --extra research --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --constraint lock/dev.txt --output-file lock/live.txt
	uv pip compile lock/peers.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --output-file lock/peers.txt

clean:
	rm -rf $(VENV) out .pytest_cache .mypy_cache .ruff_cache .hypothesis
