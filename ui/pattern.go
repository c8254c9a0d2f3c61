package ui

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"daybook/timeline/casework"
	"daybook/ui/model"
)

// patternView is the page of counts: what is counted above, one chart below.
type patternView struct {
	*sheet
	p        *model.Pattern
	now      model.PatternAsked
	moments  []model.Moment // before and after which it can be counted
	channels []string       // that can be set side by side; nil: not looked for yet
	asked    int            // how often something was looked up; an older answer is dropped
	counted  int            // how often something was counted
	figs     *model.Figures // that are shown; nil: none
	stop     func()         // ends looking for what stands in two sources

	who    *choosing
	sent   *fyne.Container
	asks   *fyne.Container // what the part that is shown asks besides
	said   *widget.RichText
	result *fyne.Container
}

// The parts of the page.
const (
	byMonth  = "month"
	byHour   = "hour"
	around   = "around"
	silences = "silences"
	sides    = "sides"
	twoSides = "beside"
)

// patternPage counts what is in the case and judges nothing.
func patternPage(w *Window) view {
	p := newPatternView(w)
	p.look()
	return p.view()
}

// showPattern goes to the page and counts one person's events there.
func (w *Window) showPattern(person int64) {
	now := w.desk.Asked().Pattern
	now.Person = strconv.FormatInt(person, 10)
	w.desk.KeepPattern(now)
	w.show(patternID)
}

func newPatternView(w *Window) *patternView {
	p := &patternView{sheet: w.broadSheet(), now: w.desk.Asked().Pattern, sent: stacked(), asks: stacked(), said: plain(""), result: stacked(), stop: func() {}}
	if p.now.Part == "" {
		p.now.Part, p.now.Days, p.now.Least = byMonth, casework.UsualDays, casework.UsualSilence
	}
	p.body.Objects = []fyne.CanvasObject{p.filters(), p.ways(), p.asks, p.said, p.result}
	p.ask()
	return p
}

func (p *patternView) view() view {
	return view{content: p.scroll, focus: p.who, leave: p.leave, free: p.free, resumed: p.resumed}
}

// resumed looks again for what stands in two sources, where leaving ended that.
func (p *patternView) resumed() {
	if p.p == nil {
		p.look()
	} else if !p.p.KnowsTwice() {
		p.twice(p.p)
	}
}

// free lets go of what was counted: of a million events it is tens of megabytes.
func (p *patternView) free() {
	p.p, p.moments, p.channels = nil, nil, nil
	p.clear()
}

// clear takes away what is shown.
func (p *patternView) clear() {
	if p.figs != nil {
		p.figs.Free()
		p.figs = nil
	}
	p.result.RemoveAll()
}

// leave waits for nothing more, and keeps what was asked.
func (p *patternView) leave() error {
	p.asked++
	p.counted++
	p.stop()
	p.w.desk.KeepPattern(p.now)
	return nil
}

// broadSheet is a sheet as wide as a page of lists.
func (w *Window) broadSheet() *sheet {
	s := &sheet{w: w, body: stacked()}
	s.scroll = container.NewVScroll(broad(container.NewPadded(s.body)))
	return s
}

// filters ask who and when.
func (p *patternView) filters() fyne.CanvasObject {
	p.who = newChoosing()
	p.who.SetPlaceHolder(lang.L("Everybody"))
	p.who.OnChanged = p.chosen
	from := p.day(&p.now.From, lang.L("The first day"))
	to := p.day(&p.now.To, lang.L("The last day"))
	return stacked(container.New(&wrapLayout{least: 12}, labelled(lang.L("Who"), p.who), labelled(lang.L("From"), from), labelled(lang.L("To"), to)), p.sent)
}

// day is a field for a day. What is typed counts as soon as it is a day; Enter
// says what is wrong with one that is none.
func (p *patternView) day(text *string, hint string) *formField {
	f := p.line(text, hint)
	f.OnSubmitted = func(string) { p.look() }
	return f.then(func() {
		if _, err := p.w.desk.Date(*text); err == nil || strings.TrimSpace(*text) == "" {
			p.lookFor(func(error) {})
		}
	})
}

