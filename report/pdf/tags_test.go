package pdf

import (
	"bytes"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daybook/report/pdf/object"
)

const goesOn = "a row that goes on over pages and on and on"

// tagged prints one of each kind of thing.
func tagged(tb testing.TB, d *Doc) {
	d.Heading(1, "Index", "index")
	list := d.Table([]Col{{Title: "Section", Width: 8}, {Title: "Page", Width: 1}})
	list.Row("", []Run{{Text: "What happened", Link: "what"}}, []Run{PageOf("what")})
	d.Heading(1, "What happened", "what")
	d.Paragraph(Body, Run{Text: "He came "}, Run{Text: "again", Link: "index"}, Run{Text: " and again."})
	d.List(plain("first point"), plain("second point"))
	d.Heading(3, "Rows", "")
	rows := d.Table([]Col{{Title: "No.", Width: 1}, {Title: "Words", Width: 5}})
	rows.Row("", plain("1"), plain("short"))
	rows.Row("", plain("2"), plain("%s", strings.Repeat(goesOn+"\n", 70)))
	rows.Row("", plain("a title of rows across both"))
	rows.Row("", plain("3"), nil)
	d.Pairs(Pair{Name: "Name", Value: plain("value")})
	d.Bars([]Bar{{Label: "May", N: 3}})
	d.Image(Picture{Data: pictureOf(tb, image.NewGray(image.Rect(0, 0, 40, 30))), Alt: "Exhibit AB/1: picture", Caption: plain("the caption")})
	long := d.Table([]Col{{Title: "No.", Width: 1}, {Title: "Words", Width: 5}})
	long.Long(mostTagged + 1)
	long.Row("", []Run{{Text: "7", Link: "index"}}, plain("of many"))
}

// A program that reads aloud finds every word once, in the order in which it is
// read, with what it is; what a page has for the eye alone is not there.
func TestTagsAreReadInOrder(t *testing.T) {
	o := Options{Title: "Tags", Lang: "en-GB", Header: "At the head of each page", Home: Run{Text: "To the index", Link: "index"}}
	file := write(t, o, func(d *Doc) { tagged(t, d) })
	if info := tool(t, "pdfinfo", file); !strings.Contains(info, "Tagged:          yes") {
		t.Error(info)
	}
	var read strings.Builder
	for ln := range strings.Lines(tool(t, "pdfinfo", "-struct-text", file)) {
		ln = strings.TrimSpace(ln)
		kind, _, _ := strings.Cut(strings.TrimSuffix(ln, ":"), " (")
		switch {
		case ln == "" || strings.HasPrefix(ln, "Object ") || strings.HasPrefix(ln, "/"):
		case strings.HasPrefix(ln, `"`):
			read.WriteString(strings.Trim(ln, `"`) + " ")
		default:
			read.WriteString("<" + kind + "> ")
		}
	}
	got := strings.ReplaceAll(onSpaces(read.String()), strings.TrimSpace(strings.Repeat(goesOn+" ", 70)), "GOES ON")
	const home = " <Link> To the index"
	want := "<Document> <Sect> <H1> Index <Table> <TR> <TH> Section <TH> Page <TR> <TD> <Link> What happened <TD> <Link> 1 " +
		"<Sect> <H1> What happened <P> He came <Link> again and again. <L> <LI> <Lbl> • <LBody> first point <LI> <Lbl> • <LBody> second point " +
		"<Sect> <H2> Rows <Table> <TR> <TH> No. <TH> Words <TR> <TD> 1 <TD> short <TR> <TD> 2 <TD> GOES ON <TR> <TD> a title of rows across both <TR> <TD> 3 <TD> " +
		"<Table> <TR> <TH> Name <TD> value <P> May 3 <Figure> <P> the caption <Div> <P> No. Words <P> 7 of many " +
		"<Sect>" + strings.Repeat(home, 2)
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	out := tool(t, "pdfinfo", "-struct", file)
	if !strings.Contains(out, "/Placement /Block") {
		t.Errorf("the picture is nowhere:\n%s", out)
	}
	if !strings.Contains(out, "/ColSpan 2") {
		t.Errorf("what stands across both columns is a cell of one:\n%s", out)
	}
}

