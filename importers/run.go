package importers

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"daybook/evidence"
	"daybook/timeline"
)

// Run adds to a case and reads into its timeline. Its fields are set once; its
// methods may then be called, one at a time.
type Run struct {
	Case     *evidence.Case
	Index    *timeline.Index
	Set      Set
	Assume   Assume
	Limits   Limits
	Progress evidence.Progress // may be nil
	// Ask puts a question to a person; ok is false when nobody can answer now.
	// A nil Ask leaves every question in the reconciliation.
	Ask func(item evidence.Item, a *Ask) (answer string, ok bool)
}

func (r *Run) progress(done, total int64, what string) {
	if r.Progress != nil {
		r.Progress(done, total, what)
	}
}

// An act is one act of adding, or of reading again.
type act struct {
	*Run
	batch  *evidence.Batch // nil when reading again: what an importer attaches is there already
	from   int64           // when reading again: the batch that holds what was attached then
	writer *timeline.Writer

	waiting []handed       // on their way into the case
	later   []handed       // attached by importers: they are read next
	counted int64          // of waiting, how many are counted as stored
	stored  int64          // acknowledged items of this act
	total   int64          // files and members met so far
	plain   map[int64]bool // known to be no containers
	opened  map[int64]bool // containers whose members are items: those are read, not the container

	trees  map[treeKey]*tree
	paths  map[int64]string
	shown  map[int64]bool          // items that an event lists among its files
	bytes  map[evidence.Hash]int64 // one of these by what it holds
	looked map[int64]bool          // batches whose events were looked at for such files
	twins  twins                   // read in this act
	given  map[int64]Assume        // when going on with other acts: the answers of theirs, by batch
	reread []evidence.Item         // read before a part of their export came; see parts.go
	unsaid int                     // events and skips since the last commit

	rec   timeline.Reconciliation // what only the run knows
	infos []timeline.ReadingInfo  // what was committed
}

func (r Run) begin(ctx context.Context, number int64, batch *evidence.Batch) *act {
	return &act{Run: &r, batch: batch, writer: r.Index.Begin(ctx, number), rec: timeline.Reconciliation{Batch: number},
		plain: map[int64]bool{}, opened: map[int64]bool{}, trees: map[treeKey]*tree{}, paths: map[int64]string{}, shown: map[int64]bool{}, bytes: map[evidence.Hash]int64{}, looked: map[int64]bool{}, twins: twins{}}
}

// Add stores the files, folders and containers at paths, every member as an
// item of its own, reads all of them into the timeline, and gives the
// reconciliation, which the case keeps. What cannot be stored or read is named
// in it; an error means that the act as a whole ended early. Everything
// acknowledged and every item read to its end by then is kept, and Resume goes
// on from there.
func (r Run) Add(ctx context.Context, note string, paths ...string) (timeline.Reconciliation, error) {
	return r.act(ctx, note, func(a *act) ([]evidence.Item, error) { return a.store(ctx, paths) })
}

// Read reads items whose questions were left open, with the answers in Assume
// or those that Ask gives. It is an act of adding, because what lies inside an
// item (an attachment) becomes one only now.
func (r Run) Read(ctx context.Context, numbers ...int64) (timeline.Reconciliation, error) {
	items, err := r.items(numbers)
	if err != nil {
		return timeline.Reconciliation{}, err
	}
	return r.act(ctx, "", func(a *act) ([]evidence.Item, error) { return items, a.plantBeside(ctx, items) })
}

func (r Run) items(numbers []int64) ([]evidence.Item, error) {
	items := make([]evidence.Item, len(numbers))
	for i, n := range numbers {
		it, err := r.Case.Item(n)
		if err != nil {
			return nil, err
		}
		items[i] = it
	}
	return items, nil
}

// act does one act of adding: gather gives the items to begin with.
func (r Run) act(ctx context.Context, note string, gather func(*act) ([]evidence.Item, error)) (timeline.Reconciliation, error) {
	batch, err := r.Case.Begin(ctx, note)
	if err != nil {
		return timeline.Reconciliation{}, err
	}
	a := r.begin(ctx, batch.Number(), batch)
	var items []evidence.Item
	if err = a.sayAnswers(ctx); err == nil {
		items, err = gather(a)
	}
	if err == nil {
		err = a.read(ctx, items)
	}
	rec, err := a.end(ctx, err)
	if err != nil {
		return rec, errors.Join(err, batch.Flush(context.WithoutCancel(ctx)))
	}
	return rec, batch.Finish(ctx, rec)
}

// commitSize is how many events and skips are read between two commits: what an
// act that is cut short has to read again.
const commitSize = 200_000

// commit makes what was read to its end part of the timeline.
func (a *act) commit(ctx context.Context) error {
	infos, err := a.writer.Commit(ctx)
	a.infos = append(a.infos, infos...)
	a.unsaid = 0
	return err
}

// end keeps what was read, also when a person cancelled, and gives the
// reconciliation.
func (a *act) end(ctx context.Context, err error) (timeline.Reconciliation, error) {
	if err == nil || ctx.Err() != nil {
		err = errors.Join(err, a.commit(context.WithoutCancel(ctx)))
	}
	if err != nil {
		err = errors.Join(err, a.writer.Discard())
	}
	return a.reconciled(), err
}

// readBefore gives what the acts read that this one goes on with: it is stated
// nowhere else.
func (a *act) readBefore() []timeline.ReadingInfo {
	var infos []timeline.ReadingInfo
	for _, n := range a.rec.Resumes {
		infos = append(infos, a.Index.ReadingsOf(n)...)
	}
	return slices.DeleteFunc(infos, func(r timeline.ReadingInfo) bool {
		return slices.ContainsFunc(a.infos, func(again timeline.ReadingInfo) bool { return again.Item == r.Item })
	})
}

// reconciled adds the sum of the readings to what only the run knows.
func (a *act) reconciled() timeline.Reconciliation {
	rec := timeline.Reconcile(a.rec.Batch, append(a.readBefore(), a.infos...))
	a.Index.Reconcile(&rec)
	for i := range rec.Failed {
		rec.Failed[i].Path = a.paths[rec.Failed[i].Item]
	}
	for i := range rec.Sources {
		rec.Sources[i].Path = a.paths[rec.Sources[i].Item]
	}
	rec.Files, rec.Items, rec.Resumes = a.rec.Files, a.rec.Items, a.rec.Resumes
	rec.Failed = append(rec.Failed, a.rec.Failed...)
	rec.Unclaimed = append(rec.Unclaimed, a.rec.Unclaimed...)
	rec.Asks = append(rec.Asks, a.rec.Asks...)
	rec.Same = a.rec.Same
	return rec
}

// fail states that something could not be stored.
func (a *act) fail(path string, format string, args ...any) {
	a.rec.Failed = append(a.rec.Failed, timeline.Failure{Path: path, Reason: fmt.Errorf(format, args...).Error()})
}

// failItem states that a stored item could not be opened or read.
func (a *act) failItem(it evidence.Item, err error) {
	a.rec.Failed = append(a.rec.Failed, timeline.Failure{Item: it.Number, Path: it.Path, Reason: err.Error()})
}