// ways choose what is shown, and how.
func (p *patternView) ways() fyne.CanvasObject {
	var unit, shape *chips
	all := stacked()
	offer := func() { // lists are neither counted in occasions nor drawn, two sides are drawn
		switch all.Objects = all.Objects[:1]; p.now.Part {
		case sides:
		case twoSides:
			all.Add(shape)
		default:
			all.Add(container.New(chipLine{}, unit, shape))
		}
		all.Refresh()
	}
	part := p.chips([]model.Option{{Value: byMonth, Label: lang.L("By month")}, {Value: byHour, Label: lang.L("By day and hour")},
		{Value: around, Label: lang.L("Before and after")}, {Value: silences, Label: lang.L("Silences")}, {Value: twoSides, Label: lang.L("Side by side")}, {Value: sides, Label: lang.L("Lists")}}, p.now.Part, false, func(v string) {
		p.now.Part = v
		offer()
		p.ask()
		p.draw()
	})
	unit = p.chips([]model.Option{{Value: "", Label: lang.L("Events")}, {Value: "occasions", Label: lang.L("Occasions")}}, when(p.now.Occasions, "occasions"), false, func(v string) {
		p.now.Occasions = v != ""
		p.look()
	})
	shape = p.chips([]model.Option{{Value: "", Label: lang.L("Chart")}, {Value: "table", Label: lang.L("Table")}}, when(p.now.Table, "table"), false, func(v string) {
		p.now.Table = v != ""
		p.draw()
	})
	all.Add(part)
	offer()
	return all
}

// when is a value that is given where something holds.
func when(on bool, value string) string {
	if on {
		return value
	}
	return ""
}

// chosen takes the person that was typed or picked.
func (p *patternView) chosen(text string) {
	p.w.touch(nil)
	key, found := p.who.person(text, p.people())
	if found && key != p.now.Person {
		p.now.Person = key
		p.offerSent()
		p.look()
	}
}

func (p *patternView) people() []model.Whom {
	if p.p == nil {
		return nil
	}
	return p.p.People()
}

// offerSent asks whether what the person got counts too.
func (p *patternView) offerSent() {
	p.sent.RemoveAll()
	if p.now.Person == "" {
		p.now.Sent = false
		return
	}
	p.sent.Add(p.chips([]model.Option{{Value: "", Label: lang.L("Sent by them, to them or about them")}, {Value: "sent", Label: lang.L("Sent by them")}}, when(p.now.Sent, "sent"), false, func(v string) {
		p.now.Sent = v != ""
		p.look()
	}))
}

// look looks for what is asked, beside the window.
func (p *patternView) look() { p.lookFor(p.w.tell) }

func (p *patternView) lookFor(failed func(error)) {
	p.asked++
	mine, query, old, moments := p.asked, p.now.PatternQuery, p.p, p.moments
	p.w.env.Go(func() {
		ctx := context.Background()
		found, err := p.w.desk.Pattern(ctx, query, old)
		if err == nil && moments == nil {
			moments, err = found.Moments(ctx)
		}
		p.w.env.Do(func() {
			switch {
			case mine != p.asked:
			case err != nil:
				failed(err)
			default:
				p.show(found, moments)
			}
		})
	})
}

func (p *patternView) show(found *model.Pattern, moments []model.Moment) {
	first := p.p == nil
	p.p, p.moments, p.channels = found, moments, nil
	if first {
		p.began()
	}
	setText(p.said, said(found.Said))
	p.draw()
	p.twice(found)
}

// twice finds beside the window what stands in two sources, and counts it then
// too.
func (p *patternView) twice(found *model.Pattern) {
	p.stop()
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	p.w.env.Go(func() {
		twice, err := found.Twice(ctx)
		p.w.env.Do(func() {
			switch {
			case p.p != found:
			case err != nil:
				p.w.tell(err)
			case len(twice) > 0:
				p.p = found.With(twice)
				setText(p.said, said(p.p.Said))
				p.draw()
			}
		})
	})
}

// began fills in what is known once there is something to choose from.
func (p *patternView) began() {
	for _, whom := range p.people() {
		if whom.Key == p.now.Person {
			p.who.SetText(whom.Name)
		}
	}
	if p.now.Moment.None() && len(p.moments) > 0 {
		p.now.Moment = p.moments[0]
	}
	p.chosen(p.who.Text)
	p.offerSent()
	p.ask()
}

// draw counts what was chosen beside the window, and shows it.
func (p *patternView) draw() {
	p.counted++
	mine, found, now := p.counted, p.p, p.now
	if found == nil {
		return
	}
	p.w.env.Go(func() {
		part := p.part(found, now)
		p.w.env.Do(func() {
			if mine != p.counted {
				return
			}
			p.clear()
			part()
			p.body.Refresh()
		})
	})
}

