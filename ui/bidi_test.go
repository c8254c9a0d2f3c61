package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"daybook/ui/model"
)

var manyScripts = []string{
	"Did you tell the police about الخميس (Thursday)?",
	"مرحبا 123 (الخميس) WhatsApp شكرا",
	"שלום (עולם) 12:30, Maya",
	"He said שלום to me and مرحبا to him",
	"नमस्ते, क्या आप घर पर हैं?  你好，世界。こんにちは 안녕하세요",
	"สวัสดี ខ្មែរ বাংলা தமிழ் తెలుగు ქართული հայերեն አማርኛ",
	"👩‍🔧 👍🏽 ❤️ 🇬🇧 ☎ ✓ → ½ ™ € ∑",
	"evil [U+202E]gpj.exe",
	"Żółw Ğüzel ñandú Привет Ελληνικά Việt Nam",
}

// TestPiecesStandAsTheyAreRead: the pieces of a line from left to right, each
// in its own direction.
func TestPiecesStandAsTheyAreRead(t *testing.T) {
	test.NewTempApp(t)
	set := newTypesetter()
	for text, want := range map[string]string{
		"plain":                 "plain",
		"a אבג b":               "a גבא b",
		"אב 12 גד":              "דג 12 בא",
		"אב (גד) הו":            "וה )דג( בא",
		"to אב, גד now":         "to דג ,בא now",
		"\u200eWhatsApp אב":     "WhatsApp בא",
		"אב WhatsApp גד":        "דג WhatsApp בא",
		"אב \u2066a 1!\u2069 ג": "ג a 1! בא",
	} {
		var got strings.Builder
		p := newScript(text)
		for _, q := range set.pieces(p, 0, len(text)) {
			letters := []rune(strings.Trim(q.text, "\u200f"))
			if q.rtl {
				slices.Reverse(letters)
			}
			got.WriteString(string(letters))
		}
		if got.String() != want {
			t.Errorf("%q: %q, want %q", text, got.String(), want)
		}
	}
}

// TestEveryLetterHasAFont of the program: none depends on what is installed.
func TestEveryLetterHasAFont(t *testing.T) {
	test.NewTempApp(t)
	set := newTypesetter()
	for _, text := range manyScripts {
		var before *typeface
		for _, r := range text {
			f := set.fontFor(r, before)
			before = f
			if !f.covers(r) && !silent(r) && !emoji(r) && !(r >= 0x1F1E6 && r <= 0x1F1FF) {
				t.Errorf("%q: %q (%U) has no font", text, r, r)
			}
		}
	}
}

// TestWrapLosesNothing: the lines of a text are the text, and none is wider
// than it may be unless a single letter is.
func TestWrapLosesNothing(t *testing.T) {
	test.NewTempApp(t)
	set := newTypesetter()
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(0, 8).Draw(t, "parts") {
			b.WriteString(rapid.SampledFrom(append([]string{" ", "\n", "unbreakablyandunreasonablylong", "-", "word "}, manyScripts...)).Draw(t, "part"))
		}
		text, width := b.String(), rapid.Float32Range(30, 400).Draw(t, "width")
		lines, cut := set.wrap(text, width, 16, false, 1<<20)
		var back strings.Builder
		at := 0
		for _, l := range lines {
			back.WriteString(text[at:l.start]) // a line break, or nothing
			if strings.Trim(text[at:l.start], "\n") != "" {
				t.Fatalf("%q was passed over", text[at:l.start])
			}
			back.WriteString(text[l.start:l.end])
			at = l.end
			if w := wide(set, strings.TrimRight(text[l.start:l.end], " ")); w > width+1 && len([]rune(text[l.start:l.end])) > 2 {
				t.Fatalf("%q is %v wide of %v", text[l.start:l.end], w, width)
			}
		}
		if rest := text[at:]; cut || strings.Trim(rest, "\n") != "" {
			t.Fatalf("%q is left of %q", rest, text)
		}
	})
}

// wide adds the letters up, as lines are broken by.
func wide(set *typesetter, line string) (w float32) {
	var before *typeface
	for _, r := range line {
		f := set.fontFor(r, before)
		before = f
		w += set.advance(r, f, 16, false)
	}
	return w
}

func TestFitKeepsToItsRoom(t *testing.T) {
	test.NewTempApp(t)
	set := newTypesetter()
	for _, text := range manyScripts {
		short := set.fit(text, 120, 16, false)
		if w := set.width(short, 16, false); w > 130 {
			t.Errorf("%q is %v wide", short, w)
		}
		if set.fit(text, 5000, 16, false) != text {
			t.Errorf("%q was cut", text)
		}
	}
}

// TestScriptsAreDrawn keeps a picture of every script, with what was found in
// it marked.
func TestScriptsAreDrawn(t *testing.T) {
	w := window(t, Options{})
	set := newTypesetter()
	box := container.New(flow{4})
	for _, text := range manyScripts {
		visible, _ := model.Visible(text, nil)
		b := newTextBlock(set, visible, [][2]int{{len(text) / 3, len(text) / 2}})
		box.Add(b)
	}
	w.win.SetContent(box)
	w.win.Resize(fyne.NewSize(700, 420))
	kept(t, w, "scripts")
	for i, o := range box.Objects {
		if n := len(o.(*textBlock).lines); n != 1 {
			t.Errorf("%q takes %d lines", manyScripts[i], n)
		}
	}
}
