-- changed web_export: missing comment
ALTER DATABASE web_export MODIFY COMMENT '';
-- changed web.site_by_domain: changed lifetime
CREATE OR REPLACE DICTIONARY web.site_by_domain (`domain` String, `id` UInt32, `timezone` String DEFAULT 'UTC') PRIMARY KEY domain SOURCE(CLICKHOUSE(DB 'web' QUERY 'SELECT domain, id, timezone FROM web.site FINAL')) LIFETIME(MIN 30 MAX 90) LAYOUT(COMPLEX_KEY_HASHED(PREALLOCATE 1)) COMMENT 'ingest asks it for every hit';
-- changed web.location_dict: changed layout
CREATE OR REPLACE DICTIONARY web.location_dict (`type` String, `id` String, `name` String) PRIMARY KEY type, id SOURCE(CLICKHOUSE(TABLE 'location' DB 'web')) LIFETIME(MIN 0 MAX 0) LAYOUT(COMPLEX_KEY_HASHED());
-- changed web.events_v2: changed column hostname: type
ALTER TABLE web.events_v2 MODIFY COLUMN hostname LowCardinality(String);
-- changed web_export.daily_mv: changed REFRESH
ALTER TABLE web_export.daily_mv MODIFY REFRESH EVERY 2 DAY OFFSET 30 MINUTE APPEND;
-- changed web_export.summary: missing SQL SECURITY
ALTER TABLE web_export.summary MODIFY SQL SECURITY INVOKER;
-- changed web.hits_buffer: changed engine
CREATE OR REPLACE TABLE web.hits_buffer AS web.hits_buffer ENGINE = Buffer(web, events_v2, 16, 1, 5, 1000, 50000, 100000, 10000000);
-- changed web.imported_all: changed engine
CREATE OR REPLACE TABLE web.imported_all (`site_id` UInt64, `date` Date, `visitors` UInt64) ENGINE = Merge(web, '^imported_(pages|sources)');
-- changed web_export.Daten für Partner: changed column Besucher: comment
ALTER TABLE web_export.`Daten für Partner` COMMENT COLUMN `Besucher` 'gerundet auf 100';
-- changed web.conversion: missing column first_touch
ALTER TABLE web.conversion DROP COLUMN first_touch;
-- only spelling
CREATE OR REPLACE VIEW web.retention AS select toMonday(first) cohort, date_diff(week, first, timestamp) AS week, uniq(user_id) users from web.events_v2 join (select user_id, MIN(timestamp) first from web.events_v2 group by (user_id)) f using user_id group by cohort, week;
ALTER TABLE web_export.daily_mv MODIFY QUERY SELECT s.domain AS domain, toDate(p.hour) AS day, uniqMerge(p.visitors) AS visitors, SUM(p.views) AS views FROM web.pages_hour AS p JOIN web.site AS s ON (p.site_id = s.id) WHERE (s.public) GROUP BY domain, day;
