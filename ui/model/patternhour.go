package model

import (
	"fmt"
	"time"

	"daybook/timeline"
)

// Hours counts what others did by day of the week and hour of the day, by the clock of the
// case.
func (p *Pattern) Hours() *Figures {
	f := p.figures("By day and hour", "Days and hours are by the clock of "+p.base.x.Zone().String()+"; a time counts in an hour where all that it may be is in that hour, and the hour of a weak sign, such as when a file was saved, is none.")
	for d := range 7 {
		name := time.Weekday((d + 1) % 7).String()
		f.Rows = append(f.Rows, Heading{Short: name[:3], Long: name + "s"})
	}
	for h := range 24 {
		f.Columns = append(f.Columns, Heading{Short: fmt.Sprintf("%02d", h), Long: fmt.Sprintf("%02d:00 to %02d:59", h, h)})
	}
	f.Drawn = 7
	f.Left = []Left{{What: "of a day whose hour is not known"}, {What: "whose day is not known"}}
	s := p.base.survey
	p.clocked(f, func(unit []int32) place {
		i := unit[0]
		switch {
		case int(i) >= len(s.Clock), s.Clock[i] >= timeline.NoDay:
			return place{col: -2}
		case s.Clock[i] == timeline.NoHour:
			return place{col: -1}
		}
		return place{int(s.Clock[i]), 1 << mod(int(s.Day[i])+3, 7)} // 1 January 1970 was a Thursday
	})
	return f
}
