window.YTD.like.part0 = [
  {
    "like" : {
      "tweetId" : "1590000000000000001",
      "fullText" : "somebody else's words",
      "expandedUrl" : "https://twitter.com/i/web/status/1590000000000000001"
    }
  }
]