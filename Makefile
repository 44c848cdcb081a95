# Every target does its own set-up. `make demo` and `make test` are all a newcomer needs.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help ready setup demo test lint types imports docs-check docs golden bench score train check plain clean

help:           ## what there is
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "advisories needs Python 3.11 or newer; try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --allow-existing --python $(PYTHON) $(VENV) && \
	  uv pip install --quiet --python $(BIN)/python -c constraints.txt -e '.[plot,report]' --group dev; \
	else \
	  $(PYTHON) -m venv $(VENV) && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt 'pip>=25.1' && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[plot,report]' --group dev; \
	fi
	@touch $@

# Compiled where there is a C compiler, plain Python elsewhere: the same answers, more slowly. By its path,
# for the package may not even import while what was compiled of it is older than the rest.
ready: $(STAMP) ## the coder's busiest modules compiled, if stale
	@$(BIN)/python -P advisories/coding/machine.py

setup: ready    ## the environment, with everything installed in it

demo: ready     ## replay the bundled recording and show it (no network)
	@$(BIN)/advisories demo

test: ready     ## lint, types, import rules, documents, tests
	@$(MAKE) --no-print-directory lint types imports docs-check
	@$(BIN)/python -m pytest -q

lint: $(STAMP)  ## ruff and codespell
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .
	@$(BIN)/codespell docs README.md CONTRIBUTING.md CHANGELOG.md

types: $(STAMP) ## mypy --strict
	@$(BIN)/mypy --no-error-summary

imports: $(STAMP) ## imports run one way
	@$(BIN)/lint-imports --no-cache >/dev/null || $(BIN)/lint-imports --no-cache

docs-check: $(STAMP) ## generated blocks in the documents are fresh
	@$(BIN)/cog --check --check-fail-msg="run: make docs" -P -I . README.md docs/*.md >/dev/null
	@$(BIN)/python -m advisories.cli.manual | cmp -s - docs/advisories.1 || { echo "docs/advisories.1: run: make docs"; exit 1; }

docs: $(STAMP)  ## make the generated blocks anew
	@$(BIN)/cog -r -P -I . README.md docs/*.md
	@$(BIN)/python -m advisories.cli.manual docs/advisories.1

golden: ready   ## make the golden files anew (then read the diff)
	@$(BIN)/python -m pytest -q --update-golden

bench: ready    ## speed, as ratios side by side in one run
	@for b in benchmarks/bench_*.py; do echo "== $$b"; $(BIN)/python $$b || exit 1; done

score: ready    ## the coder's tables on the labelled sets beside the checkout
	@$(BIN)/python -m advisories.coding.score

train: ready    ## the coder's weights from its coded examples
	@$(BIN)/python -m advisories.coding.train

check: test     ## the same as test

plain:          ## the coder back to plain Python, until next compiled
	@find advisories -name '*.so' -exec rm -f {} +

clean: plain    ## the environment and what tools left behind
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
