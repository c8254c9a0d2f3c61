package model

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"

	"daybook/evidence"
	"daybook/timeline"
)

// receivedRows are the rows of a bundle: their lines, some at a time and packed,
// and the columns by which they are listed. The lines are in memory, so that
// what was checked is what is read, and a zip is never unpacked onto the disk.
type receivedRows struct {
	packed  [][]byte // pageRows lines each
	pending [][]byte
	n       int
	number  []int32 // of the rows in the chronology; empty where it does not fit
	labels  map[int64]string
	names   map[int64]string // of items, as their exhibits say
	in      *zstd.Decoder
	out     *zstd.Encoder
	left    int // rows of the chronology that are left out
}

// read reads the rows and the exhibits.
func (r *Received) read(ctx context.Context, progress evidence.Progress) error {
	if err := r.readExhibits(ctx); err != nil {
		return err
	}
	in, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return err
	}
	out, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	r.rows = &receivedRows{labels: map[int64]string{}, names: map[int64]string{}, in: in, out: out}
	for _, e := range r.Exhibits {
		r.rows.labels[e.Item], r.rows.names[e.Item] = e.Label, strings.TrimSpace(e.Label+" "+cmp.Or(e.Name, e.Title))
	}
	r.base = &base{item: r.item}
	return r.readEvents(ctx, progress)
}

// readEvents reads data/events.jsonl beside data/chronology.csv, which numbers
// its rows.
func (r *Received) readEvents(ctx context.Context, progress evidence.Progress) (err error) {
	f, err := r.openFile(receivedEvents)
	if err != nil {
		r.fault("The rows cannot be shown: %s is not in the bundle.", receivedEvents)
		r.finish(timeline.NewSurveyor(), time.UTC)
		return ctx.Err()
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	people, err := r.readPeople(ctx)
	if err != nil {
		return err
	}
	next, stop := iter.Pull2(r.chronology(ctx))
	defer stop()
	v, used := timeline.NewSurveyor(), zones{}
	fits, bad, long := true, 0, 0
	zone := ""
	err = eachLine(ctx, f, func(n int, text []byte) error {
		row, err := timeline.ParseJSONL(text)
		if err != nil {
			if bad++; bad == 1 {
				r.fault("Line %d of %s is no row and is not shown.", n, receivedEvents)
			}
			return nil
		}
		counted := row
		if fits {
			c, ok := r.nextRow(next)
			if fits = ok && c.event == row.ID.String(); fits {
				r.rows.number = append(r.rows.number, c.number)
				counted = people.in(row, c)
				if row.When.Local.IsZero() && zone == "" {
					zone = c.zone
				}
			}
		}
		v.Add(&counted)
		used[row.When.Zone]++
		r.rows.add(text)
		if progress != nil && n%512 == 0 {
			progress(int64(n), 0, "rows read")
		}
		return nil
	}, func(n int) {
		if long++; long == 1 {
			r.fault("Line %d of %s is longer than a row can be and is not shown.", n, receivedEvents)
		}
	})
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		r.fault("Only the first %s could be read: %v.", count(r.rows.n, "row"), err)
	}
	if bad > 1 {
		r.fault("So it is with %s more.", countOf(uint64(bad-1), "line", "lines"))
	}
	if fits { // and nothing is left over
		_, more := r.nextRow(next)
		fits = !more && bad+long == 0
	}
	if !fits {
		r.rows.number = nil
		r.fault("The rows have no numbers here: %s does not fit them.", receivedChronology)
	}
	r.finish(v, used.best(zone))
	return nil
}

// item names an item by its exhibit: that is all that a bundle says of one.
func (r *Received) item(n int64) (evidence.Item, error) {
	name, ok := r.rows.names[n]
	if !ok {
		return evidence.Item{}, fmt.Errorf("item %d: %w", n, evidence.ErrNotFound)
	}
	return evidence.Item{Number: n, Name: name}, nil
}

// numbered is what is taken of a row of the chronology.
type numbered struct {
	number      int32
	event, zone string
	from, to    string // persons, by their numbers
	out         bool
}

// nextRow gives the next row that is not left out.
func (r *Received) nextRow(next func() (numbered, error, bool)) (numbered, bool) {
	for {
		c, err, ok := next()
		if !ok || err != nil {
			return c, false
		}
		if !c.out {
			return c, true
		}
		r.rows.left++
	}
}

// bounded refuses a record of a table that would fill the memory.
type bounded struct {
	r    io.Reader
	left int
	over bool
}

