package outlook

import (
	"context"
	"fmt"
	"strings"

	"daybook/importers"
	"daybook/timeline"
)

// maxInside is how many messages lie in one another.
const maxInside = 8

// message is a message while it is read.
type message struct {
	*storage
	ctx    context.Context
	out    importers.Output
	root   *storage
	record string
	names  map[longName]uint16
	page   int // the code page of its ANSI texts
	inside int
	cut    bool // the file is
}

// read hands on the message, and those inside it behind it.
func (m *message) read(header int) error {
	if err := m.ctx.Err(); err != nil {
		return err
	}
	m.properties(header)
	m.page = m.codePage()
	e := timeline.Event{Kind: m.kind(), Source: timeline.Pinpoint{Record: m.record}}
	facts := importers.FactsOf(&e)
	if m.cut {
		facts.Flag(timeline.Truncated)
	}
	transport := m.words(0x007d, m.page)
	m.times(&e, facts, transport)
	m.parties(&e, facts)
	facts.Add("subject", m.first(m.page, 0x0037, 0x0070))
	m.texts(facts)
	facts.Add("headers", strings.ReplaceAll(transport, "\r\n", "\n"))
	facts.Add("message id", m.first(m.page, 0x1035))
	facts.Add("in reply to", m.first(m.page, 0x1042))
	facts.Add("class", m.words(0x001a, m.page))
	m.meeting(facts)
	if flags, ok := m.number(0x0e07); ok && flags&8 != 0 {
		facts.Flag(timeline.Draft)
	}
	files, inside, err := m.files(facts)
	if err != nil {
		return err
	}
	e.Files = files
	facts.Add("other properties", m.rest())
	if e.Kind == timeline.Email {
		importers.OneLetter(&e)
	} else {
		e.Extra.Set(timeline.SameKey, m.same(&e))
	}
	if err := m.out.Event(e); err != nil {
		return err
	}
	for _, in := range inside {
		if err := in.read(insideHeader); err != nil {
			return err
		}
	}
	return nil
}

// same is the key of what is no letter: equal for two copies of it with the same
// files.
func (m *message) same(e *timeline.Event) string {
	parts := []string{"outlook", e.Extra.Get("message id"), e.When.Raw, e.From.Name, e.From.Address, e.Extra.Get("subject"), e.Text}
	for _, f := range e.Files {
		parts = append(parts, f.Name, f.Hash.String())
	}
	return importers.SameOf(parts...)
}

// kind is an e-mail for what is sent, and a document for what is kept.
func (m *message) kind() timeline.Kind {
	class := strings.ToLower(m.words(0x001a, ansi))
	for _, kept := range []string{"ipm.appointment", "ipm.task", "ipm.stickynote", "ipm.activity", "ipm.contact"} {
		if class == kept || strings.HasPrefix(class, kept+".") {
			return timeline.Document
		}
	}
	return timeline.Email
}

// codePage is that of the ANSI texts: the message says it, or its language.
func (m *message) codePage() int {
	for _, id := range []uint16{0x3ffd, 0x66c3} {
		if n, ok := m.number(id); ok && pageOf(n) != nil && n != 20127 {
			return n
		}
	}
	if n, ok := m.number(0x3ff1); ok {
		if page := localePages[n&0x3ff]; page != 0 {
			return page
		}
		return ansi
	}
	if n, ok := m.number(0x3fde); ok && pageOf(n) != nil {
		return n
	}
	return ansi
}

// meeting notes when and where a meeting or an appointment is.
func (m *message) meeting(facts importers.Facts) {
	for _, t := range []struct {
		fact   string
		number uint32
	}{{"begins", 0x820d}, {"ends", 0x820e}} {
		if v, ok := m.named(appointment, t.number); ok {
			if w, ok := fileTime(v); ok {
				facts.Add(t.fact, w.Instant.Format("2006-01-02 15:04:05 MST"))
			}
		}
	}
	facts.Add("place", m.namedWords(appointment, 0x8208))
}

// rest names what was not read, in the message and in its recipients.
func (m *message) rest() string {
	var list []string
	if own := m.unread(); own != "" {
		list = append(list, own)
	}
	for _, f := range m.folders {
		if f.name == "__nameid_version1.0" {
			list = append(list, "the names of properties")
			continue
		}
		if s := f.unread(); s != "" {
			list = append(list, "in "+strings.TrimPrefix(f.name, "__")+":\n"+s)
		}
	}
	return strings.Join(list, "\n")
}

