# The two commands: make demo, make test. Everything runs in an environment of its own, .venv.
# Another Python than python3: make PYTHON=python3.12 demo

.DEFAULT_GOAL := help
.PHONY: help demo test check environment environment-dev lock root kill-matrix hostile-keys acceptance pictures bench-screens hazard-log clean

BIN := .venv/bin
SHARED ?= ../shared

help: ## says what can be made
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile | expand -t 20

demo: environment ## opens dermlock with a throwaway vault and a made-up card
	@$(BIN)/dermlock demo

test: check ## sets up, then lint, types, import contracts and the whole suite that needs no root
	$(BIN)/python -m pytest -m "not root and not slow and not acceptance"

check: environment-dev ## lint, types and import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

root: environment-dev ## the tests that need root or a tool from apt, and the long ones with a smaller count
	$(BIN)/python -m pytest -m "(root or slow) and not acceptance"

kill-matrix: environment-dev ## a move killed at every single call that changes a disk; some minutes
	DERMLOCK_KILL_STRIDE=1 $(BIN)/python -m pytest -s tests/core/intake/test_killed.py

hostile-keys: environment-dev ## 200 sequences of random keys, pastes and sizes; ten minutes
	DERMLOCK_HOSTILE_SEQUENCES=200 $(BIN)/python -m pytest -s -m slow tests/tui/test_hostile_keys.py

bench-screens: environment-dev ## how long from a key to its paint, on every screen
	$(BIN)/python -m tests.bench.paint

acceptance: environment-dev ## real photographs and recovery tools, from the folder SHARED; needs root
	DERMLOCK_SHARED=$(SHARED) $(BIN)/python -m pytest -s -m acceptance

environment: ## what running dermlock needs
	@sh setup/environment.sh run

environment-dev: ## what developing dermlock needs
	@sh setup/environment.sh dev

pictures: environment ## a picture of every screen, made up, as SVG in build/screens
	@$(BIN)/python -m tui.pictures build/screens

hazard-log: environment ## writes the pages of docs/safety from its .toml files, or says what in them does not hold
	@$(BIN)/python docs/safety/hazard_log.py

lock: ## brings setup/*.lock up to date (needs uv)
	sh setup/lock.sh

clean: ## removes the environment and every cache
	rm -rf .venv .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find core tui tests -name __pycache__ -prune -exec rm -rf {} +

export PYTHON
