# make demo   a fresh machine to a running service with a made-up county
# make test   every test; with a real Neo4j where Java 21+ (or 17+) and Maven are there
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
DEMO   ?= demo-county
DATA   ?= demo-data
# one process a core, each with servers of its own; a server that is given serves one process
PARALLEL ?= $(if $(FENGQIAO_TEST_NEO4J_URL),,--numprocesses auto --dist loadfile)

.PHONY: demo test engines check lint types architecture lock docs clean

demo: $(VENV)/core.stamp
	@if [ ! -d $(DEMO) ]; then $(BIN)/fengqiao sample $(DEMO) --residents 20000; fi
	$(BIN)/fengqiao load $(DEMO) --data $(DATA)
	$(BIN)/fengqiao build --data $(DATA)
	$(BIN)/fengqiao tour --data $(DATA)
	$(BIN)/fengqiao serve --data $(DATA)

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest $(PARALLEL)

engines: $(VENV)/dev.stamp
	$(BIN)/python -m pytest $(PARALLEL) tests/graph/test_engines.py tests/graph/test_engines_neo4j.py tests/graph/test_paths.py \
		tests/graph/test_questions.py tests/graph/test_questions_random.py tests/graph/test_identities.py tests/test_story.py \
		tests/graph/test_load_issues.py tests/graph/test_unresolved_question.py tests/graph/test_links.py tests/graph/test_py2neo.py

check: lint types architecture

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

architecture: $(VENV)/dev.stamp
	$(BIN)/lint-imports

docs: $(VENV)/dev.stamp
	$(BIN)/python docs/generate.py

lock:
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
		--python-version 3.11 --extra neo4j --extra sql pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
		--python-version 3.11 --extra dev pyproject.toml -o requirements-dev.lock

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "需要 Python 3.11 或更新版本：make PYTHON=python3.12 … / Python 3.11 or newer is needed"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { echo "不能建立虚拟环境；Debian 上先安装 python3-venv / install python3-venv first"; rm -rf $(VENV); exit 1; }

$(VENV)/core.stamp: $(VENV)/bin/python requirements.lock pyproject.toml
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/bin/python requirements-dev.lock pyproject.toml
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@ $(VENV)/core.stamp

clean:
	rm -rf $(VENV) $(DEMO) $(DATA) .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
