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

// kindShapes draws a kind in filled shapes: what Fyne colours is the fill. Holes
// run the other way round; Fyne knows no other rule.
func kindShapes(k timeline.Kind) string {
	switch k {
	case timeline.Message:
		return `<path fill="#000" d="M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H9l-5 4v-4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z"/>`
	case timeline.Call:
		return `<path fill="#000" d="M6.6 2.5l3 5-2.2 2.4c1.1 2.6 3.9 5.4 6.7 6.700l2.4-2.2 5 3c-.3 2.3-1.9 4.1-4.1 4.100C9.5 21.5 2.5 14.5 2.5 6.6 2.5 4.4 4.3 2.8 6.6 2.500z"/>`
	case timeline.Email:
		return `<path fill="#000" d="M2 5h20v2.200l-10 6.300L2 7.200zM2 9.500l10 6.3 10-6.300V19H2z"/>`
	case timeline.Photo:
		return `<path fill="#000" d="M2 4h20v16H2zM4.5 17.500h15l-4.7-6.5-3.6 4.5-2.5-3zM8 7a2 2 0 1 0 0 4a2 2 0 1 0 0-4z"/>`
	case timeline.Shot:
		return `<path fill="#000" d="M6 1.500h12a1.5 1.5 0 0 1 1.5 1.500v18a1.5 1.5 0 0 1-1.5 1.500H6A1.5 1.5 0 0 1 4.5 21V3A1.5 1.5 0 0 1 6 1.500zM7 5v13h10V5z"/>`
	case timeline.Video:
		return `<path fill="#000" d="M2 4h20v16H2zM9.5 8v8l7-4z"/>`
	case timeline.Audio:
		return `<path fill="#000" d="M12 2a3.5 3.5 0 0 1 3.5 3.500v6a3.5 3.5 0 0 1-7 0v-6A3.5 3.5 0 0 1 12 2zM5 11h2a5 5 0 0 0 10 0h2a7 7 0 0 1-6 6.900V22h-2v-4.100A7 7 0 0 1 5 11z"/>`
	case timeline.Post:
		return `<path fill="#000" d="M20 3v16l-9-4.500V20H7v-5.500H4a2 2 0 0 1-2-2v-3a2 2 0 0 1 2-2h7z"/>`
	case timeline.Location:
		return `<path fill="#000" d="M12 1.500a7.5 7.5 0 0 1 7.5 7.500c0 5-7.5 13.5-7.5 13.500S4.5 14 4.5 9A7.5 7.5 0 0 1 12 1.500zM12 6a3 3 0 1 0 0 6a3 3 0 1 0 0-6z"/>`
	case timeline.Login:
		return `<path fill="#000" d="M8 6a6 6 0 0 1 5.7 4H22v4h-2v3h-4v-3h-2.300A6 6 0 1 1 8 6zM8 10a2 2 0 1 0 0 4a2 2 0 1 0 0-4z"/>`
	case timeline.System:
		return `<path fill="#000" d="M12 2a10 10 0 1 1 0 20a10 10 0 1 1 0-20zM10.8 10v7h2.400v-7zM10.8 6.500V9h2.400V6.500z"/>`
	case timeline.Contact:
		return `<path fill="#000" d="M2 4h20v16H2zM8 7a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5zM4 17h8c0-2.500-1.8-4-4-4s-4 1.500-4 4zM14 8v2h6V8zM14 12v2h6v-2z"/>`
	case timeline.Incident:
		return `<path fill="#000" d="M3 17.300V21h3.700L17.6 10.100l-3.7-3.700zM20.7 7a1 1 0 0 0 0-1.400l-2.3-2.300a1 1 0 0 0-1.4 0l-1.8 1.8 3.7 3.700z"/>`
	default:
		return `<path fill="#000" d="M5 2h9l6 6v14H5zM8 11v1.800h8V11zM8 15v1.800h8V15z"/>`
	}
}

// The other icons of rows.
const (
	shapeIn    = `<path fill="#000" d="M20 11v2H8l4.5 4.500L11 19l-7-7 7-7 1.5 1.500L8 11z"/>`
	shapeOut   = `<path fill="#000" d="M4 11v2h12l-4.5 4.500L13 19l7-7-7-7-1.5 1.500L16 11z"/>`
	shapeOpen  = `<path fill="#000" d="M5 9l7 7 7-7z"/>`
	shapeShut  = `<path fill="#000" d="M9 5l7 7-7 7z"/>`
	shapePaper = `<path fill="#000" d="M16.5 6v11.500a4 4 0 0 1-8 0V5a2.5 2.5 0 0 1 5 0v10.500a1 1 0 0 1-2 0V6H10v9.500a2.5 2.5 0 0 0 5 0V5a4 4 0 0 0-8 0v12.500a5.5 5.5 0 0 0 11 0V6z"/>`
)
