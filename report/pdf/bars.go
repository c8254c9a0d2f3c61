package pdf

import "strconv"

// A Bar is one bar of a chart.
type Bar struct {
	Label string
	N     int
}

// How a chart of bars is set: the parts of the width that the names and the
// numbers have, and how much of a line a bar fills.
const (
	barNames   = 0.2
	barNumbers = 0.1
	barFill    = 0.6
	barShade   = 0.45
)

// Bars prints a chart: a line for each bar, with its name before it and its number
// behind it. What is drawn is shapes and text, no picture.
func (d *Doc) Bars(bars []Bar) {
	if d.err != nil {
		return
	}
	most := 1
	set := d.typed(setting{size: cellSize, lead: 1.5, ink: black})
	names := barNames * d.width()
	for _, b := range bars {
		most = max(most, b.N)
		names = max(names, d.setter.lines([]Run{{Text: b.Label}}, 1000)[0].width*set.size+3*cellPad)
	}
	left := marginSide + names
	room := (1-barNumbers)*d.width() - names
	line := d.setter.lines([]Run{{Text: "0"}}, 1000)[0]
	d.Keep(float64(len(bars)) * set.lineHeight(&line)) // a chart is looked at as a whole
	for _, b := range bars {
		name := d.setter.lines([]Run{{Text: b.Label + " "}}, 1000)[0]
		height := set.lineHeight(&name)
		d.need(height)
		e := d.block("P", "")
		below := d.size.Height - d.y - set.baseline(&name)
		d.drawLine(&name, set.size, marginSide+cellPad, below, black)
		long := room * float64(max(0, b.N)) / float64(most)
		if b.N > 0 {
			d.fill(barShade, left, d.y+height*(1-barFill)/2, max(0.8, long), height*barFill)
		}
		number := d.setter.lines([]Run{{Text: strconv.Itoa(b.N)}}, 1000)[0]
		d.drawLine(&number, set.size, left+long+cellPad, below, black)
		d.end(e)
		d.y += height
	}
	d.y += set.size
}
