package x

import (
	"context"
	"errors"
	"fmt"
	"html"
	"path"
	"strconv"
	"strings"
	"time"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// tweet is a post as any of the archives holds it.
type tweet struct {
	ID        jsonfile.Scalar `json:"id_str"`
	Number    jsonfile.Scalar `json:"id"`
	FullText  jsonfile.Scalar `json:"full_text"`
	Text      jsonfile.Scalar `json:"text"`
	CreatedAt jsonfile.Scalar `json:"created_at"`
	Answers   jsonfile.Scalar `json:"in_reply_to_status_id_str"`
	AnswersID jsonfile.Scalar `json:"in_reply_to_user_id_str"`
	AnswersTo jsonfile.Scalar `json:"in_reply_to_screen_name"`
	Entities  entities        `json:"entities"`
	Extended  entities        `json:"extended_entities"`
	User      account         `json:"user"`
	Place     struct {
		FullName jsonfile.Scalar `json:"full_name"`
	} `json:"place"`
	Coordinates struct {
		Coordinates []jsonfile.Scalar `json:"coordinates"` // longitude first
	} `json:"coordinates"`
	Edit struct {
		Initial struct {
			IDs []jsonfile.Scalar `json:"editTweetIds"`
		} `json:"initial"`
		Later struct {
			First jsonfile.Scalar `json:"initialTweetId"`
		} `json:"edit"`
	} `json:"edit_info"`
	Retweeted struct {
		ID jsonfile.Scalar `json:"id_str"`
	} `json:"retweeted_status"`
	Rest map[string]jsonfile.Scalar `json:",embed"`
}

type account struct {
	ID         jsonfile.Scalar `json:"id_str"`
	ScreenName jsonfile.Scalar `json:"screen_name"`
	Name       jsonfile.Scalar `json:"name"`
}

type entities struct {
	Mentions []account `json:"user_mentions"`
	URLs     []struct {
		Expanded jsonfile.Scalar `json:"expanded_url"`
	} `json:"urls"`
	Media []struct {
		URL   jsonfile.Scalar `json:"media_url"`
		HTTPS jsonfile.Scalar `json:"media_url_https"`
		Video struct {
			Variants []struct {
				URL jsonfile.Scalar `json:"url"`
			} `json:"variants"`
		} `json:"video_info"`
	} `json:"media"`
}

// tweet makes the event of a post. The account is its author: an archive holds
// no posts of others.
func (a *archive) tweet(kind string, v jsonfile.Value) (timeline.Event, error) {
	var t tweet
	e := timeline.Event{Kind: timeline.Post, Extra: make(timeline.Facts, 0, 8)}
	if err := v.Decode(&t); err != nil {
		return e, err
	}
	id := first(t.ID, t.Number, t.Rest["tweet_id"])
	var err error
	if e.When, err = a.made(&e, string(t.CreatedAt), id); err != nil {
		return e, err
	}
	a.learn(string(t.User.ID), string(t.User.ScreenName))
	if t.User.ID != "" && a.owner == "" {
		a.owner = string(t.User.ID)
	}
	e.From = a.self()
	printed := first(t.FullText, t.Text)
	e.Text = html.UnescapeString(printed)
	e.Extra.Set("type", kindOf(kind, &t, printed))
	if t.AnswersID != "" || t.AnswersTo != "" {
		a.learn(string(t.AnswersID), string(t.AnswersTo))
		e.To = []timeline.Party{a.party(string(t.AnswersID), string(t.AnswersTo))}
	}
	a.entities(&e, &t, id)
	if len(t.Edit.Initial.IDs) > 1 || t.Edit.Later.First != "" {
		e.Flags = append(e.Flags, timeline.Edited)
		e.Extra.Set("versions", list(t.Edit.Initial.IDs))
	}
	if _, deleted := t.Rest["deleted_at"]; deleted || kind == "deletedTweet" {
		e.Flags = append(e.Flags, timeline.Deleted)
	}
	e.Place = placeOf(&t)
	set(&e, "id", id)
	set(&e, "answers the post", string(t.Answers))
	set(&e, "post that it repeats", string(t.Retweeted.ID))
	for name, value := range t.Rest {
		set(&e, strings.ReplaceAll(name, "_", " "), string(value))
	}
	e.Extra.Set(timeline.SameKey, importers.SameOf("tweet", id))
	return e, nil
}

// kindOf tells a repeated post, and an answer, by what the archive says of them.
func kindOf(kind string, t *tweet, text string) string {
	switch {
	case kind == "twitterCircleTweet":
		return "post to a circle"
	case kind == "communityTweet":
		return "post to a community"
	case t.Retweeted.ID != "" || strings.HasPrefix(text, "RT @"):
		return "repeats another's post"
	case t.Answers != "" || t.AnswersID != "":
		return "answer"
	}
	return "post"
}

// entities lists who is mentioned, where links lead, and the files of a post.
func (a *archive) entities(e *timeline.Event, t *tweet, id string) {
	var mentions, links []string
	for _, m := range t.Entities.Mentions {
		a.learn(string(m.ID), string(m.ScreenName))
		mentions = append(mentions, "@"+string(m.ScreenName))
	}
	for _, u := range t.Entities.URLs {
		links = append(links, string(u.Expanded))
	}
	set(e, "mentions", strings.Join(mentions, ", "))
	set(e, "links", strings.Join(links, " "))
	media := t.Extended.Media
	if len(media) == 0 {
		media = t.Entities.Media
	}
	for _, m := range media {
		urls := []string{first(m.HTTPS, m.URL)}
		for _, v := range m.Video.Variants {
			urls = append([]string{string(v.URL)}, urls...)
		}
		e.Files = append(e.Files, a.file(id, urls, "tweets_media", "tweet_media", "deleted_tweets_media", "community_tweet_media", "twitter_circle_tweet_media"))
	}
}

// file finds a file of a record: the archive names it by the record's identifier
// and the last part of its web address.
func (a *archive) file(id string, urls []string, folders ...string) timeline.Attachment {
	var missing timeline.Attachment
	for _, u := range urls {
		u, _, _ = strings.Cut(u, "?")
		name := path.Base(u)
		if missing.Name == "" {
			missing = timeline.Attachment{Name: name, Missing: true, Note: "named in the export and not in it"}
		}
		for _, folder := range folders {
			if found := a.Within(a.data, path.Join(folder, id+"-"+name)); !found.Missing {
				found.Name = name
				return found
			}
		}
	}
	return missing
}

func placeOf(t *tweet) timeline.Place {
	p := timeline.Place{Name: string(t.Place.FullName)}
	if c := t.Coordinates.Coordinates; len(c) == 2 {
		lon, err := strconv.ParseFloat(string(c[0]), 64)
		lat, err2 := strconv.ParseFloat(string(c[1]), 64)
		if err == nil && err2 == nil && lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180 {
			p.Lat, p.Lon, p.Fix = lat, lon, true
		}
	}
	return p
}

var errNoTime = errors.New("this record has no time that can be read")

// printedTimes are the ways in which archives print a time.
var printedTimes = []string{"Mon Jan 02 15:04:05 -0700 2006", "2006-01-02 15:04:05 -0700", "2006.01.02 15:04:05"}

// moment reads a time as the archive prints it; it is UTC everywhere.
func moment(text string) (timeline.When, error) {
	if w, ok := importers.ReadInstant(text); ok {
		return w, nil
	}
	for _, layout := range printedTimes {
		if t, err := time.Parse(layout, text); err == nil {
			return timeline.FromInstant(t, timeline.Second, text), nil
		}
	}
	if text == "" {
		return timeline.When{}, errNoTime
	}
	return timeline.When{}, fmt.Errorf("%w: %q", errNoTime, text)
}

// firstSnowflake is about the first identifier that holds its time.
const firstSnowflake = 29_700_859_247

// made reads the printed time of a record and holds it against the time in its
// identifier.
func (a *archive) made(e *timeline.Event, text, id string) (timeline.When, error) {
	w, err := moment(text)
	n, bad := strconv.ParseInt(id, 10, 64)
	if bad != nil || n < firstSnowflake {
		return w, err
	}
	inside := timeline.FromInstant(time.UnixMilli(n>>22+1288834974657), timeline.Millisecond, id)
	const near = 2 * time.Second
	switch {
	case err != nil:
		return inside, nil
	case w.Instant.Sub(inside.Instant).Abs() > near:
		e.Flags = append(e.Flags, timeline.TimesDisagree)
		e.Claims = []timeline.Claim{{Label: "printed time", When: w, Chosen: true}, {Label: "time in the identifier", When: inside}}
	}
	return w, nil
}

// csv reads tweets.csv.
func (a *archive) csv(ctx context.Context) (err error) {
	t, err := openCSV(a.Source)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	for r, err := range t.Rows(ctx) {
		if err != nil {
			return fmt.Errorf("%s: %w", a.Path, err)
		}
		a.count++
		e := timeline.Event{Kind: timeline.Post, From: a.self(), Text: html.UnescapeString(r.Get("text")), Flags: r.Flags(), Extra: timeline.Facts{}}
		id := r.Get("tweet id")
		w, why := a.made(&e, r.Get("timestamp"), id)
		if why != nil {
			err = a.out.Skip(r.Record(), r.Words(), why)
		} else {
			e.When, e.Source.Record = w, r.Record()
			e.Extra.Set("id", id)
			e.Extra.Set("type", "post")
			if to := r.Get("in reply to user id"); to != "" {
				e.To = []timeline.Party{a.party(to, "")}
				e.Extra.Set("type", "answer")
			}
			importers.FactsOf(&e).Others(r.Rest("tweet id", "timestamp", "text", "in reply to user id"))
			e.Extra.Set(timeline.SameKey, importers.SameOf("tweet", id))
			err = a.out.Event(e)
		}
		if err != nil {
			return err
		}
	}
	if a.count == 0 {
		return a.out.Skip(t.Header.Record(), t.Header.Words(), errNoRecords)
	}
	return nil
}
