package report

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"daybook/evidence/verify"
)

// exhibitList is the list of exhibits with their pages.
func (b *Bundle) exhibitList() []Block {
	if len(b.Exhibits) == 0 {
		return []Block{para(sayNoExhibits)}
	}
	t := table("", Col{"Exhibit", 1.3}, Col{"Description", 5.4}, Col{"Added by", 2}, Col{"Where its file is", 4.7}, Col{"Rows", 1})
	t.Cols = b.pagedCols(t.Cols...)
	t = t.counting("Rows")
	t.Rows = func(ctx context.Context) iter.Seq2[Line, error] {
		return func(yield func(Line, error) bool) {
			for _, e := range b.Exhibits {
				to := itemAnchor(e.Item)
				l := line("", []Run{link(e.Label, to)}, e.listed(), quote(e.By), say(e.place()), number(e.Rows.Len()))
				l.Cells = b.paged(l.Cells, to)
				if err := ctx.Err(); !yield(l, err) || err != nil {
					return
				}
			}
		}
	}
	return []Block{para(sayExhibitList), t}
}

// described is what it is, and where it was issued first.
func (e Exhibit) described() []Run {
	runs := quote(e.Title)
	if e.Issued != "" {
		runs = append(runs, Run{Text: "\n" + fmt.Sprintf(sayFirstIssued, e.Issued)})
	}
	return runs
}

// listed is that as the list of exhibits has it, with how long a recording is.
func (e Exhibit) listed() []Run {
	if e.Duration == "" {
		return e.described()
	}
	return append(e.described(), Run{Text: "\n" + fmt.Sprintf(sayLasts, e.Duration)})
}

// place is where the file is, or why it is not in the bundle.
func (e Exhibit) place() string {
	if e.File == "" {
		return fmt.Sprintf(sayWithheld, e.withheld())
	}
	if renamed(e.Name, e.File) {
		return fmt.Sprintf(sayEndsAnew, e.File)
	}
	return e.File
}

// exhibitParts are the exhibits one by one, where there are any.
func (b *Bundle) exhibitParts() func(context.Context) iter.Seq2[Section, error] {
	if len(b.Exhibits) == 0 {
		return nil
	}
	return b.exhibits
}

// exhibits are the exhibits one by one, each with its cover sheet.
func (b *Bundle) exhibits(ctx context.Context) iter.Seq2[Section, error] {
	return func(yield func(Section, error) bool) {
		for _, e := range b.Exhibits {
			if err := ctx.Err(); !yield(b.exhibitSheet(e), err) || err != nil {
				return
			}
		}
	}
}

// exhibitSheet is an exhibit in the document.
func (b *Bundle) exhibitSheet(e Exhibit) Section {
	return Section{Title: e.Label + ", " + e.Title, Anchor: itemAnchor(e.Item), Blocks: b.exhibitBlocks(e)}
}

// exhibitBlocks are its cover sheet and what is shown of it.
func (b *Bundle) exhibitBlocks(e Exhibit) []Block {
	return append(b.coverSheet(e, spansOnPaper), b.content(e)...)
}

func (b *Bundle) coverSheet(e Exhibit, spans int) []Block {
	place := fileHere(e.Name, e.File)
	if e.File == "" {
		place = fmt.Sprintf(sayWithheld, e.withheld())
	}
	facts := []Fact{
		fact("Exhibit", []Run{{Text: e.Label, Bold: true}}),
		fact("Description", e.described()),
		fact("File name", quote(visible(e.Name))),
		fact("Path as it came", quote(visible(e.Path))),
		fact("How obtained", quote(e.How)),
	}
	facts = maybe(facts, "Came in", e.Within)
	facts = append(facts,
		fact("Kind of file", say(e.kind())),
		fact("Size", say(agree(sayBytes, e.Size))),
	)
	facts = append(maybe(facts, "Duration", e.Duration+e.Counted),
		fact("SHA-256", e.sum()),
	)
	if len(e.Same) > 0 {
		facts = append(facts, fact("The same bytes as", exhibitLinks(e.Same, true)))
	}
	facts = append(facts,
		fact("Added to the case", say(fmt.Sprintf("%s, journal entry %d", stamp(e.Added), e.Entry))),
	)
	facts = maybe(facts, "Added by", e.By)
	if t := e.fileTime(); t != "" {
		facts = append(facts, fact("File time as it came", say(t)))
	}
	facts = maybe(facts, "Place", e.Place)
	facts = maybe(facts, "Note", e.Note)
	facts = append(facts, fact("File", say(place)))
	return []Block{Facts{facts}, Para{Runs: b.backLinks(e, spans)}}
}

