package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"daybook/ui/model"
)

// fieldMap writes each figure into a field, the darker the higher.
type fieldMap struct {
	grid
	small float32
}

func (m *fieldMap) lay(f *model.Figures, width float32) float32 {
	m.small = theme.CaptionTextSize()
	var names []string
	for _, r := range f.Rows {
		names = append(names, r.Short)
	}
	least := max(textWidth(fmt.Sprint(f.Most()), m.small, true), textWidth("00", m.small, true)) + m.small
	m.grid = newGrid(len(f.Columns), width, widest(m.small, false, names...)+m.small, least)
	m.cell.Height, m.top = 2*m.small, 1.6*m.small
	m.block = m.top + float32(len(f.Rows))*m.cell.Height + m.small
	return float32(m.blocks(len(f.Columns))) * m.block
}

func (m *fieldMap) at(row, col int) (fyne.Position, fyne.Size) {
	return m.corner(col).AddXY(0, float32(row)*m.cell.Height), m.cell
}

func (m *fieldMap) draw(f *model.Figures, _ fyne.Size) (out []fyne.CanvasObject) {
	most := max(1, f.Most())
	for col, c := range f.Columns {
		at := m.corner(col)
		out = append(out, put(label(c.Short, m.small, colourQuiet, false), at.SubtractXY(0, m.top), fyne.NewSize(m.cell.Width, m.top), 0.5))
		for row, r := range f.Rows {
			at, size := m.at(row, col)
			if col%m.each == 0 {
				out = append(out, put(label(r.Short, m.small, theme.ColorNameForeground, false), fyne.NewPos(0, at.Y), fyne.NewSize(m.left, size.Height), 0))
			}
			n := f.N[row][col]
			field := canvas.NewRectangle(shade(float64(n) / float64(most)))
			field.StrokeColor, field.StrokeWidth = theme.Color(theme.ColorNameSeparator), 1
			field.Move(at)
			field.Resize(size)
			out = append(out, field)
			if n > 0 {
				out = append(out, put(label(fmt.Sprint(n), m.small, theme.ColorNameForeground, n == most), at, size, 0.5))
			}
		}
	}
	return out
}

func (m *fieldMap) step(f *model.Figures, row, col, right, down int) (int, int) {
	return max(0, min(len(f.Rows)-1, row+down)), max(0, min(len(f.Columns)-1, col+right))
}

// table writes the figures line by line: each column of the figures is a line,
// so that a long period is read downwards. Rows that do not fit beside each
// other stand in further blocks.
type table struct {
	grid
	size  float32
	small float32
	brief bool // the lines have their short names
}

// line is the name of a line.
func (t *table) line(c model.Heading) string {
	if t.brief {
		return join(c.Short, c.Group)
	}
	return c.Long
}

func (t *table) lay(f *model.Figures, width float32) float32 {
	t.size, t.small = theme.TextSize(), theme.CaptionTextSize()
	var lines, heads []string
	for _, c := range f.Columns {
		lines = append(lines, c.Long)
	}
	if t.brief = widest(t.size, false, lines...)+t.size > width/2; t.brief {
		for i, c := range f.Columns {
			lines[i] = t.line(c)
		}
	}
	for _, r := range f.Rows {
		heads = append(heads, r.Short)
	}
	least := max(widest(t.small, true, heads...), textWidth(fmt.Sprint(f.Most()), t.size, false)) + t.size
	t.grid = newGrid(len(f.Rows), width, min(widest(t.size, false, lines...)+t.size, width/2), least)
	t.cell.Height, t.top = 1.7*t.size, 1.8*t.small
	t.block = t.top + float32(len(f.Columns))*t.cell.Height + t.size
	return float32(t.blocks(len(f.Rows))) * t.block
}

func (t *table) at(row, col int) (fyne.Position, fyne.Size) {
	return t.corner(row).AddXY(0, float32(col)*t.cell.Height), t.cell
}

func (t *table) draw(f *model.Figures, size fyne.Size) (out []fyne.CanvasObject) {
	for row, r := range f.Rows {
		out = append(out, put(label(r.Short, t.small, colourQuiet, true), t.corner(row).SubtractXY(0, t.top), fyne.NewSize(t.cell.Width-t.size/2, t.top), 1))
		for col, c := range f.Columns {
			at, cell := t.at(row, col)
			if row%t.each == 0 {
				rule := canvas.NewRectangle(theme.Color(theme.ColorNameSeparator))
				rule.Move(fyne.NewPos(0, at.Y))
				rule.Resize(fyne.NewSize(t.left+float32(t.each)*t.cell.Width, 1))
				out = append(out, rule, put(label(t.line(c), t.size, theme.ColorNameForeground, false), fyne.NewPos(0, at.Y), fyne.NewSize(t.left, cell.Height), 0))
			}
			n := f.N[row][col]
			colour := theme.ColorNameForeground
			if n == 0 {
				colour = colourQuiet
			}
			out = append(out, put(label(fmt.Sprint(n), t.size, colour, false), at, fyne.NewSize(cell.Width-t.size/2, cell.Height), 1))
		}
	}
	return out
}

func (t *table) step(f *model.Figures, row, col, right, down int) (int, int) {
	return max(0, min(len(f.Rows)-1, row+right)), max(0, min(len(f.Columns)-1, col+down))
}
