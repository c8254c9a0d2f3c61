window.YTD.direct_message.part0 = [ {
  "dmConversation" : {
    "conversationId" : "1100000001-2200000002",
    "messages" : [ {
      "messageCreate" : {
        "recipientId" : "1100000001",
        "text" : "hi",
        "mediaUrls" : [ ],
        "senderId" : "2200000002",
        "id" : "1112165110379446349",
        "createdAt" : "2019-03-31T01:30:00.000Z"
      }
    } ]
  }
} ]