var errLong = errors.New("a record is longer than one can be")

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		b.over = true
		return 0, errLong
	}
	n, err := b.r.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

// table walks the records of one of the bundle's tables, by the titles of its
// columns.
func (r *Received) table(ctx context.Context, name string) iter.Seq2[map[string]string, error] {
	return func(yield func(map[string]string, error) bool) {
		f, err := r.openFile(name)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close() // it was only read
		in := &bounded{r: f, left: mostLine}
		c := csv.NewReader(in)
		c.ReuseRecord = true
		titles, err := c.Read()
		if err != nil {
			yield(nil, fmt.Errorf("%s: %w", name, err))
			return
		}
		titles = slices.Clone(titles)
		titles[0] = strings.TrimPrefix(titles[0], "\ufeff")
		for {
			in.left = mostLine
			values, err := c.Read()
			if in.over {
				err = errLong // which the table's reader may have taken for its end
			}
			if err == nil {
				err = ctx.Err()
			}
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(nil, fmt.Errorf("%s: %w", name, err))
				return
			}
			record := make(map[string]string, len(titles))
			for i, v := range values {
				record[titles[i]] = v
			}
			if !yield(record, nil) {
				return
			}
		}
	}
}

func (r *Received) chronology(ctx context.Context) iter.Seq2[numbered, error] {
	return func(yield func(numbered, error) bool) {
		for t, err := range r.table(ctx, receivedChronology) {
			n, numErr := strconv.ParseInt(t["No."], 10, 32)
			if !yield(numbered{int32(n), t["Event"], t["Zone"], t["Person from"], t["Persons to"], t["Event"] == "" && t["Left out"] != ""}, cmp.Or(err, numErr)) {
				return
			}
		}
	}
}

// zones counts the zones that rows name.
type zones map[string]int

// best is that in which times are shown: the one that the chronology shows
// instants in, or else that of most rows.
func (z zones) best(named string) *time.Location {
	names := slices.SortedFunc(maps.Keys(z), func(a, b string) int { return cmp.Or(z[b]-z[a], cmp.Compare(a, b)) })
	for _, name := range append([]string{named}, names...) {
		if !strings.Contains(name, "/") {
			continue
		}
		if z, err := time.LoadLocation(name); err == nil {
			return z
		}
	}
	return time.UTC
}

// add packs a line away.
func (r *receivedRows) add(line []byte) {
	r.pending = append(r.pending, slices.Clone(line))
	if r.n++; len(r.pending) == pageRows {
		r.flush()
	}
}

func (r *receivedRows) flush() {
	if len(r.pending) == 0 {
		return
	}
	var all []byte
	for _, l := range r.pending {
		all = append(append(all, l...), '\n')
	}
	r.packed, r.pending = append(r.packed, r.out.EncodeAll(all, nil)), nil
}

// finish surveys the rows by a clock, and gives everybody in them a face: those
// with most rows first.
func (r *Received) finish(v *timeline.Surveyor, zone *time.Location) {
	r.rows.flush()
	b := r.base
	b.zone, b.all = zone, r.rows.n
	var parties []timeline.Party
	b.survey, parties = v.Finish(zone)
	rows := b.survey.Mentions()
	order := make([]int, len(parties))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return rows[b] - rows[a] })
	b.cast = &cast{order: order, faces: make([]Face, len(order))}
	look := 0
	for _, i := range order {
		p := parties[i]
		f := Face{Name: cmp.Or(oneLine(timeline.Shown(p.Name)), oneLine(timeline.Shown(p.Address)), "unnamed"), Own: p.Owner}
		if f.Own && p.Name == "" && p.Address == "" {
			f.Name = "The owner of this export"
		}
		f.Initials = initials(f.Name)
		if !f.Own {
			f.Look = look
			look++
		}
		b.cast.faces[i] = f
	}
}

// lines gives the lines of one page as they stand in the bundle.
func (r *receivedRows) lines(n int) ([]string, error) {
	data, err := r.in.DecodeAll(r.packed[n], nil)
	if err != nil {
		return nil, err
	}
	return strings.Split(strings.TrimSuffix(string(data), "\n"), "\n"), nil
}

// page gives the rows of one page.
func (r *receivedRows) page(n int) ([]timeline.Row, error) {
	lines, err := r.lines(n)
	if err != nil {
		return nil, err
	}
	rows := make([]timeline.Row, 0, pageRows)
	for _, line := range lines {
		row, err := timeline.ParseJSONL([]byte(line))
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}
