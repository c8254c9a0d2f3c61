package signal

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
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
	return importers.Shorten(b.String(), importers.MostFact+1)
}

func (x *export) telling(b *strings.Builder, name string, raw jsontext.Value) {
	switch {
	case len(raw) == 0 || b.Len() > importers.MostFact:
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

// moment reads milliseconds since 1970.
func moment(raw string) timeline.When {
	const last = 253_402_300_799_999 // the end of the year 9999
	n, err := strconv.ParseInt(raw, 10, 64)
	if err != nil || n <= 0 || n > last {
		return importers.Undated(raw)
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

func extra(e *timeline.Event, name, value string) { importers.FactsOf(e).Add(name, value) }

func flag(e *timeline.Event, f timeline.Flag) { importers.FactsOf(e).Flag(f) }
