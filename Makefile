# `make` lists the targets. Each installs what it lacks: Python packages into .venv, npm packages
# into node_modules and, on Debian as root, the browser, fonts and D-Bus through apt.

# The system's own Python where it can make environments: distributions build theirs optimised, version
# managers often do not, and a web process then files a tenth fewer texts.
PYTHON ?= $(shell /usr/bin/python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' \
	2>/dev/null && echo /usr/bin/python3 || echo python3)
DATABASE ?= sqlite
BIN := .venv/bin
PACKAGES := .venv/.installed node_modules/.installed
ADMIN := backend/web/admin
SOURCES := shared/crm_pages.json $(shell find extension $(ADMIN)/assets $(ADMIN)/build.mjs -path extension/dist -prune -o \
	-type f -print 2>/dev/null)

PYTEST := $(BIN)/pytest -n 2 --dist loadscope --no-loadscope-reorder
# The promises that a database or several processes could break.
ON_BOTH := tests/running tests/backend/store tests/backend/faults tests/backend/test_migrations.py \
	tests/backend/commands/test_restored.py

RESOLVE := $(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --upgrade --quiet \
	--no-header --no-emit-index-url --no-emit-find-links

# A run starts dozens of processes that import the same modules. Where images of containers forbid
# to keep what was compiled, each would compile all of them anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test faults check audit bench build wire lock system screenshots clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 14

demo: system build ## run everything here and text a phone that you play; CHECK=1 drives it headless
	$(BIN)/repline demo $(if $(CHECK),--check)

test: system build ## every test; DATABASE=postgresql runs all of it on PostgreSQL and Redis
	npm test --silent
ifeq ($(DATABASE),sqlite)
	REPLINE_TEST_DATABASE=postgresql $(PYTEST) $(ON_BOTH)
endif
	REPLINE_TEST_DATABASE=$(DATABASE) $(PYTEST)

faults: system build ## break everything that can break under traffic; ARGS="--seed 1 --only web" and more
	$(BIN)/python -m tests.faults $(ARGS)
	$(BIN)/pytest tests/backend/faults/test_promises.py --hypothesis-profile=faults --timeout=3600

check: $(PACKAGES) ## linters, types and whether generated files are fresh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m shared.typescript --check
	npm run --silent types
	npm run --silent lint

audit: $(PACKAGES) ## known faults of what we depend on; fails where it could ask nobody
	$(BIN)/python scripts/audit.py

bench: system build ## speed and memory beside nginx + nchan and a websockets hub
	./scripts/system-packages --bench
	$(BIN)/python -m benchmarks

build: extension/dist/.built ## the extension, ready to load unpacked, and the admin pages' style

wire: $(PACKAGES) ## write extension/src/wire.ts from shared/wire
	$(BIN)/python -m shared.typescript

lock: $(PACKAGES) ## resolve the Python dependencies again
	$(RESOLVE) -o requirements.lock
	$(RESOLVE) --group dev -c requirements.lock -o requirements-dev.lock

screenshots: system build ## take the pictures in docs/ again
	$(BIN)/python -m demo.screenshots

system:
	@./scripts/system-packages

clean: ## remove what was built, keep what was installed
	rm -rf extension/dist $(ADMIN)/static .demo .bench build *.egg-info

extension/dist/.built: $(PACKAGES) $(SOURCES)
	npm run --silent build
	@touch $@

.venv/.installed: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Repline needs Python 3.11 or newer: make PYTHON=python3.11 …"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@# As any pip since 23.1 does: what comes as source is built apart from what is installed here.
	$(BIN)/python -m pip install --quiet --use-pep517 --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

node_modules/.installed: package-lock.json package.json
	@node -e 'process.exit(Number(Number.parseInt(process.versions.node) < 20))' || \
		{ echo "Repline needs Node 20 or newer: https://nodejs.org"; exit 1; }
	npm ci --loglevel=error
	@touch $@
