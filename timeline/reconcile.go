package timeline

import "slices"

// Reconciliation says what became of everything in one batch. The run fills in
// what only it knows (files, items, failed, unclaimed, asks); the rest is the
// sum of the readings.
type Reconciliation struct {
	Batch       int64               `json:"batch"`
	Resumes     []int64             `json:"resumes,omitempty"` // the batches, cut short, that this one went on with
	Files       int                 `json:"files"`
	Items       int                 `json:"items"`
	Events      int                 `json:"events"`
	Already     int                 `json:"already,omitempty"` // of the events: the same messages in an earlier export; they are counted once
	Forged      int                 `json:"forged,omitempty"`  // of the events: a line in their words looks like another message, and may be one
	Ahead       int                 `json:"ahead,omitempty"`   // of the events: dated later than they were added
	Skips       int                 `json:"skips"`
	Failed      []Failure           `json:"failed"`
	Unclaimed   []Unclaimed         `json:"unclaimed"`
	Attachments AttachmentCount     `json:"attachments"`
	First       *WireWhen           `json:"first"`
	Last        *WireWhen           `json:"last"`
	Asks        []Question          `json:"asks"`
	Same        []Same              `json:"same,omitempty"` // not read: the same bytes were read as another item
	Sources     []ReconciledReading `json:"sources"`
}

// Failure is an item that could not be stored or not be read to its end.
type Failure struct {
	Item   int64  `json:"item,omitempty"`
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

// Unclaimed is an item that no importer reads; it is kept as it is.
type Unclaimed struct {
	Item int64  `json:"item"`
	Path string `json:"path"`
	Type string `json:"type,omitempty"`
}

// Same is an item that was not read because another of the same bytes was: it
// is kept, and what it tells is counted once.
type Same struct {
	Item int64  `json:"item"`
	Path string `json:"path"`
	As   int64  `json:"as"`
}

// AttachmentCount is how many files the events name, and how many of them are
// there.
type AttachmentCount struct {
	Named   int `json:"named"`
	Found   int `json:"found"`
	Missing int `json:"missing"`
}

// Question is what must be answered before an item can be read.
type Question struct {
	Item     int64    `json:"item"`
	Path     string   `json:"path,omitempty"`
	What     string   `json:"what,omitempty"`
	Question string   `json:"question"`
	Choices  []Choice `json:"choices"`
}

// Choice is one possible answer, with an example of what it would mean.
type Choice struct {
	Value   string `json:"value"`
	Example string `json:"example,omitempty"`
}

// ReconciledReading is one reading of the batch.
type ReconciledReading struct {
	Item        int64           `json:"item"`
	Path        string          `json:"path,omitempty"`
	Importer    string          `json:"importer"`
	Version     int             `json:"version"`
	Events      int             `json:"events"`
	Already     int             `json:"already,omitempty"`
	Forged      int             `json:"forged,omitempty"`
	Ahead       int             `json:"ahead,omitempty"`
	Skips       int             `json:"skips"`
	Attachments AttachmentCount `json:"attachments"`
	First       *WireWhen       `json:"first,omitempty"`
	Last        *WireWhen       `json:"last,omitempty"`
	Broken      string          `json:"broken,omitempty"`
}

// Reconcile sums the readings of a batch. Its lists are never nil, so that JSON
// shows [] for none.
func Reconcile(batch int64, readings []ReadingInfo) Reconciliation {
	out := Reconciliation{Batch: batch, Failed: []Failure{}, Unclaimed: []Unclaimed{}, Asks: []Question{}, Sources: []ReconciledReading{}}
	var first, last When
	for _, r := range readings {
		out.Events += r.Events
		out.Skips += r.Skips
		n := AttachmentCount{r.Named, r.Found, r.Missing}
		out.Attachments.Named += n.Named
		out.Attachments.Found += n.Found
		out.Attachments.Missing += n.Missing
		first, last = firstOf(first, r.First), lastOf(last, r.Last)
		out.Sources = append(out.Sources, ReconciledReading{Item: r.Item, Importer: r.Importer, Version: r.Version, Events: r.Events,
			Skips: r.Skips, Attachments: n, First: wireWhenOf(r.First), Last: wireWhenOf(r.Last), Broken: r.Broken})
		if r.Broken != "" {
			out.Failed = append(out.Failed, Failure{Item: r.Item, Reason: r.Broken})
		}
	}
	out.First, out.Last = wireWhenOf(first), wireWhenOf(last)
	return out
}

// ReadingsOf gives the current readings that a batch made.
func (x *Index) ReadingsOf(batch int64) []ReadingInfo {
	return slices.DeleteFunc(x.Readings(), func(r ReadingInfo) bool { return r.Batch != batch })
}

func firstOf(a, b When) When {
	at, ok := a.Order()
	bt, bok := b.Order()
	if !ok || bok && bt.Before(at) {
		return b
	}
	return a
}

func lastOf(a, b When) When {
	at, ok := a.Order()
	bt, bok := b.Order()
	if !ok || bok && bt.After(at) {
		return b
	}
	return a
}
