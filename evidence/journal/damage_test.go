package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daybook/evidence/disk"
	"daybook/evidence/keys"
)

// sample is a small journal on disk, as bytes.
type sample struct {
	ring  *keys.Ring
	files map[string][]byte
	size  int   // entries
	ends  []int // where each frame ends
}

// newSample writes seven entries in four groups.
func newSample(t testing.TB) sample {
	t.Helper()
	dir, ring, l := newJournal(t, disk.NewFault())
	n := 0
	for _, g := range []int{1, 3, 1, 2} {
		add(t, l, n, g)
		n += g
	}
	offsets, end := l.entriesUpTo()
	s := sample{ring: ring, size: n}
	for _, off := range append(offsets[1:], end) {
		s.ends = append(s.ends, int(off))
	}
	s.files = readFiles(t, dir)
	return s
}

func readFiles(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for _, name := range []string{framesName, mirrorName, chainName, headName(0), headName(1)} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = b
	}
	return files
}

// put writes the sample to a folder, with some files changed; nil is removed.
func (s sample) put(t testing.TB, dir string, changed map[string][]byte) {
	t.Helper()
	if err := os.RemoveAll(filepath.Join(dir, folder)); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, folder), 0o700); err != nil {
		t.Fatal(err)
	}
	files := maps.Clone(s.files)
	maps.Copy(files, changed)
	for name, b := range files {
		at := filepath.Join(dir, name)
		err := os.WriteFile(at, b, 0o600)
		if b == nil {
			err = os.Remove(at)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// isWhole tells whether the folder holds the sample; heads may be of later
// turns.
func (s sample) isWhole(t testing.TB, dir string) bool {
	t.Helper()
	for _, name := range []string{framesName, mirrorName, chainName} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !bytes.Equal(b, s.files[name]) {
			return false
		}
	}
	return true
}

func (s sample) look(t testing.TB, dir string) verdict {
	t.Helper()
	sv, err := look(context.Background(), disk.OS, dir, s.ring, nil)
	if err != nil {
		t.Fatal(err)
	}
	return sv.judge()
}

// entryAt gives the number of the entry whose frame covers a byte.
func (s sample) entryAt(i int) int64 {
	n, _ := slices.BinarySearch(s.ends, i+1)
	return int64(n)
}

// TestEveryBit flips every bit of every file, one at a time: each is found, in
// the right file, and in the frames at the right entry.
func TestEveryBit(t *testing.T) {
	s := newSample(t)
	dir := t.TempDir()
	for name, whole := range s.files {
		s.put(t, dir, nil)
		at := filepath.Join(dir, name)
		f, err := os.OpenFile(at, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 8 * len(whole) {
			flipped := []byte{whole[i/8] ^ 1<<(i%8)}
			if _, err := f.WriteAt(flipped, int64(i/8)); err != nil {
				t.Fatal(err)
			}
			v := s.look(t, dir)
			if len(v.findings) != 1 || v.findings[0].File != name || v.missing || v.keep.Count != uint64(s.size) {
				t.Fatalf("%s, bit %d: %v", name, i, v.findings)
			}
			if fd := v.findings[0]; name != chainName && fd.First >= 0 && (fd.First != s.entryAt(i/8) || fd.Last != fd.First) {
				t.Fatalf("%s, bit %d: entries %d to %d, want %d", name, i, fd.First, fd.Last, s.entryAt(i/8))
			}
			if _, err := f.WriteAt(whole[i/8:i/8+1], int64(i/8)); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// openSample opens a damaged copy of the sample and gives what was found.
func (s sample) open(t testing.TB, dir string, changed map[string][]byte) (*Log, Recovery) {
	t.Helper()
	s.put(t, dir, changed)
	l, rec, err := Open(context.Background(), disk.NewFault(), dir, s.ring, options())
	if err != nil {
		t.Fatal(err)
	}
	return l, rec
}

// wantHealed opens a damaged sample and wants all of it back, told, and
// nothing to tell the next time.
func (s sample) wantHealed(t *testing.T, dir, what, file string, changed map[string][]byte) {
	t.Helper()
	l, rec := s.open(t, dir, changed)
	if rec.ReadOnly != "" || len(rec.Findings) == 0 || rec.Findings[0].File != file || !rec.Findings[0].Healed {
		t.Fatalf("%s: %+v", what, rec)
	}
	if got := subjects(t, l); len(got) != s.size {
		t.Fatalf("%s: entries %v", what, got)
	}
	closeLog(t, l)
	if !s.isWhole(t, dir) {
		t.Fatalf("%s: the files are not what they were", what)
	}
	if v := s.look(t, dir); len(v.findings) > 0 {
		t.Fatalf("%s: after healing: %v", what, v.findings)
	}
}

func TestOneFileDamagedIsHealed(t *testing.T) {
	s := newSample(t)
	dir := t.TempDir()
	for name, whole := range s.files {
		s.wantHealed(t, dir, name+" removed", name, map[string][]byte{name: nil})
		s.wantHealed(t, dir, name+" longer", name, map[string][]byte{name: append(bytes.Clone(whole), "junk"...)})
		for n := 0; n < len(whole); n += 13 {
			s.wantHealed(t, dir, fmt.Sprintf("%s cut to %d", name, n), name, map[string][]byte{name: whole[:n:n]})
			b := bytes.Clone(whole)
			b[n] ^= 1 << (n % 8)
			s.wantHealed(t, dir, fmt.Sprintf("%s flipped at %d", name, n), name, map[string][]byte{name: b})
		}
	}
}

// TestBothCutIsMissing cuts both copies at each length: what is gone is named.
func TestBothCutIsMissing(t *testing.T) {
	s := newSample(t)
	dir := t.TempDir()
	s.put(t, dir, nil)
	for n := len(s.files[framesName]) - 1; n >= 0; n-- {
		for _, name := range []string{framesName, mirrorName} {
			if err := os.Truncate(filepath.Join(dir, name), int64(n)); err != nil {
				t.Fatal(err)
			}
		}
		v := s.look(t, dir)
		first := s.entryAt(n)
		if !v.missing || v.findings[0].Kind != Missing || v.findings[0].First != first || v.findings[0].Last != int64(s.size-1) {
			t.Fatalf("cut to %d: %+v", n, v.findings)
		}
		if n%29 == 0 {
			s.wantReadOnly(t, dir, n, int(first))
		}
	}
}

// wantReadOnly opens a journal whose end is gone: what is left is read, and
// nothing is written.
func (s sample) wantReadOnly(t *testing.T, dir string, size, entries int) {
	t.Helper()
	l, rec, err := Open(context.Background(), disk.NewFault(), dir, s.ring, options())
	if err != nil || rec.ReadOnly == "" || l.ReadOnly() != rec.ReadOnly {
		t.Fatalf("cut to %d: %+v %v", size, rec, err)
	}
	if got := subjects(t, l); len(got) != entries {
		t.Fatalf("cut to %d: entries %v, want %d", size, got, entries)
	}
	if _, err := l.Append(context.Background(), drafts(9, 1)...); !errors.Is(err, ErrReadOnly) {
		t.Fatalf("cut to %d: append: %v", size, err)
	}
	closeLog(t, l)
	for _, name := range []string{framesName, mirrorName} {
		if b, err := os.ReadFile(filepath.Join(dir, name)); err != nil || len(b) != size {
			t.Fatalf("cut to %d: %s was changed to %d bytes (%v)", size, name, len(b), err)
		}
	}
}

// TestBothDamaged damages one entry in both copies: that one is missing by its
// number, and every other is read.
func TestBothDamaged(t *testing.T) {
	s := newSample(t)
	dir := t.TempDir()
	start := 0
	for n, end := range s.ends {
		for _, at := range []int{start, start + 5, start + 20, start + 60, end - 1} {
			b := bytes.Clone(s.files[framesName])
			b[at] ^= 0x10
			l, rec := s.open(t, dir, map[string][]byte{framesName: b, mirrorName: b})
			if rec.ReadOnly == "" || rec.Findings[0].Kind != Missing || rec.Findings[0].First != int64(n) || rec.Findings[0].Last != int64(n) {
				t.Fatalf("entry %d, byte %d: %+v", n, at, rec)
			}
			var got []string
			for e, err := range l.All(context.Background()) {
				got = append(got, fmt.Sprintf("%d%v", e.Seq, errors.Is(err, ErrMissing)))
			}
			want := ""
			for i := range s.size {
				if i < s.size-1 || n != s.size-1 { // an end that is gone has no number to come after
					want += fmt.Sprintf("%d%v ", i, i == n)
				}
			}
			if strings.Join(got, " ")+" " != want {
				t.Fatalf("entry %d, byte %d: read %v, want %s", n, at, got, want)
			}
			if n < s.size-1 {
				if _, err := l.Checkpoint(); err != nil {
					t.Fatalf("entry %d, byte %d: chain.txt has its line, and yet: %v", n, at, err)
				}
			}
			closeLog(t, l)
		}
		start = end
	}
}

// TestHeads takes heads away and puts old ones back.
func TestHeads(t *testing.T) {
	s := newSample(t)
	dir := t.TempDir()
	s.wantHealed(t, dir, "no heads", headName(0), map[string][]byte{headName(0): nil, headName(1): nil})
	swapped := map[string][]byte{headName(0): s.files[headName(1)], headName(1): s.files[headName(0)]}
	s.wantHealed(t, dir, "swapped heads", headName(0), swapped)
	old := map[string][]byte{}
	for turn := range uint64(2) {
		b, err := mark{turn: turn}.encode(s.ring)
		if err != nil {
			t.Fatal(err)
		}
		old[headName(int(turn))] = b
	}
	s.wantHealed(t, dir, "heads of the first day", headName(1), old)
}

// TestOldJournalPutBack restores frames and heads of an earlier day and not
// chain.txt, and then chain.txt too: the first is noticed, the second cannot
// be without a checkpoint.
func TestOldJournalPutBack(t *testing.T) {
	s := newSample(t)
	dir := t.TempDir()
	cut := s.ends[3]
	l, _ := s.open(t, dir, nil)
	fourth, err := l.Entry(3)
	if err != nil {
		t.Fatal(err)
	}
	closeLog(t, l)
	old := map[string][]byte{framesName: s.files[framesName][:cut:cut], mirrorName: s.files[framesName][:cut:cut]}
	for turn := range uint64(2) {
		if old[headName(int(turn))], err = (mark{turn: turn + 2, Head: Head{4, fourth.Hash}}).encode(s.ring); err != nil {
			t.Fatal(err)
		}
	}
	l, rec := s.open(t, dir, old)
	if rec.ReadOnly == "" || rec.Findings[0].Kind != Missing || rec.Findings[0].First != 4 || rec.Findings[0].Last != 6 {
		t.Errorf("%+v", rec)
	}
	closeLog(t, l)
	lines := bytes.SplitAfter(s.files[chainName], []byte("\n"))
	old[chainName] = bytes.Join(lines[:4], nil)
	l, rec = s.open(t, dir, old)
	if rec.ReadOnly != "" || len(rec.Findings) > 0 || len(subjects(t, l)) != 4 {
		t.Errorf("%+v", rec)
	}
	closeLog(t, l)
}

// goOn opens the sample, adds entries with such details, and gives the files
// and where the frames end.
func (s sample) goOn(t *testing.T, details ...string) (files map[string][]byte, ends []int64) {
	t.Helper()
	dir := t.TempDir()
	l, _ := s.open(t, dir, nil)
	for _, d := range details {
		if _, err := l.Append(context.Background(), Draft{Action: "note", Subject: 0, Detail: d}); err != nil {
			t.Fatal(err)
		}
	}
	offsets, end := l.entriesUpTo()
	closeLog(t, l)
	return readFiles(t, dir), append(offsets[s.size+1:], end)
}

// TestTwoHistories goes on from one backup twice and mixes the two.
func TestTwoHistories(t *testing.T) {
	s := newSample(t)
	one, _ := s.goOn(t, "first", "second")
	two, ends := s.goOn(t, "FIRST", "SECOND")
	mixedHeads := maps.Clone(one)
	mixedHeads[headName(0)], mixedHeads[headName(1)] = two[headName(0)], two[headName(1)]
	l, rec := s.open(t, t.TempDir(), mixedHeads)
	if rec.ReadOnly == "" || !strings.Contains(fmt.Sprint(rec.Findings), "two histories") {
		t.Errorf("heads of the other: %+v", rec)
	}
	closeLog(t, l)
	for _, mixedCopy := range []string{framesName, mirrorName} {
		mixed := maps.Clone(one)
		mixed[mixedCopy] = two[mixedCopy]
		dir := t.TempDir()
		l, rec := s.open(t, dir, mixed)
		if rec.ReadOnly == "" || !strings.Contains(fmt.Sprint(rec.Findings), "two histories") {
			t.Errorf("%s of the other: %+v", mixedCopy, rec)
		}
		closeLog(t, l)
		for name, b := range readFiles(t, dir) {
			if !bytes.Equal(b, mixed[name]) {
				t.Errorf("%s of the other: %s was changed", mixedCopy, name)
			}
		}
	}
	spliced := append(bytes.Clone(one[framesName][:ends[0]]), two[framesName][ends[0]:]...)
	for _, heads := range [][2][]byte{{one[headName(0)], one[headName(1)]}, {nil, nil}} {
		l, rec = s.open(t, t.TempDir(), map[string][]byte{framesName: spliced, mirrorName: spliced, chainName: one[chainName],
			headName(0): heads[0], headName(1): heads[1]})
		if rec.ReadOnly == "" || rec.Findings[0].Kind != Missing || rec.Findings[0].First != int64(s.size+1) {
			t.Errorf("an entry of the other: %+v", rec)
		}
		closeLog(t, l)
	}
}

// TestStaleFrames puts whole frames of a history that was taken back behind the
// last entry: they are of this case and of this place, and not entries.
func TestStaleFrames(t *testing.T) {
	s := newSample(t)
	stale, _ := s.goOn(t, strings.Repeat("long ", 20), "next", "and next")
	short, ends := s.goOn(t, "short")
	behind := append(bytes.Clone(short[framesName]), stale[framesName][ends[0]:]...)
	for _, heads := range [][2][]byte{{short[headName(0)], short[headName(1)]}, {nil, nil}} {
		dir := t.TempDir()
		l, rec := s.open(t, dir, map[string][]byte{framesName: behind, mirrorName: behind, chainName: short[chainName],
			headName(0): heads[0], headName(1): heads[1]})
		if rec.ReadOnly != "" || l.Head().Count != uint64(s.size+1) || len(subjects(t, l)) != s.size+1 {
			t.Fatalf("%+v", rec)
		}
		last := rec.Findings[len(rec.Findings)-1]
		if b, err := os.ReadFile(filepath.Join(dir, last.Kept)); err != nil || !bytes.Equal(b, behind[ends[0]:]) {
			t.Errorf("%+v: kept %d bytes, %v", last, len(b), err)
		}
		closeLog(t, l)
	}
}

// TestVerifyWhileOpen damages files under an open journal.
func TestVerifyWhileOpen(t *testing.T) {
	s := newSample(t)
	dir := t.TempDir()
	l, _ := s.open(t, dir, nil)
	defer closeLog(t, l)
	for _, name := range []string{framesName, mirrorName, chainName} {
		b := bytes.Clone(s.files[name])
		b[len(b)/2] ^= 1
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
		findings, err := l.Verify(context.Background())
		if err != nil || len(findings) != 1 || findings[0].File != name || findings[0].Healed {
			t.Errorf("%s: %v %v", name, findings, err)
		}
		if got := subjects(t, l); len(got) != s.size {
			t.Errorf("%s: entries %v", name, got)
		}
		if err := os.WriteFile(filepath.Join(dir, name), s.files[name], 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestNoJournal(t *testing.T) {
	s := newSample(t)
	_, _, err := Open(context.Background(), disk.OS, t.TempDir(), s.ring, options())
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("an empty folder: %v", err)
	}
	dir := t.TempDir()
	s.put(t, dir, nil)
	if _, err := Create(disk.OS, dir, s.ring, options()); !errors.Is(err, ErrExists) {
		t.Errorf("create twice: %v", err)
	}
	gone := map[string][]byte{framesName: nil, mirrorName: nil, headName(0): nil, headName(1): nil}
	l, rec := s.open(t, dir, gone)
	if rec.ReadOnly == "" || rec.Findings[0].Kind != Missing || rec.Findings[0].Last != int64(s.size-1) {
		t.Errorf("only chain.txt is left: %+v", rec)
	}
	closeLog(t, l)
}
