window.YTD.tweet.part0 = [ {
  "retweeted" : false,
  "source" : "<a href=\"http://twitter.com\" rel=\"nofollow\">Twitter Web Client</a>",
  "entities" : {"user_mentions" : [ ], "urls" : [ ]},
  "favorite_count" : "2",
  "id_str" : "1112165110379446349",
  "id" : "1112165110379446349",
  "created_at" : "Sun Mar 31 01:30:00 +0000 2019",
  "full_text" : "a 2019 post",
  "lang" : "en"
} ]