package all

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"daybook/evidence"
	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/timeline"
)

// exports finds the folder of public samples that may lie beside the
// repository; without it the importers' own samples are taken.
func exports(t *testing.T) (folders []string, public bool) {
	t.Helper()
	if root, found := importertest.Public(t); found {
		return []string{root}, true
	}
	own, err := filepath.Glob("../*/testdata")
	if err != nil || len(own) < 5 {
		t.Fatalf("own samples: %v, %v", own, err)
	}
	return own, false
}

// TestEveryExport: whatever is added in one run, nothing is lost: each file is
// an item with the bytes that it has on disk, and for each item it can be said
// what became of it. The case is whole afterwards, and a store that is made
// again from it holds the same events in the same order.
func TestEveryExport(t *testing.T) {
	ctx := context.Background()
	folders, public := exports(t)
	c, x := open(t, "Europe/London")
	run := importers.Run{Case: c, Index: x, Set: Importers(nil), Limits: importers.DefaultLimits,
		Assume: importers.Assume{Zone: c.Zone(), DateOrder: importers.DayFirst}}
	rec, err := run.Add(ctx, "", folders...)
	if err != nil {
		t.Fatal(err)
	}
	items := itemsOf(t, c)
	a := account{t: t, c: c, rec: rec, items: items}
	a.stored(folders)
	a.exported()
	a.accounted(x)
	if public {
		a.formats()
	}
	t.Log("\n" + a.table())
	rebuilt(t, c, x)
}

func itemsOf(t *testing.T, c *evidence.Case) []evidence.Item {
	t.Helper()
	var items []evidence.Item
	for it, err := range c.Items(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, it)
	}
	return items
}

// account is what became of everything in one run.
type account struct {
	t     *testing.T
	c     *evidence.Case
	rec   timeline.Reconciliation
	items []evidence.Item
}

// stored: every file on disk is an item of its path, its size and its hash.
func (a account) stored(folders []string) {
	byHash := map[evidence.Hash][]string{}
	for _, it := range a.items {
		if it.How == "file" {
			byHash[it.Hash] = append(byHash[it.Hash], it.Path)
		}
	}
	files := 0
	for _, root := range folders {
		err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			files++
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(filepath.Dir(root), name)
			// Folders of one name are told apart by what lies above them.
			ends := func(p string) bool { return strings.HasSuffix("/"+p, "/"+filepath.ToSlash(rel)) }
			if !slices.ContainsFunc(byHash[sha256.Sum256(data)], ends) {
				a.t.Errorf("%s: no item holds its bytes", rel)
			}
			return err
		})
		if err != nil {
			a.t.Fatal(err)
		}
	}
	if files == 0 || a.rec.Files != files {
		a.t.Errorf("%d files on disk, %d in the reconciliation", files, a.rec.Files)
	}
	if a.rec.Items != len(a.items) {
		a.t.Errorf("%d items in the case, %d in the reconciliation", len(a.items), a.rec.Items)
	}
}

// exported: what is written out again has the hash that the item has.
func (a account) exported() {
	for _, it := range a.items {
		var b bytes.Buffer
		if err := a.c.Export(context.Background(), it.Number, &b); err != nil {
			a.t.Errorf("%s: %v", it.Path, err)
		}
		if sum := evidence.Hash(sha256.Sum256(b.Bytes())); sum != it.Hash || int64(b.Len()) != it.Size {
			a.t.Errorf("%s: %d bytes %s written out, want %d bytes %s", it.Path, b.Len(), sum, it.Size, it.Hash)
		}
	}
}

// accounted: every item has events or skips, or it is said why not: it was
// opened and its members are items, an event shows it, or the reconciliation
// names it.
func (a account) accounted(x *timeline.Index) {
	said := map[int64]bool{}
	for _, f := range a.rec.Failed {
		said[f.Item] = f.Reason != ""
	}
	for _, u := range a.rec.Unclaimed {
		said[u.Item] = true
	}
	for _, q := range a.rec.Asks {
		said[q.Item] = q.Question != ""
	}
	for _, same := range a.rec.Same {
		said[same.Item] = same.As != 0
	}
	for _, it := range a.items {
		said[it.Parent] = true
	}
	for _, r := range append(rows(a.t, x), found(a.t, x, timeline.Filter{Again: true})...) { // a copy may show a file of its own
		said[r.Source.Item] = true
		for _, also := range r.Also { // every event of it is counted as another export's
			said[also.Item] = true
		}
		for _, f := range r.Files {
			said[f.Item] = true
		}
	}
	for _, r := range x.Readings() {
		said[r.Item] = said[r.Item] || r.Events+r.Skips > 0 // events may be counted as those of another item
	}
	bundles := a.bundles(said)
	for _, it := range a.items {
		within := slices.ContainsFunc(bundles, func(root string) bool { return strings.HasPrefix(it.Path, root) })
		if !said[it.Number] && !within {
			a.t.Errorf("item %d, %s: nothing says what became of it", it.Number, it.Path)
		}
	}
}

