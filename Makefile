# The house's commands. Needs Rust (through rustup), Node 20 and git; everything else goes into .tools and node_modules.

TRUNK   := 0.21.14
BINDGEN := 0.2.129
DENY    := 0.20.2
FUZZ    := 0.13.2

FUZZ_SECONDS ?= 150

TOOLS ?= $(CURDIR)/.tools
export PATH := $(TOOLS)/bin:$(CURDIR)/node_modules/.bin:$(PATH)

# The tools are built once and run for seconds: quick to build beats quick to run. wasm-bindgen alone has much to do.
INSTALL := CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=false CARGO_PROFILE_RELEASE_CODEGEN_UNITS=64 \
	cargo install --quiet --locked --no-default-features --root $(TOOLS)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run dist test bench fuzz fmt lint native e2e deny tools trunk bindgen modules target

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-8s %s\n", $$1, $$2 }'

run: dist ## Build the page and serve it at the address that is printed (PORT=8080)
	@node scripts/serve.mjs dist

dist: tools ## Build the static site into dist/, ready for any web server, under any path
	trunk build --release

# Compilers work on one core for much of their time, so the page is built beside lints and tests; browsers want both cores.
test: deny modules ## Everything that must hold: format, lints, licences, tests, the page in a browser
	@$(MAKE) --no-print-directory dist & page=$$!; $(MAKE) --no-print-directory lint native; held=$$?; wait $$page && exit $$held
	@$(MAKE) --no-print-directory e2e

bench: tools dist ## Measure what docs/benchmarks.md keeps
	cargo bench --quiet --bench relata
	cargo build --quiet --profile page --bin relata-reader --features reader --target wasm32-unknown-unknown
	@node scripts/weigh.mjs dist
	@node scripts/frames.mjs dist
	@node scripts/handling.mjs dist

fuzz: target ## Throw chance at every reader (FUZZ_SECONDS=150 each; wants a nightly compiler and a C++ compiler)
	@cargo-fuzz --version 2>/dev/null | grep -qF ' $(FUZZ)' || { echo "installing cargo-fuzz $(FUZZ)"; $(INSTALL) cargo-fuzz --version $(FUZZ); }
	@mkdir -p fuzz/corpus/read && cp tests/data/read/*.sql tests/data/folders/*/*.sql fuzz/corpus/read
	@mkdir -p fuzz/corpus/link && cp tests/data/link/* fuzz/corpus/link
	@mkdir -p fuzz/corpus/design && cp tests/data/design/* fuzz/corpus/design
	for it in read open link design; do \
		cargo +nightly fuzz run --sanitizer none --dev $$it -- -max_total_time=$(FUZZ_SECONDS) -max_len=6000 -timeout=20 || exit 1; \
	done

fmt: target ## Format the sources
	cargo fmt

lint: target deny ## Format, clippy for both targets, licences and sources of every dependency
	cargo fmt --check
	cargo clippy --quiet --all-targets -- -D warnings
	cargo clippy --quiet --target wasm32-unknown-unknown --features worker,reader -- -D warnings

native: target modules ## Unit tests and tests against real PostgreSQL servers
	INSTA_UPDATE=no cargo test --quiet

e2e: modules ## The page in a real browser; wants `make dist` before it
	@node scripts/browser.mjs
	playwright test

deny: target
	@cargo-deny --version 2>/dev/null | grep -qF ' $(DENY)' || { echo "installing cargo-deny $(DENY)"; $(INSTALL) cargo-deny --version $(DENY); }
	cargo-deny --log-level error check licenses bans sources

tools: target modules trunk bindgen

trunk: target
	@trunk --version 2>/dev/null | grep -qF ' $(TRUNK)' || { echo "installing trunk $(TRUNK)"; $(INSTALL) trunk --version $(TRUNK); }

bindgen: target
	@wasm-bindgen --version 2>/dev/null | grep -qF ' $(BINDGEN)' || { echo "installing wasm-bindgen $(BINDGEN)"; $(subst OPT_LEVEL=0,OPT_LEVEL=1,$(INSTALL)) wasm-bindgen-cli --version $(BINDGEN); }

modules: node_modules/.package-lock.json

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

# rust-toolchain.toml names the compiler and its parts. A compiler that is already there may lack them, and rustup fetches
# what is missing by itself only with the compiler.
target:
	@! command -v rustup >/dev/null || rustup -q target add wasm32-unknown-unknown
	@! command -v rustup >/dev/null || rustup -q component add rustfmt clippy
