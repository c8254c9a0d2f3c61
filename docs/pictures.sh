#!/usr/bin/env bash
# Makes the README's pictures from the sample case: make pictures.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT
./bin/daybook-cli demo --out "$work/demo"
bundle=$work/demo/bundle

small() { convert "$1" -strip -dither None -colors 96 -define png:compression-level=9 "docs/pictures/$2.png"; }

page() { # PDF page N as picture NAME
	pdftoppm -r 72 -png -f "$1" -l "$1" "$bundle/data/bundle.pdf" "$work/page"
	small "$work"/page-*.png "$2"
	rm "$work"/page-*.png
}
at() { # the first page that holds all the words
	local n word
	for n in $(seq 1 "$(pdfinfo "$bundle/data/bundle.pdf" | awk '/^Pages/ {print $2}')"); do
		pdftotext -f "$n" -l "$n" "$bundle/data/bundle.pdf" "$work/text"
		for word in "$@"; do grep -q "$word" "$work/text" || continue 2; done
		echo "$n"
		return
	done
	echo "no page holds: $*" >&2
	return 1
}
page "$(at 'هل أنت بخير')" bundle-chronology
page "$(at PXL_20250903 SHA-256)" bundle-exhibit

chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
	--user-data-dir="$work/chromium" --window-size=1100,780 --hide-scrollbars --virtual-time-budget=4000 --screenshot="$work/html.png" "file://$bundle/data/timeline/search.html#words=outside" 2>/dev/null
small "$work/html.png" timeline-html

DAYBOOK_PICTURES=$work go test -count=1 -run 'TestEveryPage/sample|TestEveryDetail' ./ui >"$work/said"
small "$work/detail-email-dark.png" dark
small "$work/home-sample-contrast.png" contrast

export HOME=$work XDG_CONFIG_HOME=$work/.config XDG_CACHE_HOME=$work/.cache XDG_RUNTIME_DIR=$work LANG=en_GB.UTF-8 TZ=UTC FYNE_SCALE=1 FYNE_THEME=light
mkdir -p "$XDG_CONFIG_HOME/fyne" "$XDG_CACHE_HOME"
echo '{"no_animations":true}' >"$XDG_CONFIG_HOME/fyne/settings.json"
mkfifo "$work/display"
Xvfb -displayfd 3 -screen 0 1100x760x24 -nolisten tcp 3>"$work/display" 2>/dev/null &
read -r number <"$work/display"
export DISPLAY=:$number
opened() { # the sample case, in a window with these flags
	./bin/daybook "$@" "$work/demo/sample.daybook" >"$work/said" 2>/dev/null &
	until grep -q READY "$work/said"; do sleep 0.2; done
	window=$(xdotool search --sync --onlyvisible --pid $! | tail -1)
	xdotool windowfocus "$window"
	sleep 2
	xdotool type --delay 30 -- "sample case only"
	xdotool key Return
	sleep 8
}
opened
import -window root "$work/home.png"
small "$work/home.png" home
picture() { # the page behind Ctrl+N as picture NAME
	xdotool key "ctrl+$1"
	sleep 5
	import -window root "$work/$2.png"
	small "$work/$2.png" "$2"
}
xdotool key ctrl+2
sleep 3
xdotool key Return # who may see what is kept here: it comes once
sleep 1
picture 2 write
picture 4 window
picture 5 people
picture 6 pattern
picture 9 registers
picture 0 law
picture d papers
xdotool key ctrl+q
sleep 3
opened --text 200
picture 2 large
