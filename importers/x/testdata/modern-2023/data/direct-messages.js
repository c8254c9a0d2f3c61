window.YTD.direct_messages.part0 = [
  {
    "dmConversation" : {
      "conversationId" : "1100000001-2200000002",
      "messages" : [
        {
          "messageCreate" : {
            "recipientId" : "2200000002",
            "reactions" : [{"senderId" : "2200000002", "reactionKey" : "funny", "eventId" : "9", "createdAt" : "2019-12-12T17:13:00.000Z"}],
            "urls" : [{"url" : "https://t.co/y", "expanded" : "https://example.com/b", "display" : "example.com/b"}],
            "text" : "leave me alone https://t.co/y",
            "mediaUrls" : [ ],
            "senderId" : "1100000001",
            "id" : "1205173466056097869",
            "createdAt" : "2019-12-12T17:12:00.005Z",
            "editHistory" : [ ]
          }
        },
        {
          "messageCreate" : {
            "recipientId" : "1100000001",
            "text" : "I can see you\n1100000001: come in",
            "mediaUrls" : ["https://ton.twitter.com/dm/1205172986609401933/77/pic.jpg"],
            "senderId" : "2200000002",
            "id" : "1205172986609401933",
            "createdAt" : "2019-12-12T17:10:05.696Z"
          }
        },
        {
          "welcomeMessageCreate" : {
            "recipientId" : "1100000001",
            "text" : "Welcome",
            "senderId" : "3300000003",
            "id" : "1",
            "createdAt" : "2019-12-11T10:00:00.000Z"
          }
        },
        {
          "messageCreate" : {
            "recipientId" : "1100000001",
            "text" : "a time that cannot be",
            "senderId" : "2200000002",
            "id" : "2",
            "createdAt" : "2019-13-11T10:00:00.000Z"
          }
        }
      ]
    }
  }
]