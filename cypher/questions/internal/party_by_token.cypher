/*
title: {zh: 按姓名与电话或住址找人, en: People by name and phone or address}
params:
  name: {type: text, required: true}
  phone_token: {type: text, default: ''}
  address: {type: text, default: ''}
columns: {id: {type: id}, id_number: {type: text}, phone_token: {type: text}, address: {type: text}}
*/
MATCH (r:Resident)
WHERE r.name = $name AND ($phone_token <> '' OR $address <> '')
  AND ($phone_token = '' OR r.phone_token = $phone_token)
  AND ($address = '' OR r.address CONTAINS $address) AND visible(r)
RETURN r.id AS id, coalesce(r.id_number, '') AS id_number, coalesce(r.phone_token, '') AS phone_token, coalesce(r.address, '') AS address
