package report

import (
	"cmp"
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"daybook/evidence"
	"daybook/timeline"
)

// writeTimesketch writes the rows as Timesketch imports them (its guide "Import
// from JSON or CSV"): message, datetime and timestamp_desc, then columns of our
// own. Timesketch takes a time without a zone for UTC, and a day for its first moment,
// so that a row whose moment is not known to the minute cannot stand in it; the
// chronology has it.
func (b *Bundle) writeTimesketch(to *bag) error {
	return to.create("data/timesketch.csv", func(w io.Writer) error {
		s := &sheet{csv.NewWriter(w)} // without the mark, which Timesketch takes for a part of the first title
		err := s.row("message", "datetime", "timestamp_desc", "number", "kind", "from", "to", "conversation",
			"local_time", "zone", "time_in_source", "exhibit", "item", "sha256", "record", "event", "tag", "direction")
		if err != nil {
			return err
		}
		for r, err := range b.Walk(to.ctx, b.first(), b.last()) {
			if err != nil {
				return err
			}
			cells := r.sketch()
			if cells == nil {
				continue
			}
			if err := s.row(cells...); err != nil {
				return err
			}
		}
		return s.close()
	})
}

// sketch are the values of a row in the order of the titles above; nil for one
// that is left out or whose moment is not known.
func (r Row) sketch() []string {
	if r.LeftOut != "" || !r.Data.When.Exact() {
		return nil
	}
	e := r.event()
	return []string{cmp.Or(r.Text, r.Kind), e.When.Instant, r.Kind + ", to the " + string(e.When.Precision), strconv.Itoa(r.Number), string(e.Kind),
		r.From, r.To, r.Thread, r.Time.Local, r.Time.zoneCell(), r.Time.Raw, r.Label, strconv.FormatInt(r.Item, 10), sum(e.Source), r.Record,
		r.ID.String(), strings.Join(append(r.Codes[:len(r.Codes):len(r.Codes)], r.Tags...), ", "), r.direction()}
}

// event is a row as data; nothing of one that is left out.
func (r Row) event() (e timeline.WireEvent) {
	if r.LeftOut != "" {
		return e
	}
	return r.Data.Wire()
}

// sum is the SHA-256 of what a row was read from; a person's words have none,
// and where the pack does not show it there is none.
func sum(s timeline.WireSource) string {
	if s.Item == 0 || s.SHA256 == (evidence.Hash{}) {
		return ""
	}
	return s.SHA256.String()
}
