package recording

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
)

// What a film may be for its frames to be looked at.
const (
	mostPixels = 40_000_000 // of a frame: 8K is within it
	mostLength = 1000 * time.Hour
)

// probed is what the engine says of a recording without decoding it.
type probed struct {
	video, sound int // numbers of the streams; below zero: there is none
	wide, high   int
	length       time.Duration // from the first moment of a stream to the last
	frames, keys int           // of the film: in all, and those that need no other
}

// input is a recording as the engine gets it.
type input struct {
	format string
	from   func() (io.Reader, error) // anew from the beginning
}

// inputOf says how a recording is read.
func inputOf(r io.ReaderAt, size int64) (input, error) {
	head := make([]byte, 512)
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return input{}, err
	}
	in := input{format: formatOf(head[:n]), from: func() (io.Reader, error) { return io.NewSectionReader(r, 0, size), nil }}
	if in.format == "" {
		return in, unfit("its first bytes are those of no film and no sound that is looked into")
	}
	if in.format == "mov" {
		in.from = func() (io.Reader, error) { return inOrder(r, size) }
	}
	return in, nil
}

// args are what both programs of the engine are told of an input.
func (in input) args(more ...string) []string {
	args := []string{"-v", "error", "-protocol_whitelist", "pipe", "-format_whitelist", in.format, "-codec_whitelist", decoders,
		"-max_pixels", strconv.Itoa(mostPixels), "-threads", "1"}
	return append(append(args, more...), "-f", in.format)
}

// look has the engine go over a recording without decoding it.
func (e *Engine) look(ctx context.Context, name string, in input) (probed, error) {
	from, err := in.from()
	if err != nil {
		return probed{}, err
	}
	answer := &packets{all: map[int]*stream{}}
	args := append(in.args("-show_entries", "packet=stream_index,pts_time,dts_time,duration_time,flags:stream=index,codec_type,width,height:stream_disposition=attached_pic", "-print_format", "compact"), "pipe:0")
	err = e.probe.Stream(ctx, name, from, answer, args...)
	answer.line(answer.rest)
	p := answer.probed()
	if err != nil && p.length == 0 { // what could be read of a damaged one counts
		return p, err
	}
	switch {
	case p.video < 0 && p.sound < 0:
		return p, unfit("it holds no film and no sound that is looked into")
	case p.length <= 0:
		return p, unfit("it holds no frame and no sound")
	case p.length > mostLength:
		return p, unfit(fmt.Sprintf("its times run over more than %.0f hours, which no recording does", mostLength.Hours()))
	}
	return p, nil
}

// packets reads the answer of ffprobe line by line, as it comes.
type packets struct {
	rest []byte
	n    int
	all  map[int]*stream
}

// stream is what is counted of one.
type stream struct {
	kind         string
	wide, high   int
	picture      bool // it is a cover, and no film
	n, keys      int
	first, until float64 // seconds
}

const mostPackets = 20_000_000

// Write takes what came of the answer.
func (p *packets) Write(b []byte) (int, error) {
	p.rest = append(p.rest, b...)
	for {
		at := bytes.IndexByte(p.rest, '\n')
		if at < 0 {
			break
		}
		p.line(p.rest[:at])
		p.rest = p.rest[at+1:]
	}
	if p.n > mostPackets || len(p.rest) > bufio.MaxScanTokenSize {
		return 0, unfit("it has more parts than the program looks at")
	}
	return len(b), nil
}

// line takes a line: packet|stream_index=0|pts_time=1.5|…
func (p *packets) line(b []byte) {
	kind, rest, _ := strings.Cut(string(b), "|")
	said := map[string]string{}
	for field := range strings.SplitSeq(rest, "|") {
		name, value, _ := strings.Cut(field, "=")
		said[name] = value
	}
	switch kind {
	case "packet":
		p.n++
		p.of(said["stream_index"]).packet(said)
	case "stream":
		s := p.of(said["index"])
		s.kind, s.picture = said["codec_type"], said["disposition:attached_pic"] == "1"
		s.wide, _ = strconv.Atoi(said["width"]) // sounds have none
		s.high, _ = strconv.Atoi(said["height"])
	}
}

func (p *packets) of(index string) *stream {
	n, err := strconv.Atoi(index)
	if err != nil || n < 0 {
		n = -1
	}
	if p.all[n] == nil {
		p.all[n] = &stream{first: math.Inf(1), until: math.Inf(-1)}
	}
	return p.all[n]
}

// packet counts one, unless the recording says that it is not to be shown.
func (s *stream) packet(said map[string]string) {
	at, err := strconv.ParseFloat(said["pts_time"], 64)
	if err != nil {
		at, err = strconv.ParseFloat(said["dts_time"], 64)
	}
	if err != nil || strings.Contains(said["flags"], "D") {
		return
	}
	long, err := strconv.ParseFloat(said["duration_time"], 64)
	if err != nil || long < 0 {
		long = 0
	}
	s.n++
	if strings.HasPrefix(said["flags"], "K") {
		s.keys++
	}
	s.first, s.until = min(s.first, at), max(s.until, at+long)
}

// probed sums up: the first film and the first sound, in the order of the streams.
func (p *packets) probed() probed {
	out := probed{video: -1, sound: -1}
	first, until := math.Inf(1), math.Inf(-1)
	for n := range 64 {
		s := p.all[n]
		switch {
		case s == nil || s.n == 0 || s.picture:
			continue
		case s.kind == "video" && out.video < 0:
			out.video, out.wide, out.high, out.frames, out.keys = n, s.wide, s.high, s.n, s.keys
		case s.kind == "audio" && out.sound < 0:
			out.sound = n
		default:
			continue
		}
		first, until = min(first, s.first), max(until, s.until)
	}
	if until > first && until-first < float64(math.MaxInt64)/2/float64(time.Second) {
		out.length = time.Duration((until - first) * float64(time.Second)).Round(time.Millisecond)
	} else if until > first {
		out.length = mostLength + 1
	}
	return out
}
