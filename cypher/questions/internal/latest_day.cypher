/*
title: {zh: 数据截至, en: The last day any case speaks of}
columns: {latest_day: {type: date}}
*/
MATCH (c:`Case`) WHERE visible(c)
WITH max(coalesce(c.registered_on, '')) AS registered, max(coalesce(c.replied_on, '')) AS replied, max(coalesce(c.closed_on, '')) AS closed
RETURN left(CASE WHEN registered >= replied AND registered >= closed THEN registered WHEN replied >= closed THEN replied ELSE closed END, 10) AS latest_day
