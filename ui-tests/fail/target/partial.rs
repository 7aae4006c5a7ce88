use chx::prelude::*;

#[derive(ChMaterializedView)]
#[ch(to = "web.site_day", partial, query = "SELECT site FROM page_view")]
struct SiteDayMv {
    site: String,
}

fn main() {}
