//! Prints types exactly as `system.tables.create_table_query` shows them (26.7). `system.columns.type` differs
//! in three places (`max_types=10`, `max_dynamic_types=8`, `Tuple()`), which read back to the same tree.

use std::fmt;

use super::{DataType, EnumValues, Field, GeoType, IntervalUnit, JsonType, TupleType};
use crate::sql::{Expr, write_ident_in_backticks, write_string};

impl fmt::Display for DataType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        self.write_sql(&mut out);
        f.pad(&out)
    }
}

impl DataType {
    /// Appends the type as SQL.
    pub fn write_sql(&self, out: &mut String) {
        match self {
            Self::FixedString(length) => write_call(out, "FixedString", |out| push_number(out, *length)),
            Self::Decimal { precision, scale } => write_call(out, "Decimal", |out| {
                push_number(out, *precision);
                out.push_str(", ");
                push_number(out, *scale);
            }),
            Self::DateTime { timezone: Some(zone) } => {
                write_call(out, "DateTime", |out| write_string(out, zone));
            }
            Self::DateTime64 { precision, timezone } => write_call(out, "DateTime64", |out| {
                push_number(out, *precision);
                if let Some(zone) = timezone {
                    out.push_str(", ");
                    write_string(out, zone);
                }
            }),
            Self::Time64 { precision } => write_call(out, "Time64", |out| push_number(out, *precision)),
            Self::Enum8(values) => write_call(out, "Enum8", |out| write_enum(out, values)),
            Self::Enum16(values) => write_call(out, "Enum16", |out| write_enum(out, values)),
            Self::Array(inner) => write_call(out, "Array", |out| inner.write_sql(out)),
            Self::Nullable(inner) => write_call(out, "Nullable", |out| inner.write_sql(out)),
            Self::LowCardinality(inner) => write_call(out, "LowCardinality", |out| inner.write_sql(out)),
            Self::Map(key, value) => write_call(out, "Map", |out| {
                key.write_sql(out);
                out.push_str(", ");
                value.write_sql(out);
            }),
            Self::Tuple(TupleType::Unnamed(types)) if types.is_empty() => out.push_str("Tuple"),
            Self::Tuple(TupleType::Unnamed(types)) => write_call(out, "Tuple", |out| write_types(out, types)),
            Self::Tuple(TupleType::Named(fields)) => {
                write_call(out, "Tuple", |out| write_fields(out, fields));
            }
            Self::Nested(fields) => write_call(out, "Nested", |out| write_fields(out, fields)),
            Self::Variant(variant) => write_call(out, "Variant", |out| write_types(out, variant.types())),
            Self::Dynamic { max_types: 32 } => out.push_str("Dynamic"),
            Self::Dynamic { max_types } => write_call(out, "Dynamic", |out| {
                out.push_str("max_types = ");
                push_number(out, *max_types);
            }),
            Self::Json(json) => write_json(out, json),
            Self::Object(arguments) => write_call(out, "Object", |out| out.push_str(arguments)),
            Self::AggregateFunction(function) => write_call(out, "AggregateFunction", |out| {
                if let Some(version) = function.version() {
                    out.push_str(&version.to_string());
                    out.push_str(", ");
                }
                write_function(out, function.name(), &function.parameters);
                for argument in &function.arguments {
                    out.push_str(", ");
                    argument.write_sql(out);
                }
            }),
            Self::SimpleAggregateFunction(function) => write_call(out, "SimpleAggregateFunction", |out| {
                write_function(out, function.name(), &function.parameters);
                out.push_str(", ");
                function.data_type.write_sql(out);
            }),
            Self::QBit {
                element,
                dimension,
                stride,
            } => write_call(out, "QBit", |out| {
                element.write_sql(out);
                for number in [Some(*dimension), *stride].into_iter().flatten() {
                    out.push_str(", ");
                    push_number(out, number);
                }
            }),
            _ => out.push_str(self.family()),
        }
    }

