package capture

import (
	"crypto/md5"  // #nosec G501 -- what archives give; only compared
	"crypto/sha1" // #nosec G505 -- what archives give; only compared
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/hex"
	"hash"
	"io"
	"strings"
)

// sum is a digest that an archive gives, worked out again while the bytes go by.
type sum struct {
	printed string
	hash    hash.Hash // nil: none is given, or it is of a kind that is not known
	r       io.Reader
}

func newSum(printed string) sum {
	kind, _, _ := strings.Cut(printed, ":")
	s := sum{printed: printed}
	switch strings.ReplaceAll(strings.ToLower(kind), "-", "") {
	case "sha1":
		s.hash = sha1.New()
	case "sha256":
		s.hash = sha256.New()
	case "sha512":
		s.hash = sha512.New()
	case "md5":
		s.hash = md5.New()
	}
	return s
}

// through gives a reader whose bytes are counted.
func (s *sum) through(r io.Reader) io.Reader {
	s.r = r
	if s.hash != nil {
		s.r = io.TeeReader(r, s.hash)
	}
	return s.r
}

// agrees compares, however the digest is written.
func (s *sum) agrees() bool {
	_, given, _ := strings.Cut(s.printed, ":")
	given = strings.TrimSpace(given)
	got := s.hash.Sum(nil)
	return strings.EqualFold(given, hex.EncodeToString(got)) ||
		strings.EqualFold(strings.TrimRight(given, "="), strings.TrimRight(base32.StdEncoding.EncodeToString(got), "="))
}

// sums are the digests of a record: of its block, and of the content in it,
// which some programs count as it was sent and others with the chunks undone.
type sums struct{ block, payload, undone sum }

func sumsOf(rec *record) sums {
	content := rec.header.get("warc-payload-digest")
	return sums{newSum(rec.header.get("warc-block-digest")), newSum(content), newSum(content)}
}

// say tells what came of the comparison, of each digest that there is.
func (s *sums) say() []string {
	var said []string
	for _, x := range s.each() {
		switch {
		case x.sum.hash == nil:
			said = append(said, x.what+" "+x.sum.printed+" is of a kind that is not checked")
		case x.agrees:
			said = append(said, x.what+" "+x.sum.printed+" agrees with the bytes")
		default:
			said = append(said, x.what+" "+x.sum.printed+" DOES NOT AGREE with the bytes")
		}
	}
	return said
}

// disagree tells those that do not agree.
func (s *sums) disagree() []string {
	var said []string
	for _, x := range s.each() {
		if x.sum.hash != nil && !x.agrees {
			said = append(said, x.what+" "+x.sum.printed+" DOES NOT AGREE with the bytes")
		}
	}
	return said
}

type compared struct {
	what   string
	sum    *sum
	agrees bool
}

func (s *sums) each() []compared {
	var list []compared
	if s.block.printed != "" {
		list = append(list, compared{"the record's digest", &s.block, s.block.hash != nil && s.block.agrees()})
	}
	if s.payload.printed != "" && s.payload.r != nil {
		agrees := s.payload.hash != nil && (s.payload.agrees() || s.undone.r != nil && s.undone.agrees())
		list = append(list, compared{"the content's digest", &s.payload, agrees})
	}
	return list
}
