# One verb per thing. A fresh machine needs Python >= 3.11 and make; the rest comes from lock files.
PYTHON ?= python3
FILE ?= mockenv.yaml
ENV ?=
ARGS ?=

BIN := .venv/bin
# npm and esbuild find the wheel's Node by PATH.
RUN := PATH="$(CURDIR)/$(BIN):$$PATH"
HOST_BUNDLE := .build/mock_host/mock_host.mjs
HOST_PROGRAMS := $(HOST_BUNDLE) .build/mock_host/config_loader.mjs
HOST_SOURCES := $(shell find mock_host/src -name '*.ts' 2>/dev/null) mock_host/build.mjs mockenv/settings/expectations.schema.json
VALIDATOR_SOURCES := $(shell find lambda_src/token_validator -name '*.py' -o -name requirements.txt)
# Without an environment the CDK verbs mean the shared stacks.
CDK_ARGS := $(if $(ENV),-c env=$(ENV)) -c file=$(FILE) $(ARGS)
ALL := $(if $(ENV),,--all)

.DEFAULT_GOAL := help
.PHONY: help setup mockserver setup-dev up test test-host test-runs test-python lint format type synth plan deploy destroy \
	soak differential comparison ttl-proof rollout-proof emulated-deploy bench scaling creation-docs policy policy-docs \
	environments pr schema lock clean

help: ## List the verbs
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.runtime $(HOST_PROGRAMS) .build/lambda/.built ## Install what is needed to run and to synthesize
	@echo "Ready: make up, or put mockenv and cdk on PATH with  . $(BIN)/activate"

mockserver: .venv/.mockserver ## Also install MockServer and a Java for it (135 MB)

setup-dev: .venv/.dev .venv/.mockserver $(HOST_PROGRAMS) .build/lambda/.built .build/lambda/.built-x86_64 ## Also install what tests and benchmarks need

up: .venv/.runtime $(HOST_BUNDLE) ## Run the sample environment on this machine, until Ctrl-C
	@$(BIN)/mockenv up --file $(FILE) $(ARGS)

test: setup-dev ## Run all tests: the mock host's and those of local runs beside the others, told after them
	@$(MAKE) --no-print-directory --keep-going test-host test-runs > .build/test-beside.log 2>&1 & beside=$$!; \
	$(MAKE) --no-print-directory test-python; python=$$?; \
	wait $$beside; beside=$$?; cat .build/test-beside.log; exit $$((python | beside))

test-host: setup-dev
	$(RUN) npm test --silent

# Tests that wait for processes more than they compute; what ARGS names is run by test-python alone.
RUNS := tests/integration
test-runs: setup-dev
	$(if $(ARGS),,$(BIN)/pytest -q $(RUNS))

test-python: setup-dev
	$(BIN)/pytest -q $(or $(ARGS),--ignore=$(RUNS))

lint: setup-dev ## Check style (ruff)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: setup-dev ## Put the Python code into its style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

type: setup-dev ## Check types (mypy --strict, tsc)
	$(BIN)/mypy
	$(RUN) npm run --silent type

