//! Who holds the lock, and whether that process is still there.
//!
//! Decides only what can be known for certain: a process of this machine that has ended is gone. About every other
//! owner nothing is known from here; those are watched for signs of life.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::journal::Runner;

/// Who holds the lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The run, its machine, user and version of chx: the same words as in the journal.
    #[serde(flatten)]
    pub runner: Runner,
    /// The process id on that machine.
    pub pid: u32,
    /// When it asked for the lock (the owner's clock, UTC). For people; nothing is decided by it.
    pub since: String,
    /// What identifies the process beyond its id, which is used again and is another one in every container. `None`
    /// where the system does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    process: Option<Process>,
}

/// A process among all that ever ran: machine and boot, the space that its id counts in, and when it started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Process {
    boot: String,
    space: String,
    started: u64,
}

impl Owner {
    /// This process.
    pub fn of_process(runner: Runner) -> Self {
        let pid = std::process::id();
        Self {
            runner,
            pid,
            since: jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M:%S").to_string(),
            process: Process::here(pid),
        }
    }

    /// Has the process certainly ended? `false` where it cannot be known.
    pub fn is_gone(&self) -> bool {
        let (Some(then), Some(here)) = (&self.process, Process::here(std::process::id())) else {
            return false;
        };
        if then.boot != here.boot || then.space != here.space {
            return false;
        }
        // The same machine, and the same space of process ids: what is not there now has ended.
        Process::here(self.pid).is_none_or(|now| now.started != then.started)
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Runner { user, host, .. } = &self.runner;
        write!(
            f,
            "{user}@{host} (process {}, since {} UTC)",
            self.pid, self.since
        )
    }
}

impl Process {
    #[cfg(target_os = "linux")]
    fn here(pid: u32) -> Option<Self> {
        let read = |path: &str| std::fs::read_to_string(path).ok();
        let stat = read(&format!("/proc/{pid}/stat"))?;
        // The second field is the program's name, in parentheses, and may hold anything; the 22nd is the start.
        let mut fields = stat.get(stat.rfind(')')? + 1..)?.split_whitespace();
        // A zombie has ended, and only its parent has not noticed.
        if fields.next()? == "Z" {
            return None;
        }
        let started = fields.nth(18)?.parse().ok()?;
        let space = std::fs::read_link("/proc/self/ns/pid").ok()?;
        Some(Self {
            boot: read("/proc/sys/kernel/random/boot_id")?.trim().to_owned(),
            space: space.to_string_lossy().into_owned(),
            started,
        })
    }

    #[cfg(not(target_os = "linux"))]
    fn here(_: u32) -> Option<Self> {
        None
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn only_a_process_of_this_machine_is_known_to_be_gone() {
        let me = Owner::of_process(Runner::of_process());
        assert!(!me.is_gone());
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let id = child.id();
        child.wait().unwrap();
        let ended = Owner {
            pid: id,
            ..me.clone()
        };
        assert!(ended.is_gone());
        let mut reused = me.clone();
        reused.process.as_mut().unwrap().started += 1;
        assert!(reused.is_gone(), "another process with the same id");
        let mut elsewhere = ended.clone();
        elsewhere.process.as_mut().unwrap().boot = "another machine".to_owned();
        assert!(!elsewhere.is_gone());
        let unknown = Owner {
            process: None,
            ..ended
        };
        assert!(!unknown.is_gone());
    }

    #[test]
    fn an_owner_survives_its_text() {
        let me = Owner::of_process(Runner::of_process());
        let text = serde_json::to_string(&me).unwrap();
        assert_eq!(serde_json::from_str::<Owner>(&text).unwrap(), me);
    }
}
