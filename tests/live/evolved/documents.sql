-- changed documents.plain_json: changed column raw: type
ALTER TABLE documents.plain_json MODIFY COLUMN raw JSON(max_dynamic_paths = 512, `user.id` UInt64);
-- changed documents.typed_json: extra column more
ALTER TABLE documents.typed_json ADD COLUMN more Variant(String, Array(UInt8), Int8) AFTER id;
-- changed documents.attribute: missing column as_text: default
ALTER TABLE documents.attribute MODIFY COLUMN as_text REMOVE ALIAS;
-- changed documents.place: missing column track
ALTER TABLE documents.place DROP COLUMN track;
-- changed documents.webhook: changed TTL
ALTER TABLE documents.webhook MODIFY TTL toDateTime(received) + toIntervalDay(14);
-- changed documents.embedding: extra column chunk: statistics
ALTER TABLE documents.embedding ADD STATISTICS chunk TYPE tdigest;
-- missing documents.path_usage
DROP VIEW documents.path_usage;
-- changed documents.flat: changed query
CREATE OR REPLACE VIEW documents.flat AS SELECT id, doc.`meta.author` AS author, doc.title.:String AS title, doc.items[].price AS prices FROM documents.document;
-- changed documents.github_event: extra setting old_parts_lifetime
ALTER TABLE documents.github_event MODIFY SETTING old_parts_lifetime = 600;
-- changed documents.nested_tuple: extra column address: comment
ALTER TABLE documents.nested_tuple COMMENT COLUMN address 'where it is';
-- only spelling
CREATE OR REPLACE VIEW documents.`weird ``view``` AS SELECT $$it's$$ AS "a'b", id AS `id "quoted"`, 'heredoc \'text\'' AS `h`, '	
\\' AS `esc` FROM documents.plain_json;
ALTER TABLE documents.schedule MODIFY COLUMN `u` UInt256 NULL;
