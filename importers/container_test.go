package importers

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

func packed(t testing.TB, data string) string {
	t.Helper()
	var b bytes.Buffer
	g := gzip.NewWriter(&b)
	_, err := io.WriteString(g, data)
	if err := errors.Join(err, g.Close()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func tarred(t testing.TB, headers ...tar.Header) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, h := range headers {
		data := h.Uname // the content, for want of another place
		h.Uname, h.Mode = "", 0o600
		if h.Typeflag == 0 {
			h.Typeflag, h.Size = tar.TypeReg, int64(len(data))
		}
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, data); h.Size > 0 && err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestContainers: what lies in folders, zips, tars and gz becomes items, level
// by level, as deep as the limit; what is deeper is kept as it is.
func TestContainers(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	zip3 := zipped(t, "three.txt", "say three")
	zip4 := zipped(t, "four.txt", "say four")
	zip2 := zipped(t, "two.txt", "say two", "3.zip", zip3, "deep.zip", zipped(t, "4.zip", zip4))
	dir := folder(t, "a/plain.txt", "say plain", "1.zip", zipped(t, "one.txt", "say one", "2.zip", zip2, "empty/", ""),
		"x.tar", tarred(t, tar.Header{Name: "in/tar.txt", Uname: "say tar"}),
		"y.tar.gz", packed(t, tarred(t, tar.Header{Name: "tgz.txt", Uname: "say tgz"})),
		"z.txt.gz", packed(t, "say gz"))
	rec := b.add(dir)
	b.want("items", b.items(), "in/1.zip", "in/a/plain.txt", "in/x.tar", "in/y.tar.gz", "in/z.txt.gz",
		"in/1.zip!one.txt", "in/1.zip!2.zip", "in/x.tar!in/tar.txt", "in/y.tar.gz!tgz.txt", "in/z.txt.gz!z.txt",
		"in/1.zip!2.zip!two.txt", "in/1.zip!2.zip!3.zip", "in/1.zip!2.zip!deep.zip",
		"in/1.zip!2.zip!3.zip!three.txt", "in/1.zip!2.zip!deep.zip!4.zip")
	got := b.texts()
	slices.Sort(got)
	b.want("events", got, "gz", "one", "plain", "tar", "tgz", "three", "two")
	if rec.Files != 5 || rec.Items != 15 || len(rec.Failed) != 1 || !strings.Contains(reasons(rec, "4.zip"), "4 containers deep") {
		t.Errorf("%+v", rec)
	}
	b.rebuilt()
}

// TestNamesOfMembers: a name is a label, kept as it came, and leads nowhere; two
// of the same are two.
func TestNamesOfMembers(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	names := []string{"../../up.txt", "/etc/abs.txt", `c:\win\back.txt`, "nul\x00.txt", "same.txt", "same.txt", "caf\x82.txt", "grüß.txt", "./dot/./x.txt", "..", ""}
	data := zipOf(t, func(z *zip.Writer) error {
		for i, n := range names {
			w, err := z.CreateHeader(&zip.FileHeader{Name: n, Method: zip.Deflate, NonUTF8: n == "caf\x82.txt"})
			if err != nil {
				return err
			}
			fmt.Fprintf(w, "say %d", i)
		}
		return nil
	})
	dir := folder(t, "n.zip", string(data))
	rec := b.add(dir)
	var want []string
	for _, n := range names {
		want = append(want, "in/n.zip!"+strings.ReplaceAll(n, "\x82", "é"))
	}
	b.want("items", b.items()[1:], want...)
	for i := range names {
		if got := b.content(int64(i) + 2); got != fmt.Sprintf("say %d", i) {
			t.Errorf("%q holds %q", names[i], got)
		}
	}
	got := b.texts()
	slices.Sort(got)
	b.want("events", got, "0", "1", "2", "3", "4", "5", "6", "7", "8")
	if len(rec.Failed) > 0 || len(rec.Unclaimed) != 2 {
		t.Errorf("%+v", rec)
	}
	b.rebuilt()
}

// TestDishonestMembers: links, encrypted and shared members are named and not
// taken; the others are.
func TestDishonestMembers(t *testing.T) {
	t.Parallel()
	data := zipOf(t, func(z *zip.Writer) error {
		link := &zip.FileHeader{Name: "link"}
		link.SetMode(0o777 | 1<<27) // os.ModeSymlink
		w, err := z.CreateHeader(link)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, "/etc/passwd"); err != nil {
			return err
		}
		for _, n := range []string{"locked.txt", "first.txt", "shared.txt"} {
			w, err := z.Create(n)
			if err != nil {
				return err
			}
			if _, err := io.WriteString(w, "say "+n); err != nil {
				return err
			}
		}
		return nil
	})
	list := entries(t, data)
	data[list[1]+8] |= 1                                                         // encrypted
	copy(data[list[3]+42:list[3]+46], slices.Clone(data[list[2]+42:list[2]+46])) // where shared.txt lies: where first.txt does
	b := newBench(t)
	rec := b.add(folder(t, "d.zip", string(data)))
	b.want("items", b.items(), "in/d.zip", "in/d.zip!first.txt")
	for path, says := range map[string]string{"in/d.zip!link": "link", "in/d.zip!locked.txt": "password", "in/d.zip!shared.txt": "shares its bytes with first.txt"} {
		if got := reasons(rec, path); !strings.Contains(got, says) {
			t.Errorf("%s: %q", path, got)
		}
	}
}

// entries gives where the entries of a zip's list begin.
func entries(t testing.TB, data []byte) (at []int) {
	t.Helper()
	for off := 0; ; {
		i := bytes.Index(data[off:], []byte("PK\x01\x02"))
		if i < 0 {
			return at
		}
		at = append(at, off+i)
		off += i + 4
	}
}

// TestBombs: a container cannot make more of itself than the limits allow, and
// what it claims of itself is not believed.
func TestBombs(t *testing.T) {
	t.Parallel()
	zeros := strings.Repeat("\x00", 12<<20)
	claims := []byte(zipped(t, "huge.txt", "say huge", "after.txt", "say after"))
	binary.LittleEndian.PutUint32(claims[entries(t, claims)[0]+24:], 0xfffffff0)
	overlap := []byte(zipped(t, "a.txt", "say a", "b.txt", "say b"))
	binary.LittleEndian.PutUint32(overlap[entries(t, overlap)[1]+20:], uint32(len(overlap)))
	many := []byte(zipped(t, "m.txt", "say m"))
	binary.LittleEndian.PutUint16(many[len(many)-12:], 65535)
	binary.LittleEndian.PutUint16(many[len(many)-14:], 65535)
	sparse := []byte(tarred(t, tar.Header{Name: "s.txt", Uname: strings.Repeat("say s\n", 60_000)}))
	giant := slices.Clone(sparse)
	copy(giant[124:136], "\x80\x00\x00\x00\x00\x00\x80\x00\x00\x00\x00\x00") // a size of 128 TB: more than any disk has room for
	sum(giant[:512])
	for name, c := range map[string]struct {
		data   string
		limits func(*Limits)
		items  []string
		failed string
		says   string
	}{
		"ratio": {zipped(t, "0.txt", zeros, "ok.txt", "say ok"), nil, []string{"in/b", "in/b!ok.txt"}, "in/b!0.txt", "more than 200 times"},
		"bytes": {zipped(t, "1.txt", "say "+strings.Repeat("x", 60), "2.txt", "say "+strings.Repeat("y", 60), "3.txt", "say z"),
			func(l *Limits) { l.Bytes = 100 }, []string{"in/b", "in/b!1.txt"}, "in/b", "more than 36 bytes"},
		"members":      {zipped(t, "1.txt", "", "2.txt", "", "3.txt", ""), func(l *Limits) { l.Members = 2 }, []string{"in/b", "in/b!1.txt", "in/b!2.txt"}, "in/b", "3 members"},
		"list":         {zipped(t, "1.txt", strings.Repeat("PK", 600_000), "2.txt", ""), func(l *Limits) { l.Members = -2047 }, []string{"in/b"}, "in/b", "lists more members"},
		"gz":           {packed(t, zeros), nil, []string{"in/b"}, "in/b!b", "more than 200 times"},
		"tar.gz":       {packed(t, tarred(t, tar.Header{Name: "0.txt", Uname: zeros}, tar.Header{Name: "1.txt", Uname: "x"})), nil, []string{"in/b"}, "in/b!0.txt", "more than 200 times"},
		"claimed":      {string(claims), nil, []string{"in/b", "in/b!after.txt"}, "in/b!huge.txt", "could not be unpacked"},
		"overlap":      {string(overlap), nil, []string{"in/b", "in/b!a.txt"}, "in/b", "more packed bytes than it has"},
		"65535":        {string(many), nil, []string{"in/b", "in/b!m.txt"}, "in/b", "cut off or damaged"},
		"giant in tar": {string(giant), nil, []string{"in/b"}, "in/b!s.txt", "could not be unpacked"},
		"tar members":  {tarred(t, tar.Header{Name: "1.txt"}, tar.Header{Name: "2.txt"}), func(l *Limits) { l.Members = 1 }, []string{"in/b", "in/b!1.txt"}, "in/b", "more than 1 members"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			if c.limits != nil {
				c.limits(&b.Limits)
			}
			rec := b.add(folder(t, "b", c.data))
			b.want("items", b.items(), c.items...)
			if got := reasons(rec, c.failed); !strings.Contains(got, c.says) {
				t.Errorf("%q; all: %+v", got, rec.Failed)
			}
			if got := b.content(1); got != c.data {
				t.Error("the container itself is not kept as it is")
			}
		})
	}
}

