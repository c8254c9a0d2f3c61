package report

import (
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"daybook/timeline"
	"daybook/timeline/casework"
)

// step notes that a row is one of the course of conduct, of which the record tells,
// whatever this pack shows of it. A code is counted once for each row.
func (p *planner) step(r, shown timeline.Row, n int) {
	if !casework.IsConduct(r) {
		return
	}
	var codes []string
	for _, m := range shown.Marks {
		if m.Code != "" && !slices.Contains(codes, m.Code) {
			codes = append(codes, m.Code)
		}
	}
	p.m.Course = append(p.m.Course, n)
	p.m.Codes += len(codes)
	p.m.Uncertain = p.m.Uncertain || shown.When.Precision != timeline.Undated && !shown.When.Known(timeline.Day)
	p.conduct = append(p.conduct, shown.ID)
}

// course counts the occasions of the course of conduct.
func (p *planner) course(ctx context.Context) (err error) {
	p.m.Occasions, p.b.occasion, err = casework.Numbered(ctx, p.x, p.conduct)
	p.b.course = p.m.Course
	return err
}

// cutSaid says of a row that a person said where its occasion begins; a served pack shows
// that and by whom, and not their words.
func (p *planner) cutSaid(c timeline.Standing) string {
	h := casework.ByHand{Standing: c}
	if p.b.Pack == Served {
		h.Reason = sayTermsWithheld
	}
	return p.gate.clean(h.String())
}

// course is the schedule of the course of conduct: behaviour by date and person, with its
// effect in the words of whoever wrote it down, by where it stands.
func (b *Bundle) courseBlocks(m material) []Block {
	if len(m.Course) == 0 {
		return nil
	}
	t := table(titleCourse, Col{"No.", 0.8}, Col{b.timeTitle(), 4}, Col{titleMarks, 3.5}, Col{titleEffect, 4.2}, Col{"Exhibit, place in it", 2.6})
	t.Timed = true
	t.Rows = func(ctx context.Context) iter.Seq2[Line, error] {
		return each(b.rowsAt(ctx, m.Course), func(r Row) Line {
			return line("", []Run{link(fmt.Sprint(r.Number), rowAnchor(r.Number))}, r.Time.runs(r.Time.brief()), r.under(r.behaviour()), factLines(pick(r.Detail, effectFacts)), b.source(r))
		})
	}
	blocks := []Block{para(agree(sayCourse, len(m.Course), m.Codes, m.Occasions.Occasions, m.Occasions.ByRule))}
	for _, d := range besideOccasions(m.Occasions, inEnglish) {
		blocks = append(blocks, para(capitals(d)+"."))
	}
	if m.Uncertain {
		blocks = append(blocks, para(sayUncertain))
	}
	return append(blocks, t)
}

// writeCourse writes the course of conduct as a table, with the occasion of each row.
func (b *Bundle) writeCourse(to *bag) error {
	if len(b.course) == 0 {
		return nil
	}
	return to.create("data/course.csv", func(w io.Writer) error {
		s, err := newSheet(w, slices.Concat([]string{"No.", "Local time", besideLocal[0], "From", "About", "Behaviour", "Occasion", "Effect", "Exhibit", "Page", "Event"}, besideLocal[1:], []string{colTags, colKnown})...)
		if err != nil {
			return err
		}
		for r, err := range b.rowsAt(to.ctx, b.course) {
			if err != nil {
				return err
			}
			occasion := ""
			if n := b.occasion[r.ID]; n > 0 {
				occasion = strconv.Itoa(n)
			}
			beside := r.Time.besideLocal()
			if err := s.row(slices.Concat([]string{strconv.Itoa(r.Number), r.Time.Local, beside[0], r.From, r.About, strings.Join(r.Codes, "; "), occasion, joinFacts(pick(r.Detail, effectFacts)), r.Label, b.pageOf(r), r.ID.String()}, beside[1:], []string{r.tagCell(), r.knownCell()})...); err != nil {
				return err
			}
		}
		return s.close()
	})
}

// pageOf is the page on which a row stands in its exhibit, or in the diary.
func (b *Bundle) pageOf(r Row) string {
	return b.sheet(b.pinpoint(r)).Label
}
