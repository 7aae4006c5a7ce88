//! Stands in until the type grammar lands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Fingerprint([u8; 16]);
impl Fingerprint {
    pub fn of(_: &crate::model::Object) -> Self {
        Self([0; 16])
    }
}
