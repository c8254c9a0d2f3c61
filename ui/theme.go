package ui

import (
	"image/color"
	"math"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// calm is the program's look: quiet colours, large text, nothing red but what
// is lost. Nothing in it moves.
type calm struct {
	look  string  // a name of model.Looks
	scale float32 // of text
	set   *typesetter
}

// The colours that Fyne has no name for.
const (
	colourSurface fyne.ThemeColorName = "daybookSurface"
	colourQuiet   fyne.ThemeColorName = "daybookQuiet"
	colourSoft    fyne.ThemeColorName = "daybookSoft"
	colourNone    fyne.ThemeColorName = "daybookNone"
	colourFound   fyne.ThemeColorName = "daybookFound" // behind what a search found
	colourRing    fyne.ThemeColorName = "daybookRing"  // around what has the keys
)

func rgb(h uint32) color.NRGBA {
	return color.NRGBA{uint8(h >> 16), uint8(h >> 8), uint8(h), 255}
}

// The tables of the looks are asked for each colour of all that is drawn, and
// made once.
var lightColours = sync.OnceValue(func() map[fyne.ThemeColorName]color.Color {
	return map[fyne.ThemeColorName]color.Color{
		theme.ColorNameBackground:          rgb(0xF5F4F0),
		theme.ColorNameForeground:          rgb(0x1F2D33),
		theme.ColorNamePrimary:             rgb(0x2B6A6E),
		theme.ColorNameForegroundOnPrimary: rgb(0xFFFFFF),
		theme.ColorNameButton:              rgb(0xE2E5E0),
		theme.ColorNameInputBackground:     rgb(0xFFFFFF),
		theme.ColorNameInputBorder:         rgb(0x7F8C8D),
		theme.ColorNamePlaceHolder:         rgb(0x5E6C71),
		theme.ColorNameHover:               color.NRGBA{0x2B, 0x6A, 0x6E, 0x14},
		theme.ColorNameFocus:               color.NRGBA{0x1F, 0x2D, 0x33, 0x55},
		theme.ColorNameSelection:           color.NRGBA{0x2B, 0x6A, 0x6E, 0x2A},
		theme.ColorNameSeparator:           rgb(0xDEDFDA),
		theme.ColorNameOverlayBackground:   rgb(0xFFFFFF),
		theme.ColorNameMenuBackground:      rgb(0xFFFFFF),
		theme.ColorNameDisabled:            rgb(0x6B787C),
		theme.ColorNameDisabledButton:      rgb(0xEBECE8),
		theme.ColorNameError:               rgb(0xA23B32),
		colourSurface:                      rgb(0xFFFFFF),
		colourQuiet:                        rgb(0x566469),
		colourSoft:                         rgb(0xE3EDEB),
		colourNone:                         color.NRGBA{},
		colourFound:                        rgb(0xFFE08A),
		colourRing:                         rgb(0x1F2D33),
		colourOwn:                          rgb(0x1F4E52),
		personColour(0):                    rgb(0x9A4A24), personColour(1): rgb(0x4A4F8C), personColour(2): rgb(0x5E6B1F), personColour(3): rgb(0x87406B), personColour(4): rgb(0x2E6796), personColour(5): rgb(0x6B5A2E), personColour(6): rgb(0x5C5C5C),
	}
})

var darkColours = sync.OnceValue(func() map[fyne.ThemeColorName]color.Color {
	return map[fyne.ThemeColorName]color.Color{
		theme.ColorNameBackground:          rgb(0x171D20),
		theme.ColorNameForeground:          rgb(0xE4E9E9),
		theme.ColorNamePrimary:             rgb(0x6FB7B5),
		theme.ColorNameForegroundOnPrimary: rgb(0x0E1718),
		theme.ColorNameButton:              rgb(0x2A3336),
		theme.ColorNameInputBackground:     rgb(0x20282B),
		theme.ColorNameInputBorder:         rgb(0x6E7D81),
		theme.ColorNamePlaceHolder:         rgb(0x98A5A8),
		theme.ColorNameHover:               color.NRGBA{0x6F, 0xB7, 0xB5, 0x18},
		theme.ColorNameFocus:               color.NRGBA{0xFF, 0xFF, 0xFF, 0x40},
		theme.ColorNameSelection:           color.NRGBA{0x6F, 0xB7, 0xB5, 0x38},
		theme.ColorNameSeparator:           rgb(0x2E373A),
		theme.ColorNameOverlayBackground:   rgb(0x20282B),
		theme.ColorNameMenuBackground:      rgb(0x20282B),
		theme.ColorNameDisabled:            rgb(0x8A979A),
		theme.ColorNameDisabledButton:      rgb(0x20282B),
		theme.ColorNameError:               rgb(0xE58A80),
		colourSurface:                      rgb(0x20282B),
		colourQuiet:                        rgb(0xA3B0B3),
		colourSoft:                         rgb(0x22393A),
		colourNone:                         color.NRGBA{},
		colourFound:                        rgb(0x6B5310),
		colourRing:                         rgb(0xFFFFFF),
		colourOwn:                          rgb(0x8FCFCD),
		personColour(0):                    rgb(0xE0A07C), personColour(1): rgb(0xA9AEE6), personColour(2): rgb(0xB9C77A), personColour(3): rgb(0xDDA0C4), personColour(4): rgb(0x8FC1EA), personColour(5): rgb(0xD0BE8A), personColour(6): rgb(0xB8B8B8),
	}
})

// contrastColours are black, white and yellow: each text stands at 7 to 1 or more
// against its ground, each border at 3 to 1.
var contrastColours = sync.OnceValue(func() map[fyne.ThemeColorName]color.Color {
	return map[fyne.ThemeColorName]color.Color{
		theme.ColorNameBackground:          rgb(0x000000),
		theme.ColorNameForeground:          rgb(0xFFFFFF),
		theme.ColorNamePrimary:             rgb(0xFFD500),
		theme.ColorNameForegroundOnPrimary: rgb(0x000000),
		theme.ColorNameButton:              rgb(0x333333),
		theme.ColorNameInputBackground:     rgb(0x1F1F1F),
		theme.ColorNameInputBorder:         rgb(0xFFFFFF),
		theme.ColorNamePlaceHolder:         rgb(0xD0D0D0),
		theme.ColorNameHover:               color.NRGBA{0xFF, 0xD5, 0, 0x30},
		theme.ColorNameFocus:               color.NRGBA{0, 0x66, 0xCC, 0x60},
		theme.ColorNameSelection:           rgb(0x004C99),
		theme.ColorNameSeparator:           rgb(0xFFFFFF),
		theme.ColorNameOverlayBackground:   rgb(0x000000),
		theme.ColorNameMenuBackground:      rgb(0x000000),
		theme.ColorNameDisabled:            rgb(0xB0B0B0),
		theme.ColorNameDisabledButton:      rgb(0x1F1F1F),
		theme.ColorNameError:               rgb(0xFF9A8F),
		theme.ColorNameScrollBar:           rgb(0xFFFFFF),
		theme.ColorNameHyperlink:           rgb(0x7FD1FF),
		colourSurface:                      rgb(0x000000),
		colourQuiet:                        rgb(0xF0F0F0),
		colourSoft:                         rgb(0x262600),
		colourNone:                         color.NRGBA{},
		colourFound:                        rgb(0x7A4E00),
		colourRing:                         rgb(0x7FD1FF),
		colourOwn:                          rgb(0xFFD500),
		personColour(0):                    rgb(0xFFB38A), personColour(1): rgb(0xC3C8FF), personColour(2): rgb(0xD3E88A), personColour(3): rgb(0xFFB3DC), personColour(4): rgb(0x9FD6FF), personColour(5): rgb(0xEBD9A0), personColour(6): rgb(0xD8D8D8),
	}
})

// Color gives a colour of the look, or Fyne's own.
func (c calm) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	colours, v := c.colours(v)
	if col, ok := colours[n]; ok {
		return col
	}
	return theme.DefaultTheme().Color(n, v)
}

