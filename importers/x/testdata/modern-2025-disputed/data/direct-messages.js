window.YTD.direct_messages.part0 = [
  {"dmConversation" : {"conversationId" : "1100000001-2200000002", "messages" : [
    {"messageCreate" : {"recipientId" : "1100000001", "text" : "by the other of the two", "senderId" : "2200000002", "id" : "1205172986609401933", "createdAt" : "2019-12-12T17:10:05.696Z"}},
    {"messageCreate" : {"recipientId" : "1100000001", "text" : "two senders", "senderId" : "1100000001", "senderId" : "2200000002", "id" : "1205173466056097869", "createdAt" : "2019-12-12T17:12:00.005Z"}},
    {"messageCreate" : {"recipientId" : "1100000001", "text" : "by a third, in a conversation of two", "senderId" : "4400000004", "id" : "1205173466056097870", "createdAt" : "2019-12-12T17:12:00.005Z"}},
    {"messageCreate" : {"recipientId" : "1100000001", "text" : "to oneself, in a conversation with another", "senderId" : "1100000001", "id" : "1205173466056097871", "createdAt" : "2019-12-12T17:12:00.005Z"}},
    {"messageCreate" : {"recipientId" : "1100000001", "text" : "its number is of 2019, its time of 2023", "senderId" : "2200000002", "id" : "1205172986609401934", "createdAt" : "2023-12-12T17:10:05.696Z"}},
    {"messageCreate" : {"recipientId" : "1100000001", "text" : "two times", "senderId" : "2200000002", "id" : "1205172986609401935", "createdAt" : "2018-12-12T17:10:05.696Z", "createdAt" : "2019-12-12T17:10:05.696Z"}},
    {"messageCreate" : {"recipientId" : "1100000001", "text" : "already right: caf\u00e9, and typed so: cafÃ©", "senderId" : "2200000002", "id" : "1205172986609401936", "createdAt" : "2019-12-12T17:10:05.696Z"}}
  ]}}
]