    /// The name of the family: `Array` for `Array(String)`.
    pub const fn family(&self) -> &'static str {
        match self {
            Self::Int8 => "Int8",
            Self::Int16 => "Int16",
            Self::Int32 => "Int32",
            Self::Int64 => "Int64",
            Self::Int128 => "Int128",
            Self::Int256 => "Int256",
            Self::UInt8 => "UInt8",
            Self::UInt16 => "UInt16",
            Self::UInt32 => "UInt32",
            Self::UInt64 => "UInt64",
            Self::UInt128 => "UInt128",
            Self::UInt256 => "UInt256",
            Self::Float32 => "Float32",
            Self::Float64 => "Float64",
            Self::BFloat16 => "BFloat16",
            Self::Decimal { .. } => "Decimal",
            Self::Bool => "Bool",
            Self::String => "String",
            Self::FixedString(_) => "FixedString",
            Self::Uuid => "UUID",
            Self::IPv4 => "IPv4",
            Self::IPv6 => "IPv6",
            Self::Date => "Date",
            Self::Date32 => "Date32",
            Self::DateTime { .. } => "DateTime",
            Self::DateTime64 { .. } => "DateTime64",
            Self::Time => "Time",
            Self::Time64 { .. } => "Time64",
            Self::Interval(unit) => match unit {
                IntervalUnit::Nanosecond => "IntervalNanosecond",
                IntervalUnit::Microsecond => "IntervalMicrosecond",
                IntervalUnit::Millisecond => "IntervalMillisecond",
                IntervalUnit::Second => "IntervalSecond",
                IntervalUnit::Minute => "IntervalMinute",
                IntervalUnit::Hour => "IntervalHour",
                IntervalUnit::Day => "IntervalDay",
                IntervalUnit::Week => "IntervalWeek",
                IntervalUnit::Month => "IntervalMonth",
                IntervalUnit::Quarter => "IntervalQuarter",
                IntervalUnit::Year => "IntervalYear",
            },
            Self::Enum8(_) => "Enum8",
            Self::Enum16(_) => "Enum16",
            Self::Array(_) => "Array",
            Self::Tuple(_) => "Tuple",
            Self::Map(..) => "Map",
            Self::Nested(_) => "Nested",
            Self::Nullable(_) => "Nullable",
            Self::LowCardinality(_) => "LowCardinality",
            Self::Variant(_) => "Variant",
            Self::Dynamic { .. } => "Dynamic",
            Self::Json(_) => "JSON",
            Self::Object(_) => "Object",
            Self::AggregateFunction(_) => "AggregateFunction",
            Self::SimpleAggregateFunction(_) => "SimpleAggregateFunction",
            Self::QBit { .. } => "QBit",
            Self::Geo(geo) => match geo {
                GeoType::Point => "Point",
                GeoType::MultiPoint => "MultiPoint",
                GeoType::Ring => "Ring",
                GeoType::LineString => "LineString",
                GeoType::MultiLineString => "MultiLineString",
                GeoType::Polygon => "Polygon",
                GeoType::MultiPolygon => "MultiPolygon",
                GeoType::Geometry => "Geometry",
            },
            Self::Nothing => "Nothing",
        }
    }
}

fn write_call(out: &mut String, family: &str, arguments: impl FnOnce(&mut String)) {
    out.push_str(family);
    out.push('(');
    arguments(out);
    out.push(')');
}

fn push_number(out: &mut String, number: impl Into<i64>) {
    out.push_str(&number.into().to_string());
}

fn write_types(out: &mut String, types: &[DataType]) {
    for (index, data_type) in types.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        data_type.write_sql(out);
    }
}

fn write_fields(out: &mut String, fields: &[Field]) {
    for (index, field) in fields.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write_name(out, &field.name);
        out.push(' ');
        field.data_type.write_sql(out);
    }
}

fn write_enum(out: &mut String, values: &EnumValues) {
    for (index, (name, value)) in values.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write_string(out, name);
        out.push_str(" = ");
        push_number(out, value);
    }
}

fn write_json(out: &mut String, json: &JsonType) {
    let mut parts: Vec<String> = Vec::new();
    if json.max_dynamic_types() != JsonType::DEFAULT_TYPES {
        parts.push(format!("max_dynamic_types = {}", json.max_dynamic_types()));
    }
    if json.max_dynamic_paths() != JsonType::DEFAULT_PATHS {
        parts.push(format!("max_dynamic_paths = {}", json.max_dynamic_paths()));
    }
    for field in json.typed_paths() {
        let mut part = String::new();
        if field.name.eq_ignore_ascii_case("skip") {
            write_ident_in_backticks(&mut part, &field.name);
        } else {
            write_name(&mut part, &field.name);
        }
        part.push(' ');
        field.data_type.write_sql(&mut part);
        parts.push(part);
    }
    for path in json.skip() {
        let mut part = "SKIP ".to_owned();
        if path.eq_ignore_ascii_case("regexp") {
            write_ident_in_backticks(&mut part, path);
        } else {
            write_name(&mut part, path);
        }
        parts.push(part);
    }
    for expression in json.skip_regexp() {
        let mut part = "SKIP REGEXP ".to_owned();
        write_string(&mut part, expression);
        parts.push(part);
    }
    if parts.is_empty() {
        out.push_str("JSON");
    } else {
        write_call(out, "JSON", |out| out.push_str(&parts.join(", ")));
    }
}

fn write_function(out: &mut String, name: &str, parameters: &[Expr]) {
    write_name(out, name);
    if !parameters.is_empty() {
        out.push('(');
        for (index, parameter) in parameters.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            out.push_str(parameter.as_sql());
        }
        out.push(')');
    }
}

/// A name in a type: in backticks only where the server puts them (measured over 90 keywords).
fn write_name(out: &mut String, name: &str) {
    const QUOTED: [&str; 7] = ["all", "distinct", "from", "null", "select", "table", "values"];
    let mut bytes = name.bytes();
    let plain = bytes
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain && !QUOTED.iter().any(|quoted| quoted.eq_ignore_ascii_case(name)) {
        out.push_str(name);
    } else {
        write_ident_in_backticks(out, name);
    }
}
