//! What a fact is known by: it stays the same as long as the fact does, whatever the words of the
//! message and the lines of the file.

use super::finding::Direction;

/// Sixteen hexadecimal digits of the rule, the place, the direction and both values.
pub fn fingerprint(
    id: &str,
    place: &str,
    direction: Direction,
    before: &str,
    after: &str,
) -> String {
    let mut hash = Hash::default();
    for part in [id, place, direction.word(), before, after] {
        hash.text(part);
    }
    format!("{:016x}", hash.0)
}

/// FNV-1a with 64 bits: short, and the same on every machine and in every release.
struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    fn text(&mut self, text: &str) {
        // A byte that no UTF-8 text has, so that parts can't run into each other.
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_counts() {
        let print =
            |id, place, direction, before, after| fingerprint(id, place, direction, before, after);
        let base = print("op.removed", "/a", Direction::Both, "1", "2");
        assert_eq!(base.len(), 16);
        for other in [
            print("op.added", "/a", Direction::Both, "1", "2"),
            print("op.removed", "/b", Direction::Both, "1", "2"),
            print("op.removed", "/a", Direction::Request, "1", "2"),
            print("op.removed", "/a", Direction::Both, "12", ""),
            print("op.removed", "/a", Direction::Both, "1", "3"),
        ] {
            assert_ne!(base, other);
        }
    }

    #[test]
    fn it_never_changes() {
        let print = fingerprint("op.removed", "/paths/~1Bills/get", Direction::Both, "", "");
        assert_eq!(print, "4a7e297013e210e2");
    }
}
