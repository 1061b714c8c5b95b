# Two commands matter: `make run` and `make test`. Both start from nothing but Python 3.11 and make.
PYTHON ?= python3
ENV := .venv/bin
# What Python compiles is kept, also on a machine that says otherwise: everything starts twice as fast.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test check fix bench prove pictures

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' Makefile

run: ## serve the site at http://localhost:8000, with an invented place in it the first time
	@$(PYTHON) tools/setup.py base assets
	@$(ENV)/alongside run

test: ## everything: style, floors, types; the suite on SQLite and on PostgreSQL; journeys in a browser
	@$(PYTHON) tools/setup.py all assets
	@$(ENV)/python -m tools.suite static sqlite postgresql browser

check: ## style, import floors and types only
	@$(PYTHON) tools/setup.py all
	@$(ENV)/python -m tools.suite static

fix: ## put style, imports and the names of last migrations right
	@$(PYTHON) tools/setup.py all
	@$(ENV)/ruff check --fix --quiet . || true
	@$(ENV)/ruff format --quiet .
	@$(ENV)/python -m tools.migrations

bench: ## measure every claim against its peer, and write docs/reference/measured.md
	@$(PYTHON) tools/setup.py all assets
	@$(ENV)/python -m bench

prove: ## the long proofs, in full (make test runs a tenth of each)
	@$(PYTHON) tools/setup.py all assets
	@ALONGSIDE_PROVE=1 $(ENV)/python -m tools.suite sqlite postgresql

pictures: ## take the pictures of README.md again
	@$(PYTHON) tools/setup.py all assets
	@$(ENV)/python -m tools.screenshots
