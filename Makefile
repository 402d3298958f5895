# Each target does its own preparation and does nothing twice.
# PORT and SHANGLIANG_HOME go to the program as they are; PYTHON chooses the interpreter.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
DIVISIONS := src/shangliang/regions/data/divisions.csv.xz
VENDOR := src/shangliang/static/shangliang/vendor
STATIC := $(or $(SHANGLIANG_STATIC),.venv/var/shangliang/static)
MESSAGES := $(wildcard src/shangliang/locale/*/LC_MESSAGES/*.po)
BUILD_INPUTS := pyproject.toml hatch_build.py package-lock.json tools/npm.py tools/divisions.py $(MESSAGES)
# Compiled messages, the register and the scripts from npm are not in git: whoever deletes one gets it back.
BUILT := $(DIVISIONS) $(MESSAGES:.po=.mo) $(VENDOR)/echarts.min.js
STATIC_FILES = $(shell find src/shangliang -path '*/static/*' -type f)

.PHONY: help setup dev demo test bench proof messages lock wheel clean missing

help:
	@echo "make demo      a running demonstration on 127.0.0.1:$${PORT:-8000}"
	@echo "make test      every check; ARGS=tests/voices for one part of the suite"
	@echo "make setup     what demo needs, without starting it"
	@echo "make bench     the promises of speed       make proof     the proofs"
	@echo "make messages  collect the strings to translate"
	@echo "make lock      compile the locks again; UPGRADE=1 for newer versions"
	@echo "make wheel     dist/*.whl                  make clean     remove all that was made"

setup: $(STATIC)/staticfiles.json

demo: setup
	@exec $(BIN)/shangliang demo --serve

test:
	@$(or $(PYTHON),python3) tools/test.py $(ARGS)

bench: dev setup
	@set -e; for f in $(filter-out bench/fill.py,$(sort $(wildcard bench/*.py))); do $(BIN)/python $$f; done

proof: dev setup
	@set -e; for f in $(sort $(wildcard proof/*.py)); do $(BIN)/python $$f; done

messages: dev
	$(BIN)/python tools/messages.py

wheel: dev
	$(BIN)/python -m build --wheel

# The locks must hold on any machine, so they are compiled from PyPI alone: no settings of this
# machine, no local wheels. Order matters: each file is bound to the versions of those before it.
lock: dev
	cd requirements && for name in run build node dev; do \
		env -u PIP_EXTRA_INDEX_URL -u PIP_FIND_LINKS PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND="make lock" \
		../$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --newline=lf \
			--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
			$(if $(UPGRADE),--upgrade) --output-file=$$name.txt $$name.in </dev/null || exit 1; \
	done
	eval "$$($(BIN)/python tools/npm.py) install --package-lock-only --ignore-scripts"

clean:
	rm -rf .venv node_modules __pycache__ build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	rm -rf $(BUILT) $(VENDOR)
	find src tests tools proof bench -name __pycache__ -prune -exec rm -rf {} +

# --- steps, each remembered by a stamp inside .venv so that it goes when .venv goes ---

dev: .venv/.dev .venv/.package

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; say where: make PYTHON=/path/to/python" >&2; exit 1; }
	sh tools/venv.sh "$(PYTHON)"

.venv/.run: requirements/run.txt requirements/build.txt | $(BIN)/python
	$(PIP) install --quiet --require-hashes -r requirements/run.txt -r requirements/build.txt
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.run
	$(PIP) install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

# Editable: the package is used from src; the build hook makes what git does not carry.
.venv/.package: .venv/.run $(BUILD_INPUTS) $(if $(filter-out $(wildcard $(BUILT)),$(BUILT)),missing)
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(STATIC)/staticfiles.json: .venv/.package $(STATIC_FILES)
	$(BIN)/shangliang collectstatic --noinput --verbosity 0
	@touch $@
