package report

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"io"
	"strconv"

	"daybook/timeline"
)

// force is who works on the case by profession, as the case says it. It changes what
// the cover names, and how large a file for a portal may be; nothing else.
type force struct {
	Name, Reference, Lead, Contact, Code, Why string
	Professional                              bool
	Logo                                      []byte // a PNG
}

// What a logo may be: it is looked at by the program itself.
const (
	mostLogo   = 256 << 10
	mostPixels = 2000
)

// force reads the last entry about it before the moment of the bundle.
func (p *planner) force() error {
	var last *timeline.RegisteredVersion
	for _, r := range p.x.Registers(timeline.Force) {
		for _, v := range r.Versions {
			if p.sel.Moment.Entries == 0 || v.Entry < p.sel.Moment.Entries {
				last = &v
			}
		}
	}
	if last == nil {
		return nil
	}
	say := func(field string) string { return visible(p.gate.clean(last.Fields[field])) }
	p.b.force = &force{Name: say("name"), Reference: say("reference"), Lead: say("lead"), Contact: say("spoc"), Code: say("code"), Why: say("code_why"), Professional: last.Fields["professional"] == "yes"}
	if most, err := strconv.ParseInt(last.Fields["portal_mb"], 10, 64); err == nil && most > 0 && p.b.Profile.Files.Megabytes > 0 {
		p.b.Profile.Files.Megabytes = most
	}
	if len(last.Items) == 0 {
		return nil
	}
	logo, err := p.logo(last.Items[0])
	p.b.force.Logo = logo
	return err
}

// logo is an item that is a small PNG; any other is none.
func (p *planner) logo(n int64) (data []byte, err error) {
	item, err := p.c.Item(n)
	if err != nil || item.Deleted || item.Size > mostLogo {
		return nil, err
	}
	o, err := p.c.Original(item.Hash)
	if err != nil {
		return nil, fmt.Errorf("logo, item %d: %w", n, err)
	}
	defer func() { err = errors.Join(err, o.Close()) }()
	if data, err = io.ReadAll(o); err != nil {
		return nil, fmt.Errorf("logo, item %d: %w", n, err)
	}
	if size, err := png.DecodeConfig(bytes.NewReader(data)); err != nil || size.Width > mostPixels || size.Height > mostPixels {
		return nil, nil // no picture for a cover: the name stands there
	}
	return data, nil
}

// facts are what the cover says of it.
func (f *force) facts() (facts []Fact) {
	if f == nil {
		return nil
	}
	facts = maybe(maybe(facts, factForce, f.Name), factReference, f.Reference)
	if f.Professional {
		facts = maybe(maybe(facts, factLead, f.Lead), factContact, f.Contact)
	}
	return facts
}

// compliance is what those who work by profession say of the code; nothing where
// nobody does.
func (b *Bundle) compliance() []Block {
	f := b.force
	if f == nil || !f.Professional {
		return nil
	}
	facts := Facts{maybe(maybe(nil, factCode, f.Code), factFearedWhy, f.Why)}
	if r, ok := b.law.Rule(ruleCode, b.Moment.Time); ok {
		return []Block{para(r.Words + " " + r.Source.String()), facts}
	}
	return []Block{facts}
}

// ruleCode is the rule of the law about the code.
const ruleCode = "EW-code"

// picture is the logo above the cover's facts.
func (f *force) picture() []Block {
	if f == nil || f.Logo == nil {
		return nil
	}
	return []Block{QR{f.Logo, f.Name}}
}
