window.YTD.direct_messages_group.part0 = [
  {
    "dmConversation" : {
      "conversationId" : "700928388131790000",
      "messages" : [
        {
          "messageCreate" : {
            "reactions" : [ ],
            "text" : "all of you know her",
            "mediaUrls" : [ ],
            "senderId" : "2200000002",
            "id" : "1399636834513846349",
            "createdAt" : "2021-06-01T08:00:00.000Z"
          }
        },
        {
          "participantsLeave" : {
            "userIds" : [ "4400000004" ],
            "createdAt" : "2021-05-31T05:35:33.497Z"
          }
        },
        {
          "conversationNameUpdate" : {
            "initiatingUserId" : "2200000002",
            "name" : "Leeds",
            "createdAt" : "2021-05-30T18:43:50.249Z"
          }
        },
        {
          "joinConversation" : {
            "initiatingUserId" : "2200000002",
            "participantsSnapshot" : [ "1100000001", "4400000004", "2200000002" ],
            "createdAt" : "2021-05-30T10:51:37.176Z"
          }
        },
        {
          "somethingNew" : {
            "createdAt" : "2021-05-30T10:51:38.000Z",
            "colour" : "red"
          }
        }
      ]
    }
  }
]