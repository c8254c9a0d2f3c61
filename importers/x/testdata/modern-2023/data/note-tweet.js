window.YTD.note_tweet.part0 = [
  {
    "noteTweet" : {
      "noteTweetId" : "1642134714577846349",
      "createdAt" : "2023-04-01T12:00:00.000Z",
      "core" : {
        "text" : "A long post",
        "urls" : [ ]
      }
    }
  }
]