package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"daybook/ui/model"
)

// besides writes the columns beside each other, in each field the number and
// for the drawn rows a bar. All bars have one scale.
type besides struct {
	grid
	f     *model.Figures
	most  int
	small float32
	room  float32 // for a number
}

func (b *besides) lay(f *model.Figures, width float32) float32 {
	b.f, b.small, b.most = f, theme.CaptionTextSize(), 1
	for _, row := range f.N[:f.Drawn] {
		for _, n := range row {
			b.most = max(b.most, n)
		}
	}
	var names, heads []string
	for _, r := range f.Rows {
		names = append(names, r.Short)
	}
	for _, c := range f.Columns {
		heads = append(heads, c.Short, c.Group)
	}
	b.room = textWidth(fmt.Sprint(f.Most()), b.small, true) + b.small/2
	least := max(widest(b.small, true, heads...), b.room+3*b.small) + b.small
	b.grid = newGrid(len(f.Columns), width, min(widest(b.small, false, names...)+b.small, 0.36*width), least)
	b.cell.Width = (width - b.left) / float32(b.each)
	b.cell.Height, b.top = 2*b.small, 3.2*b.small
	b.block = b.top + float32(len(f.Rows))*b.cell.Height + b.small
	return float32(b.blocks(len(f.Columns))) * b.block
}

func (b *besides) at(row, col int) (fyne.Position, fyne.Size) {
	return b.corner(col).AddXY(0, float32(row)*b.cell.Height), b.cell
}

func (b *besides) draw(f *model.Figures, size fyne.Size) []fyne.CanvasObject {
	var words []fyne.CanvasObject
	var blocks []block
	for col, c := range f.Columns {
		at := b.corner(col).SubtractXY(0, b.top)
		line := fyne.NewSize(b.cell.Width, 1.5*b.small)
		words = append(words, put(label(c.Short, b.small, theme.ColorNameForeground, true), at, line, 0), put(label(c.Group, b.small, colourQuiet, false), at.AddXY(0, 1.4*b.small), line, 0))
		for row, r := range f.Rows {
			at, cell := b.at(row, col)
			if col%b.each == 0 {
				words = append(words, b.rule(at.Y, size.Width), put(label(fitted(r.Short, b.left-b.small/2, b.small), b.small, theme.ColorNameForeground, false), fyne.NewPos(0, at.Y), fyne.NewSize(b.left, cell.Height), 0))
			}
			n := f.N[row][col]
			number := put(label(fmt.Sprint(n), b.small, theme.ColorNameForeground, true), at, fyne.NewSize(b.room-b.small/2, cell.Height), 1)
			words = append(words, number)
			if row < f.Drawn && n > 0 {
				length := float32(n) / float32(b.most) * (cell.Width - b.room - b.small)
				blocks = append(blocks, block{at.AddXY(b.room, 0.4*b.small), fyne.NewSize(max(2, length), cell.Height-0.8*b.small), row})
			}
		}
	}
	return append([]fyne.CanvasObject{hatched(size, blocks)}, words...)
}

func (b *besides) rule(y, width float32) fyne.CanvasObject {
	r := canvas.NewRectangle(theme.Color(theme.ColorNameSeparator))
	r.Move(fyne.NewPos(0, y))
	r.Resize(fyne.NewSize(width, 1))
	return r
}

func (b *besides) step(f *model.Figures, row, col, right, down int) (int, int) {
	return max(0, min(len(f.Rows)-1, row+down)), max(0, min(len(f.Columns)-1, col+right))
}

// fitted cuts a text so that it keeps to a width.
func fitted(text string, width, size float32) string {
	letters := []rune(text)
	for n := len(letters); n > 0 && textWidth(text, size, false) > width; n-- {
		text = string(letters[:n-1]) + "…"
	}
	return text
}
