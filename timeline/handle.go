package timeline

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/unicode/norm"
)

// HandleKind is what sort of address a handle is.
type HandleKind string

// The kinds of handle. A telephone number and an e-mail address mean the same
// wherever they stand, an account in every export of one sort. A name alone is
// nobody's own: it means something only in the export that it stands in.
const (
	PhoneHandle   HandleKind = "phone"
	EmailHandle   HandleKind = "email"
	AccountHandle HandleKind = "account"
	NameHandle    HandleKind = "name"
)

// Handle is a number, e-mail address, account or name under which somebody
// appears in the data.
type Handle struct {
	Key      string // names it for ever: kind, then what it means something in, then the address
	Kind     HandleKind
	Address  string // normalised: +447700900123, e-mail without capitals; as printed for the others
	Importer string // of an account or a name: the sort of export
	Item     int64  // of a name: the export; 0 for what a person wrote down
}

// homeRegion is where a number without a country code is taken to be from.
const homeRegion = "GB"

// NewHandle gives the handle of somebody as an importer printed them in an
// item.
func NewHandle(p Party, importer string, item int64) Handle {
	address := strings.TrimSpace(p.Address)
	if address == "" {
		h := Handle{Kind: NameHandle, Address: norm.NFC.String(p.Name), Importer: importer, Item: item}
		h.Key = fmt.Sprintf("%s:%s:%d:%s", h.Kind, importer, item, h.Address)
		return h
	}
	if strings.LastIndexByte(address, '@') > 0 {
		h := Handle{Kind: EmailHandle, Address: foldMail(address)}
		h.Key = string(h.Kind) + ":" + h.Address
		return h
	}
	if n := Phone(address); n != "" {
		return Handle{Kind: PhoneHandle, Address: n, Key: string(PhoneHandle) + ":" + n}
	}
	return Handle{Kind: AccountHandle, Address: address, Importer: importer, Key: string(AccountHandle) + ":" + importer + ":" + address}
}

// foldMail gives an e-mail address without capitals. Only those of the English
// alphabet are made small: the small forms of others are letters of other
// addresses (that of the Kelvin sign is k).
func foldMail(address string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, address)
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

// handles are all that were seen; of gives the handle of each speaker, own the
// number of the person that each handle is by itself.
type handles struct {
	all    []Handle
	own    []int64
	of     []uint32
	number map[string]uint32
}

func newHandles() *handles { return &handles{number: map[string]uint32{}} }

// follow gives every new speaker a handle.
func (h *handles) follow(speakers []speaker) {
	for _, s := range speakers[len(h.of):] {
		handle := NewHandle(s.Party, s.importer, s.item)
		n, ok := h.number[handle.Key]
		if !ok {
			h.all = append(h.all, handle)
			h.own = append(h.own, handle.PersonNumber())
			n = uint32(len(h.all))
			h.number[handle.Key] = n
		}
		h.of = append(h.of, n)
	}
}
