package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"daybook/evidence"
	"daybook/importers"
	"daybook/timeline"
)

// answered reads ITEM=ANSWER, and ITEM=@FILE, whose words are the answer.
func answered(list []string) (given map[int64]string, items []int64, err error) {
	given = map[int64]string{}
	for _, s := range list {
		item, answer, ok := strings.Cut(s, "=")
		n, err := strconv.ParseInt(item, 10, 64)
		if !ok || err != nil {
			return nil, nil, fmt.Errorf("--answer %q: write ITEM=ANSWER, like 12=dmy", s)
		}
		if file, ok := strings.CutPrefix(answer, "@"); ok {
			if answer, err = wordsOf(file); err != nil {
				return nil, nil, fmt.Errorf("--answer %q: %w", s, err)
			}
		}
		given[n] = answer
		items = append(items, n)
	}
	return given, items, nil
}

// wordsOf reads a file of a few lines.
func wordsOf(file string) (words string, err error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	const most = 64 << 10
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if len(data) > most {
		return "", fmt.Errorf("%s: is larger than %d KiB, as no such file is", file, most>>10)
	}
	return strings.TrimSpace(string(data)), err
}

// fitting refuses an answer that no open question waits for, before anything is
// journaled.
func fitting(ctx context.Context, c *evidence.Case, x *timeline.Index, given map[int64]string) error {
	asked, err := importers.Questions(ctx, c)
	if err != nil {
		return err
	}
	for item, answer := range given {
		q, ok := asked[item]
		if _, read := x.Reading(item); !ok || read {
			return use(fmt.Errorf("--answer %d=%s: item %d has no open question", item, answer, item))
		}
		var offered []string
		for _, choice := range q.Choices {
			offered = append(offered, choice.Value)
		}
		if q.What != "columns" && len(offered) > 0 && !slices.Contains(offered, answer) {
			return use(fmt.Errorf("--answer %d=%s: %s The answers are %s", item, answer, q.Question, strings.Join(offered, ", ")))
		}
	}
	return nil
}
