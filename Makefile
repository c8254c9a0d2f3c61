# Daybook: make demo shows it, make test checks it. Both install what they need
# on Debian and Ubuntu; elsewhere they say in one sentence what is missing.

# no_animations: nothing in the window moves.
export GOFLAGS    := -tags=x11,no_animations
export CGO_ENABLED = 1
FUZZTIME          ?= 60s
MINGW             ?= x86_64-w64-mingw32-gcc
SCREENS           ?= screens
# What the programs are called where they are installed, and in Windows' lists.
export PREFIX     ?= /usr/local
export NAME       ?= Notes
PURE              := ./cmd/daybook-cli ./cmd/daybook-verify

.PHONY: demo run test lint programs build pure install uninstall icons fuzz bench tools long pictures screens

demo: tools programs ## import the sample case, write and verify a bundle, open the window
	./bin/daybook-cli demo --out demo
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then ./bin/daybook demo/sample.daybook; fi

run: tools programs ## open the window
	./bin/daybook

programs: ## for this machine, in bin
	go build -o bin/ ./cmd/...

build: programs pure ## programs for this machine, and for Windows where its cross compiler is (gcc-mingw-w64)
	@if command -v $(MINGW) >/dev/null; then \
		WINDRES=$(MINGW:gcc=windres) ./packaging/windows/resource && \
		CGO_ENABLED=1 GOOS=windows CC=$(MINGW) go build -ldflags "-H=windowsgui -s -w" -o bin/windows/daybook.exe ./cmd/daybook; \
	else echo "No bin/windows/daybook.exe: $(MINGW) is not installed."; fi

# What takes longest begins first: at the end one of it would have the machine alone.
test: tools lint pure ## everything that must hold; the vetting is done with lint
	go test -race -vet off -timeout 60m ./ui ./report ./cmd/daybook-cli ./...
	$(MAKE) fuzz FUZZTIME=1s

lint: ## form, vet, staticcheck, unchecked errors
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo "gofmt: run gofmt -w on these files"; exit 1; }
	go vet ./...
	go tool staticcheck ./...
	go tool errcheck -ignoretests -exclude .errcheck ./...

pure: ## the terminal program and the verifier, without cgo, for three systems
	@for os in linux windows darwin; do \
		echo "CGO_ENABLED=0 GOOS=$$os go build $(PURE)"; \
		CGO_ENABLED=0 GOOS=$$os go build -o bin/$$os/ $(PURE) || exit 1; \
	done

install: ## what make programs built, with its entry in the menu, below PREFIX and called NAME (DESTDIR=)
	@./packaging/install bin

uninstall: ## take that away again
	@./packaging/install --remove bin

icons: ## the programs' pictures for each system, drawn from those of the window
	./packaging/draw

fuzz: ## FUZZTIME on every fuzz target
	FUZZTIME=$(FUZZTIME) ./.ci/fuzz

long: tools ## the durability and tamper tests at their full counts
	DAYBOOK_LONG=1 go test -timeout 120m ./evidence/... ./cmd/daybook-cli

bench: programs ## whole runs beside their floors and rivals
	@./.ci/tools bench
	go run ./cmd/bench

pictures: tools programs ## the README's pictures, from the sample case
	./docs/pictures.sh

screens: ## a picture of every page, step and dialog in every look, into SCREENS
	mkdir -p $(SCREENS)
	DAYBOOK_PICTURES=$(abspath $(SCREENS)) go test -count=1 -timeout 20m ./ui

tools: ## what make needs beside Go
	@./.ci/tools
