//! `unlock`: take the lock away from a run that is dead.
//!
//! A run whose process has certainly ended loses it without a question. About every other one a person decides, at a
//! terminal or by a flag that says what the person knows; a pipe or a default never does.

use chx_runtime::lock::{Held, Owner, TableRegister, held, unlock};
use serde::Serialize;

use crate::args::Unlock;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{GOOD, painted};
use crate::prompt;

#[derive(Serialize)]
struct Document {
    unlocked: bool,
    owner: Option<Owner>,
}

/// Runs the command.
pub(crate) fn run(args: &Unlock, context: &Context) -> Result<Exit, Failure> {
    let output = context.output;
    context.confirm()?;
    context.block_on(async {
        let session = context.session().await?;
        let register = TableRegister::new(&session, &context.config.journal_database);
        let Some(lock) = held(&register).await? else {
            output.line("nothing to do: nobody holds the lock");
            output.document(|| Document {
                unlocked: false,
                owner: None,
            });
            return Ok(Exit::Done);
        };
        if !(args.owner_is_dead || lock.owner.is_gone() || agreed(&lock)) {
            return Err(Failure::new(Exit::Refused, format!("{} {}", lock.owner, last_sign(&lock))).help(
                "nothing was changed. If you know that it is dead, run `chx-migrate unlock --owner-is-dead`. If it is \
                 alive, it stops before its next statement when it loses the lock",
            ));
        }
        // Between the question and the answer the run may have ended by itself.
        let unlocked = unlock(&register, lock.number).await?;
        if unlocked {
            output.line(format_args!("{}: it was held by {}", painted("unlocked", GOOD), lock.owner));
        } else {
            output.line(format_args!("nothing to do: {} gave the lock back", lock.owner));
        }
        output.document(|| Document {
            unlocked,
            owner: Some(lock.owner),
        });
        Ok(Exit::Done)
    })
}

fn agreed(lock: &Held) -> bool {
    prompt::confirm(&format!(
        "{} {}.\nIf it is alive, it will stop before its next statement. Take the lock away from it?",
        lock.owner,
        last_sign(lock)
    ))
}

fn last_sign(lock: &Held) -> String {
    match lock.silent_s {
        Some(seconds) => format!("holds the lock, and gave its last sign of life {seconds} s ago"),
        None => "holds the lock, and gave no sign of life yet".to_owned(),
    }
}
