package report

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
)

// The commands of VERIFY.txt. They are tested as they stand here.
const (
	commandSums = `sha256sum --quiet --strict -c log/seal.txt \
  tagmanifest-sha256.txt manifest-sha256.txt`
	commandExtra = `t=$(mktemp -d)
cut -c67- log/seal.txt tagmanifest-sha256.txt manifest-sha256.txt > $t/listed
printf 'log/seal.txt\nlog/seal.sig\n' >> $t/listed
find . \( -type l -o -type d -empty \) | sed 's/$/: a link, or a folder without a file/'
find . ! -type d | cut -c3- | LC_ALL=C sort > $t/found
LC_ALL=C sort $t/listed | diff - $t/found`
	commandSigned = commandSums + ` &&
openssl pkeyutl -verify -pubin -inkey log/signer.pem -rawin \
  -in log/seal.txt -sigfile log/seal.sig`
	commandSeal = commandSigned + ` ||
  echo "log/seal.sig: not the signature of log/seal.txt, or a file is not as it was sealed"`
	commandPrint = `openssl pkey -pubin -in log/signer.pem -outform DER | sha256sum ; cat log/signer.txt`
	commandNote  = `sed '/^$/,$d' log/checkpoint > $t/text
grep '^— ' log/checkpoint | awk '{print $3}' | base64 -d | tail -c 64 > $t/sig
openssl pkeyutl -verify -pubin -inkey log/signer.pem -rawin -in $t/text -sigfile $t/sig ||
  echo "log/checkpoint: not signed by this key"`
	commandLog = `p=$(printf '%064d' 0); n=0
while read -r v seq prev body; do
  [ "$v $seq $prev" = "v1 $n $p" ] || echo "log/chain.txt: line $((n+1)) does not follow"
  f=log/entries/$(printf '%08d' "$seq").json
  [ ! -e $f ] || [ "$(sha256sum < $f | cut -c1-64)" = "$body" ] || echo "$f: changed"
  p=$(echo "$v $seq $prev $body" | sha256sum | cut -c1-64); n=$((n+1))
done < log/chain.txt`
	commandFits = `[ "$(sed -n 2p log/checkpoint)" = $n ] && grep -qx "head $p" log/checkpoint || echo "log/checkpoint: another journal"
grep -qx "manifest-sha256 $(sha256sum < manifest-sha256.txt | cut -c1-64)" log/checkpoint || echo "log/checkpoint: another list"`
	commandAdded = `find log/entries -type f -exec grep -h '"sha256":"' {} + > $t/added
for f in data/originals/*; do
  [ -e "$f" ] || continue
  n=$(echo "$f" | sed 's/.*\/0*\([0-9]*\)-.*/\1/'); s=$(sha256sum < "$f" | cut -c1-64)
  grep "\"sha256\":\"$s\"" $t/added | grep -q "\"item\":$n[,}]" ||
    echo "$f: no opened entry of the journal says that it was added"
done`
	commandNoted = `noted=''
[ -z "$noted" ] || grep -qiw "$noted" log/chain.txt log/checkpoint ||
  echo "log/chain.txt: does not hold the state that was noted"`
)

// The commands of EXCERPT.txt, for bash. They are tested as they stand here.
const (
	commandExcerptFile = `grep -q "\"sha256\":\"$(cat original/* | sha256sum | cut -c1-64)\"" entry.json ||
  echo "original: not the file that the entry says was added"`
	commandExcerptOnly = `n=$(grep -o '"item":[0-9]*' entry.json | head -n 1 | cut -d: -f2)
s=$(grep -o '"sha256":"[0-9a-f]*"' entry.json | head -n 1 | cut -d'"' -f4)
f=$(printf '%06d-%.8s' "$n" "$s")
find . -type l | sed 's/$/: a link/'
find . -mindepth 1 ! -path ./original | grep -vxE "\./(entry\.json|line\.txt|path\.txt|checkpoint|signer\.pem|EXCERPT\.txt|original/$f(\.[a-z0-9]+)?)" |
  sed 's/$/: does not belong to this excerpt, or was renamed/'
ls original/$f* > /dev/null 2>&1 || echo "original: the file is missing, or was renamed"
grep -o '"name":"[^"]*"' entry.json | head -n 1`
	commandExcerptEntry = `[ "$(sha256sum < entry.json | cut -c1-64)" = "$(cut -d' ' -f4 line.txt)" ] ||
  echo "entry.json: not the entry that the line commits to"`
	commandExcerptWay = `bytes() { printf "$(echo "$1" | sed 's/../\\x&/g')"; }
at=$( { printf '\0'; cat line.txt; } | sha256sum | cut -c1-64)
while read -r side beside; do
  if [ "$side" = left ]; then set -- "$beside" "$at"; else set -- "$at" "$beside"; fi
  at=$( { printf '\1'; bytes "$1"; bytes "$2"; } | sha256sum | cut -c1-64)
done < path.txt
[ "$(bytes "$at" | base64)" = "$(sed -n 3p checkpoint)" ] ||
  echo "path.txt: does not lead to the root that the checkpoint signed"`
	commandExcerptNote = `t=$(mktemp -d)
sed '/^$/,$d' checkpoint > $t/text
grep '^— ' checkpoint | awk '{print $3}' | base64 -d | tail -c 64 > $t/sig
openssl pkeyutl -verify -pubin -inkey signer.pem -rawin -in $t/text -sigfile $t/sig ||
  echo "checkpoint: not signed by this key"`
	commandExcerptKey = `openssl pkey -pubin -in signer.pem -outform DER | sha256sum`
)

