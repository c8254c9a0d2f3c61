package ui

import (
	_ "unsafe" // for the shaper of Fyne

	"github.com/go-text/typesetting/shaping"
)

// shaper is what Fyne shapes all text with. It keeps every font that it was ever given,
// and is given new ones with each theme.
//
//go:linkname shaper fyne.io/fyne/v2/internal/painter.shaper
var shaper *shaping.HarfbuzzShaper

// forgetFonts lets go of the fonts of the looks before: a person changes the look seldom,
// these tests thousands of times, and all of them together held gigabytes.
func forgetFonts() { *shaper = shaping.HarfbuzzShaper{} }