// fileTime is the file's own time with the basis of its zone; empty where none
// is known.
func (e Exhibit) fileTime() string {
	if !e.Wall {
		return stamp(e.Modified)
	}
	return fmt.Sprintf(sayWallClock, e.Modified.UTC().Format(time.DateTime))
}

// withheld is why the file is not in the bundle, and what is there in its place.
func (e Exhibit) withheld() string {
	if e.Withheld == "" || e.Show != ShowPicture {
		return e.Withheld
	}
	return fmt.Sprintf(sayWithheldCopy, e.Withheld)
}

func maybe(facts []Fact, name, value string) []Fact {
	if value == "" {
		return facts
	}
	return append(facts, fact(name, quote(value)))
}

// How many stretches of rows a cover sheet links to, on paper, where the
// transcript has a link for each row, and on a page of its own; the column Rows
// of data/exhibits.csv has them all.
const (
	spansOnPaper = 500
	spansOnPage  = 5000
)

// hex is the SHA-256 of an exhibit's file for tables; empty where the pack does not
// show it.
func (e Exhibit) hex() string {
	if e.NoSum {
		return ""
	}
	return e.Hash.String()
}

// sum is the SHA-256 of an exhibit's file, or why the pack does not show it.
func (e Exhibit) sum() []Run {
	if e.NoSum {
		return say(fmt.Sprintf(sayNoSum, e.Entry))
	}
	return mono(twoLines(e.Hash.String()))
}

// backLinks lead from an exhibit to its rows.
func (b *Bundle) backLinks(e Exhibit, spans int) []Run {
	if len(e.Rows) == 0 {
		return say(sayNoExhibitRow)
	}
	runs := say(agree(sayExhibitRows, e.Rows.Len()))
	for i, s := range e.Rows {
		if i == spans {
			runs = append(runs, Run{Text: sayMoreRows})
			break
		}
		if i > 0 {
			runs = append(runs, Run{Text: ", "})
		}
		runs = append(runs, link(strconv.Itoa(s.First), rowAnchor(s.First)))
		if s.Last > s.First {
			runs = append(runs, Run{Text: "–"}, link(strconv.Itoa(s.Last), rowAnchor(s.Last)))
		}
	}
	return append(runs, Run{Text: "."})
}

// content is what an exhibit shows below its cover sheet.
func (b *Bundle) content(e Exhibit) []Block {
	switch e.Show {
	case ShowPicture:
		return append([]Block{Picture{e.Item}}, e.machineText()...)
	case ShowPages:
		return []Block{Pages{e.Item}}
	case ShowTranscript:
		return append(b.transcript(e), b.headers(e)...)
	case ShowText:
		return []Block{Excerpt{Item: e.Item, Lines: b.Profile.TextLines}}
	case ShowFrames:
		says := fmt.Sprintf(sayFrames, e.Engine)
		if none := filmParts - len(e.Frames); none > 0 {
			says += " " + agree(sayFramesFewer, none)
		}
		return []Block{para(says + " " + e.itself()), Frames{e.Item}}
	case ShowLevel:
		return []Block{para(fmt.Sprintf(sayLevel, e.Engine) + " " + e.itself()), Level{e.Item}}
	default:
		why := cmp.Or(e.NoPicture, sayNoView)
		if e.Withheld != "" && e.NoPicture == "" && (isPDF(e.Type) || major(e.Type) == "image") { // others of its kind are shown
			why = fmt.Sprintf(sayNoneOfIt, e.Withheld)
		}
		if e.Size == 0 {
			why = sayEmptyFile
		}
		if e.File != "" {
			why += " " + sayInFolder
		}
		return []Block{para(why)}
	}
}