// bundles are the folders of bundles of whose rows it is said what became of them: every
// file in one is held against its sums, and the word on the rows names those that differ.
func (a account) bundles(said map[int64]bool) (roots []string) {
	for _, it := range a.items {
		if root, rows := strings.CutSuffix(it.Path, "data/events.jsonl"); rows && said[it.Number] {
			roots = append(roots, root)
		}
	}
	return roots
}

// formats: of the formats that have an importer of their own, every sample
// gives events or skips, or is said to be broken, and that importer read some.
func (a account) formats() {
	read := map[int64]timeline.ReconciledReading{}
	for _, s := range a.rec.Sources {
		read[s.Item] = s
	}
	for folder, importer := range map[string]string{"whatsapp_txt": "whatsapp", "sms_backup_restore": "sms", "media_exif": "photo", "email_eml": "mail",
		"telegram_json": "telegram", "signal": "signal"} {
		own := 0
		for _, it := range a.items {
			if it.How != "file" || !strings.HasPrefix(it.Path, "fixtures/"+folder+"/") {
				continue
			}
			r, ok := read[it.Number]
			if !ok && slices.ContainsFunc(a.rec.Same, func(s timeline.Same) bool { return s.Item == it.Number }) {
				continue
			}
			if r.Events+r.Skips == 0 && r.Broken == "" {
				a.t.Errorf("%s: no events, no skips, and nothing says why", it.Path)
			}
			if r.Importer == importer {
				own++
			}
		}
		if own == 0 {
			a.t.Errorf("%s: nothing of it was read as %s", folder, importer)
		}
	}
}

// short keeps the end of a long path.
func short(p string) string {
	const most = 80
	if r := []rune(p); len(r) > most {
		return "…" + string(r[len(r)-most:])
	}
	return p
}

// table shows who claimed what.
func (a account) table() string {
	type line struct {
		importer, broken string
		events, skips    int
	}
	of := map[int64]line{}
	for _, s := range a.rec.Sources {
		of[s.Item] = line{s.Importer, s.Broken, s.Events, s.Skips}
	}
	for _, u := range a.rec.Unclaimed {
		of[u.Item] = line{importer: "(nobody)"}
	}
	for _, q := range a.rec.Asks {
		of[q.Item] = line{importer: "(asks)", broken: q.Question}
	}
	for _, same := range a.rec.Same {
		of[same.Item] = line{importer: fmt.Sprintf("(same as %d)", same.As)}
	}
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, it := range a.items {
		l, ok := of[it.Number]
		if !ok {
			l.importer = "(shown or opened)"
		}
		broken, _, _ := strings.Cut(l.broken, "\n")
		fmt.Fprintf(w, "%s\t%s\t%d events\t%d skips\t%s\n", short(it.Path), l.importer, l.events, l.skips, broken)
	}
	for _, f := range a.rec.Failed {
		fmt.Fprintf(&b, "failed: %s\n", f.Reason)
	}
	w.Flush()
	return b.String()
}

func rows(t *testing.T, x *timeline.Index) []timeline.Row {
	t.Helper()
	return found(t, x, timeline.Filter{})
}

func found(t *testing.T, x *timeline.Index, f timeline.Filter) []timeline.Row {
	t.Helper()
	result, err := x.Find(context.Background(), f)
	if err != nil {
		t.Fatal(err)
	}
	list, err := result.Rows(0, result.Len())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func lines(t *testing.T, x *timeline.Index) []byte {
	t.Helper()
	var b []byte
	for _, r := range rows(t, x) {
		var err error
		if b, err = r.AppendJSONL(b); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// rebuilt: the case is whole, and its store made again from nothing gives the
// same lines.
func rebuilt(t *testing.T, c *evidence.Case, x *timeline.Index) {
	t.Helper()
	ctx := context.Background()
	want := lines(t, x)
	if len(want) == 0 {
		t.Fatal("no events")
	}
	for _, o := range []evidence.CheckOptions{{}, {Rebuild: true}} {
		found, err := c.Check(ctx, o, nil)
		if err != nil || len(found) > 0 {
			t.Fatalf("check %+v: %v, %v", o, found, err)
		}
	}
	again, err := timeline.Open(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	lost := again.NeedsReading()
	if len(lost) != len(x.Readings()) {
		t.Errorf("%d readings to make again, want %d", len(lost), len(x.Readings()))
	}
	run := importers.Run{Case: c, Index: again, Set: Importers(nil), Limits: importers.DefaultLimits}
	if _, err := run.Again(ctx, lost); err != nil {
		t.Fatal(err)
	}
	if left := again.NeedsReading(); len(left) > 0 {
		t.Errorf("still to be read: %+v", left)
	}
	for _, r := range again.Readings() {
		if !r.Differ.IsZero() {
			t.Errorf("item %d (%s): came out otherwise when read again", r.Item, r.Importer)
		}
	}
	if got := lines(t, again); !bytes.Equal(got, want) {
		t.Errorf("the timeline made again differs:\n%s", firstDifference(got, want))
	}
}

func firstDifference(got, want []byte) string {
	g, w := bytes.Split(got, []byte("\n")), bytes.Split(want, []byte("\n"))
	for i := range min(len(g), len(w)) {
		if !bytes.Equal(g[i], w[i]) {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}
