package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"daybook/timeline"
)

// kindIcon is the picture of a kind, drawn in the colour of quiet text.
func (t *typesetter) kindIcon(k timeline.Kind) fyne.Resource {
	return t.icon("kind-"+string(k), kindShapes(k))
}

// icon gives an icon made of shapes on a square of 24. Each is made once: what
// Fyne drew of it is found again by the same resource.
func (t *typesetter) icon(name, shapes string) fyne.Resource {
	if r, ok := t.icons[name]; ok {
		return r
	}
	r := newIcon(name, shapes)
	t.icons[name] = r
	return r
}

func newIcon(name, shapes string) fyne.Resource {
	svg := `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">` + shapes + `</svg>`
	return theme.NewColoredResource(fyne.NewStaticResource(name+".svg", []byte(svg)), colourQuiet)
}

// kindShapes draws a kind in filled shapes: what Fyne colours is the fill.
func kindShapes(k timeline.Kind) string {
	switch k {
	case timeline.Message:
		return `<path fill="#000" d="M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H9l-5 4v-4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z"/>`
	case timeline.Call:
		return `<path fill="#000" d="M6.6 2.5l3 5-2.2 2.4c1.1 2.600 3.900 5.400 6.700 6.700l2.400-2.200 5 3c-.3 2.300-1.900 4.100-4.100 4.100C9.500 21.500 2.500 14.500 2.500 6.600 2.500 4.400 4.300 2.800 6.600 2.500z"/>`
	case timeline.Email:
		return `<path fill="#000" d="M2 5h20v2.200l-10 6.300L2 7.200zM2 9.500l10 6.300 10-6.300V19H2z"/>`
	case timeline.Photo:
		return `<path fill="#000" fill-rule="evenodd" d="M2 4h20v16H2zM4.500 17.500h15l-4.700-6.500-3.600 4.500-2.500-3zM8 7a2 2 0 1 1 0 4a2 2 0 1 1 0-4z"/>`
	case timeline.Shot:
		return `<path fill="#000" fill-rule="evenodd" d="M6 1.500h12a1.500 1.500 0 0 1 1.500 1.500v18a1.500 1.500 0 0 1-1.500 1.500H6A1.500 1.500 0 0 1 4.500 21V3A1.500 1.500 0 0 1 6 1.500zM7 5h10v13H7z"/>`
	case timeline.Video:
		return `<path fill="#000" fill-rule="evenodd" d="M2 4h20v16H2zM9.500 8v8l7-4z"/>`
	case timeline.Audio:
		return `<path fill="#000" d="M12 2a3.500 3.500 0 0 1 3.500 3.500v6a3.500 3.500 0 0 1-7 0v-6A3.500 3.500 0 0 1 12 2zM5 11h2a5 5 0 0 0 10 0h2a7 7 0 0 1-6 6.900V22h-2v-4.100A7 7 0 0 1 5 11z"/>`
	case timeline.Post:
		return `<path fill="#000" d="M20 3v16l-9-4.500V20H7v-5.500H4a2 2 0 0 1-2-2v-3a2 2 0 0 1 2-2h7z"/>`
	case timeline.Location:
		return `<path fill="#000" fill-rule="evenodd" d="M12 1.500a7.500 7.500 0 0 1 7.500 7.500c0 5-7.500 13.500-7.500 13.500S4.500 14 4.500 9A7.500 7.500 0 0 1 12 1.500zM12 6a3 3 0 1 0 0 6a3 3 0 1 0 0-6z"/>`
	case timeline.Login:
		return `<path fill="#000" fill-rule="evenodd" d="M8 6a6 6 0 0 1 5.700 4H22v4h-2v3h-4v-3h-2.300A6 6 0 1 1 8 6zM8 10a2 2 0 1 0 0 4a2 2 0 1 0 0-4z"/>`
	case timeline.System:
		return `<path fill="#000" fill-rule="evenodd" d="M12 2a10 10 0 1 1 0 20a10 10 0 1 1 0-20zM10.800 10h2.400v7h-2.400zM10.800 6.500h2.400V9h-2.400z"/>`
	case timeline.Incident:
		return `<path fill="#000" d="M3 17.300V21h3.700L17.600 10.100l-3.700-3.700zM20.700 7a1 1 0 0 0 0-1.400l-2.300-2.300a1 1 0 0 0-1.400 0l-1.800 1.800 3.700 3.700z"/>`
	default:
		return `<path fill="#000" fill-rule="evenodd" d="M5 2h9l6 6v14H5zM8 11h8v1.800H8zM8 15h8v1.800H8z"/>`
	}
}

// The other icons of rows.
const (
	shapeIn    = `<path fill="#000" d="M20 11v2H8l4.500 4.500L11 19l-7-7 7-7 1.500 1.500L8 11z"/>`
	shapeOut   = `<path fill="#000" d="M4 11v2h12l-4.500 4.500L13 19l7-7-7-7-1.500 1.500L16 11z"/>`
	shapeOpen  = `<path fill="#000" d="M5 9l7 7 7-7z"/>`
	shapeShut  = `<path fill="#000" d="M9 5l7 7-7 7z"/>`
	shapePaper = `<path fill="#000" d="M16.500 6v11.500a4 4 0 0 1-8 0V5a2.500 2.500 0 0 1 5 0v10.500a1 1 0 0 1-2 0V6H10v9.500a2.500 2.500 0 0 0 5 0V5a4 4 0 0 0-8 0v12.500a5.500 5.500 0 0 0 11 0V6z"/>`
)
