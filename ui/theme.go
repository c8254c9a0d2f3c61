package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// calm is the program's look: quiet colours, large text, nothing red but what
// is lost. It follows the system between light and dark.
type calm struct{ scale float32 }

// The colours that Fyne has no name for.
const (
	colourSurface fyne.ThemeColorName = "daybookSurface"
	colourQuiet   fyne.ThemeColorName = "daybookQuiet"
	colourSoft    fyne.ThemeColorName = "daybookSoft"
	colourNone    fyne.ThemeColorName = "daybookNone"
)

func rgb(h uint32) color.NRGBA {
	return color.NRGBA{uint8(h >> 16), uint8(h >> 8), uint8(h), 255}
}

func lightColours() map[fyne.ThemeColorName]color.Color {
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
		theme.ColorNameFocus:               color.NRGBA{0x2B, 0x6A, 0x6E, 0x55},
		theme.ColorNameSelection:           color.NRGBA{0x2B, 0x6A, 0x6E, 0x2A},
		theme.ColorNameSeparator:           rgb(0xDEDFDA),
		theme.ColorNameOverlayBackground:   rgb(0xFFFFFF),
		theme.ColorNameMenuBackground:      rgb(0xFFFFFF),
		theme.ColorNameDisabled:            rgb(0x6B787C),
		theme.ColorNameError:               rgb(0xA23B32),
		colourSurface:                      rgb(0xFFFFFF),
		colourQuiet:                        rgb(0x566469),
		colourSoft:                         rgb(0xE3EDEB),
		colourNone:                         color.NRGBA{},
	}
}

func darkColours() map[fyne.ThemeColorName]color.Color {
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
		theme.ColorNameFocus:               color.NRGBA{0x6F, 0xB7, 0xB5, 0x66},
		theme.ColorNameSelection:           color.NRGBA{0x6F, 0xB7, 0xB5, 0x38},
		theme.ColorNameSeparator:           rgb(0x2E373A),
		theme.ColorNameOverlayBackground:   rgb(0x20282B),
		theme.ColorNameMenuBackground:      rgb(0x20282B),
		theme.ColorNameError:               rgb(0xE58A80),
		colourSurface:                      rgb(0x20282B),
		colourQuiet:                        rgb(0xA3B0B3),
		colourSoft:                         rgb(0x22393A),
		colourNone:                         color.NRGBA{},
	}
}

// Color gives a colour of the look, or Fyne's own.
func (c calm) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	colours := lightColours()
	if v == theme.VariantDark {
		colours = darkColours()
	}
	if col, ok := colours[n]; ok {
		return col
	}
	return theme.DefaultTheme().Color(n, v)
}

func (c calm) Font(s fyne.TextStyle) fyne.Resource     { return theme.DefaultTheme().Font(s) }
func (c calm) Icon(n fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(n) }

// Size scales text. 15 is left out: it cuts the feet of g, p and y.
func (c calm) Size(n fyne.ThemeSizeName) float32 {
	switch n {
	case theme.SizeNameText:
		return 16 * c.scale
	case theme.SizeNameCaptionText:
		return 13 * c.scale
	case theme.SizeNameSubHeadingText:
		return 20 * c.scale
	case theme.SizeNameHeadingText:
		return 28 * c.scale
	case theme.SizeNamePadding:
		return 6
	case theme.SizeNameInnerPadding:
		return 9
	}
	return theme.DefaultTheme().Size(n)
}
