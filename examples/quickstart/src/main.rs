//! The whole loop in one run, on a real ClickHouse inside this process and in a folder that goes away afterwards:
//! structs become a migration, the migration is applied, typed rows go in and come out, the structs change, the next
//! migration is planned, proven and applied, and the database turns out to be what the code says.
#![expect(clippy::print_stdout, reason = "the story is told on the screen")]

mod before;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use chx::Declaration;
use chx::prelude::*;
use chx_cli::Tool;
use chx_local::Local;
use clickhouse::Client;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// Daily weather of Seattle and New York, 2012 to 2015: NOAA, public domain (see `data/README.md`).
const WEATHER: &str = include_str!("../data/weather.csv");

fn main() -> ExitCode {
    // Plans are proven in a second engine, which is this program once more.
    chx_local::child::serve_if_child();
    match story() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("the story broke off: {error}");
            ExitCode::FAILURE
        }
    }
}

fn story() -> Outcome {
    let folder = tempfile::tempdir()?;
    // What `chx-migrate init` sets up, in short.
    std::fs::create_dir(folder.path().join("migrations"))?;
    std::fs::write(
        folder.path().join("chx.toml"),
        "migrations = \"migrations\"\n\n[env.dev]\nurl = \"local:.chx/db\"\n",
    )?;

    title("1. Structs say what the database shall look like");
    excerpt(include_str!("before.rs"), "/// Daily weather observations.", "}");
    let first: [Declaration; 4] = [
        before::Observation::DECLARATION,
        before::Month::DECLARATION,
        before::MonthMv::DECLARATION,
        before::Year::DECLARATION,
    ];
    let tool = Tool::new().directory(folder.path()).declarations(&first);

    title("2. They become a migration, tried out on a scratch engine before it is written");
    run(&tool, &["generate", "--name", "weather"])?;

    title("3. The migration is applied");
    run(&tool, &["migrate"])?;

    title("4. Typed rows go in and come out");
    let observations = read_weather()?;
    with_engine(folder.path(), |client| async move {
        let mut insert = client.insert_into::<before::Observation>().await?;
        let mut rows = 0;
        for row in observations.iter().filter(|row| row.day.ymd().0 < 2015) {
            insert.write(row).await?;
            rows += 1;
        }
        insert.end().await?;
        println!("{rows} days inserted; the materialized view summed them up:\n");
        println!("place      year   days        rain");
        for year in client
            .select_from::<before::Year>("")
            .fetch_all::<before::Year>()
            .await?
        {
            println!(
                "{:<9} {:>5} {:>6} {:>8} mm",
                year.place, year.year, year.days, year.rain
            );
        }
        Ok(())
    })?;

    title("5. The structs change: a renamed column, a computed one, an index, and dry days in the sums");
    excerpt(include_str!("lib.rs"), "    /// What the sky did.", "}");
    let second: [Declaration; 4] = [
        quickstart::Observation::DECLARATION,
        quickstart::Month::DECLARATION,
        quickstart::MonthMv::DECLARATION,
        quickstart::Year::DECLARATION,
    ];
    let tool = Tool::new().directory(folder.path()).declarations(&second);

    title("6. The next migration is planned, proven and applied; no row is copied, none is lost");
    run(&tool, &["generate", "--name", "dry_days"])?;
    run(&tool, &["migrate"])?;

    title("7. Old rows and new rows");
    let observations = read_weather()?;
    with_engine(folder.path(), |client| async move {
        let mut insert = client.insert_into::<quickstart::Observation>().await?;
        for row in observations.into_iter().filter(|row| row.day.ymd().0 == 2015) {
            insert.write(&today(row)).await?;
        }
        insert.end().await?;
        println!("place      year   days   dry days        rain");
        for year in client
            .select_from::<quickstart::Year>("")
            .fetch_all::<quickstart::Year>()
            .await?
        {
            println!(
                "{:<9} {:>5} {:>6} {:>10} {:>8} mm",
                year.place, year.year, year.days, year.dry_days, year.rain
            );
        }
        let wildest = client
            .select_from::<quickstart::Observation>("FINAL ORDER BY temp_range DESC, day LIMIT 3")
            .fetch_all::<quickstart::Observation>()
            .await?;
        println!("\nthe days on which the temperature went farthest:");
        for day in wildest {
            println!(
                "{:<9} {} {:>5.1} degrees, {}",
                day.place, day.day, day.temp_range, day.sky
            );
        }
        Ok(())
    })?;

    title("8. The database is what the code says");
    run(&tool, &["generate"])?;
    run(&tool, &["status"])?;
    run(&tool, &["drift"])?;
    println!();
    Ok(())
}

/// One command of `chx-migrate`, as a person would type it.
fn run(tool: &Tool, args: &[&str]) -> Outcome {
    println!("$ chx-migrate {}", args.join(" "));
    let exit = tool.run(args);
    println!();
    if exit == 0 {
        Ok(())
    } else {
        Err(format!("`chx-migrate {}` ended with {exit}", args.join(" ")).into())
    }
}

/// Opens the database that the migrations were applied to, as an application of one's own would.
fn with_engine<F: Future<Output = Outcome>>(folder: &Path, work: impl FnOnce(Client) -> F) -> Outcome {
    let local = Local::open(folder.join(".chx/db"))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let client = Client::default()
        .with_url(local.url())
        .with_user(local.user())
        .with_password(local.password());
    let done = runtime.block_on(work(client));
    local.close()?;
    done
}

fn read_weather() -> Outcome<Vec<before::Observation>> {
    let mut rows = Vec::new();
    for record in csv::Reader::from_reader(WEATHER.as_bytes()).deserialize() {
        let (place, day, precipitation, temp_max, temp_min, wind, weather): (
            String,
            String,
            f32,
            f32,
            f32,
            f32,
            String,
        ) = record?;
        rows.push(before::Observation {
            place,
            day: parse_day(&day)?,
            precipitation,
            temp_max,
            temp_min,
            wind,
            weather,
        });
    }
    Ok(rows)
}

/// `2012-01-31`.
fn parse_day(text: &str) -> Outcome<Date> {
    let mut parts = text.splitn(3, '-');
    let mut next = || parts.next().ok_or_else(|| format!("`{text}` is not a day"));
    Ok(Date::from_ymd(
        next()?.parse()?,
        next()?.parse()?,
        next()?.parse()?,
    )?)
}

/// The row as the changed struct wants it: what ClickHouse computes is not in it.
fn today(row: before::Observation) -> quickstart::ObservationInsert {
    quickstart::ObservationInsert {
        place: row.place,
        day: row.day,
        precipitation: row.precipitation,
        temp_max: row.temp_max,
        temp_min: row.temp_min,
        wind: row.wind,
        sky: row.weather,
    }
}

fn title(text: &str) {
    println!("\n=== {text}\n");
}

/// Prints a piece of source: from one line to the first line that is just the other.
fn excerpt(source: &str, from: &str, to: &str) {
    let lines = source.lines().skip_while(|line| *line != from);
    for line in lines.take_while(|line| *line != to) {
        println!("    {line}");
    }
    println!("    {to}");
}
