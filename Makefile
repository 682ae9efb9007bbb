# Everything that a developer runs. CI runs the same targets.
PYTHON ?= .venv/bin/python
OPA_VERSION := v1.22.2
CONFTEST_VERSION := v0.71.1
ACTIONLINT_VERSION := v1.7.12
COSIGN_VERSION := v2.6.5
TOOLS := .tools/bin
N ?= 1000
OPA = $(or $(wildcard $(TOOLS)/opa),opa)

.PHONY: generate help setup tools node-tools test lint policies bench parity oracle constraints docs look cosign clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: .venv/.done ## a virtual environment with everything, hashes checked

.venv/.done: constraints.txt pyproject.toml
	python3 -m venv .venv
	.venv/bin/pip install -q -r constraints.txt
	.venv/bin/pip install -q --no-deps --no-build-isolation -e .
	@touch $@

policies: ## the rules as OPA's own users check them: strict, formatted, every test, every line
	$(OPA) check --strict policies
	@unformatted="$$($(OPA) fmt --list policies)"; test -z "$$unformatted" || { echo "not formatted: $$unformatted" >&2; exit 1; }
	$(OPA) test policies
	@$(OPA) test policies --coverage --threshold 100 >/dev/null || { $(PYTHON) -m pytest -q -k lines tests/contract/test_policies.py; exit 1; }
	@echo 'coverage: 100 % of the lines of every file'
	@$(PYTHON) -m pytest -q -n0 -k portable tests/contract/test_builtins.py

parity: ## compare both engines on N random corpora
	$(PYTHON) -m tests.parity $(N)

tools: $(TOOLS)/opa $(TOOLS)/conftest $(TOOLS)/actionlint ## a real OPA, a real conftest and actionlint, built from source

$(TOOLS)/opa:
	GOBIN="$(CURDIR)/$(TOOLS)" go install github.com/open-policy-agent/opa@$(OPA_VERSION)

$(TOOLS)/conftest:
	GOBIN="$(CURDIR)/$(TOOLS)" go install github.com/open-policy-agent/conftest@$(CONFTEST_VERSION)

$(TOOLS)/actionlint:
	GOBIN="$(CURDIR)/$(TOOLS)" go install github.com/rhysd/actionlint/cmd/actionlint@$(ACTIONLINT_VERSION)

cosign: $(TOOLS)/cosign ## a real cosign, built from source, verifies a bag (over five minutes the first time)
	$(PYTHON) -m pytest -q -n0 -k readme_in_the_bag tests/contract/test_outsiders.py

$(TOOLS)/cosign:
	GOBIN="$(CURDIR)/$(TOOLS)" go install github.com/sigstore/cosign/v2/cmd/cosign@$(COSIGN_VERSION)

node-tools: .tools/node/.done ## foreign readers of our formats, for the contract tests

# NOTE: no script of a package runs, so what one of them would do is done here.
.tools/node/.done: tests/contract/node/package.json tests/contract/node/package-lock.json
	mkdir -p .tools/node
	cp tests/contract/node/package.json tests/contract/node/package-lock.json .tools/node/
	npm ci --prefix .tools/node --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund
	chmod +x .tools/node/node_modules/@microsoft/sarif-multitool-*/Sarif.Multitool
	@touch $@

test: setup ## all tests
	$(PYTHON) -m pytest -q

lint: setup ## ruff, mypy strict, layers
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports

bench: setup ## what a check costs, as ratios of one run; minutes (docs/benchmarks.md)
	$(PYTHON) -m tests.bench $(BENCH)

oracle: setup ## compare the rules with the slow ones written anew in Python, on N random corpora
	$(PYTHON) -m tests.oracle.compare $(N)

generate: setup ## what follows from the schemas and the corpus builder: parts that schemas share, policies/uts/lib/fields.rego, engine/canary.json
	$(PYTHON) -m tests.generate.schema_parts
	$(PYTHON) -m tests.generate.rego_fields
	$(PYTHON) -m tests.generate.canary

docs: generate ## the rule pages, from METADATA, samples and real output
	$(PYTHON) -m tests.generate.pages

constraints: ## pin every dependency again, for every platform, with hashes and without addresses; those of a run apart
	.venv/bin/pip install -q uv
	.venv/bin/uv pip compile pyproject.toml --group dev --all-extras --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --no-emit-index-url --no-emit-find-links -q --upgrade -o constraints.txt
	.venv/bin/uv pip compile pyproject.toml --group build -c constraints.txt --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --no-emit-index-url --no-emit-find-links -q -o requirements.txt

look: setup ## workbooks as pictures in .look/, through LibreOffice (soffice) and pdftoppm: for a person to look at
	mkdir -p .look
	.venv/bin/uts-policy check examples/seeded --fail-on never --format xlsx:.look/report.xlsx
	.venv/bin/uts-policy matrix examples/seeded --format xlsx:.look/matrix.xlsx
	cd .look && for name in report matrix; do soffice --headless --convert-to pdf $$name.xlsx && pdftoppm -r 100 -png $$name.pdf $$name; done
	ls .look/*.png

clean: ## what the targets made
	rm -rf .venv .tools .look dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
