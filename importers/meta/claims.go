package meta

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"daybook/importers"
)

// sort is how a file is built.
type sort int

const (
	foreign sort = iota
	thread       // a conversation
	sealed       // a conversation of the end-to-end-encrypted download
	list         // anything else that is dated
	pageOf       // either, as a page
	oldPage      // all messages on one page, until 2018
)

// Of tells by a file's path and head which product's export it is of.
func Of(s importers.Source) Product {
	if sortOf(s) == foreign {
		return None
	}
	for part := range strings.SplitSeq(strings.ToLower(s.Path), "/") {
		switch {
		case part == "your_instagram_activity", strings.HasPrefix(part, "instagram"), instagramFolders[part]:
			return Instagram
		case strings.HasPrefix(part, "facebook"), strings.Contains(part, "_facebook"):
			return Facebook
		}
	}
	has := func(word string) bool { return bytes.Contains(s.Head, []byte(word)) }
	if has(`"string_map_data"`) || has(`"string_list_data"`) || has(`"media_map_data"`) || has("instagram.com/") && !has("facebook.com/") {
		return Instagram
	}
	return Facebook
}

// instagramFolders are those that no other export has.
var instagramFolders = map[string]bool{"followers_and_following": true, "login_and_profile_creation": true, "login_and_account_creation": true,
	"story_sticker_interactions": true, "story_interactions": true}

// support are files that only tell who the account's owner is, or what lies
// where.
var support = map[string]bool{"profile_information.json": true, "personal_information.json": true, "autofill_information.json": true}

func sortOf(s importers.Source) sort {
	if support[strings.ToLower(path.Base(s.Path))] {
		return foreign
	}
	head := bytes.TrimLeft(bytes.TrimPrefix(s.Head, []byte("\ufeff")), " \t\r\n")
	switch strings.ToLower(path.Ext(s.Path)) {
	case ".json":
		if len(head) > 0 && (head[0] == '{' || head[0] == '[') {
			return jsonSort(s.Path, head)
		}
	case ".html", ".htm":
		return pageSort(s.Path, head)
	}
	return foreign
}

var (
	threadFile = regexp.MustCompile(`(?i)(^|/)messages/.*/message_\d+\.(json|html?)$`)
	// versioned is how Facebook calls the lists of its files: "account_accesses_v2".
	versioned = regexp.MustCompile(`^\{\s*"[a-z_]+_v\d+"\s*:\s*[\[{]`)
	seconds   = regexp.MustCompile(`"[a-z_]*timestamp(_ms)?"\s*:\s*1\d{9}`) // a number: Google's are texts
)

func jsonSort(name string, head []byte) sort {
	has := func(word string) bool { return bytes.Contains(head, []byte(word)) }
	switch {
	case head[0] == '{' && has(`"senderName"`) && (has(`"threadName"`) || has(`"isUnsent"`)):
		return sealed
	case head[0] == '{' && has(`"sender_name"`) && has(`"timestamp_ms"`), head[0] == '{' && threadFile.MatchString(name):
		return thread
	case has(`"string_list_data"`), has(`"string_map_data"`), has(`"label_values"`) && seconds.Match(head), versioned.Match(head):
		return list
	case inExport(name):
		return list
	case inOldExport(name) && seconds.Match(head):
		return list
	}
	return foreign
}

// inExport tells a file below a folder whose name only Meta's exports have.
func inExport(name string) bool {
	dir := strings.ToLower(path.Dir(name))
	return slices.ContainsFunc(strings.Split(dir, "/"), func(part string) bool {
		switch part {
		case "your_facebook_activity", "your_activity_across_facebook", "your_instagram_activity", "security_and_login_information",
			"logged_information", "apps_and_websites_off_of_facebook", "apps_and_websites_off_of_instagram", "followers_and_following":
			return true
		}
		return false
	})
}

// inOldExport tells a file in one of the folders that exports had at their root
// until 2022.
func inOldExport(name string) bool {
	switch strings.ToLower(path.Base(path.Dir(name))) {
	case "posts", "comments", "comments_and_reactions", "likes_and_reactions", "friends", "friends_and_followers", "following_and_followers",
		"groups", "events", "pages", "search", "search_history", "location", "stories", "other_activity", "profile_information",
		"personal_information", "polls", "messages", "photos_and_videos", "album", "content", "media", "likes", "recent_searches",
		"saved", "saved_items_and_collections", "connections", "other_logged_information", "activity_history", "your_places":
		return true
	}
	return false
}

// The marks of a page: class names of Meta's pages from 2018 on, and what the
// page of all messages has.
var (
	pageClass = regexp.MustCompile(`class="(?:[^"]* )?(?:_a6-[ghop]|_3-9[456]|_2le[kmt]|_2lej|_3b0d|_a70e|_a706)[ "]`)
	oldClass  = regexp.MustCompile(`class="message_header"`)
	members   = regexp.MustCompile(`>\s*Participants:`)
)

func pageSort(name string, head []byte) sort {
	switch {
	case oldClass.Match(head):
		return oldPage
	case pageClass.Match(head), threadFile.MatchString(name), members.Match(head) && timeInside(head):
		return pageOf
	}
	return foreign
}
