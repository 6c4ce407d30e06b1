# Thin on purpose: each verb is a script of one job in compose/setup/.
.DEFAULT_GOAL := help
.PHONY: help up build down logs status backup restore upgrade clean test check
setup := compose/setup

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r verb what; do printf '  make %-8s %s\n' "$$verb" "$$what"; done

up:  ## set up what is missing, build, start, wait until healthy, print the address
	@bash $(setup)/up.sh

build:  ## everything up to the start, and all notebook images (IMAGE=<id>: this one only; FRESH=1: from newest packages)
	@IMAGE='$(IMAGE)' FRESH='$(FRESH)' bash $(setup)/build.sh --all

down:  ## stop hub and proxy, leave notebook servers running; ALL=1 stops those too
	@ALL='$(ALL)' bash $(setup)/down.sh

logs:  ## follow what hub and proxy say; ends with Ctrl-C
	@bash $(setup)/compose.sh logs --tail=100 --follow

status:  ## what runs, and where
	@bash $(setup)/status.sh

backup:  ## store, secrets, configuration and people's files into one archive, while everything runs (FILE=…, VOLUMES=none)
	@bash $(setup)/backup.sh $(if $(FILE),'$(FILE)') $(if $(VOLUMES),--volumes '$(VOLUMES)')

restore:  ## put an archive back: make restore FILE=… (REPLACE=1: over what is there)
	@bash $(setup)/restore.sh '$(FILE)' $(if $(REPLACE),--replace)

upgrade:  ## new images, new hub; notebooks go on, and a hub that does not get well goes back (CHECK=1: only look; PROXY=1: the proxy too)
	@bash $(setup)/upgrade.sh $(if $(CHECK),--check) $(if $(PROXY),--proxy)

clean:  ## remove what Berth made on the engine; asks before volumes go (YES=1: does not ask; IMAGES=1: images too)
	@YES='$(YES)' IMAGES='$(IMAGES)' bash $(setup)/clean.sh

test:  ## set up for the tests and pass all of them
	@bash $(setup)/test.sh

check:  ## the quick part of the tests: lint, types, import law, unit tests
	@bash $(setup)/node-modules.sh && npm run --silent check
