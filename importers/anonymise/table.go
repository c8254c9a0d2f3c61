package anonymise

import "strings"

// headerWithin is in how many rows the names of the columns must come.
const headerWithin = 20

// table writes a text of rows and cells anew. The cells that name the columns
// stay; separators, quotes and the ends of lines stay byte for byte.
func (s *scribe) table(in string) string {
	t := tableWriting{s: s, in: in, sign: separatorOf(in)}
	for t.at < len(in) {
		t.row()
	}
	return t.out.String()
}

// separatorOf takes the sign that the first lines have most of.
func separatorOf(in string) byte {
	head := in[:min(len(in), 4<<10)]
	best, most := byte(','), 0
	for _, c := range []byte(",;\t|") {
		if n := strings.Count(head, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

type tableWriting struct {
	s       *scribe
	in      string
	at      int
	sign    byte
	out     strings.Builder
	columns []string // once they were named
	rows    int
}

// A cell is where a cell lies, without its quotes, and what stands behind it.
type cell struct {
	from, to, next int
	quoted         bool
}

func (t *tableWriting) row() {
	var cells []cell
	for {
		c := t.cell()
		cells = append(cells, c)
		if c.next >= len(t.in) || t.in[c.next-1] == '\n' {
			break
		}
	}
	header := t.columns == nil && t.rows < headerWithin && t.names(cells)
	t.rows++
	start := cells[0].from
	if cells[0].quoted {
		start--
	}
	for i, c := range cells {
		t.out.WriteString(t.in[start:c.from])
		t.out.WriteString(t.write(i, t.in[c.from:c.to], c.quoted, header))
		t.out.WriteString(t.in[c.to:c.next])
		start = c.next
	}
	if header {
		for _, c := range cells {
			t.columns = append(t.columns, strings.TrimPrefix(t.in[c.from:c.to], "\ufeff"))
		}
	}
}

func (t *tableWriting) write(i int, raw string, quoted, header bool) string {
	text := raw
	if quoted {
		text = strings.ReplaceAll(raw, `""`, `"`)
	}
	column := ""
	if i < len(t.columns) {
		column = t.columns[i]
	}
	if header && kept.name(strings.TrimSpace(strings.TrimPrefix(text, "\ufeff"))) {
		return raw
	}
	stand := t.s.value(column, text)
	if quoted {
		stand = strings.ReplaceAll(stand, `"`, `""`)
	}
	return stand
}

// names tells that a row names the columns: two cells at the least, and most of
// those that say anything, are names that formats use.
func (t *tableWriting) names(cells []cell) bool {
	known, said := 0, 0
	for _, c := range cells {
		text := strings.TrimSpace(strings.TrimPrefix(t.in[c.from:c.to], "\ufeff"))
		if text == "" {
			continue
		}
		said++
		if text[0] > '9' && kept.name(text) {
			known++
		}
	}
	return known > 1 && known*2 > said
}

// cell reads one cell and goes behind it.
func (t *tableWriting) cell() (c cell) {
	c.from = t.at
	if c.quoted = t.at < len(t.in) && t.in[t.at] == '"'; c.quoted {
		c.from++
		c.to = c.from
		for c.to < len(t.in) && (t.in[c.to] != '"' || c.to+1 < len(t.in) && t.in[c.to+1] == '"') {
			if t.in[c.to] == '"' {
				c.to++
			}
			c.to++
		}
		c.to = min(c.to, len(t.in))
	}
	end := c.from
	if c.quoted {
		end = c.to
	}
	for end < len(t.in) && t.in[end] != t.sign && t.in[end] != '\n' {
		end++
	}
	if !c.quoted {
		c.to = end
		if end > c.from && t.in[end-1] == '\r' {
			c.to--
		}
	}
	c.next = min(end+1, len(t.in))
	t.at = c.next
	return c
}