// colours gives the table of the look, and Fyne's variant for what is not in it.
func (c calm) colours(v fyne.ThemeVariant) (map[fyne.ThemeColorName]color.Color, fyne.ThemeVariant) {
	switch {
	case c.look == "contrast":
		return contrastColours(), theme.VariantDark
	case c.look == "dark", c.look != "light" && v == theme.VariantDark:
		return darkColours(), theme.VariantDark
	}
	return lightColours(), theme.VariantLight
}

func (c calm) Font(s fyne.TextStyle) fyne.Resource     { return theme.DefaultTheme().Font(s) }
func (c calm) Icon(n fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(n) }

// Size scales text and what must grow with it.
func (c calm) Size(n fyne.ThemeSizeName) float32 {
	switch n {
	case theme.SizeNameText:
		return c.text(16)
	case theme.SizeNameCaptionText:
		return c.text(13)
	case theme.SizeNameSubHeadingText: // headings are large: they grow by as much as text does
		return c.text(16) + 4
	case theme.SizeNameHeadingText:
		return c.text(16) + 10
	case theme.SizeNameInlineIcon:
		return c.text(20)
	case theme.SizeNamePadding:
		return 6
	case theme.SizeNameInnerPadding:
		return 9
	case theme.SizeNameInputRadius, theme.SizeNameButtonRadius, theme.SizeNameSelectionRadius:
		return 6
	case theme.SizeNamePopupRadius, theme.SizeNameDialogRadius: // that of a surface
		return 12
	case theme.SizeNameScrollBar:
		return 14
	case theme.SizeNameScrollBarSmall:
		return 6
	case theme.SizeNameInputBorder:
		if c.look == "contrast" {
			return 2
		}
		return 1
	}
	return theme.DefaultTheme().Size(n)
}

// text is a size at which no letter loses its feet: see TestLettersKeepTheirFeet.
func (c calm) text(size float32) float32 {
	size = float32(math.Round(float64(size * c.scale)))
	if size == 15 {
		return 16
	}
	return size
}
