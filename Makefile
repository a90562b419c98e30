# `make chat` and `make test` are all a newcomer needs; each sets up everything itself.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: help chat run test lint types slow bench lock audit bandit sbom licences clean

help:
	@echo "make chat    set up and start the local chat on http://127.0.0.1:8080 (no token, no network)"
	@echo "make run     set up and start the bot (reads .env)"
	@echo "make test    set up and run every check: ruff, mypy, import-linter, pytest"
	@echo "make slow    the long tests (soak, crash loops)"
	@echo "make bench   the measurements of bench/"
	@echo "make lock    resolve the dependencies again and write the hashes"
	@echo "make audit   look the locked packages up in the databases of vulnerabilities (needs the network)"
	@echo "make bandit  look for unsafe code"
	@echo "make sbom    list the runtime packages in build/sbom.json (CycloneDX)"
	@echo "make licences write docs/licences.md anew; fails at an unknown or incompatible licence"
	@echo "make clean   remove the virtual environment and the caches"

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed: install python3 first."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "The venv module is missing. On Debian and Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	@echo "Installing the dependencies into $(VENV) …"
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt | $(VENV)/bin/python
	@echo "Installing the dependencies and the tools of the tests into $(VENV) …"
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@ $(VENV)/.installed

chat: $(VENV)/.installed
	@$(BIN)/python -m bot chat

run: $(VENV)/.installed
	@$(BIN)/python -m bot run

test: lint types
	$(BIN)/python -m pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.installed-dev
	$(BIN)/mypy

slow: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m slow -n 2

bench: $(VENV)/.installed-dev
	$(BIN)/python bench/updates.py
	$(BIN)/python bench/extraction.py
	$(BIN)/python bench/calibration.py
	$(BIN)/python bench/delivery.py
	$(BIN)/python bench/crash.py

# Without index addresses: the same lock serves whatever index a machine uses.
LOCK := $(BIN)/uv pip compile pyproject.toml --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --quiet
lock: $(VENV)/.installed-dev
	$(LOCK) --extra test --extra dev --extra bench --output-file requirements-dev.txt
	$(LOCK) --constraint requirements-dev.txt --output-file requirements.txt

# --strict: a package that could not be looked up is no good news.
audit: $(VENV)/.installed-dev
	$(BIN)/pip-audit --strict --disable-pip --require-hashes --progress-spinner off -r requirements.txt

bandit: $(VENV)/.installed-dev
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml bot handlers storage content

sbom: $(VENV)/.installed-dev
	@mkdir -p build
	$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --mc-type application --output-reproducible \
		--output-format JSON --output-file build/sbom.json requirements.txt

# Licences under which a program may use a library without taking over its licence; exactly as packages write them.
LICENCES := MIT;MIT License;MIT-CMU;MIT OR Apache-2.0;BSD License;BSD-2-Clause;BSD-3-Clause;Apache-2.0;$\
	Apache Software License;Apache-2.0 AND BSD-2-Clause;Apache-2.0 AND CNRI-Python;BSD-3-Clause, Apache-2.0, dependency licenses;Apache-2.0 AND MIT;MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later;ISC License (ISCL);PSF-2.0;Python Software Foundation License;$\
	Mozilla Public License 2.0 (MPL 2.0);LGPL-3.0-only;SIL Open Font License 1.1 (OFL-1.1)
RUNTIME = $(shell sed -nE 's/^([A-Za-z0-9_.-]+)==.*/\1/p' requirements.txt)
licences: $(VENV)/.installed-dev
	$(BIN)/pip-licenses --packages $(RUNTIME) --from=mixed --format=markdown --order=name \
		--allow-only='$(LICENCES)' --output-file=docs/licences.md

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
