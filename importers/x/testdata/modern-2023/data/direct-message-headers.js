window.YTD.direct_message_headers.part0 = [ {
  "dmConversation" : {"conversationId" : "1100000001-2200000002", "messages" : [ ]}
} ]