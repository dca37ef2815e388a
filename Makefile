# make run    sets everything up and extracts corpus/ into outputs/corpus/
# make test   sets everything up and runs the tests
# make check  the tests, and all that CI asks of a change
# make docs   the documentation as a site, in build/docs
# make release  wheel, sdist and bill of materials in dist/, checked and tried (docs/dependencies.md)
# make benchmark   speed, memory and growth in one table (BENCHMARK_FLAGS="number --documents 100000": docs/scale.md)
# make faults      what is killed and filled to see a run hold, as a table (FAULT_FLAGS="--seeds 20")
# Each works from a clean clone. PYTHON=python3.12 chooses an interpreter (3.11 to 3.13).

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
PYTEST_FLAGS ?= -q

.PHONY: run test check format lint types imports page-types schemas benchmark faults fuzz docs licences audit dist trial release clean

run: .venv/run
	$(BIN)/parkfacts extract corpus/dev corpus/held -o outputs/corpus

test: .venv/dev
	$(BIN)/python -m pytest $(PYTEST_FLAGS)

check: format lint types imports test

format: .venv/dev
	$(BIN)/ruff format --check .

lint: .venv/dev
	$(BIN)/ruff check .

types: .venv/dev
	$(BIN)/mypy

imports: .venv/dev
	$(BIN)/lint-imports

# The JavaScript of the review page has its types in comments; the compiler that checks them is needed for nothing else.
page-types:
	npx --yes --package typescript@5.9.3 tsc -p tests/page.tsconfig.json

schemas: .venv/run
	$(BIN)/parkfacts schema > schemas/report.schema.json

benchmark: .venv/dev
	$(BIN)/python benchmarks/run.py $(BENCHMARK_FLAGS)

faults: .venv/dev
	$(BIN)/python tests/faults.py $(FAULT_FLAGS)

# The documentation, in build/docs: open index.html there. What Material for MkDocs says of the end of MkDocs 1.x is known.
docs: .venv/dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet

licences: .venv/dev
	$(BIN)/python tools/licences.py

# What cannot be looked up here is said to be not checked, and stops nothing.
audit: .venv/release
	$(BIN)/python tools/audit.py || test $$? -eq 3

dist: .venv/dev
	$(BIN)/python tools/dist.py

trial: dist
	$(BIN)/python tools/trial.py dist/*.whl --pythons "$$($(BIN)/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')" --extras review

release: .venv/release audit dist
	$(BIN)/python tools/licences.py || test $$? -eq 2
	$(BIN)/python tools/trial.py dist/*.whl --sbom dist/parkfacts.cdx.json

# SECONDS of searching for inputs that break the package, shared by all targets: docs/fuzzing.md
SECONDS ?= 60
fuzz: .venv/dev
	cd tests && ../$(BIN)/python -m fuzz --seconds $(SECONDS) --found ../.fuzz $(TARGETS)

clean:
	rm -rf build .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .fuzz

# The files .venv/run and .venv/dev are newer than what they were installed from.
.venv/run: pyproject.toml constraints.txt | .venv/bin/python
	$(PIP) -e .
	@touch $@

.venv/dev: .venv/run
	$(PIP) -e '.[dev]'
	@touch $@

.venv/release: .venv/dev
	$(PIP) -e '.[dev,release]'
	@touch $@

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "parkfacts needs Python 3.11, 3.12 or 3.13: install one, or make PYTHON=/path/to/it" >&2; exit 1; }
	$(PYTHON) -m venv .venv