// Every mark on a page belongs to the element that has it, and every link to that
// which leads to it, in each file.
func TestTagsAgreeWithPages(t *testing.T) {
	var all [][]byte
	o := Options{Title: "Tags", Header: "שלום 😀 at the head", Home: Run{Text: "To the index", Link: "index"}}
	data, _ := bytesOf(t, o, func(d *Doc) {
		tagged(t, d)
		for _, s := range scripts {
			d.Paragraph(Body, Run{Text: s.text}, Run{Text: s.text, Link: "index"})
		}
	})
	all = append(append(all, data), cutDocument(t, Volumes{Pages: 4}, 9, nil)...)
	var files []*bytes.Buffer
	first := &bytes.Buffer{}
	d, err := New(first, Options{Title: "Cut in a row", Volumes: Volumes{Pages: 1, Next: func(n int) (string, io.Writer, error) {
		files = append(files, &bytes.Buffer{})
		return fmt.Sprint(n), files[n-2], nil
	}}})
	if err != nil {
		t.Fatal(err)
	}
	tagged(t, d)
	if _, err := d.Close(); err != nil {
		t.Fatal(err)
	}
	for _, f := range append(files, first) {
		all = append(all, f.Bytes())
	}
	if len(all) < 6 {
		t.Fatalf("%d files", len(all))
	}
	for i, data := range all {
		f, err := object.Open(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		c := tagCheck{t: t, file: f, name: fmt.Sprintf("file %d", i), of: map[[2]int]int{}, links: map[int]int{}}
		c.check()
		name := filepath.Join(t.TempDir(), "tags.pdf")
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
		tool(t, "qpdf", "--check", name)
	}
}

// tagCheck holds the tree of tags of a file against its pages.
type tagCheck struct {
	t     *testing.T
	file  *object.File
	name  string
	of    map[[2]int]int // page and mark: the element
	links map[int]int    // link: the element
}

func (c *tagCheck) check() {
	catalog := c.file.Dict(c.file.Trailer()["Root"])
	root := c.file.Dict(catalog["StructTreeRoot"])
	parents := map[int]any{}
	for _, kid := range c.file.Array(c.file.Dict(root["ParentTree"])["Kids"]) {
		nums := c.file.Array(c.file.Dict(kid)["Nums"])
		for i := 0; i+1 < len(nums); i += 2 {
			key, _ := c.file.Int(nums[i])
			parents[key] = nums[i+1]
		}
	}
	top := c.file.Array(root["K"])[0].(object.Ref)
	c.walk(top.Number, catalog["StructTreeRoot"].(object.Ref).Number)
	marks, links := 0, 0
	for _, node := range c.file.Array(c.file.Dict(catalog["Pages"])["Kids"]) {
		for _, kid := range c.file.Array(c.file.Dict(node)["Kids"]) {
			page := c.file.Dict(kid)
			key, _ := c.file.Int(page["StructParents"])
			owners := c.file.Array(parents[key])
			marks += c.page(kid.(object.Ref).Number, page, owners)
			for _, a := range c.file.Array(page["Annots"]) {
				key, ok := c.file.Int(c.file.Dict(a)["StructParent"])
				if ref, _ := parents[key].(object.Ref); ok && (ref.Number == 0 || c.links[a.(object.Ref).Number] != ref.Number) {
					c.t.Errorf("%s: link %v has element %d, not %d", c.name, a, c.links[a.(object.Ref).Number], ref.Number)
				} else if ok {
					links++
				}
			}
		}
	}
	if marks != len(c.of) || links != len(c.links) || marks == 0 {
		c.t.Errorf("%s: %d marks and %d links on pages, %d and %d in the tree", c.name, marks, links, len(c.of), len(c.links))
	}
}

// walk goes through an element and all in it.
func (c *tagCheck) walk(number, within int) {
	e := c.file.Dict(object.Ref{Number: number})
	if up, _ := e["P"].(object.Ref); up.Number != within {
		c.t.Errorf("%s: element %d says that it is in %d, not %d", c.name, number, up.Number, within)
	}
	page, _ := e["Pg"].(object.Ref)
	for _, kid := range c.file.Array(e["K"]) {
		if ref, ok := kid.(object.Ref); ok {
			c.walk(ref.Number, number)
			continue
		}
		on := page.Number
		if d := c.file.Dict(kid); d != nil {
			if link, ok := d["Obj"].(object.Ref); ok {
				c.links[link.Number] = number
				continue
			}
			on, kid = d["Pg"].(object.Ref).Number, d["MCID"]
		}
		mark, _ := c.file.Int(kid)
		c.of[[2]int{on, mark}] = number
	}
}

// page counts the marks of a page; all that it shows is within one.
func (c *tagCheck) page(number int, page object.Dict, owners object.Array) (marks int) {
	var open []string // marks and text objects
	last, owned := "", false
	for _, part := range c.file.Array(page["Contents"]) {
		content, err := c.file.Data(c.file.Stream(part), 1<<24)
		if err != nil {
			c.t.Fatal(err)
		}
		for _, token := range contentTokens(content) {
			switch token {
			case "BMC", "BDC", "BT":
				if token != "BT" && slices.Contains(open, "MCID") {
					c.t.Errorf("%s: page %d: a mark within that of an element", c.name, number)
				}
				if owned {
					token = "MCID"
				}
				open, owned = append(open, token), false
			case "EMC", "ET":
				if len(open) == 0 || (open[len(open)-1] == "BT") != (token == "ET") {
					c.t.Fatalf("%s: page %d: %s ends %q", c.name, number, token, open)
				}
				open = open[:len(open)-1]
			case "TJ", "f", "Do":
				if !slices.ContainsFunc(open, func(m string) bool { return m != "BT" }) {
					c.t.Errorf("%s: page %d shows something without a mark", c.name, number)
				}
			}
			if last == "/MCID" {
				var mark int
				if _, err := fmt.Sscan(token, &mark); err != nil {
					c.t.Fatal(err)
				}
				marks, owned = marks+1, true
				owner, _ := slices.Concat(owners, make(object.Array, mark+1))[mark].(object.Ref)
				if owner.Number == 0 || c.of[[2]int{number, mark}] != owner.Number {
					c.t.Errorf("%s: page %d: mark %d is of element %d, and led to %d", c.name, number, mark, c.of[[2]int{number, mark}], owner.Number)
				}
			}
			last = token
		}
		if len(open) != 0 {
			c.t.Errorf("%s: page %d: %q are open", c.name, number, open)
		}
	}
	return marks
}