synth: setup ## Synthesize ENV=pr-123, or the shared stacks; say what a create takes on paper
	@rm -f cdk.out/*.template.json
	$(BIN)/cdk synth --quiet $(CDK_ARGS)
	@ls cdk.out/*.template.json
	@echo && $(BIN)/python -m creation_time cdk.out/*.template.json

plan: setup ## Show what a deploy of ENV would change
	$(BIN)/cdk diff $(CDK_ARGS)

deploy: setup ## Deploy ENV, or the shared stacks
	$(BIN)/cdk deploy $(ALL) $(CDK_ARGS)

destroy: setup ## Delete ENV, or the shared stacks
	$(BIN)/cdk destroy $(ALL) $(CDK_ARGS)

soak: setup-dev ## The long forms of tests: 100 reloads under load, a 13 MB document
	$(RUN) npm run --silent soak

differential: setup-dev ## 20,000 requests to the Prism CLI and to ours, compared
	$(RUN) npm run --silent differential

ttl-proof: setup-dev ## 10,000 different schedules of deploys, extensions, reapers and faults
	PYTHONPATH=tests $(BIN)/python -m ttl_proof $(ARGS)

rollout-proof: setup-dev ## Deployments under load, as ECS makes them, with real mock hosts (4 min)
	PYTHONPATH=tests $(BIN)/python -m rollout_proof $(ARGS)

emulated-deploy: setup-dev .venv/.emulator ## Deploy into an emulator and use it; writes docs/emulated-deployment.md
	PYTHONPATH=tests $(BIN)/python -m emulated_deployment $(ARGS)

comparison: .venv/.comparison ## Also install the mock servers that bench compares ours with (130 MB)

# Its part engines, which it also runs if ARGS names no part, is all that needs them.
BENCH_PARTS := start gateway synth loader engines flat tokens reaper help memory
NEEDS_COMPARISON := $(if $(filter $(BENCH_PARTS),$(ARGS)),$(filter engines,$(ARGS)),all)

bench: setup-dev .venv/.aws_jwt_verify $(if $(NEEDS_COMPARISON),.venv/.comparison) ## Measure speeds as ratios; prints tables
	$(RUN) $(BIN)/python -m bench $(ARGS)

SIMULATED := load surge
STATED := heavy
scaling: setup-dev ## Play load curves against the scaling policies; draws docs/scaling/, prints a table
	@for environment in $(SIMULATED) $(STATED); do \
		$(BIN)/cdk synth --quiet -c env=$$environment -c file=scaling_simulation/environments.yaml \
			--output .build/scaling/$$environment || exit; done
	$(BIN)/python -m scaling_simulation --charts docs/scaling --stated .build/scaling/$(STATED)/*.template.json \
		$(foreach environment,$(SIMULATED),.build/scaling/$(environment)/*.template.json)

creation-docs: setup-dev ## Compute the tables of docs/creation.md from the templates
	UPDATE_DOCS=1 $(BIN)/pytest -q tests/creation_time/test_docs.py

policy: setup-dev .venv/.policy ## cdk-nag, cfn-lint, checkov and rules of our own over every kind of stack
	PYTHONPATH=tests $(BIN)/python -m policy $(ARGS)

policy-docs: setup-dev ## Write the tables of docs/policy.md and docs/iam-wildcards.md from the templates
	UPDATE_DOCS=1 $(BIN)/pytest -q tests/policy/test_docs.py

environments: setup-dev ## 1,000 environments of varied settings, held to the limits of AWS
	PYTHONPATH=tests $(BIN)/python -m environments $(ARGS)

pr: lint type test policy environments ## All checks of a pull request
	CDK_VALIDATION=true $(BIN)/cdk synth --quiet -c env=pr-1 --output .build/pr-check/environment
	CDK_VALIDATION=true $(BIN)/cdk synth --quiet --output .build/pr-check/shared

schema: .venv/.runtime ## Write the JSON Schema of mockenv.yaml
	$(BIN)/mockenv schema > mockenv.schema.json

# --no-emit-index-url and .npmrc keep registry addresses out of the lock files.
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header
lock: .venv/.runtime ## Lock the newest packages that pyproject.toml and package.json admit
	$(LOCK) --python-version 3.11 pyproject.toml -o requirements.txt
	$(LOCK) --python-version 3.11 -c requirements.txt --group dev pyproject.toml -o requirements-dev.txt
	$(LOCK) --python-version 3.11 --group mockserver -o requirements-mockserver.txt
	$(LOCK) --python-version 3.11 --group emulator -o requirements-emulator.txt
	$(LOCK) --python-version 3.11 --group policy -o requirements-policy.txt
	grep '^uv==' requirements.txt | $(LOCK) --python-version 3.11 - -o requirements-uv.txt
	echo cryptography | $(LOCK) --python-version 3.13 -c requirements.txt - -o lambda_src/token_validator/requirements.txt
	$(RUN) npm install --package-lock-only
	$(RUN) npm install --package-lock-only --prefix engines/mockserver
	$(RUN) npm install --package-lock-only --prefix engines/comparison
	$(RUN) npm install --package-lock-only --prefix bench/aws_jwt_verify

clean: ## Remove what was built and installed
	rm -rf .venv .build node_modules engines/*/node_modules bench/*/node_modules cdk.out .mockenv .mypy_cache .ruff_cache .hypothesis

.venv/.uv: requirements-uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "mockenv needs Python >= 3.11: make PYTHON=/path/to/python3.11 ..." >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
	@touch $@

# The wheel's node script starts Node by way of Python; a link to Node itself saves that.
LINK_TOOLS := ln -sf "$$($(BIN)/python -m mockenv.local.tools)" $(BIN)/node && \
	ln -sf ../../scripts/cdk $(BIN)/cdk

INSTALL := $(BIN)/uv pip install --quiet --require-hashes --no-deps --compile-bytecode --python $(BIN)/python
# The project itself, in place: its folders are source roots (pyproject.toml, dev-mode-dirs).
INSTALL_SELF := $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python -e .

.venv/.runtime: .venv/.uv requirements.txt package-lock.json
	$(INSTALL) -r requirements.txt
	$(INSTALL_SELF)
	@$(LINK_TOOLS)
	$(RUN) npm ci --silent $(if $(wildcard .venv/.dev),,--omit=dev)
	@touch $@

.venv/.dev: .venv/.uv requirements-dev.txt package-lock.json
	$(INSTALL) -r requirements-dev.txt
	$(INSTALL_SELF)
	@$(LINK_TOOLS)
	$(RUN) npm ci --silent
	@touch $@ .venv/.runtime

.venv/.mockserver: .venv/.runtime requirements-mockserver.txt engines/mockserver/package-lock.json
	$(INSTALL) -r requirements-mockserver.txt
	$(RUN) npm ci --silent --prefix engines/mockserver
	@touch $@

.venv/.comparison: .venv/.mockserver engines/comparison/package-lock.json
	$(RUN) npm ci --silent --prefix engines/comparison
	@touch $@

# In an environment of its own, whose Python also runs the Lambda functions: what they import there
# comes from their packages, or is boto3.
EMULATOR := .build/emulator
.venv/.emulator: .venv/.uv requirements-emulator.txt
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(EMULATOR)
	$(BIN)/uv pip install --quiet --require-hashes --no-deps --compile-bytecode --python $(EMULATOR)/bin/python \
		-r requirements-emulator.txt
	@touch $@

# An environment of its own: checkov's dependencies are many, and pinned to old versions.
POLICY := .build/policy
.venv/.policy: .venv/.uv requirements-policy.txt
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(POLICY)
	$(BIN)/uv pip install --quiet --require-hashes --no-deps --compile-bytecode --python $(POLICY)/bin/python \
		-r requirements-policy.txt
	@touch $@

# What the token validator is measured beside.
.venv/.aws_jwt_verify: .venv/.runtime bench/aws_jwt_verify/package-lock.json
	$(RUN) npm ci --silent --prefix bench/aws_jwt_verify
	@touch $@

$(HOST_BUNDLE): .venv/.runtime $(HOST_SOURCES) package-lock.json
	$(RUN) npm run --silent bundle
	@touch $@

# Written by the rule above; a rule of its own for where it alone is missing, as make knows grouped
# targets only since 4.3, and macOS has 3.81.
.build/mock_host/config_loader.mjs: $(HOST_BUNDLE)
	@test -f $@ || $(RUN) npm run --silent bundle
	@touch $@

.build/lambda/.built: .venv/.runtime $(VALIDATOR_SOURCES) mockenv/lambda_package.py mockenv/package_contents.py
	$(BIN)/python -m mockenv.lambda_package
	@touch $@

# Brings the other architecture's wheels into uv's cache, for the tests that need no network.
.build/lambda/.built-x86_64: .venv/.runtime lambda_src/token_validator/requirements.txt
	$(BIN)/python -m mockenv.lambda_package x86_64
	@touch $@
