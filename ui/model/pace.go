package model

import (
	"fmt"
	"time"
)

// Pace tells how long work will still take, from how far it has come.
type Pace struct {
	began time.Time
	name  string // of the step; each has its own pace
	first int64  // done when the step was first heard of
}

// NewPace begins to watch work that starts now.
func NewPace(now time.Time) Pace { return Pace{began: now} }

// Progress is how far work has come, in ready strings.
type Progress struct {
	What  string  // "reading photos: 1,200 of 5,000"
	Left  string  // "About 2 minutes left"; empty while it cannot be told
	Share float64 // 0 to 1
}

// At takes a report: n of total of a step.
func (p *Pace) At(now time.Time, n, total int64, step string) Progress {
	if step != p.name {
		p.name, p.began, p.first = step, now, n
	}
	out := Progress{What: oneLine(step)}
	if total <= 0 {
		if n > 0 {
			out.What += ": " + thousands(int(n))
		}
		return out
	}
	out.Share = min(1, float64(n)/float64(total))
	out.What += fmt.Sprintf(": %s of %s", thousands(int(n)), thousands(int(total)))
	spent := now.Sub(p.began)
	if done := n - p.first; done > 0 && spent >= 2*time.Second {
		out.Left = left(time.Duration(float64(spent) / float64(done) * float64(total-n)))
	}
	return out
}

// left says a time as a person would guess it.
func left(d time.Duration) string {
	switch {
	case d < 10*time.Second:
		return "A few seconds left"
	case d < 50*time.Second:
		return fmt.Sprintf("About %d seconds left", (int(d.Seconds())+5)/10*10)
	case d < 90*time.Second:
		return "About a minute left"
	case d < time.Hour:
		return fmt.Sprintf("About %d minutes left", int((d + 30*time.Second).Minutes()))
	}
	return fmt.Sprintf("About %s left", count(int((d+30*time.Minute).Hours()), "hour"))
}
