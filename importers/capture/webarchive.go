package capture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"howett.net/plist"

	"daybook/importers"
	"daybook/timeline"
)

// maxWebarchive is the size of a webarchive that is read: it can only be held
// whole.
const maxWebarchive = 64 << 20

var errTooLarge = fmt.Errorf("is larger than the %d bytes of a webarchive that are read", maxWebarchive)

// webResource is a page, or what belongs to one.
type webResource struct {
	Data     []byte `plist:"WebResourceData"`
	Address  string `plist:"WebResourceURL"`
	Type     string `plist:"WebResourceMIMEType"`
	Letters  string `plist:"WebResourceTextEncodingName"`
	Frame    string `plist:"WebResourceFrameName"`
	Response []byte `plist:"WebResourceResponse"`
}

type webArchive struct {
	Main   *webResource  `plist:"WebMainResource"`
	Others []webResource `plist:"WebSubresources"`
	Frames []webArchive  `plist:"WebSubframeArchives"`
}

func (x *reading) webarchive(ctx context.Context, s importers.Source) error {
	return opened(ctx, s, func(r io.Reader) error {
		data, err := io.ReadAll(io.LimitReader(r, maxWebarchive+1))
		if err != nil {
			return fmt.Errorf("%s: %w", s.Path, err)
		}
		if len(data) > maxWebarchive {
			return x.out.Skip("file", "", errTooLarge)
		}
		var a webArchive
		if _, err := plist.Unmarshal(data, &a); err != nil {
			return x.out.Skip("file", "", fmt.Errorf("is damaged and cannot be read as a webarchive: %w", err))
		}
		if a.Main == nil {
			return x.out.Skip("file", "", errors.New("a webarchive without a page"))
		}
		return x.webPage(ctx, s, a, "page", 0)
	})
}

// maxFrames is how deep frames lie in one another.
const maxFrames = 8

// webPage hands on a page with its files, and the pages in its frames.
func (x *reading) webPage(ctx context.Context, s importers.Source, a webArchive, record string, deep int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	main := a.Main
	if main == nil {
		main = &webResource{}
	}
	k, err := x.readPage(bytes.NewReader(main.Data), contentType(main))
	if err != nil {
		return err
	}
	e, facts := k.event(record)
	e.When = responseDate(main.Response)
	if e.When.Precision == "" {
		var flags []timeline.Flag
		e.When, flags = fileTime(s)
		facts.Flag(flags...)
	} else {
		facts.Add("time", "the date with which the web server sent the page")
	}
	facts.Add("address", main.Address)
	facts.Add("frame", main.Frame)
	facts.Add("type", contentType(main))
	for i, o := range a.Others {
		name := fmt.Sprintf("%s, resource %d", record, i+1)
		if !isMedia(o.Type) {
			words, size, err := shown(bytes.NewReader(o.Data))
			if err != nil {
				return err
			}
			if err := x.out.Skip(name, fmt.Sprintf("%s %s\n%s\n(%d bytes)", o.Type, o.Address, words, size), errLook); err != nil {
				return err
			}
			continue
		}
		file, err := x.out.Attach(record, nameOf(o.Address, name), o.Type, bytes.NewReader(o.Data))
		if err != nil {
			return err
		}
		e.Files = append(e.Files, file)
	}
	e.Extra.Set(sameKey, sameOf(main.Address, e))
	if err := x.out.Event(*e); err != nil {
		return err
	}
	for i, f := range a.Frames {
		name := fmt.Sprintf("%s, frame %d", record, i+1)
		if deep == maxFrames {
			return x.out.Skip(name, "", errors.New("lies in too many frames to be read"))
		}
		if err := x.webPage(ctx, s, f, name, deep+1); err != nil {
			return err
		}
	}
	return nil
}

func contentType(r *webResource) string {
	if r.Letters == "" {
		return r.Type
	}
	return r.Type + "; charset=" + r.Letters
}

// responseDate finds the Date of the server's answer, which Safari keeps as an
// archive of objects: a list in which a dictionary names its keys and values by
// their numbers. The zero When: there is none.
func responseDate(data []byte) timeline.When {
	var kept struct {
		Objects []any `plist:"$objects"`
	}
	if len(data) == 0 {
		return timeline.When{}
	}
	if _, err := plist.Unmarshal(data, &kept); err != nil {
		return timeline.When{}
	}
	at := func(n any) any {
		if i, ok := n.(plist.UID); ok && uint64(i) < uint64(len(kept.Objects)) {
			return kept.Objects[i]
		}
		return nil
	}
	for _, o := range kept.Objects {
		dict, _ := o.(map[string]any)
		names, _ := dict["NS.keys"].([]any)
		values, _ := dict["NS.objects"].([]any)
		for i := range min(len(names), len(values)) {
			raw, ok := at(values[i]).(string)
			if name, _ := at(names[i]).(string); ok && name == "Date" {
				return mailDate(raw)
			}
		}
	}
	return timeline.When{}
}
