package photo

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"daybook/importers"
	"daybook/importers/googlephotos"
	"daybook/importers/worker"
	"daybook/timeline"
)

// Importer reads one picture, film or sound at a time.
type Importer struct{ reader Reader }

// New makes the importer. The program gives it a Worker; with nil it reads in
// this process.
func New(r Reader) importers.Importer {
	if r == nil {
		r = Local{}
	}
	return Importer{reader: r}
}

// Info says what is read.
func (Importer) Info() importers.Info {
	return importers.Info{
		Name:    "photo",
		Single:  true,
		Version: 5,
		Title:   "Photos, screenshots, videos and sound recordings",
		HowToGet: "Copy the files themselves from the telephone, camera or recorder, by cable or as a download. " +
			"Do not send them through a messenger: that removes the date and place they hold. " +
			"Keep the names as they are: for a screenshot the name is often the only date.",
		LeavesOut: []string{
			"What is to be seen or heard is not read; a clock inside the picture is a separate statement.",
			"WhatsApp, Facebook, Instagram, X, Snapchat and most messengers remove date and place from the pictures they send.",
			"A screenshot says when it was made, not when the message on it was sent.",
			"Cameras without a zone write the time of their own clock, which may be set wrongly.",
		},
		Tried: []string{
			"JPEG with EXIF 2.2 to 2.32 (2005 to 2026: Casio, Nikon, Kodak, HTC, Samsung, Jolla, iPhone)",
			"HEIC of iPhones (iOS 13 to 26)", "PNG with EXIF, XMP, text and time chunks", "WebP", "TIFF",
			"MP4 and MOV of iPhones and Android telephones", "M4A, MP3, WAV, Ogg, AMR and AVI",
			"names of Android, Samsung, Xiaomi, Huawei, OnePlus, iOS, macOS and Windows screenshots",
			"names of WhatsApp, Telegram, Signal, Facebook, Ring, Nest, Tapo, Eufy, Blink, CCTV recorder and dashcam files",
		},
	}
}

// Claims goes by the first bytes, and by the name's ending for files whose
// first bytes are damaged or say nothing.
func (Importer) Claims(s importers.Source) bool {
	if _, known := extensions[extension(s.Path)]; known {
		return true
	}
	switch sniff(s.Head) {
	case "", "aac", "ts", "bmp":
		return false // two bytes are too little to go by
	case "mp3":
		return strings.HasPrefix(string(s.Head), "ID3")
	default:
		return true
	}
}

func extension(p string) string {
	return strings.ToLower(strings.TrimPrefix(path.Ext(p), "."))
}

// extensions say what a file is meant to be.
var extensions = map[string]timeline.Kind{
	"jpg": timeline.Photo, "jpeg": timeline.Photo, "jpe": timeline.Photo, "png": timeline.Photo,
	"heic": timeline.Photo, "heif": timeline.Photo, "avif": timeline.Photo, "webp": timeline.Photo,
	"gif": timeline.Photo, "tif": timeline.Photo, "tiff": timeline.Photo, "bmp": timeline.Photo, "dng": timeline.Photo,
	"mp4": timeline.Video, "mov": timeline.Video, "m4v": timeline.Video, "3gp": timeline.Video, "3g2": timeline.Video,
	"avi": timeline.Video, "mkv": timeline.Video, "webm": timeline.Video, "dav": timeline.Video, "mts": timeline.Video,
	"m2ts": timeline.Video, "wmv": timeline.Video, "mpg": timeline.Video, "mpeg": timeline.Video,
	"m4a": timeline.Audio, "mp3": timeline.Audio, "wav": timeline.Audio, "amr": timeline.Audio, "aac": timeline.Audio,
	"ogg": timeline.Audio, "opus": timeline.Audio, "oga": timeline.Audio, "flac": timeline.Audio, "wma": timeline.Audio,
	"caf": timeline.Audio, "m4b": timeline.Audio,
}

// Import hands on one event: the picture, placed by its best time.
func (i Importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m, err := i.metadata(ctx, s)
	if err != nil {
		return err
	}
	beside, found, err := googlephotos.Beside(ctx, s)
	if err != nil {
		return err
	}
	e := event(s, m.indexed(), nil)
	if found {
		e = event(s, m.indexed(), &beside)
	}
	if err := out.Event(e); err != nil || m.InPart == "" {
		return err
	}
	return errors.New(m.InPart)
}

// metadata reads the file. When its reader gives up the file is still placed,
// by its name and its file time, and the event says why.
func (i Importer) metadata(ctx context.Context, s importers.Source) (Metadata, error) {
	if s.Size == 0 {
		return Metadata{Notes: []string{"empty file"}}, nil
	}
	f := s.At()
	m, err := i.reader.Metadata(ctx, path.Base(s.Path), s.Head, f, s.Size)
	err = errors.Join(err, f.Close())
	var gave *worker.GaveUp
	switch {
	case err == nil:
		if m.foreign(s) {
			m.note(sayForeign)
			m.InPart = sayForeign
		}
		return m, nil
	case errors.As(err, &gave):
		why := "metadata not read: " + gave.Why
		return Metadata{Format: sniff(s.Head), Notes: []string{why}, InPart: why}, nil
	case ctx.Err() != nil:
		return m, ctx.Err()
	}
	return m, fmt.Errorf("%s: reading its metadata: %w", s.Path, err)
}

// sayForeign is of bytes that are not what their name says.
const sayForeign = "the bytes are not those of a picture, film or sound that is known"

// foreign tells that a file has the name of one of ours, and not its bytes.
func (m Metadata) foreign(s importers.Source) bool {
	return m.Format == "" && s.Size > 0 && extension(s.Path) != ""
}

