package report

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"daybook/evidence"
	"daybook/report/leak"
	"daybook/timeline"
)

// withheld tells why an original is not in this pack. Whoever reads a pack can
// compare a file with its SHA-256 where they have it, so it is there unless it
// would tell something that the pack does not.
func (p *planner) withheld(ctx context.Context, item evidence.Item, c *cited, r timeline.ReadingInfo) (string, error) {
	why, err := p.tellsToo(item, c, r)
	on := p.gate.of(item.Number)
	if on.paged() && isPDF(item.Type) && (why == "" || fileAlone(why)) {
		why = sayWithheldPage
	}
	if why != "" && !fileAlone(why) || err != nil || p.gate == nil {
		return why, err // what is shown of a file that is not there itself is looked through as one that is
	}
	f, err := p.c.Original(item.Hash)
	if err != nil {
		return "", fmt.Errorf("item %d: %w", item.Number, err)
	}
	held, all, err := leak.In(ctx, item.Name, f, p.gate.words, on.pages()...)
	if why == sayWithheldPage && !held.Shown && err == nil { // is one of the words seen beside what is painted over?
		seen, unread := places(ctx, item.Name, f, f.Size(), p.gate.words)
		held.Shown, err = unread != nil || len(Uncovered(seen, on.areas)) > 0, ctx.Err()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return "", fmt.Errorf("item %d: %w", item.Number, err)
	}
	switch beside := held.Beside || why == sayWithheldTitle; {
	case held.Shown || beside && !isPDF(item.Type):
		if held.Shown && held.Where.File != "" {
			p.b.Told.Holding = append(p.b.Told.Holding, fmt.Sprintf("%s %s (“%s”)", p.labels[item.Number], visible(held.Where.String()), visible(held.Word)))
		}
		return sayWithheldWords, nil
	case beside:
		return p.pagesAlone(ctx, item, on.pages(), why)
	case !all && why == "" && major(item.Type) != "image" && !isRecording(item.Type):
		return sayWithheldUnread, nil
	}
	return why, nil
}

// pagesAlone tells why a PDF is not in this pack that holds a word beside its pages and
// none on them. Of pages that no program reads nobody knows what is on them: they stay
// out too, but for those that a person painted.
func (p *planner) pagesAlone(ctx context.Context, item evidence.Item, painted []int, why string) (string, error) {
	_, silent, err := p.see(ctx, item)
	for _, n := range painted {
		silent = without(silent, n)
	}
	switch {
	case err != nil:
		return "", err
	case len(silent) > 0:
		return sayWithheldWords, nil
	case why == sayWithheldPage:
		return why, nil
	}
	return sayWithheldTitle, nil
}

// fileAlone tells of a reason that it keeps the file out and not what is shown of it: the
// frames of a film, the loudness of a sound, the pages of a PDF, which are copied without
// what stands beside them, and of which one with a part that is withheld is a picture.
func fileAlone(why string) bool {
	return why == sayWithheldStreams || why == sayWithheldPDF || why == sayWithheldPage || why == sayWithheldTitle
}

// triable tells of a file that a served pack withholds whether its sum would tell
// what is in it: of words, whoever knows most of them can try the rest until the
// sum fits. Nobody can try a picture, a film or a sound.
func (p *planner) triable(item evidence.Item, withheld string) bool {
	return p.b.Pack == Served && withheld != "" && !item.Deleted && !p.shows(ShowSums) &&
		!slices.Contains([]string{"image", "video", "audio"}, major(item.Type))
}

