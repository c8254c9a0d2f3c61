package sqlite

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"daybook/importers"
	"daybook/timeline"
)

// Format is what an importer tells of the databases that it reads.
type Format struct {
	Needs   []Table           // what makes a database one of these; otherwise it is another's
	Records []Table           // the tables of which each row is a record, with the columns that make it what it is
	Known   []string          // further tables that are read, or that hold nothing that happened
	Read    func(*View) error // hands on every record of a view
}

// Table is a table with some of its columns.
type Table struct {
	Name    string
	Columns []string
}

// View is one state of a database while its records are handed on: as it stands
// with its write-ahead log, or before it, where only the records that the log
// changed or deleted are shown.
type View struct {
	*DB
	Source importers.Source
	Ctx    context.Context

	out     importers.Output
	before  bool
	changes map[string]changes // by table
	gaps    *[]error
	stopped error
	handed  *int
}

// LogFact is the fact of an event that says how the write-ahead log and its
// record go together.
const LogFact = "write-ahead log"

const (
	onlyInLog  = "this record stands only in the write-ahead log beside the database: it is newer than the last time the app tidied up"
	newInLog   = "this record was changed in the write-ahead log; how it stood before is an event of its own"
	gone       = "this record stands only in the database without its write-ahead log: it was deleted since"
	overridden = "this is how the record stood before the write-ahead log changed it"
)

// Read opens a database and hands on its records: a format's Read is called for
// the state with the log, and, where the log changed or deleted records, for
// the state before. Damaged places are skips, and named in the error.
//
// Of several formats the first is taken whose tables are all there.
func Read(ctx context.Context, s importers.Source, out importers.Output, formats ...Format) (err error) {
	o, err := open(ctx, s)
	if err != nil {
		return failed(s, err)
	}
	defer func() {
		if closed := o.close(); err == nil {
			err = closed
		}
	}()
	f, err := o.format(formats)
	if err != nil {
		return failed(s, err)
	}
	gaps, handed := o.damage, 0
	v := &View{DB: o.now, Source: s, Ctx: ctx, out: out, gaps: &gaps, handed: &handed, changes: map[string]changes{}}
	if o.before != nil {
		if err := v.compare(o, f.Records); err != nil {
			return failed(s, err)
		}
	}
	if err := v.read(f); err != nil {
		return err
	}
	if o.before != nil && v.overwritten() {
		older := *v
		older.DB, older.before = o.before, true
		if err := older.read(f); err != nil {
			return err
		}
	}
	if err := v.tell(o, f); err != nil {
		return err
	}
	return failed(s, summary(gaps))
}

// format finds the one whose tables are all there.
func (o *opened) format(formats []Format) (f Format, err error) {
next:
	for _, f := range formats {
		for _, t := range f.Needs {
			if !o.now.Has(t.Name, t.Columns...) {
				err = fmt.Errorf("%w: it has no table %s with the columns %s", importers.ErrNotMine, t.Name, strings.Join(t.Columns, ", "))
				continue next
			}
		}
		return f, nil
	}
	return f, err
}

// failed names the file.
func failed(s importers.Source, err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fmt.Errorf("%s: %w", s.Path, err)
}

// read hands on a view.
func (v *View) read(f Format) error {
	if err := f.Read(v); err != nil {
		return err
	}
	return v.stopped
}

// Before tells that the view shows what stood in the database before its log:
// what is no record of a table has been handed on already.
func (v *View) Before() bool { return v.before }

// Rows gives the rows of a table in the order of their keys. Rows that cannot
// be read are skipped with words; the view ends when its context does, and when
// a skip is refused.
func (v *View) Rows(table string, columns ...string) iter.Seq[Row] {
	changed, isRecord := v.changes[strings.ToLower(table)]
	return v.through(table, v.DB.Scan(table, columns...), func(row Row) bool {
		return !v.before || !isRecord || changed.kind(row.ID) != ""
	})
}

// Some is Rows without the rows that have nothing in any of the columns, and
// with all others of a table of records, whatever the view.
func (v *View) Some(table string, columns ...string) iter.Seq[Row] {
	return v.through(table, v.DB.Some(table, columns...), func(Row) bool { return true })
}

func (v *View) through(table string, rows iter.Seq2[Row, error], wanted func(Row) bool) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		if v.stopped != nil {
			return
		}
		for row, err := range rows {
			switch {
			case err != nil:
				if v.stopped = v.damaged(table, err); v.stopped != nil {
					return
				}
			case wanted(row) && !yield(row):
				return
			}
		}
	}
}

