# Two commands matter: `make run` (install, prepare, serve) and `make test` (everything CI runs).
# Only Python 3.11 or newer with pip, make and git are needed; the rest is installed under .venv and .tools.
PYTHON ?= python3
BOOTSTRAP = $(PYTHON) tools/bootstrap.py

.PHONY: run test nightly release dist keep defences bench format messages lock clean

run:       ## serve the demonstration at http://127.0.0.1:8000/
	@$(BOOTSTRAP) run

test:      ## the checks of every change, real browser and PostgreSQL included
	@$(BOOTSTRAP) test

nightly:   ## the whole suite on both databases, what it reaches, Lighthouse, whatever is marked nightly
	@$(BOOTSTRAP) nightly

release:   ## what is tried before a release only, with its table
	@$(BOOTSTRAP) release

dist:      ## the wheel, the source archive and their bill of materials, in dist/
	@$(BOOTSTRAP) dist

keep:      ## keep what the wheel of dist/ writes, for every later version to open (tests/releases)
	@$(BOOTSTRAP) keep

defences:  ## take each defence away in a copy, run its tests, fail when they stay green
	@$(BOOTSTRAP) defences

bench:     ## the benchmarks of benchmarks/
	@$(BOOTSTRAP) bench

format:    ## lay out the code and repair what can be repaired
	@$(BOOTSTRAP) format

messages:  ## bring the message files up to date with the source texts
	@$(BOOTSTRAP) messages

lock:      ## choose the newest allowed versions and write the lock files
	@$(PYTHON) tools/lock.py

clean:     ## remove what can be made again; var/ (the data) stays
	rm -rf .venv .tools build dist hermanar/ui/static/ui/build frontend/node_modules tests/browser/node_modules
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage .coverage.* htmlcov
	find hermanar tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
