# Every target goes through scripts/bootstrap.sh, which finds Python 3.11+, keeps .venv in step with the
# hashed lock and then replaces itself with the command, so that signals reach that command directly.
# Variables given on the command line (make run PORT=8010 DATA_DIR=/tmp/two) reach it as environment.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test soak chaos lint format lock reset clean

ARGS ?=
BASE := @exec sh scripts/bootstrap.sh base
DEV := @exec sh scripts/bootstrap.sh dev

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  Read from the environment: PORT (8000), HOST (127.0.0.1), SANDBOX_PORT (8700), DATA_DIR (./var),"
	@echo "  DATABASE_URL, REDIS_URL, PYTHON, VENV (.venv); make test ARGS=\"tests/domain -k renew\"; make reset FORCE=1"

run: ## start everything with demo data: web, worker, beat, broker, registrar sandbox
	$(BASE) -m scripts.run

test: ## lint, then the whole suite; ARGS="tests/x -k y" runs only that
	$(DEV) -m scripts.suite $(ARGS)

soak: ## 2,000 operations under a nemesis, on SQLite and on the servers that answer; then 1,000 names in a browser
	$(DEV) -m scripts.soak $(ARGS)

chaos: ## the same as long as asked: kills, lost answers and an audit; OPERATIONS=20000 SEED=1 DATABASE_URL= REDIS_URL=
	$(DEV) -m scripts.chaos

lint: ## ruff, mypy, djlint, import-linter, migrations and message catalogues
	$(DEV) -m scripts.lint

format: ## rewrite Python in the house style
	$(DEV) -m scripts.lint --fix

lock: ## compile requirements/*.in into the hashed locks
	$(DEV) -m scripts.lock

reset: ## delete the demo data in DATA_DIR (asks; FORCE=1 does not)
	$(BASE) -m scripts.reset

clean: ## remove the virtual environment and caches; data stays
	@rm -rf .venv .venv.lock .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