// tellsToo tells what else an original would tell, by what it is and what was read
// from it.
func (p *planner) tellsToo(item evidence.Item, c *cited, r timeline.ReadingInfo) (string, error) {
	on := p.gate.of(item.Number)
	switch {
	case p.sel.Withhold[item.Number] != "":
		c.hidden = true
		return servedReason(p.sel.Withhold[item.Number]), nil
	case item.Deleted:
		return sayDeleted, nil
	case p.family.files[item.Hash]:
		c.hidden = true
		return sayFamilyPaper, nil
	case c.hidden || p.family.holds[item.Number]:
		return sayWithheldLeftOut, nil
	case p.b.Pack != Served:
		return "", nil
	case len(on.areas) > 0 && !(on.paged() && isPDF(item.Type)):
		if isRecording(item.Type) {
			return sayWithheldFilm, nil
		}
		return sayWithheldArea, nil
	case on.words != nil:
		return sayWithheldWords, nil
	case c.within:
		return sayWithheldWords, nil
	case r.Skips > 0 || r.Broken != "" || r.Events > c.records:
		return sayWithheldMore, nil
	}
	switch major(item.Type) {
	case "image":
		return p.tellsMore(item)
	case "text", "message":
		if whole, err := p.wholeText(item, c, r); whole || err != nil {
			return "", err
		}
		if c.lacks(sayPartPlaces, c.placed); len(c.less) > 0 {
			return fmt.Sprintf(sayWithheldPart, strings.Join(c.less, "; ")), nil
		}
		if major(item.Type) == "message" {
			return sayWithheldMeta, nil
		}
		return "", nil
	default:
		return p.unseen(item, c, r), nil
	}
}

// wholeText tells that a file is a text which its one row shows to the last letter:
// what the program found out about it beside (its size, how it is written) is
// nothing that the file tells and the page does not.
func (p *planner) wholeText(item evidence.Item, c *cited, r timeline.ReadingInfo) (is bool, err error) {
	if r.Events != 1 || c.records != 1 || item.Size > mostWhole {
		return false, nil
	}
	f, err := p.c.Original(item.Hash)
	if err != nil {
		return false, fmt.Errorf("item %d: %w", item.Number, err)
	}
	b, err := io.ReadAll(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return false, fmt.Errorf("item %d: %w", item.Number, err)
	}
	text := strings.ReplaceAll(strings.TrimPrefix(string(b), "\ufeff"), "\r\n", "\n")
	return strings.TrimSpace(text) == strings.TrimSpace(c.words), nil
}

// mostWhole is the size of the largest file that is compared with what is shown.
const mostWhole = 64 << 10

// tellsMore tells why the file of a picture that the pack shows is not in it:
// what stands beside the picture.
func (p *planner) tellsMore(item evidence.Item) (why string, err error) {
	if p.shows(ShowMetadata) {
		return "", nil
	}
	f, err := p.c.Original(item.Hash)
	if err != nil {
		return "", fmt.Errorf("item %d: %w", item.Number, err)
	}
	alone, err := bare(f, item.Type)
	if err = errors.Join(err, f.Close()); err != nil {
		return "", fmt.Errorf("item %d: %w", item.Number, err)
	}
	if alone {
		return "", nil
	}
	return sayWithheldBeside, nil
}

// unseen tells why a file is not in the pack whose words, sound or film no page
// of it shows. What stands in such a file beside these (a place, an owner, who wrote it,
// notes, what was struck out, further files) nobody can tell to the last byte, so it is
// there where the pack shows that too. JSON has its words and nothing beside them.
func (p *planner) unseen(item evidence.Item, c *cited, r timeline.ReadingInfo) string {
	lacks := slices.Contains(c.less, sayPartWords) || slices.Contains(c.less, sayPartAddresses)
	titled := lacks && isPDF(item.Type) && !c.cut
	switch {
	case lacks && !titled:
		return sayWithheldWords
	case !p.shows(ShowDocuments):
		return sayWithheldMeta
	case r.Events > 1:
		return sayWithheldExport
	case titled:
		return sayWithheldTitle
	case p.shows(ShowMetadata):
		return ""
	case isRecording(item.Type) || slices.Contains([]string{"application/octet-stream", "application/ogg"}, mediaType(item.Type)):
		return sayWithheldStreams
	case isPDF(item.Type):
		return sayWithheldPDF
	case mediaType(item.Type) == "application/json" && !c.placed:
		return ""
	default:
		return sayWithheldHidden
	}
}
