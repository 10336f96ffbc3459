# newsdesk: `make run` opens the dashboard on the sample seeds, `make test` runs the tests. Both set up .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test check lint types contracts format clean help

run: $(VENV)/.installed ## open the dashboard on the sample seeds
	@$(BIN)/newsdesk --demo

test: $(VENV)/.installed-dev ## run the tests
	@$(BIN)/python -m pytest $(PYTEST)

check: lint types contracts test ## linter, types, import contracts and tests

lint: $(VENV)/.installed-dev ## ruff: rules and format
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: $(VENV)/.installed-dev ## mypy, strict
	@$(BIN)/mypy

contracts: $(VENV)/.installed-dev ## which way imports may point
	@$(BIN)/lint-imports

format: $(VENV)/.installed-dev ## put the code into shape
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

clean: ## remove the environment and what tools left
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "newsdesk needs Python 3.11 or newer, and $(PYTHON) is not: name one that is, as in make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "$(PYTHON) can't make a virtual environment: install its venv module (Debian, Ubuntu: sudo apt install python3-venv)" >&2; exit 1; }

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "newsdesk: installing into $(VENV) (once)" >&2
	@$(BIN)/pip install -q -e . || { echo "the installation failed: see the lines above; a proxy is set with HTTPS_PROXY, another index with PIP_INDEX_URL" >&2; exit 1; }
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	@echo "newsdesk: installing with the development tools into $(VENV) (once)" >&2
	@$(BIN)/pip install -q -e '.[dev]' || { echo "the installation failed: see the lines above; a proxy is set with HTTPS_PROXY, another index with PIP_INDEX_URL" >&2; exit 1; }
	@touch $(VENV)/.installed $@
