//! Aggregate functions as types. Their names are made canonical as the server stores them (26.7): `SUM` is
//! `sum`, `any_value` is `any`, `medianIf` is `quantileIf`. Whether a function exists and takes these
//! arguments only the engine knows.

use super::DataType;
use super::error::TypeErrorKind;
use crate::sql::Expr;

/// `AggregateFunction([version,] name[(parameters)], arguments...)`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AggregateFunction {
    version: Option<u64>,
    name: Box<str>,
    /// The parameters in their own brackets, as in `quantile(0.5)`.
    pub parameters: Vec<Expr>,
    /// The types of the arguments.
    pub arguments: Vec<DataType>,
}

impl AggregateFunction {
    /// Resolves aliases and fills in the version of the states that have one.
    pub fn new(version: Option<u64>, name: &str, parameters: Vec<Expr>, arguments: Vec<DataType>) -> Self {
        let name = canonical_name(name);
        let takes_lists = matches!(arguments.first(), Some(DataType::Array(_) | DataType::Tuple(_)));
        // The server stores version 1 for new columns of these, and no version for version 0 of any.
        let version = if takes_lists && has_versions(&name) {
            Some(version.unwrap_or(1))
        } else {
            version.filter(|version| *version != 0)
        };
        Self {
            version,
            name,
            parameters,
            arguments,
        }
    }

    /// The version of the state's format, where it is part of the type.
    pub fn version(&self) -> Option<u64> {
        self.version
    }

    /// The canonical name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// `SimpleAggregateFunction(name[(parameters)], type)`: stored as `type`, merged by the function.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimpleAggregateFunction {
    name: Box<str>,
    /// The parameters in their own brackets.
    pub parameters: Vec<Expr>,
    /// What is stored.
    pub data_type: DataType,
}

impl SimpleAggregateFunction {
    /// Resolves aliases and checks what the server checks without knowing signatures.
    ///
    /// # Errors
    /// A function that is not simple, or a type that `sum` does not give back.
    pub fn new(name: &str, parameters: Vec<Expr>, data_type: DataType) -> Result<Self, TypeErrorKind> {
        const SIMPLE: [&str; 18] = [
            "any",
            "any_respect_nulls",
            "anyLast",
            "anyLast_respect_nulls",
            "min",
            "max",
            "sum",
            "sumWithOverflow",
            "groupBitAnd",
            "groupBitOr",
            "groupBitXor",
            "sumMap",
            "minMap",
            "maxMap",
            "groupArrayArray",
            "groupArrayLastArray",
            "groupUniqArrayArray",
            "groupUniqArrayArrayMap",
        ];
        let name = canonical_name(name);
        if !SIMPLE.contains(&&*name) {
            return Err(TypeErrorKind::NotSimple(name.into()));
        }
        if &*name == "sum"
            && let Some(gives) = sum_gives(&data_type)
            && gives != data_type
        {
            return Err(TypeErrorKind::SumType {
                gives: format!("`{gives}`"),
                found: data_type.to_string(),
            });
        }
        Ok(Self {
            name,
            parameters,
            data_type,
        })
    }

