package signal

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// secrets are the members that hold a key, a PIN or a fingerprint of one: they
// open what is locked elsewhere, and say nothing of what happened.
var secrets = map[string]bool{
	"packKey": true, "localKey": true, "key": true, "mediaRootBackupKey": true, "profileKey": true, "masterKey": true, "svrPin": true, "identityKey": true,
	"transitCdnKey": true, "encryptedDigest": true, "incrementalMac": true, "incrementalMacChunkSize": true, "blurHash": true, "rootKey": true, "adminKey": true, "entropy": true,
	"inviteLinkPassword": true, "receiptCredentialPresentation": true, "clientUuid": true, "plaintextHash": true,
}

// tell writes a value in a line: the names of its members and what they hold,
// with people by name, and without keys.
func (x *export) tell(raw jsontext.Value) string {
	var b strings.Builder
	x.telling(&b, "", raw)
	return cut(b.String(), maxValue+1)
}

func (x *export) telling(b *strings.Builder, name string, raw jsontext.Value) {
	switch {
	case len(raw) == 0 || b.Len() > maxValue:
	case raw.Kind() == '{':
		sep := ""
		for member, v := range jsonfile.Fields(raw) {
			if secrets[member] {
				continue
			}
			b.WriteString(sep)
			b.WriteString(words(member))
			if empty := string(v) == "{}"; !empty {
				b.WriteByte(' ')
			}
			x.telling(b, member, v)
			sep = ", "
		}
	case raw.Kind() == '[':
		for i, v := range jsonfile.Items(raw) {
			if i > 0 {
				b.WriteString("; ")
			}
			x.telling(b, name, v)
		}
	default:
		b.WriteString(x.value(name, jsonfile.Plain(raw)))
	}
}

// value shows what a member holds as what it means.
func (x *export) value(name, v string) string {
	switch {
	case strings.HasSuffix(name, "RecipientId") || name == "recipientId" || name == "authorId" || name == "voterId" || name == "adminId":
		return x.called(v)
	case strings.HasSuffix(name, "Aci") || name == "aci" || strings.HasSuffix(name, "ServiceId"):
		if id, known := x.byACI[account(v)]; known {
			return x.called(id)
		}
		return "account " + account(v)
	case strings.HasSuffix(name, "Timestamp") || name == "timestamp":
		return shownAt(v)
	case name == "type" || name == "state" || name == "reason" || name == "style":
		return words(v)
	}
	return v
}

// rest keeps members that nothing else of an event shows.
func (x *export) rest(e *timeline.Event, members jsontext.Value) {
	if len(members) == 0 {
		return
	}
	for name, v := range jsonfile.Fields(members) {
		if secrets[name] {
			continue
		}
		var b strings.Builder
		x.telling(&b, name, v)
		told := b.String()
		if told == "" {
			told = string(v)
		}
		extra(e, name, told)
	}
}

// words parts the names of members and of constants: groupNameUpdate and
// GROUP_NAME_UPDATE are "group name update".
func words(name string) string {
	if strings.ToUpper(name) == name {
		return strings.ToLower(strings.ReplaceAll(name, "_", " "))
	}
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) {
			if i > 0 {
				b.WriteByte(' ')
			}
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}

func undated(raw string) timeline.When {
	if raw == "" {
		raw = "not stated"
	}
	return timeline.When{Basis: timeline.UnknownZone, Precision: timeline.Undated, Raw: raw}
}

// moment reads milliseconds since 1970.
func moment(raw string) timeline.When {
	const last = 253_402_300_799_999 // the end of the year 9999
	n, err := strconv.ParseInt(raw, 10, 64)
	if err != nil || n <= 0 || n > last {
		return undated(raw)
	}
	return timeline.FromInstant(time.UnixMilli(n), timeline.Millisecond, raw)
}

// shownAt is an instant inside other words.
func shownAt(raw string) string {
	w := moment(raw)
	if w.Instant.IsZero() {
		return raw
	}
	return w.Instant.Format("2006-01-02 15:04:05.000") + " UTC"
}

func seconds(d time.Duration) string {
	return strconv.FormatFloat(d.Seconds(), 'f', -1, 64) + " s"
}

// extra notes a fact. A name that the program uses itself is not left to the
// source.
func extra(e *timeline.Event, name, value string) {
	if value == "" {
		return
	}
	if len(value) > maxValue {
		value = cut(value, maxValue)
		flag(e, timeline.TextCut)
	}
	name = cut(name, 100)
	base := name
	for n := 2; name == timeline.SameKey || e.Extra[name] != ""; n++ {
		name = base + " (" + strconv.Itoa(n) + ")"
	}
	e.Extra[name] = value
}

// cut shortens a text between characters.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// sum is a short hash of some words, each apart from the next.
func sum(words ...string) string {
	var room [512]byte // enough for nearly every message: nothing is allocated
	b := room[:0]
	for _, w := range words {
		b = append(append(strconv.AppendInt(b, int64(len(w)), 10), ' '), w...)
	}
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:16])
}