// itself says whether a recording of which something is shown is in the bundle.
func (e Exhibit) itself() string {
	if e.File == "" {
		return sayRecordingAway
	}
	return sayRecordingHere
}

// headers are those of a letter, as they stand in its file. They tell of networks
// and devices: a served pack has none.
func (b *Bundle) headers(e Exhibit) []Block {
	if b.Pack == Served || e.File == "" || mediaType(e.Type) != "message/rfc822" {
		return nil
	}
	return []Block{Excerpt{Item: e.Item, Lines: b.Profile.TextLines, Headers: true}}
}

// transcript are an exhibit's rows, each with its whole text and a link back.
func (b *Bundle) transcript(e Exhibit) []Block {
	blocks := []Block{para(sayTranscript)}
	if n := e.Rows.Len(); n > b.Profile.Transcript {
		blocks = append(blocks, para(agree(sayTranscriptOf, b.Profile.Transcript, n)))
	}
	if len(e.Clocks) > 0 {
		blocks = append(blocks, para(fmt.Sprintf(sayTranscriptAt, strings.Join(e.Clocks, "; "))))
	}
	t := table("", Col{"Row", 1}, Col{"Time", 3}, Col{e.Label + ", words of the source", 9})
	t.Timed = true
	t.Count = e.Rows.Len()
	t.Rows = func(ctx context.Context) iter.Seq2[Line, error] {
		return each(b.rowsOf(ctx, e), func(r Row) Line {
			no := []Run{link(strconv.Itoa(r.Number), rowAnchor(r.Number))}
			if r.Item != e.Item {
				return line("", no, say(r.Time.inList()), []Run{{Text: fmt.Sprintf(sayNamedBy, r.Label)}})
			}
			return line(lineAnchor(r.Number), no, []Run{{Text: r.Time.inList()}, {Text: "\n" + r.Record, Evidence: true}}, append(r.head(), r.body(transcriptText)...))
		})
	}
	return append(blocks, t)
}

// lastLine is the last row that an exhibit's transcript prints; 0 where it has none.
func (b *Bundle) lastLine(e Exhibit) int {
	if e.Show != ShowTranscript {
		return 0
	}
	left, last := b.Profile.Transcript, 0
	for _, s := range e.Rows {
		if left <= 0 {
			break
		}
		last = min(s.Last, s.First+left-1)
		left -= last - s.First + 1
	}
	return last
}

// rowsOf walks an exhibit's rows, as many as the profile prints.
func (b *Bundle) rowsOf(ctx context.Context, e Exhibit) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		left := b.Profile.Transcript
		for _, s := range e.Rows {
			last := min(s.Last, s.First+left-1)
			for r, err := range b.Walk(ctx, s.First, last) {
				if err == nil && r.LeftOut != "" {
					continue
				}
				if !yield(r, err) || err != nil {
					return
				}
			}
			if left -= last - s.First + 1; left <= 0 {
				return
			}
		}
	}
}

// fileName is the name of an original in a bundle: made from its number and
// hash, so that nothing of a foreign name reaches a file system.
func fileName(dir string, item int64, sum string, ext string) string {
	return path.Join(dir, verify.ExcerptName(item, sum)+ext)
}

