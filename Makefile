# Two commands do everything on a fresh machine: `make report` and `make test`.
# Each sets up .venv from requirements.lock first, when it is missing or older than the lock.

PYTHON ?= python3
LANGUAGE ?= zh
MERCHANT ?= data/samples/skincare
BIN := .venv/bin
SAMPLES := data/samples/skincare data/samples/knitwear data/samples/food data/samples/appliances

.PHONY: report test lab meeting samples docs sample-report lint lock clean

report: .venv/ready            ## render the sample merchants into reports/
	$(BIN)/factbook render $(SAMPLES) --out reports --language $(LANGUAGE)

test: .venv/ready              ## lint, types, tests, notebooks
	$(BIN)/ruff check lib tests benchmarks
	$(BIN)/mypy
	$(BIN)/python -m pytest tests -n 2 --dist loadscope
	$(BIN)/python -m pytest --nbval-lax --nbval-current-env --nbval-cell-timeout 120 notebooks

lab: .venv/ready               ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks

meeting: .venv/ready           ## open the live notebook beside the client
	$(BIN)/factbook meet $(MERCHANT) --language $(LANGUAGE)

samples: .venv/ready           ## simulate the sample merchants anew
	$(BIN)/factbook samples --out data/samples
	$(BIN)/factbook keep data/samples/skincare --period 20260901-20260930

docs: .venv/ready              ## write the metric handbook and the schema of diagnosis.json anew
	$(BIN)/python -m factbook.knowledge.handbook docs
	$(BIN)/python -m factbook.diagnosis.schema > docs/diagnosis.schema.json

sample-report: .venv/ready     ## render the committed report and its picture again (the picture needs chromium)
	rm -rf .sample && $(BIN)/factbook render data/samples/skincare --out .sample/zh --language zh
	$(BIN)/factbook render data/samples/skincare --out .sample/en --language en
	mkdir -p reports/sample && cp .sample/zh/skincare/*/report.html reports/sample/report.html
	cp .sample/en/skincare/*/report.html reports/sample/report.en.html
	chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
	  --disable-component-update --disable-sync --hide-scrollbars --user-data-dir=$(CURDIR)/.sample/browser \
	  --window-size=1440,900 --virtual-time-budget=2000 --screenshot=reports/sample/first-page.png \
	  file://$(CURDIR)/reports/sample/report.html
	rm -rf .sample

lint: .venv/ready
	$(BIN)/ruff check --fix lib tests benchmarks
	$(BIN)/ruff format lib tests benchmarks
	$(BIN)/mypy

lock:                          ## resolve environment.yml for all platforms, with hashes and no address
	$(PYTHON) tests/environment.py > .requirements.in
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -q .requirements.in -o requirements.lock
	rm -f .requirements.in

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv --clear .venv 
	if command -v uv >/dev/null 2>&1; then uv pip install -q --compile-bytecode --python $(BIN)/python -r requirements.lock; \
	else $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock; fi
	if command -v uv >/dev/null 2>&1; then uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .; \
	else $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .; fi
	touch $@

clean:                         ## remove what was rendered and set up
	rm -rf .venv reports/skincare reports/knitwear reports/food reports/appliances reports/index.html