// part counts one part and gives what shows it in the window.
func (p *patternView) part(found *model.Pattern, now model.PatternAsked) (show func()) {
	switch now.Part {
	case byHour:
		f := found.Hours()
		return func() { p.figures(f, &fieldMap{}, false) }
	case around:
		if now.Moment.None() {
			return func() {
				p.result.Add(plain(lang.L("Choose above what to count before and after, or type a day.")))
			}
		}
		f, err := found.Around(context.Background(), now.Moment, now.Days, now.By)
		if err != nil {
			return func() { p.result.Add(plain(told(err))) }
		}
		return func() { p.figures(f, &besides{}, false) }
	case silences:
		s, err := found.Silences(context.Background(), now.Least)
		if err != nil {
			return func() { p.result.Add(plain(told(err))) }
		}
		return func() { p.silences(s) }
	case twoSides:
		return p.sideBySide(found, now)
	case sides:
		return p.sides(found, now)
	}
	f := found.Months(now.By)
	return func() { p.figures(f, &bars{}, true) }
}

// figures shows one table of figures: its name, how it was counted, the chart or
// the table, and what stands in neither.
func (p *patternView) figures(f *model.Figures, shape chartShape, legend bool) {
	p.figs = f
	p.inWords(f)
	out := []fyne.CanvasObject{heading(f.Name), quiet(f.Rule)}
	switch {
	case len(f.Columns) == 0 || len(f.Rows) == 0:
		out = append(out, plain(lang.L("There is nothing to count.")))
	case f.Drawn == 0 && !p.now.Table && p.now.Part == byMonth:
		out = append(out, plain(lang.L("No behaviour is marked on any of these. Mark events on the timeline, or look at them by kind.")))
	default:
		if p.now.Table {
			shape = &table{}
		}
		out = append(out, p.chart(f, shape))
		if legend && !p.now.Table {
			out = append(out, p.legend(f))
		}
	}
	if f.Note != "" {
		out = append(out, plain(f.Note))
	}
	p.result.Add(tight(out[:2]...))
	for _, o := range out[2:] {
		p.result.Add(o)
	}
	p.left(f)
}

// chart is the chart with the line below that says where the keys or the pointer
// are.
func (p *patternView) chart(f *model.Figures, shape chartShape) fyne.CanvasObject {
	hint := lang.L("Arrow keys or the pointer go from figure to figure; Enter or a click shows the events behind one.")
	where := quiet(hint)
	c := newChart(f, shape, p.w.touch, func(text string) { setText(where, said(text)) }, func(row, col int) {
		p.open(*f, func(f *model.Figures) (*model.Only, bool) { return f.Only(row, col) })
	})
	c.shown = func(c *chart) { p.reveal(c) }
	return raised(container.NewPadded(container.New(flow{0}, c, where)))
}

// legend names the fillings.
func (p *patternView) legend(f *model.Figures) fyne.CanvasObject {
	list := container.New(&wrapLayout{least: 18})
	for i, r := range f.Rows[:f.Drawn] {
		list.Add(container.NewBorder(nil, nil, container.NewVBox(container.NewPadded(container.New(scaled{1.5}, newSwatch(i)))), nil, plain(r.Long)))
	}
	return list
}

// left names what could not be counted, with a button to its events.
func (p *patternView) left(f *model.Figures) {
	leave := func(what string, events func(*model.Figures) (*model.Only, bool)) {
		show := p.button(lang.L("Show them"), func() { p.open(*f, events) })
		p.result.Add(container.NewBorder(nil, nil, nil, container.NewVBox(show), plain(said(what))))
	}
	for i, l := range f.Left {
		if l.N > 0 {
			leave(l.Said(f.Unit), func(f *model.Figures) (*model.Only, bool) { return f.OnlyLeft(i) })
		}
	}
	if n := p.p.Undated(); n > 0 {
		leave(model.Left{What: "without a time, of no occasion", N: n}.Said("event"), (*model.Figures).OnlyUndated)
	}
}

// open finds the events behind a figure beside the window and shows them. The
// figures are a copy: those that are shown may be let go meanwhile.
func (p *patternView) open(f model.Figures, events func(*model.Figures) (*model.Only, bool)) {
	mine := p.counted
	p.w.env.Go(func() {
		only, ok := events(&f)
		p.w.env.Do(func() {
			if ok && mine == p.counted {
				p.w.showTimeline(lookFor{query: model.Query{Only: only}})
			}
		})
	})
}
