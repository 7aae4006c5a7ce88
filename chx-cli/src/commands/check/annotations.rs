//! Findings as GitHub shows them beside the code: workflow commands on stdout.

use chx_core::diag::{Diagnostic, Severity};

use super::gate::{Gate, State};

/// One command for each finding of a check that failed or warned.
pub(super) fn lines(gate: &Gate) -> Vec<String> {
    let told = gate
        .checks()
        .iter()
        .filter(|checked| matches!(checked.state, State::Failed | State::Warned));
    told.flat_map(|checked| {
        checked
            .findings
            .iter()
            .map(|finding| line(finding, checked.state))
    })
    .collect()
}

fn line(finding: &Diagnostic, state: State) -> String {
    let command = match (state, finding.severity) {
        (_, Severity::Note) => "notice",
        (State::Failed, Severity::Error) => "error",
        _ => "warning",
    };
    let place = finding.place.as_ref().map_or_else(String::new, |place| {
        format!("file={},line={},", property(&place.file), place.line)
    });
    let title = property(&format!("{}: {}", finding.code, finding.subject));
    let help = finding
        .help
        .as_ref()
        .map_or_else(String::new, |help| format!("\n{help}"));
    format!(
        "::{command} {place}title={title}::{}",
        data(&format!("{}{help}", finding.message))
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use chx_core::diag::{Place, code};

    use super::*;

    #[test]
    fn what_a_command_would_read_as_its_own_is_escaped() {
        let place = Place {
            file: "src/a,b.rs".into(),
            line: 3,
        };
        let finding = Diagnostic::new(code::NOT_GENERATED, Severity::Error, "web.t", "100%\nis: so, yes")
            .at(Some(place))
            .help("do it");
        assert_eq!(
            line(&finding, State::Failed),
            "::error file=src/a%2Cb.rs,line=3,title=CHX323%3A web.t::100%25%0Ais: so, yes%0Ado it"
        );
    }
}
