# The two commands to start with: `make demo` and `make test`. Both set up .venv when it is missing.
SHELL := /bin/bash
VENV ?= .venv
PORT ?= 8734
export VENV

BIN := $(VENV)/bin
STAMP := $(VENV)/.privacy-sweep-installed
PYTHON_FOLDERS := audit.py patterns scanner spiders bench sample tests tools

.PHONY: help setup demo serve test lint gate sample examples lock clean

help:
	@echo 'make demo    sweep the bundled sample site and print the report / 巡检自带的示例网站并输出报告'
	@echo 'make serve   serve the sample site on loopback, for review and recheck / 在本机提供示例网站，供复核、复查'
	@echo 'make test    run every test / 运行全部测试'
	@echo 'make lint    style, types, import direction / 代码风格、类型、导入方向'
	@echo 'make gate    accuracy floors / 准确率下限'
	@echo 'make sample  make the sample site again from its seed / 由种子重新生成示例网站'
	@echo 'make examples put real output into the read-me files / 用真实输出更新 README 的示例'
	@echo 'make lock    make requirements.lock again / 重新生成依赖锁定文件'
	@echo 'make clean   remove what the demo and the tools left / 清除演示与工具产生的文件'

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml tools/setup.sh
	@tools/setup.sh
	@touch $@

demo: $(STAMP)
	@$(BIN)/python -m tools.demo --port $(PORT)

serve: $(STAMP)
	@$(BIN)/python -m sample.server --port $(PORT)

test: $(STAMP)
	@$(BIN)/python -m pytest -n auto

lint: $(STAMP)
	@$(BIN)/ruff check $(PYTHON_FOLDERS)
	@$(BIN)/ruff format --check $(PYTHON_FOLDERS)
	@$(BIN)/mypy
	@$(BIN)/python -m pytest tests/project/test_imports.py

gate: $(STAMP)
	@$(BIN)/python -m bench.accuracy gate

sample: $(STAMP)
	@$(BIN)/python -m sample.make_site

examples: $(STAMP)
	@$(BIN)/python -m tools.readme_examples

# The resolver lives in its own environment, so that it is no dependency of the project.
lock:
	@test -x build/lock/bin/uv || { python3 -m venv build/lock && build/lock/bin/pip install --quiet uv; }
	@build/lock/bin/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
		--quiet --output-file requirements.lock $(LOCK_OPTIONS)

clean:
	rm -rf build demo-work .pytest_cache .mypy_cache .ruff_cache .hypothesis