// parties reads who sent the message and to whom.
func (m *message) parties(e *timeline.Event, facts importers.Facts) {
	e.From = timeline.Party{
		Name:    m.first(m.page, 0x0c1a, 0x0042),
		Address: m.address(0x5d01, 0x0c1e, 0x0c1f, 0x5d02, 0x0064, 0x0065),
	}
	if behalf := m.first(m.page, 0x0042); behalf != "" && behalf != e.From.Name {
		facts.Add("sent on behalf of", behalf+" "+m.first(m.page, 0x5d02, 0x0065))
	}
	for _, r := range m.all("__recip_version1.0_") {
		r.properties(partHeader)
		p := timeline.Party{Name: r.first(m.page, 0x3001, 0x3a20, 0x5ff6), Address: r.first(m.page, 0x39fe, 0x3003)}
		e.To = append(e.To, p)
		if kind, ok := r.number(0x0c15); ok && kind&0xff == 2 {
			facts.Add("cc", written(p))
		} else if ok && kind&0xff == 3 {
			facts.Add("bcc", written(p))
		}
	}
	if len(e.To) == 0 {
		for shown := range strings.SplitSeq(m.first(m.page, 0x0e04), ";") {
			if shown = strings.TrimSpace(shown); shown != "" {
				e.To = append(e.To, timeline.Party{Name: shown})
			}
		}
	}
	facts.Add("to, as shown", m.first(m.page, 0x0e04))
	facts.Add("cc, as shown", m.first(m.page, 0x0e03))
	facts.Add("bcc, as shown", m.first(m.page, 0x0e02))
}

func written(p timeline.Party) string {
	if p.Address == "" || p.Address == p.Name {
		return p.Name
	}
	return fmt.Sprintf("%s <%s>", p.Name, p.Address)
}

// address is the e-mail address, else that of the organisation's own directory.
func (m *message) address(ids ...uint16) string {
	for i := 0; i+2 < len(ids); i += 3 {
		if smtp := m.first(m.page, ids[i]); smtp != "" {
			return smtp
		}
		if a := m.first(m.page, ids[i+2]); a != "" && strings.EqualFold(m.first(m.page, ids[i+1]), "SMTP") {
			return a
		}
	}
	return m.first(m.page, 0x0c1f, 0x0065)
}

// The ways in which something is attached.
const (
	byValue  = 1
	embedded = 5
	object   = 6
)

// files keeps what is attached, and gives the messages among it.
func (m *message) files(facts importers.Facts) (list []timeline.Attachment, inside []*message, err error) {
	for i, s := range m.all("__attach_version1.0_") {
		if err := m.ctx.Err(); err != nil {
			return nil, nil, err
		}
		s.properties(partHeader)
		record := fmt.Sprintf("%s, attachment %d", m.record, i+1)
		name := s.first(m.page, 0x3707, 0x3704, 0x3001)
		if name == "" {
			name = fmt.Sprintf("attachment-%d", i+1)
		}
		if in := s.folder("__substg1.0_3701000D"); in != nil {
			if how, _ := s.number(0x3705); how != object && m.inside < maxInside {
				facts.Add("message inside", record)
				inside = append(inside, &message{storage: in, ctx: m.ctx, out: m.out, root: m.root, record: record, names: m.names, inside: m.inside + 1, cut: m.cut})
				continue
			}
			if err := m.out.Skip(record, name, errObject); err != nil {
				return nil, nil, err
			}
			continue
		}
		a, err := m.attach(s, name)
		if err != nil {
			return nil, nil, err
		}
		list = append(list, a)
	}
	return list, inside, nil
}

// attach keeps one file.
func (m *message) attach(s *storage, filename string) (timeline.Attachment, error) {
	kind := s.first(m.page, 0x370e)
	f, ok := s.stream(name(0x3701, typeBinary))
	if !ok {
		note := "named in the message and not in it"
		if where := s.first(m.page, 0x370d, 0x3708); where != "" {
			note += ": it lay at " + where
		}
		return timeline.Attachment{Name: filename, Type: kind, Missing: true, Note: note}, nil
	}
	r := &importers.UntilBroken{R: importers.UntilDone(m.ctx, fromStart(f, f.Size))}
	a, err := m.out.Attach(m.record, filename, kind, r)
	switch {
	case err != nil:
		return a, err
	case m.ctx.Err() != nil:
		return a, m.ctx.Err()
	case r.Err != nil:
		a.Note = "damaged: " + r.Err.Error()
	case s.first(m.page, 0x3712) != "":
		a.Note = "shown inside the text"
	}
	return a, nil
}
