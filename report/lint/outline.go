package lint

import "daybook/report/pdf/object"

// mark is a bookmark.
type mark struct {
	title string
	level int // 0 is the highest
	to    place
	does  object.Dict // what it does instead of leading somewhere
}

// readMarks walks the bookmarks in the order in which they are shown.
func (d *document) readMarks() {
	seen := map[object.Ref]bool{}
	var walk func(v any, level int)
	walk = func(v any, level int) {
		for v != nil && len(d.marks) < mostMarks {
			ref, ok := v.(object.Ref)
			if !ok || seen[ref] || level > mostDepth {
				d.broken++
				return
			}
			seen[ref] = true
			dict := d.pdf.Dict(v)
			if dict == nil {
				return
			}
			d.marks = append(d.marks, d.mark(dict, level))
			if dict["First"] != nil {
				walk(dict["First"], level+1)
			}
			v = dict["Next"]
		}
	}
	walk(d.pdf.Dict(d.catalog["Outlines"])["First"], 0)
}

func (d *document) mark(dict object.Dict, level int) mark {
	m := mark{title: d.pdf.Text(dict["Title"]), level: level}
	m.to, m.does = d.leads(dict)
	return m
}

// leads reads where a link or bookmark leads, and what it does when it does
// something else.
func (d *document) leads(dict object.Dict) (place, object.Dict) {
	if dict["Dest"] != nil {
		return d.place(dict["Dest"]), nil
	}
	action := d.pdf.Dict(dict["A"])
	if d.pdf.Name(action["S"]) == "GoTo" {
		to := d.place(action["D"])
		if action["Next"] == nil {
			action = nil
		}
		return to, action
	}
	return place{page: -1}, action
}

// link is a place of a page that can be clicked.
type link struct {
	box    box
	to     place
	action object.Dict
	kind   object.Name // of the annotation
}

// readLinks reads what of a page can be clicked.
func (d *document) readLinks(i int) {
	p := &d.pages[i]
	for _, v := range d.pdf.Array(d.pdf.Dict(p.self)["Annots"]) {
		if d.links++; d.links > mostLinks {
			return
		}
		a := d.pdf.Dict(v)
		if a == nil {
			continue
		}
		l := link{kind: d.pdf.Name(a["Subtype"]), box: d.box(a["Rect"], box{})}
		l.to, l.action = d.leads(a)
		if extra := d.pdf.Dict(a["AA"]); extra != nil && l.action == nil {
			l.action = extra
		}
		p.links = append(p.links, l)
	}
}