// sum puts the right check sum into a tar header.
func sum(h []byte) {
	copy(h[148:156], "        ")
	n := 0
	for _, c := range h {
		n += int(c)
	}
	copy(h[148:156], fmt.Sprintf("%06o\x00 ", n))
}

// TestCutContainers: a container that is cut anywhere gives a prefix of its
// members, each of them whole, and says that it is cut.
func TestCutContainers(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 3000)
	for i := range noise {
		noise[i] = byte(r.IntN(256))
	}
	contents := []string{"say one", string(noise), strings.Repeat("say again\n", 300), ""}
	stored := zipOf(t, func(z *zip.Writer) error {
		for i, c := range contents {
			w, err := z.CreateRaw(&zip.FileHeader{Name: fmt.Sprint(i), Method: zip.Store, UncompressedSize64: uint64(len(c)),
				CompressedSize64: uint64(len(c)), CRC32: crc32.ChecksumIEEE([]byte(c))})
			if err != nil {
				return err
			}
			if _, err := io.WriteString(w, c); err != nil {
				return err
			}
		}
		return nil
	})
	whole := map[string]string{
		"deflated": zipped(t, "0", contents[0], "1", contents[1], "2", contents[2], "3", contents[3]),
		"stored":   string(stored),
		"tar":      tarred(t, tar.Header{Name: "0", Uname: contents[0]}, tar.Header{Name: "1", Uname: contents[1]}, tar.Header{Name: "2", Uname: contents[2]}, tar.Header{Name: "3"}),
	}
	whole["tar.gz"] = packed(t, whole["tar"])
	for name, data := range whole {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			most := 0
			for i := range 400 {
				cut := 4 + (len(data)-5)*i/400
				got, problem := unpackAll(t, data[:cut])
				if problem == nil && len(got) < len(contents) && !tooShort(data[:cut]) {
					t.Fatalf("cut at %d of %d: %d members and no error", cut, len(data), len(got))
				}
				for n, c := range got {
					if c != contents[n] {
						t.Fatalf("cut at %d: member %d is not what it was", cut, n)
					}
				}
				if len(got) < most {
					t.Fatalf("cut at %d: %d members, fewer than %d at a shorter cut", cut, len(got), most)
				}
				most = len(got)
			}
			if most < len(contents)-1 {
				t.Errorf("never more than %d members", most)
			}
			if got, problem := unpackAll(t, data); problem != nil || len(got) != len(contents) {
				t.Errorf("whole: %d members, %v", len(got), problem)
			}
		})
	}
}

