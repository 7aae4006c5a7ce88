//! Which HTTP status an exception becomes, as ClickHouse maps them, and what its body says.

use crate::engine::Exception;
use hyper::StatusCode;

/// The server's own mapping; what is not named here is 500.
pub(super) fn status(code: i32) -> StatusCode {
    match code {
        // REQUIRED_PASSWORD
        194 => StatusCode::UNAUTHORIZED,
        // UNKNOWN_USER, WRONG_PASSWORD, AUTHENTICATION_FAILED, SET_NON_GRANTED_ROLE
        192 | 193 | 516 | 512 => StatusCode::FORBIDDEN,
        // What cannot be read: CANNOT_PARSE_* (TEXT, ESCAPE_SEQUENCE, QUOTED_STRING, INPUT_ASSERTION_FAILED, DATE,
        // DATETIME, NUMBER, UUID, DOMAIN_VALUE_FROM_STRING, IPV4, IPV6), DUPLICATE_COLUMN, UNKNOWN_ELEMENT_IN_AST,
        // ILLEGAL_COLUMN, TYPE_MISMATCH, SYNTAX_ERROR, INCORRECT_DATA, UNKNOWN_TYPE_OF_AST_NODE, TOO_DEEP_AST,
        // TOO_BIG_AST, UNEXPECTED_AST_STRUCTURE, VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE, INVALID_SESSION_TIMEOUT,
        // BAD_REQUEST_PARAMETER, CANNOT_COMPILE_REGEXP
        6 | 25 | 26 | 27 | 38 | 41 | 72 | 376 | 441 | 675 | 676 | 15 | 37 | 44 | 53 | 62 | 117 | 123
        | 167 | 168 | 223 | 321 | 374 | 408 | 427 => StatusCode::BAD_REQUEST,
        // UNKNOWN_FUNCTION, UNKNOWN_IDENTIFIER, UNKNOWN_TYPE, UNKNOWN_STORAGE, UNKNOWN_TABLE,
        // UNKNOWN_AGGREGATE_FUNCTION, UNKNOWN_FORMAT, UNKNOWN_TYPE_OF_QUERY, UNKNOWN_DATABASE, UNKNOWN_SETTING,
        // UNKNOWN_DIRECTION_OF_SORTING, UNKNOWN_DATABASE_ENGINE, UNKNOWN_ROLE
        46 | 47 | 50 | 56 | 60 | 63 | 73 | 78 | 81 | 115 | 152 | 336 | 511 => StatusCode::NOT_FOUND,
        // QUERY_IS_TOO_LARGE
        229 => StatusCode::PAYLOAD_TOO_LARGE,
        // NOT_IMPLEMENTED
        48 => StatusCode::NOT_IMPLEMENTED,
        // SOCKET_TIMEOUT, CANNOT_OPEN_FILE, CANNOT_SCHEDULE_TASK
        76 | 209 | 439 => StatusCode::SERVICE_UNAVAILABLE,
        // HTTP_LENGTH_REQUIRED
        381 => StatusCode::LENGTH_REQUIRED,
        // TIMEOUT_EXCEEDED
        159 => StatusCode::REQUEST_TIMEOUT,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The text that clients take apart: the exception and the server's version.
pub(super) fn body(exception: &Exception, version: &str) -> String {
    format!(
        "{exception} (version {version} (chDB {}))\n",
        crate::engine::CHDB_VERSION
    )
}