// damaged takes note of what cannot be read.
func (v *View) damaged(table string, err error) error {
	if ended := v.Ctx.Err(); ended != nil {
		return ended
	}
	record := "table " + table
	if !v.Has(table) {
		record = table
	}
	var gap *Gap
	if errors.As(err, &gap) {
		record = fmt.Sprintf("table %s behind row %d", table, gap.From)
		err = gap
	}
	if v.before {
		record += ", before the log"
	}
	*v.gaps = append(*v.gaps, err)
	return v.Skip(record, "", err)
}

const namedGaps = 5

// summary is the error of a database that could not be read whole.
func summary(gaps []error) error {
	if len(gaps) <= namedGaps {
		return errors.Join(gaps...)
	}
	more := fmt.Errorf("and %d further places", len(gaps)-namedGaps)
	return errors.Join(append(slices.Clone(gaps[:namedGaps]), more)...)
}

// Record names a row for ever.
func (v *View) Record(kind string, row Row) string {
	name := fmt.Sprintf("%s %d", kind, row.ID)
	if v.before {
		name += ", before the log"
	}
	return name
}

// Event hands on the event of a row of one of the tables of records.
func (v *View) Event(table string, row Row, e timeline.Event) error {
	if row.Odd() && !slices.Contains(e.Flags, timeline.Undecoded) {
		e.Flags = append(e.Flags, timeline.Undecoded)
	}
	var flag timeline.Flag
	var fact string
	switch kind := v.changes[strings.ToLower(table)].kind(row.ID); {
	case kind == added && !v.before:
		fact = onlyInLog
	case kind == changed && !v.before:
		fact, flag = newInLog, timeline.Edited
	case kind == removed:
		fact, flag = gone, timeline.Deleted
	case kind == changed:
		fact, flag = overridden, timeline.Edited
		e.Extra = slices.DeleteFunc(e.Extra, func(f timeline.Fact) bool { return f.Name == timeline.SameKey })
	}
	if fact != "" {
		e.Extra.Set(LogFact, fact)
	}
	if flag != "" && !slices.Contains(e.Flags, flag) {
		e.Flags = append(e.Flags, flag)
	}
	shorten(&e)
	*v.handed++
	return v.out.Event(e)
}

// shorten keeps what an event shows within its limits; the whole is in the
// original.
func shorten(e *timeline.Event) {
	cut := len(e.Text) > importers.MostText
	e.Text = importers.Shorten(e.Text, importers.MostText)
	for i := range e.Extra {
		if value := &e.Extra[i].Value; len(*value) > importers.MostFact {
			cut = true
			*value = importers.Shorten(*value, importers.MostFact)
		}
	}
	if cut {
		Flag(e, timeline.TextCut)
	}
}

// Skip hands on a record that is no event.
func (v *View) Skip(record, text string, reason error) error {
	*v.handed++
	return v.out.Skip(record, text, reason)
}

// Attach stores a file that lies inside the database.
func (v *View) Attach(record, name, mediaType string, content []byte) (timeline.Attachment, error) {
	*v.handed++
	return v.out.Attach(record, name, mediaType, strings.NewReader(string(content)))
}

var errNone = errors.New("the tables of this database hold no records")

// tell says what the database holds beside its records.
func (v *View) tell(o *opened, f Format) error {
	notes := slices.Clone(o.notes)
	if note := v.differences(f.Records); note != "" {
		notes = append([]string{note}, notes...)
	}
	unread, err := v.unread(f)
	if err != nil {
		return failed(v.Source, err)
	}
	if unread != "" {
		notes = append(notes, "tables that hold something and are not read: "+unread)
	}
	if *v.handed == 0 && len(*v.gaps) == 0 {
		if err := v.Skip("the whole file", "", errNone); err != nil {
			return err
		}
	}
	if len(notes) == 0 {
		notes = []string{"every table that holds something was read"}
	}
	none := timeline.When{Basis: timeline.UnknownZone, Precision: timeline.Undated, Raw: "not stated"}
	return v.out.Covers(none, none, strings.Join(notes, "; "))
}

// unread names the tables that hold something and are not read.
func (v *View) unread(f Format) (string, error) {
	known := map[string]bool{}
	for _, t := range append(slices.Clone(f.Records), f.Needs...) {
		known[strings.ToLower(t.Name)] = true
	}
	for _, name := range f.Known {
		known[strings.ToLower(name)] = true
	}
	var names []string
	for key, t := range v.tables {
		if known[key] {
			continue
		}
		for _, err := range v.DB.Scan(t.name) {
			if err != nil && v.Ctx.Err() != nil {
				return "", v.Ctx.Err()
			}
			names = append(names, t.name) // it holds a row, or something that cannot be read
			break
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", "), nil
}