// TestDamagedCutZip: of a zip without its list, no member comes out otherwise
// than it went in, whichever bit is wrong.
func TestDamagedCutZip(t *testing.T) {
	t.Parallel()
	contents := []string{"say one", "say two", strings.Repeat("three", 20)}
	deflated := zipped(t, "1", contents[0], "2", contents[1], "3", contents[2])
	stored := zipOf(t, func(z *zip.Writer) error {
		for _, c := range contents {
			w, err := z.CreateRaw(&zip.FileHeader{Name: "x", UncompressedSize64: uint64(len(c)), CompressedSize64: uint64(len(c)), CRC32: crc32.ChecksumIEEE([]byte(c))})
			if err != nil {
				return err
			}
			if _, err := io.WriteString(w, c); err != nil {
				return err
			}
		}
		return nil
	})
	for _, data := range []string{deflated, string(stored)} {
		members := data[:entries(t, []byte(data))[0]]
		for i := range len(members) * 8 {
			wrong := []byte(members)
			wrong[i/8] ^= 1 << (i % 8)
			got, _ := unpackAll(t, string(wrong))
			for _, c := range got {
				if !slices.Contains(contents, c) {
					t.Fatalf("bit %d: a member holds %q", i, c)
				}
			}
		}
	}
}

// tooShort tells that a piece is too short to be known as a container.
func tooShort(data string) bool { return !looksLikeContainer([]byte(data)) }