// event makes the one event of a file. beside is what Google Photos says of it;
// nil where it says nothing.
func event(s importers.Source, m Metadata, beside *googlephotos.Note) timeline.Event {
	base := path.Base(s.Path)
	name, known := readPath(s.Path)
	list := candidates(m, s.Assume.Zone)
	if known && name.has {
		words := base
		if name.note == inFolder {
			words = s.Path
		}
		list = append(list, name.candidate(words, s))
	}
	if w, _, ok := s.FileTime(); ok {
		list = append(list, candidate{rank: fileTime, label: "file system time", when: w, note: "weak: it is also set by copying"})
	}
	list = append(list, googleTimes(beside)...)
	j := judge(list)
	e := timeline.Event{
		Kind:   kind(s, m, name),
		When:   j.when,
		Claims: j.claims,
		Flags:  j.flags,
		Text:   caption(m),
		Files:  []timeline.Attachment{{Name: base, Path: s.Path, Type: mediaTypes[m.Format]}},
		Source: timeline.Pinpoint{Record: "file"},
		Thread: name.camera,
	}
	differ, agreed := disagreements(m)
	if len(differ) > 0 {
		e.Flags = append(e.Flags, timeline.ReaderDiffer)
	}
	if m.Cut {
		e.Flags = append(e.Flags, timeline.Truncated)
	}
	if m.foreign(s) {
		e.Flags = append(e.Flags, timeline.Undecoded)
	}
	var where string
	e.Place, where = place(m)
	e.Extra = extra(m, name, differ, agreed)
	if where != "" {
		e.Extra.Set("gps", where)
	}
	google(&e, beside)
	if beside != nil && beside.Differs {
		e.Flags = append(e.Flags, timeline.TimesDisagree)
	}
	if beside == nil && fromGooglePhotos(s.Path) {
		e.Files = append(e.Files, timeline.Attachment{Name: base + ".json", Missing: true, Note: "what Google Photos says of this picture is not in the export beside it"})
	}
	slices.Sort(e.Flags)
	e.Flags = slices.Compact(e.Flags)
	return e
}

func (n named) candidate(base string, s importers.Source) candidate {
	c := candidate{rank: n.rank, label: "file name", note: join(n.title, n.note)}
	if n.instant {
		c.when = timeline.FromInstant(n.time, n.prec, base)
	} else {
		c.when = timeline.FromLocal(n.time, s.Assume.Zone, n.prec, base)
	}
	return c
}

var mediaTypes = map[string]string{
	"jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp", "tiff": "image/tiff",
	"bmp": "image/bmp", "heic": "image/heic", "avif": "image/avif",
	"mp4": "video/mp4", "mov": "video/quicktime", "3gp": "video/3gpp", "avi": "video/x-msvideo",
	"mkv": "video/x-matroska", "webm": "video/webm", "mpeg": "video/mpeg", "ts": "video/mp2t",
	"m4a": "audio/mp4", "mp3": "audio/mpeg", "wav": "audio/wav", "ogg": "audio/ogg", "flac": "audio/flac",
	"amr": "audio/amr", "aac": "audio/aac", "caf": "audio/x-caf",
}

// kind tells screenshots, films and sounds from photographs.
func kind(s importers.Source, m Metadata, n named) timeline.Kind {
	if n.kind == timeline.Shot || screenshotWords(m) {
		return timeline.Shot
	}
	byName := extensions[extension(s.Path)]
	switch t := mediaTypes[m.Format]; {
	case strings.HasPrefix(t, "audio/"):
		return timeline.Audio
	case m.Format == "ogg" && byName == timeline.Video:
		return timeline.Video
	case m.Width == 0 && m.field("movie", "track soun") != "" && m.field("movie", "track vide") == "":
		return timeline.Audio // a voice recording: it has no picture
	case strings.HasPrefix(t, "video/"):
		return timeline.Video
	case strings.HasPrefix(t, "image/"):
		return timeline.Photo
	case byName != "":
		return byName
	case m.Format == "dvr":
		return timeline.Video
	}
	return timeline.Photo
}

// screenshotWords looks for what telephones and computers write into their
// screenshots.
func screenshotWords(m Metadata) bool {
	for _, f := range [][2]string{{"EXIF", "UserComment"}, {"XMP", "UserComment"}, {"PNG", "Comment"}, {"EXIF", "Software"}, {"PNG", "Software"}, {"XMP", "CreatorTool"}, {"EXIF", "ImageDescription"}} {
		s := strings.ToLower(m.field(f[0], f[1]))
		if s == "screenshot" || strings.Contains(s, "screencapture") || f[1] != "UserComment" && strings.HasPrefix(s, "screenshot") {
			return true
		}
	}
	return false
}

// caption gives the words that somebody wrote into the file, said to be such.
func caption(m Metadata) string {
	for _, f := range [][2]string{
		{"EXIF", "ImageDescription"}, {"XMP", "Description"}, {"IPTC", "Caption-Abstract"}, {"PNG", "Description"},
		{"EXIF", "UserComment"}, {"PNG", "Comment"}, {"XMP", "Title"}, {"PNG", "Title"}, {"ID3", "title"}, {"RIFF", "Comment"}, {"movie", "©nam"}, {"comment", "TITLE"},
	} {
		s := m.field(f[0], f[1])
		if s == "" || strings.EqualFold(s, "screenshot") || s == m.field("EXIF", "Make") {
			continue
		}
		return timeline.CaptionOf + f[0] + " " + f[1] + "): " + s
	}
	return ""
}
