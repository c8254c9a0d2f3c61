package sample

import (
	"encoding/base64"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"strings"
	"time"
)

// mailbox writes twelve letters from Dan as one mbox.
func (w *writer) mailbox() error {
	source := "Letters from Dan.mbox"
	var b strings.Builder
	at := w.at("2025-07-20", "21:14:09")
	for i, subject := range mailSubjects {
		body := fmt.Sprintf("Maya,\n\n%s\n%s\n\nFrom now on I write here. 🌹\nDan\n", pick(w.rand, danAfter), pick(w.rand, danBefore))
		from := "Dan Reed <" + danMail + ">"
		if i >= 8 {
			from = "\"A friend\" <a.friend.of.maya@mail.example>"
		}
		fmt.Fprintf(&b, "From %s %s\n", danMail, at.UTC().Format(time.ANSIC))
		mailHeader(&b, from, subject, at)
		b.WriteString("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n")
		b.WriteString(strings.ReplaceAll(quoted(body), "\nFrom ", "\n>From ") + "\n")
		w.add(Record{File: source, Kind: "email", UTC: at.UTC(), Local: at.Format(stamp), From: address(from), Text: strings.TrimSpace(body)})
		at = at.AddDate(0, 0, 9).Add(time.Duration(w.rand.IntN(5000)) * time.Second)
	}
	return w.file(source, []byte(b.String()), w.at("2025-11-25", "09:05:00"))
}

// letter writes one mail with a picture attached.
func (w *writer) letter() error {
	source := "A photo of our street.eml"
	at := w.at("2025-11-08", "06:40:12")
	picture, err := w.picture("a house front, taken from a car", at.Add(-7*time.Hour), nil)
	if err != nil {
		return err
	}
	from := "Dan Reed <" + danMail + ">"
	body := "So you know I have not forgotten. Zdjęcie w załączniku.\n"
	var b strings.Builder
	mailHeader(&b, from, "A photo of our street", at)
	b.WriteString("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"=-street\"\n\n--=-street\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n")
	b.WriteString(quoted(body) + "\n--=-street\nContent-Type: image/jpeg; name=\"street.jpg\"\nContent-Disposition: attachment; filename=\"street.jpg\"\nContent-Transfer-Encoding: base64\n\n")
	enc := base64.StdEncoding.EncodeToString(picture)
	for len(enc) > 76 {
		b.WriteString(enc[:76] + "\n")
		enc = enc[76:]
	}
	b.WriteString(enc + "\n--=-street--\n")
	w.add(Record{File: source, Kind: "email", UTC: at.UTC(), Local: at.Format(stamp), From: danMail, Text: strings.TrimSpace(body), Files: []File{{Name: "street.jpg"}}})
	w.truth.Parts++
	return w.file(source, []byte(b.String()), w.at("2025-11-25", "09:06:00"))
}

func mailHeader(b *strings.Builder, from, subject string, at time.Time) {
	fmt.Fprintf(b, "Received: from mx.mail.example (mx.mail.example [192.0.2.44]) by post.example with ESMTPS; %s\n", at.Add(4*time.Second).Format(time.RFC1123Z))
	fmt.Fprintf(b, "From: %s\nTo: Maya Kowalska <%s>\nSubject: %s\nDate: %s\nMessage-ID: <%d@mail.example>\n",
		from, mayaMail, mime.QEncoding.Encode("utf-8", subject), at.Format(time.RFC1123Z), at.Unix())
}

func quoted(s string) string {
	var b strings.Builder
	q := quotedprintable.NewWriter(&b)
	if _, err := q.Write([]byte(s)); err != nil {
		panic(err) // a strings.Builder takes everything
	}
	if err := q.Close(); err != nil {
		panic(err)
	}
	return strings.ReplaceAll(b.String(), "\r\n", "\n")
}

func address(from string) string {
	_, rest, _ := strings.Cut(from, "<")
	return strings.TrimSuffix(rest, ">")
}
