package report

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/digitorus/timestamp"
)

// stamped is the file of a bundle that an outside time stamp dates: it signs
// the journal's head and the list of the payload, and through them everything.
const stamped = "log/checkpoint"

// StampRequest is a request for an outside time stamp over a bundle (RFC 3161,
// DER). It holds a SHA-256 and nothing else; sending it to an authority is
// somebody's own doing, for it shows that and from where it was asked.
func StampRequest(bundle fs.FS) ([]byte, error) {
	b, err := fs.ReadFile(bundle, stamped)
	if err != nil {
		return nil, err
	}
	return timestamp.CreateRequest(bytes.NewReader(b), &timestamp.RequestOptions{Hash: crypto.SHA256, Certificates: true})
}

// Stamp is what an authority's reply says.
type Stamp struct {
	Time      time.Time // not later than this the bundle was there
	Authority string    // as its certificate names it; whether to trust it is not checked
	Serial    string
}

// maxReply is how large an authority's reply can be: a signature and the
// certificates above it.
const maxReply = 1 << 20

var errNoStamp = errors.New("this is no whole time stamp of RFC 3161: it was damaged or cut on its way, or the authority refused; have it sent again")

// ReadStamp reads an authority's reply to the request for a bundle, checks that
// it is about this bundle, and that the certificate in it signed it. It does not
// check whether the certificate is to be trusted: openssl ts -verify does, with
// the authority's own root certificate.
func ReadStamp(bundle fs.FS, reply []byte) (Stamp, error) {
	if len(reply) > maxReply {
		return Stamp{}, fmt.Errorf("a time stamp has a few kilobytes, and this has %s", bytesOf(int64(len(reply))))
	}
	t, err := timestamp.ParseResponse(reply)
	if err != nil {
		return Stamp{}, errNoStamp // what the parser says is of its own making and holds bytes of the reply
	}
	b, err := fs.ReadFile(bundle, stamped)
	if err != nil {
		return Stamp{}, err
	}
	sum := sha256.Sum256(b)
	switch {
	case t.HashAlgorithm != crypto.SHA256 || !bytes.Equal(t.HashedMessage, sum[:]):
		return Stamp{}, errors.New("this time stamp is about something else than this bundle")
	case len(t.Certificates) == 0:
		return Stamp{}, errors.New("this time stamp has no certificate in it; ask again with the request that Daybook wrote")
	}
	return Stamp{t.Time, visible(t.Certificates[0].Subject.String()), t.SerialNumber.String()}, nil
}
