//! The database `web_export`.

use chx::prelude::*;

/// read by partners
#[derive(ChDatabase)]
#[ch(engine = Memory)]
pub struct WebExport;

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "web_export",
    name = "Daten für Partner",
    engine = MergeTree,
    order_by = (seite, tag)
)]
pub struct DatenFürPartner {
    #[ch(name = "Seite")]
    #[serde(rename = "Seite")]
    pub seite: String,
    #[ch(name = "Tag")]
    #[serde(rename = "Tag")]
    pub tag: Date,
    /// gerundet auf 10
    #[ch(name = "Besucher")]
    #[serde(rename = "Besucher")]
    pub besucher: u64,
    #[ch(name = "Aufrufe / Besuch")]
    #[serde(rename = "Aufrufe / Besuch")]
    pub aufrufe_besuch: f32,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "web_export",
    name = "Daten für Partner mv",
    to = DatenFürPartner,
    query = "
        SELECT domain AS Seite, day AS Tag, intDiv(visitors, 10) * 10 AS Besucher, toFloat32(views / visitors) AS `Aufrufe / Besuch`
        FROM web_export.daily
    "
)]
pub struct DatenFürPartnerMv {
    #[ch(name = "Seite")]
    pub seite: String,
    #[ch(name = "Tag")]
    pub tag: Date,
    #[ch(name = "Besucher")]
    pub besucher: u64,
    #[ch(name = "Aufrufe / Besuch")]
    pub aufrufe_besuch: f32,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "web_export",
    engine = ReplacingMergeTree,
    partition_by = "toYear(day)",
    order_by = (domain, day)
)]
pub struct Daily {
    pub domain: String,
    pub day: Date,
    pub visitors: u64,
    pub views: u64,
    #[ch(alias = "views / visitors")]
    pub views_per_visit: f64,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "web_export",
    refresh = "EVERY 1 DAY OFFSET 30 MINUTE APPEND",
    to = "web_export.daily",
    sql_security = definer,
    definer = "default",
    query = "
        SELECT s.domain AS domain, toDate(p.hour) AS day, uniqMerge(p.visitors) AS visitors, sum(p.views) AS views
        FROM web.pages_hour AS p INNER JOIN web.site AS s ON p.site_id = s.id
        WHERE s.public
        GROUP BY domain, day
    "
)]
pub struct DailyMv {
    pub domain: String,
    pub day: Date,
    pub visitors: u64,
    pub views: u64,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "web_export",
    sql_security = definer,
    definer = "default",
    query = "
        SELECT domain, sum(visitors) AS visitors
        FROM web_export.daily FINAL
        GROUP BY domain
    "
)]
pub struct Summary {
    pub domain: String,
    pub visitors: u64,
}
