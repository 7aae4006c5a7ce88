//! CHX234: a named collection is dropped, and something that stays takes it.
//!
//! Since 26.3 the server refuses to drop what a table or a loaded dictionary takes (769); before, it drops it, and does not load
//! them again (669). Nothing protects a view: it fails when it is read (669).

use crate::ddl::Statement;
use crate::diag::{Severity, code};
use crate::model::{Object, ObjectId};

use super::{Look, list};

pub(super) fn check(look: &mut Look<'_>) {
    let Statement::DropNamedCollection { name, .. } = look.statement() else {
        return;
    };
    let comes_again = look.schemas().after.contains(&look.step.object);
    let (loaded, read): (Vec<&Object>, Vec<&Object>) =
        look.takers_of(name).into_iter().partition(|taker| match taker {
            Object::Database(_) | Object::Table(_) | Object::Dictionary(_) => true,
            Object::View(_)
            | Object::MaterializedView(_)
            | Object::Function(_)
            | Object::NamedCollection(_)
            | Object::Resource(_)
            | Object::Workload(_)
            | Object::Raw(_)
            | Object::Access(_) => false,
        });
    let verb = |takers: &[&Object], one: &'static str, many: &'static str| {
        if takers.len() == 1 { one } else { many }
    };
    let id = ObjectId::NamedCollection(name.clone());
    if !loaded.is_empty() {
        let takers = list(loaded.iter().copied());
        let message = format!(
            "still taken by {takers}: the server refuses the drop (769), and one before 26.3 does not load {} again (669)",
            verb(&loaded, "it", "them")
        );
        look.push(
            Severity::Warning,
            code::TAKEN_COLLECTION_GOES,
            &id,
            message,
            "keep the collection, or drop what takes it in the same migration",
        );
    }
    if !read.is_empty() && !comes_again {
        let message = format!(
            "still read by {}, which {} from now on",
            list(read.iter().copied()),
            verb(&read, "fails", "fail")
        );
        look.push(
            Severity::Warning,
            code::TAKEN_COLLECTION_GOES,
            &id,
            message,
            "keep the collection, or change or drop what reads it in the same migration",
        );
    }
}