// extensions are the endings that a bundle's files may have, by what the bytes
// are. Every other kind ends in .bin, so that nothing runs by a double click.
var extensions = map[string]string{
	"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "image/heic": ".heic",
	"image/heif": ".heif", "image/tiff": ".tif", "image/bmp": ".bmp", "image/avif": ".avif",
	"video/mp4": ".mp4", "video/quicktime": ".mov", "video/3gpp": ".3gp", "video/webm": ".webm", "video/x-msvideo": ".avi", "video/matroska": ".mkv", "video/x-matroska": ".mkv",
	"audio/mpeg": ".mp3", "audio/mp4": ".m4a", "audio/x-m4a": ".m4a", "audio/ogg": ".ogg", "audio/wav": ".wav", "audio/amr": ".amr", "audio/aac": ".aac", "audio/flac": ".flac",
	"text/plain": ".txt", "text/csv": ".csv", "text/vcard": ".vcf", "text/calendar": ".ics", "text/xml": ".xml", "application/xml": ".xml",
	"application/json": ".json", "application/x-ndjson": ".jsonl", "message/rfc822": ".eml", "application/mbox": ".mbox",
	"application/pdf": ".pdf", "application/zip": ".zip", "application/x-tar": ".tar", "application/gzip": ".gz", "application/x-7z-compressed": ".7z",
	"application/vnd.sqlite3": ".sqlite", "application/x-sqlite3": ".sqlite", "application/vnd.ms-outlook": ".msg", "application/gpx+xml": ".gpx",
	"application/msword": ".doc", "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}

// mediaType is a media type without its parameters.
func mediaType(s string) string {
	s, _, _ = strings.Cut(s, ";")
	return strings.ToLower(strings.TrimSpace(s))
}

// major is the first part of a media type.
func major(mt string) string {
	m, _, _ := strings.Cut(mediaType(mt), "/")
	return m
}

// isText tells that a file can be shown as it is.
func isText(mt string) bool {
	switch mediaType(mt) {
	case "application/json", "application/xml", "message/rfc822":
		return true
	}
	return major(mt) == "text"
}

// kind says what kind of file it is; one without a byte is of none.
func (e Exhibit) kind() string {
	if e.Size == 0 {
		return sayEmptyFile
	}
	return fmt.Sprintf(sayKindOfFile, kindOfFile(e.Type), mediaType(e.Type))
}

// kindOfFile is a media type in a word for everybody.
func kindOfFile(mt string) string {
	switch major(mt) {
	case "image":
		return wordImage
	case "video":
		return wordVideo
	case "audio":
		return wordAudio
	case "application":
		return wordDocument
	case "text":
		return wordTextFile
	case "message":
		return wordMail
	default:
		return wordFile
	}
}

// otherEndings are further endings that a file may keep from its own name: what
// opens by a double click shows them and runs nothing.
var otherEndings = []string{".jpeg", ".tiff", ".jpe", ".log", ".md", ".tsv", ".vcard", ".mbx", ".eml", ".emlx", ".opus", ".oga", ".m4v", ".mkv", ".db", ".tgz", ".ab", ".kml", ".srt"}

// extension is the ending of an original in a bundle: that of its own name when
// it is one that is known, or else that of what its bytes are. A name may lie,
// but it is what the file was called; an ending that could run is never kept.
func extension(name, mt string) string {
	own := strings.ToLower(path.Ext(name))
	if slices.Contains(otherEndings, own) {
		return own
	}
	for _, ext := range extensions {
		if ext == own {
			return own
		}
	}
	if ext, ok := extensions[mediaType(mt)]; ok {
		return ext
	}
	return noEnding
}

// noEnding is that of a file of a kind that could run something or reach for the
// network when it is opened, or that is not known.
const noEnding = ".bin"

// renamed tells that a file has that ending in the bundle, and another one of its own.
func renamed(name, file string) bool {
	own := path.Ext(name)
	return path.Ext(file) == noEnding && own != "" && !strings.EqualFold(own, noEnding)
}

// fileHere is where a file is in the bundle, and why it does not end there as its own
// name does.
func fileHere(name, file string) string {
	s := fmt.Sprintf(sayFileHere, file)
	if renamed(name, file) {
		s += ". " + sayNoEnding
	}
	return s
}
