//! Many pieces of work that have nothing to do with each other, on all cores.
//!
//! Decides how work is dealt out. The results come in the order of the pieces, whatever the number of cores, so that
//! nothing behind it can tell the difference.

use std::num::NonZeroUsize;
use std::thread;

/// Below this many pieces a thread costs more than it saves.
const WORTH_A_THREAD: usize = 100;

/// Does the same to each piece.
pub(crate) fn map<T: Sync, R: Send>(pieces: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let parts = cores.min(pieces.len() / WORTH_A_THREAD).max(1);
    let mut parts = pieces.chunks(pieces.len().div_ceil(parts).max(1));
    let first = parts.next().unwrap_or_default();
    let work = &work;
    thread::scope(|scope| {
        let others: Vec<_> = parts
            .map(|part| scope.spawn(move || part.iter().map(work).collect::<Vec<R>>()))
            .collect();
        // The calling thread does not only wait.
        let mut results = Vec::with_capacity(pieces.len());
        results.extend(first.iter().map(work));
        for other in others {
            results.extend(
                other
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            );
        }
        results
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_pieces() {
        for count in [0, 1, 99, 200, 1001] {
            let pieces: Vec<usize> = (0..count).collect();
            let expected: Vec<usize> = pieces.iter().map(|piece| piece * 2).collect();
            assert_eq!(map(&pieces, |piece| piece * 2), expected);
        }
    }
}
