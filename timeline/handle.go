package timeline

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/unicode/norm"
)

// HandleKind is what sort of address a handle is.
type HandleKind string

// The kinds of handle. A telephone number and an e-mail address mean the same
// wherever they stand; an account or a bare name means something only in the
// sort of export that it stands in.
const (
	PhoneHandle   HandleKind = "phone"
	EmailHandle   HandleKind = "email"
	AccountHandle HandleKind = "account"
	NameHandle    HandleKind = "name"
)

// Handle is a number, e-mail address, account or name under which somebody
// appears in the data.
type Handle struct {
	Key     string // names it for ever: kind, importer where that matters, and address
	Kind    HandleKind
	Address string // normalised: +447700900123, lower-case e-mail; as printed for the others
}

// homeRegion is where a number without a country code is taken to be from.
const homeRegion = "GB"

// NewHandle gives the handle of somebody as an importer printed them.
func NewHandle(p Party, importer string) Handle {
	address := strings.TrimSpace(p.Address)
	h := Handle{}
	switch {
	case address == "":
		h.Kind, h.Address = NameHandle, norm.NFC.String(strings.TrimSpace(p.Name))
	case strings.Contains(address, "@") && strings.LastIndexByte(address, '@') > 0:
		h.Kind, h.Address = EmailHandle, strings.ToLower(address)
	default:
		if n := Phone(address); n != "" {
			h.Kind, h.Address = PhoneHandle, n
		} else {
			h.Kind, h.Address = AccountHandle, address
		}
	}
	h.Key = string(h.Kind) + ":" + h.Address
	if h.Kind == NameHandle || h.Kind == AccountHandle {
		h.Key = string(h.Kind) + ":" + importer + ":" + h.Address
	}
	return h
}

// Phone gives a telephone number with its country code and without spaces;
// empty when the text is none.
func Phone(printed string) string {
	if countDigits(printed) < 7 || strings.ContainsFunc(printed, func(r rune) bool {
		return !strings.ContainsRune("0123456789 ()+-./\u00a0\u202a\u202c\u2010\u2011\u2060", r)
	}) {
		return ""
	}
	n, err := phonenumbers.Parse(printed, homeRegion)
	if err != nil || !phonenumbers.IsPossibleNumber(n) {
		return ""
	}
	return phonenumbers.Format(n, phonenumbers.E164)
}

// PersonNumber is the number of the person that a handle is by itself: it
// depends on the handle alone, so that a rebuilt index gives it again.
func (h Handle) PersonNumber() int64 { return personNumber(h.Key) }

func personNumber(key string) int64 {
	sum := sha256.Sum256([]byte("person\n" + key))
	return int64(binary.BigEndian.Uint64(sum[:]) >> 24) // 40 bits: short enough to read out
}

// handles are all that were seen; of gives the handle of each speaker.
type handles struct {
	all    []Handle
	of     []uint32
	number map[string]uint32
}

func newHandles() *handles { return &handles{number: map[string]uint32{}} }

// follow gives every new speaker a handle.
func (h *handles) follow(speakers []speaker) {
	for _, s := range speakers[len(h.of):] {
		handle := NewHandle(s.Party, s.importer)
		n, ok := h.number[handle.Key]
		if !ok {
			h.all = append(h.all, handle)
			n = uint32(len(h.all))
			h.number[handle.Key] = n
		}
		h.of = append(h.of, n)
	}
}
