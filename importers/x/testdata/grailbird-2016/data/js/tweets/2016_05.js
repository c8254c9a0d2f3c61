Grailbird.data.tweets_2016_05 = 
[ {
  "source" : "\u003Ca href=\"http:\/\/twitter.com\"\u003ETwitter Web Client\u003C\/a\u003E",
  "entities" : {"user_mentions" : [ {"name" : "Jo", "screen_name" : "jo_b", "id_str" : "2200000002"} ], "media" : [ ], "urls" : [ ]},
  "geo" : { },
  "id_str" : "727367539880886349",
  "text" : "&lt;hello&gt; @jo_b",
  "created_at" : "2016-05-03 05:21:50 +0000",
  "user" : {"name" : "Anna", "screen_name" : "anna_ex", "id_str" : "1100000001"}
}, {
  "geo" : { },
  "id_str" : "15000000",
  "text" : "before 2010",
  "created_at" : "2009-05-03 00:00:00 +0000",
  "user" : {"name" : "Anna", "screen_name" : "anna_ex", "id_str" : "1100000001"}
} ]