    /// The canonical name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// What `sum` returns for a type, where the rule is known.
fn sum_gives(data_type: &DataType) -> Option<DataType> {
    Some(match data_type {
        DataType::Bool | DataType::UInt8 | DataType::UInt16 | DataType::UInt32 | DataType::UInt64 => {
            DataType::UInt64
        }
        DataType::Int8 | DataType::Int16 | DataType::Int32 | DataType::Int64 => DataType::Int64,
        DataType::BFloat16 | DataType::Float32 | DataType::Float64 => DataType::Float64,
        DataType::Decimal { precision, scale } => DataType::Decimal {
            precision: if *precision <= 38 { 38 } else { 76 },
            scale: *scale,
        },
        DataType::Nullable(inner) => DataType::Nullable(Box::new(sum_gives(inner)?)),
        _ => return None,
    })
}

/// Suffixes that change what a function does, longest first where one ends another.
const COMBINATORS: [&str; 15] = [
    "SimpleState",
    "OrDefault",
    "Distinct",
    "Resample",
    "ForEach",
    "ArgMax",
    "ArgMin",
    "OrNull",
    "Tuple",
    "Merge",
    "State",
    "Array",
    "Null",
    "Map",
    "If",
];

/// The name that the server stores, by `system.functions` of 26.7. Unknown names stay as written.
fn canonical_name(written: &str) -> Box<str> {
    /// Names in any case, and what they are stored as.
    const ANY_CASE: [(&str, &str); 43] = [
        ("analysisofvariance", "analysisOfVariance"),
        ("anova", "analysisOfVariance"),
        ("any_value", "any"),
        ("any_value_respect_nulls", "any_respect_nulls"),
        ("approx_top_count", "approx_top_k"),
        ("approx_top_k", "approx_top_k"),
        ("approx_top_sum", "approx_top_sum"),
        ("array_agg", "groupArray"),
        ("array_concat_agg", "groupArrayArray"),
        ("avg", "avg"),
        ("bit_and", "groupBitAnd"),
        ("bit_or", "groupBitOr"),
        ("bit_xor", "groupBitXor"),
        ("corr", "corr"),
        ("count", "count"),
        ("covar_pop", "covarPop"),
        ("covar_samp", "covarSamp"),
        ("dense_rank", "denseRank"),
        ("first_value", "any"),
        ("first_value_respect_nulls", "any_respect_nulls"),
        ("group_concat", "groupConcat"),
        ("kolmogorovsmirnovtest", "kolmogorovSmirnovTest"),
        ("lag", "lag"),
        ("last_value", "anyLast"),
        ("last_value_respect_nulls", "anyLast_respect_nulls"),
        ("lead", "lead"),
        ("max", "max"),
        ("max_by", "argMax"),
        ("min", "min"),
        ("min_by", "argMin"),
        ("nth_value", "nth_value"),
        ("ntile", "ntile"),
        ("percent_rank", "percentRank"),
        ("rank", "rank"),
        ("row_number", "row_number"),
        ("std", "stddevPop"),
        ("stddev", "stddevSamp"),
        ("stddev_pop", "stddevPop"),
        ("stddev_samp", "stddevSamp"),
        ("string_agg", "groupConcat"),
        ("sum", "sum"),
        ("var_pop", "varPop"),
        ("var_samp", "varSamp"),
    ];
    /// Aliases in exactly this case.
    const EXACT: [(&str, &str); 28] = [
        ("anyRespectNulls", "any_respect_nulls"),
        ("anyValueRespectNulls", "any_respect_nulls"),
        ("anyLastRespectNulls", "anyLast_respect_nulls"),
        ("firstValueRespectNulls", "any_respect_nulls"),
        ("lastValueRespectNulls", "anyLast_respect_nulls"),
        ("lttb", "largestTriangleThreeBuckets"),
        ("maxMappedArrays", "maxMap"),
        ("median", "quantile"),
        ("medianBFloat16", "quantileBFloat16"),
        ("medianBFloat16Weighted", "quantileBFloat16Weighted"),
        ("medianDD", "quantileDD"),
        ("medianDeterministic", "quantileDeterministic"),
        ("medianExact", "quantileExact"),
        ("medianExactHigh", "quantileExactHigh"),
        ("medianExactLow", "quantileExactLow"),
        ("medianExactWeighted", "quantileExactWeighted"),
        (
            "medianExactWeightedInterpolated",
            "quantileExactWeightedInterpolated",
        ),
        ("medianGK", "quantileGK"),
        ("medianInterpolatedWeighted", "quantileInterpolatedWeighted"),
        ("medianTDigest", "quantileTDigest"),
        ("medianTDigestWeighted", "quantileTDigestWeighted"),
        ("medianTiming", "quantileTiming"),
        ("medianTimingWeighted", "quantileTimingWeighted"),
        ("minMappedArrays", "minMap"),
        ("sparkBar", "sparkbar"),
        ("ST_AsMVT", "MVTEncode"),
        ("sumMappedArrays", "sumMap"),
        ("timeSeriesLastToGrid", "timeSeriesResampleToGridWithStaleness"),
    ];
    let known = |base: &str| {
        EXACT
            .iter()
            .find(|(alias, _)| *alias == base)
            .or_else(|| {
                ANY_CASE
                    .iter()
                    .find(|(alias, _)| alias.eq_ignore_ascii_case(base))
            })
            .map(|(_, name)| *name)
    };
    let mut base = written;
    loop {
        if let Some(name) = known(base) {
            return format!("{name}{}", &written[base.len()..]).into();
        }
        match COMBINATORS.iter().find_map(|suffix| base.strip_suffix(suffix)) {
            Some(shorter) if !shorter.is_empty() => base = shorter,
            _ => return written.into(),
        }
    }
}

/// Is the format of the state part of the type?
fn has_versions(name: &str) -> bool {
    const VERSIONED: [&str; 6] = [
        "sumMap",
        "minMap",
        "maxMap",
        "sumMapWithOverflow",
        "sumMapFiltered",
        "sumMapFilteredWithOverflow",
    ];
    let mut base = name;
    loop {
        if VERSIONED.contains(&base) {
            return true;
        }
        match COMBINATORS.iter().find_map(|suffix| base.strip_suffix(suffix)) {
            Some(shorter) => base = shorter,
            None => return false,
        }
    }
}
