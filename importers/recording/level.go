package recording

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"time"

	"daybook/timeline"
)

// How the loudness of a sound is measured: it is made one channel of so many numbers a
// second, of each stretch of which the mean power counts, and stretches are summed
// until there are few enough of them to be drawn.
const (
	soundRate = 8000
	stretch   = 400 // numbers: a twentieth of a second
	mostBars  = 400 // that are kept at most
)

// level gives how loud a sound is over its time, and how long what was heard is.
func (e *Engine) level(ctx context.Context, name string, in input, p probed) (bars []int8, length time.Duration, err error) {
	from, err := in.from()
	if err != nil {
		return nil, 0, err
	}
	args := append(in.args("-nostdin"), "-i", "pipe:0", "-map", fmt.Sprintf("0:%d", p.sound), "-map_metadata", "-1",
		"-ac", "1", "-ar", fmt.Sprint(soundRate), "-c:a", "pcm_s16le", "-threads", "1", "-bitexact", "-f", "s16le", "pipe:1")
	m := &meter{}
	if err := e.film.Stream(ctx, name, from, m, args...); err != nil {
		return nil, 0, err
	}
	m.close()
	if len(m.power) == 0 {
		return nil, 0, unfit("its sound could not be decoded")
	}
	return m.bars(), time.Duration(m.all) * time.Second / soundRate, nil
}

// meter measures numbers of 16 bits as they come.
type meter struct {
	odd   []byte // the half of a number
	sum   float64
	n     int
	all   int
	power []float32 // of each stretch
}

const mostStretches = 1000 * 3600 * soundRate / stretch

// Write takes what came of the sound.
func (m *meter) Write(p []byte) (int, error) {
	if len(m.power) > mostStretches {
		return 0, unfit("its sound is longer than the program listens")
	}
	took := len(p)
	if len(m.odd) == 1 && len(p) > 0 {
		m.number(int16(binary.LittleEndian.Uint16([]byte{m.odd[0], p[0]})))
		m.odd, p = nil, p[1:]
	}
	for ; len(p) >= 2; p = p[2:] {
		m.number(int16(binary.LittleEndian.Uint16(p)))
	}
	m.odd = append([]byte(nil), p...)
	return took, nil
}

func (m *meter) number(v int16) {
	m.all++
	m.sum += float64(v) * float64(v)
	if m.n++; m.n == stretch {
		m.close()
	}
}

// close ends a stretch.
func (m *meter) close() {
	if m.n > 0 {
		m.power = append(m.power, float32(m.sum/float64(m.n)))
	}
	m.sum, m.n = 0, 0
}

// bars are the stretches, summed to no more than are kept, in decibels below the
// loudest that a file can hold.
func (m *meter) bars() []int8 {
	n := min(len(m.power), mostBars)
	out := make([]int8, n)
	for i := range out {
		from, to := i*len(m.power)/n, (i+1)*len(m.power)/n
		sum := 0.0
		for _, p := range m.power[from:to] {
			sum += float64(p)
		}
		out[i] = timeline.Silent
		if mean := sum / float64(to-from); mean > 0 {
			out[i] = int8(max(timeline.Silent, math.Round(10*math.Log10(mean/(32768*32768)))))
		}
	}
	return out
}
