# Every target makes .venv by itself, with uv where it is installed and python3 -m venv where it is not.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
UV := $(shell command -v uv 2>/dev/null)
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo soak test check setup archive-tools score bench bench-peers clean help
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

demo: $(READY) ## the whole pipeline on the embedded portal, ending in tables and a page to look at
	$(BIN)/python orchestrate.py demo

test: $(READY) ## all tests
	$(BIN)/python -m pytest -n 3 --dist loadgroup --no-loadscope-reorder

soak: $(READY) ## hundreds of kills and faults, compared with a run left alone (KILLS=200, about 20 minutes of one core)
	$(BIN)/python -m tests.reliability.soak --kills $(or $(KILLS),200) --seed $(or $(SEED),20261123)
	$(BIN)/python -m tests.reliability.hostile --examples $(or $(INPUTS),20000) --seed $(or $(SEED),20261123)

check: $(READY) ## ruff, types, sqlfluff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --processes 2 dbt_project

score: $(READY) ## read the annotated development set; its scores, parts and calibration in one table
	@mkdir -p build
	@$(BIN)/python docs/standard/score.py texts tests/annotated/dev > build/dev.articles.jsonl
	@$(BIN)/python orchestrate.py read --input build/dev.articles.jsonl --output build/dev.facts.jsonl
	@$(BIN)/python benchmarks/score_table.py tests/annotated/dev build/dev.facts.jsonl

bench: $(READY) ## every target of docs/performance.md in one table, on 2,000 pages (nginx is needed; bench-peers for the peers)
	$(BIN)/python -m benchmarks $(BENCH)

bench-peers: .bench-peers/.ready ## what bench compares with, at stated versions, in environments of their own

.bench-peers/.ready: benchmarks/peers/readers.txt benchmarks/peers/fundus.txt
ifneq ($(UV),)
	for peer in readers fundus; do $(UV) venv -q --allow-existing --python $(PYTHON) .bench-peers/$$peer && \
		$(UV) pip install -q --python .bench-peers/$$peer/bin/python -r benchmarks/peers/$$peer.txt || exit 1; done
else
	for peer in readers fundus; do $(PYTHON) -m venv .bench-peers/$$peer && \
		.bench-peers/$$peer/bin/pip install -q --disable-pip-version-check -r benchmarks/peers/$$peer.txt || exit 1; done
endif
	@touch $@

setup: $(READY) ## just the .venv

$(READY): pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "CityLedger needs Python 3.11 or newer on the PATH (or make PYTHON=…)" >&2; exit 1; }
ifneq ($(UV),)
	$(UV) venv -q --allow-existing --python $(PYTHON) .venv
	$(UV) pip install -q --python $(BIN)/python -r requirements.lock
	$(UV) pip install -q --python $(BIN)/python --no-deps -e .
else
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
endif
	@touch $@

archive-tools: .archive-tools/.ready ## pywb and wacz, which tests try our archives with, in an environment of their own

.archive-tools/.ready: tests/archive/tools.txt
ifneq ($(UV),)
	$(UV) venv -q --allow-existing --python $(PYTHON) .archive-tools
	$(UV) pip install -q --python .archive-tools/bin/python -r tests/archive/tools.txt
else
	$(PYTHON) -m venv .archive-tools
	.archive-tools/bin/pip install -q --disable-pip-version-check -r tests/archive/tools.txt
endif
	@touch $@

clean: ## remove .venv, the demo and everything built; a home with real portals stays
	@if [ -d data/demo-portals ]; then rm -rf data; elif [ -d data ]; then echo "data/ holds an archive and stays"; fi
	rm -rf .venv .archive-tools .uv build dist dbt_project/target dbt_project/logs *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find scraper warehouse tests -name __pycache__ -type d -prune -exec rm -rf {} +
