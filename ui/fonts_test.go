package ui

import (
	_ "unsafe" // for the shaper of Fyne

	"fyne.io/fyne/v2/driver/software"
	"github.com/go-text/typesetting/shaping"
)

// shaper is what Fyne shapes all text with. It keeps every font that it was ever given,
// and is given new ones with each theme.
//
//go:linkname shaper fyne.io/fyne/v2/internal/painter.shaper
var shaper *shaping.HarfbuzzShaper

// forgetDrawn lets go of what was drawn. A person changes the look seldom, these tests
// thousands of times, and the fonts of all looks together held gigabytes. And where no
// picture is asked for, nothing that Fyne keeps for a minute is ever looked through: it
// piles up, and the first picture takes what stands for old and draws it anew in part.
func forgetDrawn() {
	*shaper = shaping.HarfbuzzShaper{}
	software.NewCanvas().Capture()
}
