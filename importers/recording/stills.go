package recording

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"image/jpeg"
	"strings"
	"time"

	"daybook/timeline"
)

// How many frames are kept of a film, and how they are found: its length is cut into
// so many equal parts, so many frames are looked at in each, and the first of them
// that is not black is the part's.
const (
	stills    = 6
	looked    = 4
	stillSide = 800    // pixels of the longer edge at most
	manyEach  = 25 * 3 // more frames than this to one that is looked at: only those that need no other are decoded
	quality   = 85
)

// frame is a frame of a film, upright.
type frame struct {
	at      time.Duration
	picture image.Image
}

// stills gives the frames that stand for a film.
func (e *Engine) stills(ctx context.Context, name string, in input, p probed) ([]timeline.Frame, error) {
	if p.wide < 1 || p.high < 1 || p.wide > mostPixels/p.high {
		return nil, unfit(fmt.Sprintf("its frames are %d by %d pixels, more than the program looks at", p.wide, p.high))
	}
	from, err := in.from()
	if err != nil {
		return nil, err
	}
	var quick []string
	if p.keys >= stills*looked && p.frames > stills*looked*manyEach {
		quick = []string{"-skip_frame", "nokey"}
	}
	args := append(in.args(append([]string{"-nostdin"}, quick...)...), "-i", "pipe:0",
		"-map", fmt.Sprintf("0:%d", p.video), "-map_metadata", "-1", "-vf", choice(p.length), "-frames:v", fmt.Sprint(2*stills*looked))
	args = append(append(args, e.each...), "-enc_time_base", "1:1000", "-c:v", "mjpeg", "-q:v", "2", "-threads", "1", "-bitexact", "-f", "smjpeg", "pipe:1")
	var answer bytes.Buffer
	err = e.film.Stream(ctx, name, from, &within{&answer, engineAnswer}, args...)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	frames, broken := parseSMJPEG(answer.Bytes())
	switch {
	case len(frames) > 0: // what of a damaged film can be seen counts
	case err != nil:
		return nil, err
	case broken != nil:
		return nil, broken
	default:
		return nil, unfit("none of its frames could be decoded")
	}
	return kept(frames, p.length)
}

// choice lets the first frame of each stretch through, made small and with square
// pixels.
func choice(length time.Duration) string {
	step := length.Seconds() / (stills * looked)
	side := fmt.Sprintf("min(1,%d/max(iw*sar,ih))", stillSide)
	return fmt.Sprintf("select='isnan(prev_selected_t)+gt(floor(t/%[1]f),floor(prev_selected_t/%[1]f))',scale=w='max(2,trunc(iw*sar*%[2]s))':h='max(2,trunc(ih*%[2]s))',setsar=1", max(step, 1e-4), side)
}

// kept are the frames that are kept, of those that were looked at.
func kept(frames []frame, length time.Duration) ([]timeline.Frame, error) {
	of := make([]*frame, stills) // the frame of each part
	for i, f := range frames {
		part := min(int(f.at*stills/max(length, 1)), stills-1)
		if of[part] == nil || black(of[part].picture) && !black(f.picture) {
			of[part] = &frames[i]
		}
	}
	var out []timeline.Frame
	for _, f := range of {
		if f == nil {
			continue
		}
		var b bytes.Buffer
		if err := jpeg.Encode(&b, f.picture, &jpeg.Options{Quality: quality}); err != nil {
			return nil, err
		}
		size := f.picture.Bounds()
		out = append(out, timeline.Frame{At: f.at, Width: size.Dx(), Height: size.Dy(), JPEG: b.Bytes()})
	}
	return out, nil
}

// black tells that there is nothing to be seen in a frame.
func black(m image.Image) bool {
	const dark, few = 40, 50 // of 255; one pixel in so many may be brighter
	b := m.Bounds()
	bright, all := 0, 0
	for y := b.Min.Y; y < b.Max.Y; y += 4 {
		for x := b.Min.X; x < b.Max.X; x += 4 {
			red, green, blue, _ := m.At(x, y).RGBA()
			all++
			if (299*red+587*green+114*blue)/1000>>8 > dark {
				bright++
			}
		}
	}
	return bright*few < all
}

const errNonsense = unfit("ffmpeg answered nonsense")

// parseSMJPEG takes frames from a file of the format SMJPEG: JPEGs, each with its
// time in thousandths of a second.
func parseSMJPEG(b []byte) (frames []frame, err error) {
	const head, first = "\x00\nSMJPEG", 16
	if !strings.HasPrefix(string(b), head) || len(b) < first {
		return nil, errNonsense
	}
	for b = b[first:]; len(b) >= 8; {
		kind := string(b[:4])
		if kind == "HEND" {
			b = b[4:]
			continue
		}
		ahead := 8 // of what it holds
		if kind == "vidD" {
			ahead = 12
		}
		if len(b) < ahead {
			break
		}
		size := int64(binary.BigEndian.Uint32(b[ahead-4:]))
		if size > int64(len(b)-ahead) {
			break
		}
		if kind == "vidD" {
			m, err := jpegOf(b[ahead : int64(ahead)+size])
			if err != nil {
				return frames, err
			}
			frames = append(frames, frame{time.Duration(int32(binary.BigEndian.Uint32(b[4:]))) * time.Millisecond, m})
		}
		b = b[int64(ahead)+size:]
	}
	return frames, nil
}

func jpegOf(b []byte) (image.Image, error) {
	shape, err := jpeg.DecodeConfig(bytes.NewReader(b))
	if err != nil || shape.Width > stillSide || shape.Height > stillSide {
		return nil, errNonsense
	}
	m, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, errNonsense
	}
	return m, nil
}

// within takes so many bytes and no more.
type within struct {
	b    *bytes.Buffer
	most int
}

// Write takes what fits.
func (w *within) Write(p []byte) (int, error) {
	if w.b.Len()+len(p) > w.most {
		return 0, unfit("its frames are larger than the program takes")
	}
	return w.b.Write(p)
}
