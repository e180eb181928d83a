# The verbs of the project: `make help` lists them.
# Works with GNU make 3.81 (macOS) and newer, and any POSIX shell.

PYTHON ?= python3
WORKERS ?= 2
VENV = .venv/bin
CONTESTANTS = .venv/contestants
SET_UP = command -v $(PYTHON) >/dev/null 2>&1 \
	|| { echo "jiesu: there is no $(PYTHON); on Debian and Ubuntu: sudo apt install python3 python3-venv" >&2; exit 1; }; \
	$(PYTHON) -I scripts/install.py

.DEFAULT_GOAL = help
.PHONY: help install run test fuzz check browsers bench bench-size evaluate demo demo-channels letters map pictures lock

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1 \2/p' Makefile | while read -r make verb words; do \
		printf '  make %-14s %s\n' "$$verb" "$$words"; done

install: ## set up .venv with everything that serving needs
	@$(SET_UP) run

run: install ## serve on http://127.0.0.1:8080 (make run PORT=9000: another port)
	@exec $(VENV)/jiesu serve --set-up $(if $(PORT),--port $(PORT))

test: ## set up what tests need, then run the whole suite (ARGS="-k words": a part of it)
	@$(SET_UP) test
	@PYTHONDONTWRITEBYTECODE= $(VENV)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

fuzz: ## thousands of random conversations (TIMES=20: so many times as often as in make test; ARGS="-k words")
	@$(SET_UP) test
	@FUZZ=$(or $(TIMES),20) $(VENV)/python -m pytest -n $(WORKERS) \
		tests/dialogs/test_any_event.py tests/dialogs/test_any_order.py tests/dialogs/test_any_danger.py \
		tests/dialogs/test_interrupted.py tests/dialogs/test_elder_any_order.py tests/dialogs/test_restoring.py \
		tests/dialogs/test_steps.py tests/dialogs/draft/test_splitting.py tests/nlp/answers/test_any_answer.py \
		tests/backend/reports/test_word.py $(ARGS)

check: ## lint, format, types, import rules
	@$(SET_UP) test
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/lint-imports --no-logo

browsers: ## install Chromium and Chinese fonts for the browser tests (apt, as root or by sudo)
	@sh scripts/browsers.sh

bench: ## run the measured comparisons (DATA=folder, as of evaluate: understanding is timed on its letters)
	@$(SET_UP) test
	@$(VENV)/python -m venv $(CONTESTANTS) && $(CONTESTANTS)/bin/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes -r requirements-bench.lock || echo 'jiesu: those that we are measured against are missing' >&2
	@for script in bench/*.py; do \
		case "$$script" in */understanding.py) set -- $(if $(DATA),--data "$(DATA)") ;; *) set -- ;; esac; \
		echo "== $$script"; $(VENV)/python "$$script" "$$@" || exit 1; done

bench-size: ## make a million cases on both databases and measure the desk on them (15 GB; FOLDER=disk CASES=n)
	@$(SET_UP) test
	@$(VENV)/python bench/size.py --cases $(or $(CASES),1000000) $(if $(FOLDER),--folder "$(FOLDER)")

evaluate: ## measure understanding: DATA=folder (FULL=1: folds and ablation too; JSON=file; ARGS="--only gold")
	@$(SET_UP) test
	@$(if $(DATA),,echo 'jiesu: name the folder with the data: make evaluate DATA=folder' >&2; exit 2;) \
		$(VENV)/python -m scripts.evaluation "$(DATA)" $(if $(FULL),--full) $(if $(JSON),--json "$(JSON)") $(ARGS)

demo: install ## fill an example city and serve it
	@exec $(VENV)/python -m backend.demo $(if $(PORT),--port $(PORT))

demo-channels: install ## two phones beside the desk: WeChat and Telegram without accounts (PORT=9000)
	@exec $(VENV)/python -m scripts.demo_channels $(if $(PORT),--port $(PORT))

# For maintainers. FILE is a CSV with the columns subject and detail; ARGS="--filed 50 --worked 10" does fewer.
letters:
	@$(SET_UP) test
	@$(if $(FILE),,echo 'jiesu: name the letters: make letters FILE=letters.csv' >&2; exit 2;) \
		$(VENV)/python -m scripts.letters "$(FILE)" $(ARGS)

map:
	@$(SET_UP) test
	@$(VENV)/python -m scripts.dialog_map

pictures:
	@$(SET_UP) test
	@$(VENV)/python -m scripts.pictures

# For maintainers, with uv: both lock files from pyproject.toml, at equal versions (UPGRADE=1: the newest).
COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	$(if $(UPGRADE),--upgrade)
LOCK = $(COMPILE) pyproject.toml
lock:
	$(LOCK) --group test -o requirements-test.lock
	$(LOCK) --group build -c requirements-test.lock -o requirements.lock
	$(COMPILE) --group bench -o requirements-bench.lock
