# The two commands: make demo, make test. Everything runs in an environment of its own, .venv.
# Another Python than python3: make PYTHON=python3.12 demo

.DEFAULT_GOAL := help
.PHONY: help demo test check environment environment-dev lock root clean

BIN := .venv/bin

help: ## says what can be made
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile | expand -t 20

demo: environment ## opens dermlock with a throwaway vault and a made-up card
	@$(BIN)/dermlock demo

test: check ## sets up, then lint, types, import contracts and the whole suite that needs no root
	$(BIN)/python -m pytest -m "not root and not slow"

check: environment-dev ## lint, types and import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

root: environment-dev ## the tests that need root or take long; .ci/run prepares what they need
	$(BIN)/python -m pytest -m "root or slow"

environment: ## what running dermlock needs
	@sh setup/environment.sh run

environment-dev: ## what developing dermlock needs
	@sh setup/environment.sh dev

lock: ## brings setup/*.lock up to date (needs uv)
	sh setup/lock.sh

clean: ## removes the environment and every cache
	rm -rf .venv .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find core tui tests -name __pycache__ -prune -exec rm -rf {} +

export PYTHON