// unpackAll gives the members that a container gives whole.
func unpackAll(t testing.TB, data string) (got []string, problem error) {
	t.Helper()
	head := []byte(data[:min(512, len(data))])
	c, err := openContainer("x", head, strings.NewReader(data), int64(len(data)), DefaultLimits)
	if err != nil || c == nil {
		return nil, err
	}
	err = c.walk(t.Context(), func(m member, r io.Reader, p error) error {
		if p != nil {
			problem = errors.Join(problem, p)
			return nil
		}
		b, err := io.ReadAll(r)
		if err != nil {
			problem = errors.Join(problem, err)
			return nil
		}
		if m.part {
			return nil
		}
		got = append(got, string(b))
		return nil
	})
	return got, errors.Join(problem, err)
}

// TestCutZipIsKept: in the case each member found has its note, the reason is
// stated, and what is cut is not among them.
func TestCutZipIsKept(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	data := zipped(t, "one.txt", "say one", "dir/", "", "two.txt", "say two", "three.txt", "say three")
	rec := b.add(folder(t, "cut.zip", data[:strings.Index(data, "three.txt")+15], "nothing.zip", data[:20], "cut.docx", zipped(t, "[Content_Types].xml", "<x/>", "y", "z")[:60]))
	b.want("items", b.items(), "in/cut.docx", "in/cut.zip", "in/nothing.zip", "in/cut.zip!one.txt", "in/cut.zip!two.txt")
	b.want("events", b.texts(), "one", "two")
	it, err := b.Case.Item(4)
	if err != nil || it.Note != cutZipNote || !it.Modified.Equal(time.Date(2024, 5, 1, 10, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v, %v", it, err)
	}
	if r := reasons(rec, "in/cut.zip"); !strings.Contains(r, "cut off") {
		t.Errorf("%+v", rec.Failed)
	}
	if r := reasons(rec, "in/nothing.zip"); !strings.Contains(r, "cut off") || len(rec.Unclaimed) != 2 {
		t.Errorf("%+v", rec)
	}
	b.rebuilt()
}

// TestBeginningOfAMember: of the member in which a zip ends, what stands before is
// an item that says so, however the member is packed.
func TestBeginningOfAMember(t *testing.T) {
	t.Parallel()
	var long strings.Builder
	for i := range 20_000 {
		fmt.Fprintln(&long, "line", i*7919%10_007)
	}
	for name, method := range map[string]uint16{"deflated": zip.Deflate, "stored": zip.Store} {
		data := zipOf(t, func(z *zip.Writer) error {
			h := &zip.FileHeader{Name: "long.txt", Method: method, CompressedSize64: uint64(long.Len()), UncompressedSize64: uint64(long.Len()), CRC32: crc32.ChecksumIEEE([]byte(long.String()))}
			create := z.CreateHeader
			if method == zip.Store { // with its sizes before it
				create = z.CreateRaw
			}
			w, err := create(h)
			if err != nil {
				return err
			}
			_, err = io.WriteString(w, long.String())
			return err
		})
		b := newBench(t)
		rec := b.add(folder(t, "cut.zip", string(data[:len(data)*6/10])))
		b.want("items", b.items(), "in/cut.zip", "in/cut.zip!long.txt")
		it, err := b.Case.Item(2)
		if err != nil {
			t.Fatal(err)
		}
		got := b.content(2)
		if it.Note != cutPartNote || len(got) < long.Len()/2 || !strings.HasPrefix(long.String(), got) {
			t.Errorf("%s: %d bytes of %d, %+v", name, len(got), long.Len(), it)
		}
		if r := reasons(rec, "in/cut.zip"); !strings.Contains(r, "cut off") {
			t.Errorf("%s: %+v", name, rec.Failed)
		}
	}
}

// TestOtherArchives: what is not opened is said; an empty zip is no secret.
func TestOtherArchives(t *testing.T) {
	t.Parallel()
	b := newBench(t, rest{})
	rec := b.add(folder(t, "a.7z", "7z\xbc\xaf\x27\x1c...", "b.rar", "Rar!\x1a\x07\x01...", "c.zip", zipped(t)))
	for path, says := range map[string]string{"in/a.7z": "7z archive", "in/b.rar": "RAR archive", "in/c.zip": "holds no files"} {
		if got := reasons(rec, path); !strings.Contains(got, says) {
			t.Errorf("%s: %q", path, got)
		}
	}
	if len(b.texts()) != 3 {
		t.Errorf("they are read as files: %q", b.texts())
	}
}

// TestTimesOfMembers: a time in UTC is an instant; what a clock showed is kept as
// it stands, and is an instant only in the zone that a person named. So it is in
// a zip that is cut off.
func TestTimesOfMembers(t *testing.T) {
	t.Parallel()
	ntfs := append([]byte{0x0a, 0, 32, 0, 0, 0, 0, 0, 1, 0, 24, 0}, make([]byte, 24)...)
	binary.LittleEndian.PutUint64(ntfs[12:], uint64(time.Date(2024, 7, 1, 9, 0, 0, 0, time.UTC).Unix()+11_644_473_600)*1e7)
	data := zipOf(t, func(z *zip.Writer) error {
		for _, h := range []*zip.FileHeader{{Name: "utc", Modified: time.Date(2024, 7, 1, 10, 0, 0, 0, time.UTC)},
			{Name: "clock", ModifiedDate: 44<<9 | 7<<5 | 1, ModifiedTime: 10 << 11},
			{Name: "access time alone", ModifiedDate: 44<<9 | 7<<5 | 1, ModifiedTime: 10 << 11, Extra: []byte{0x55, 0x54, 5, 0, 2, 1, 2, 3, 4}},
			{Name: "ntfs", ModifiedDate: 44<<9 | 7<<5 | 1, ModifiedTime: 10 << 11, Extra: ntfs}} {
			h.Method = zip.Deflate
			w, err := z.CreateHeader(h)
			if err != nil {
				return err
			}
			if _, err := io.WriteString(w, h.Name); err != nil {
				return err
			}
		}
		return nil
	})
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	cut := bytes.LastIndex(data, []byte("PK\x01\x02")) // before the last entry of the directory
	for name, data := range map[string][]byte{"whole.zip": data, "cut.zip": data[:cut]} {
		b := newBench(t)
		b.add(folder(t, name, string(data)))
		for n, want := range []struct{ none, london string }{
			{"2024-07-01 10:00 utc", "2024-07-01 10:00 utc"},
			{"0001-01-01 00:00 unknown", "2024-07-01 09:00 assumed"},
			{"0001-01-01 00:00 unknown", "2024-07-01 09:00 assumed"},
			{"2024-07-01 09:00 utc", "2024-07-01 09:00 utc"},
		} {
			it, err := b.Case.Item(int64(n) + 2)
			if err != nil {
				t.Fatal(err)
			}
			for zone, want := range map[*time.Location]string{nil: want.none, london: want.london} {
				w, _, ok := Source{Modified: it.Modified, Wall: it.Wall, Assume: Assume{Zone: zone}}.FileTime()
				got := w.Instant.Format("2006-01-02 15:04 ") + string(w.Basis)
				if !ok || got != want || it.Wall && w.Local.Format(time.DateTime) != "2024-07-01 10:00:00" {
					t.Errorf("%s, %s in %v: %s (%s), want %s", name, it.Path, zone, got, w.Raw, want)
				}
			}
		}
	}
}

// FuzzContainer: whatever the bytes are, opening ends, stays within the limits
// and gives no member that its own check sum denies.
func FuzzContainer(f *testing.F) {
	z := zipped(f, "one.txt", "say one", "two.txt", strings.Repeat("two", 100))
	for _, s := range []string{z, z[:len(z)-30], tarred(f, tar.Header{Name: "a", Uname: "b"}), packed(f, "x")} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		limits := Limits{Members: 50, Bytes: 1 << 20, Ratio: 200, Depth: 3}
		c, err := openContainer("x", data[:min(512, len(data))], bytes.NewReader(data), int64(len(data)), limits)
		if err != nil || c == nil {
			return
		}
		var members int
		var out int64
		_ = c.walk(t.Context(), func(m member, r io.Reader, problem error) error {
			members++
			if problem != nil {
				return nil
			}
			n, _ := io.Copy(io.Discard, r)
			out += n
			return nil
		})
		if members > limits.Members || out > limits.Bytes+64<<10 {
			t.Errorf("%d members, %d bytes", members, out)
		}
	})
}
