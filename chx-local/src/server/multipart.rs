//! Forms: `multipart/form-data` bodies carry the statement, its parameters, and tables that the statement may use.

use super::params::{Params, identifier};
use crate::engine::{Connection, Exception};

/// Rows that came with the request; they become a temporary table.
pub(super) struct External<'a> {
    name: String,
    rows: &'a [u8],
}

/// The boundary, if the content type is that of a form.
pub(super) fn boundary(content_type: &str) -> Option<String> {
    let mut parts = content_type.split(';').map(str::trim);
    if !parts.next()?.eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let value = parts.find_map(|part| part.strip_prefix("boundary="))?;
    Some(value.trim_matches('"').to_owned())
}

/// Reads a form: its fields go into the parameters, its files are returned.
///
/// # Errors
/// A form that does not keep to its boundary.
pub(super) fn read<'a>(
    form: &'a [u8],
    boundary: &str,
    params: &mut Params,
) -> Result<Vec<External<'a>>, Exception> {
    let malformed = |what: &str| {
        Exception::new(
            408,
            "BAD_REQUEST_PARAMETER",
            format!("the multipart/form-data body is malformed: {what}"),
        )
    };
    let first = format!("--{boundary}");
    let delimiter = format!("\r\n--{boundary}");
    let mut files = Vec::new();
    let start = find(form, first.as_bytes()).ok_or_else(|| malformed("no boundary"))?;
    let mut rest = &form[start + first.len()..];
    loop {
        if rest.starts_with(b"--") {
            return Ok(files);
        }
        rest = rest
            .strip_prefix(b"\r\n")
            .ok_or_else(|| malformed("no line break after the boundary"))?;
        let end = find(rest, delimiter.as_bytes()).ok_or_else(|| malformed("no closing boundary"))?;
        let part = &rest[..end];
        rest = &rest[end + delimiter.len()..];
        let (headers, content) = match find(part, b"\r\n\r\n") {
            Some(at) => (&part[..at], &part[at + 4..]),
            None => return Err(malformed("a part without headers")),
        };
        let headers = String::from_utf8_lossy(headers);
        let name = attribute(&headers, "name").ok_or_else(|| malformed("a part without a name"))?;
        if attribute(&headers, "filename").is_some() {
            files.push(External { name, rows: content });
        } else {
            params.add(&name, content, &String::from_utf8_lossy(content))?;
        }
    }
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

/// The value of `name="..."` in the `Content-Disposition` line.
fn attribute(headers: &str, name: &str) -> Option<String> {
    let line = headers.lines().find(|line| {
        line.get(..20)
            .is_some_and(|head| head.eq_ignore_ascii_case("content-disposition:"))
    })?;
    line.split(';').map(str::trim).find_map(|part| {
        let value = part.strip_prefix(name)?.trim_start().strip_prefix('=')?;
        Some(value.trim().trim_matches('"').to_owned())
    })
}

/// Creates a temporary table for each file and fills it.
///
/// # Errors
/// A file without `<name>_structure` or `<name>_types`, and what the engine says about its rows.
pub(super) fn create_tables(
    connection: &mut Connection,
    files: &[External<'_>],
    params: &Params,
) -> Result<(), Exception> {
    for file in files {
        let option = |kind: &str| {
            let key = format!("{}_{kind}", file.name);
            params
                .external
                .iter()
                .find(|(name, _)| *name == key)
                .map(|(_, value)| value.clone())
        };
        let structure = option("structure").or_else(|| option("types").map(|types| numbered(&types)));
        let Some(structure) = structure else {
            return Err(Exception::new(
                36,
                "BAD_ARGUMENTS",
                format!(
                    "Neither structure nor types have not been provided for external table {}. Use fields {0}_structure or {0}_types to do so.",
                    file.name
                ),
            ));
        };
        let table = identifier(&file.name);
        connection.execute(format!("CREATE TEMPORARY TABLE {table} ({structure})"))?;
        let format = option("format").unwrap_or_else(|| "TabSeparated".to_owned());
        let mut insert = connection.insert(format!("INSERT INTO {table}"), &format, &[])?;
        insert.append(file.rows);
        insert.finish()?;
    }
    Ok(())
}

/// `_1 Int8, _2 String` of `Int8, String`: commas within parentheses belong to a type.
fn numbered(types: &str) -> String {
    let mut out = String::from("_1 ");
    let (mut depth, mut number) = (0_usize, 1);
    for letter in types.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        out.push(letter);
        if letter == ',' && depth == 0 {
            number += 1;
            out.extend([" _", number.to_string().as_str(), " "]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_fields_and_files() {
        let form = "--x\r\nContent-Disposition: form-data; name=\"query\"\r\n\r\nSELECT {p:String}\r\n\
                    --x\r\nContent-Disposition: form-data; name=\"param_p\"\r\n\r\na\r\nb\r\n\
                    --x\r\nContent-Disposition: form-data; name=\"t\"; filename=\"t.tsv\"\r\n\r\n1\n2\n\r\n--x--\r\n";
        let mut params = Params::default();
        let files = read(form.as_bytes(), "x", &mut params).expect("a form");
        assert_eq!(params.query, b"SELECT {p:String}");
        assert_eq!(params.parameters, [("p".to_owned(), b"a\r\nb".to_vec())]);
        assert_eq!(
            (files[0].name.as_str(), files[0].rows),
            ("t", b"1\n2\n".as_slice())
        );
    }

    #[test]
    fn refuses_a_form_that_is_cut() {
        for form in [
            "",
            "--x",
            "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1",
            "--x\r\nbad\r\n--x--",
        ] {
            assert!(
                read(form.as_bytes(), "x", &mut Params::default()).is_err(),
                "{form}"
            );
        }
    }

    #[test]
    fn numbers_types() {
        assert_eq!(
            numbered("UInt8,Tuple(Int8, String), Date"),
            "_1 UInt8, _2 Tuple(Int8, String), _3  Date"
        );
    }
}