// verifyText is VERIFY.txt.
func (b *Bundle) verifyText() string {
	var t strings.Builder
	fmt.Fprintf(&t, "%s\n%s\n\n%s\n", sayVerifyTitle, strings.Repeat("=", len(sayVerifyTitle)), sayVerifyIntro)
	for _, step := range []struct{ say, run string }{
		{sayVerifySums, commandSums},
		{sayVerifyExtra, commandExtra},
		{sayVerifySeal, commandSeal},
		{sayVerifyPrint, commandPrint},
		{sayVerifyNote, commandNote},
		{sayVerifyLog, commandLog},
		{sayVerifyFits, commandFits},
		{sayVerifyAdded, commandAdded},
		{sayVerifyNoted, commandNoted},
	} {
		say := step.say
		if say == sayVerifyAdded {
			say = fmt.Sprintf(say, b.closed())
		}
		fmt.Fprintf(&t, "\n%s\n\n%s\n", say, indent(step.run))
	}
	fmt.Fprintf(&t, "\n%s\n\n%s\n", sayVerifySays, sayVerifyOpen)
	return t.String()
}

// closed names the originals of this pack whose entries it withholds.
func (b *Bundle) closed() string {
	var names []string
	for _, e := range b.Exhibits {
		if e.File != "" && slices.Contains(b.Log.Closed, e.Item) {
			names = append(names, path.Base(e.File))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf(sayVerifyClosed, "\n   "+strings.Join(names, "\n   "))
}

func indent(s string) string { return "    " + strings.ReplaceAll(s, "\n", "\n    ") }

// writeKit writes what a stranger needs to check the bundle, and the bag's own
// description.
func (b *Bundle) writeKit(to *bag) error {
	page, err := verifyHTML()
	if err != nil {
		return err
	}
	info, err := b.info(to)
	if err != nil {
		return err
	}
	for _, f := range []struct{ name, text string }{
		{"VERIFY.txt", b.verifyText()},
		{"VERIFY.html", page},
		{"bagit.txt", bagText},
		{"bag-info.txt", info},
	} {
		if err := to.text(f.name, f.text); err != nil {
			return err
		}
	}
	return nil
}

// bagName is which bundle it is, for a program.
func (b *Bundle) bagName() string {
	if b.Number == 0 {
		return "draft"
	}
	return fmt.Sprint(b.Number)
}

// info is bag-info.txt. It holds no name of a person or place.
func (b *Bundle) info(to *bag) (string, error) {
	chosen, err := b.recorded()
	if err != nil {
		return "", err
	}
	var t strings.Builder
	for _, f := range append([][2]string{
		{"External-Identifier", b.Case},
		{"Bagging-Date", b.Moment.Time.Format(time.DateOnly)},
		{"Payload-Oxum", fmt.Sprintf("%d.%d", to.bytes, to.files)},
		{"Bag-Software-Agent", fmt.Sprintf(sayMadeBy, b.Version)},
		{"Daybook-Made", b.Moment.Time.Format(time.RFC3339)},
		{"Daybook-Pack", string(b.Pack)},
		{"Daybook-Profile", b.Profile.Name},
		{"Daybook-Bundle", b.bagName()},
		{"Daybook-Journal-Entries", fmt.Sprint(b.Log.Entries)},
	}, chosen...) {
		fmt.Fprintf(&t, "%s: %s\n", f[0], f[1])
	}
	return t.String(), nil
}
