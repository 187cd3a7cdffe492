//! Which operations lead to what: a graph of pairs, walked once for each direction.

use super::fact::{Guard, Pair};
use super::finding::Direction;

/// Where a walk starts: the request or a response of one operation.
#[derive(Clone, Debug)]
pub(super) struct Root {
    /// Index of the operation.
    pub(super) call: usize,
    pub(super) is_request: bool,
    pub(super) status: Option<String>,
    pub(super) pair: Pair,
}

/// The pairs and how they lead to each other.
#[derive(Debug, Default)]
pub(super) struct Graph {
    edges: Vec<Vec<(Pair, Guard)>>,
    roots: Vec<Root>,
}

impl Graph {
    /// A new pair.
    pub(super) fn add(&mut self) -> Pair {
        let pair = Pair(u32::try_from(self.edges.len()).unwrap_or(u32::MAX));
        self.edges.push(Vec::new());
        pair
    }

    pub(super) fn connect(&mut self, from: Pair, to: Pair, guard: Guard) {
        let edges = &mut self.edges[from.0 as usize];
        if edges.last() != Some(&(to, guard)) {
            edges.push((to, guard));
        }
    }

    pub(super) fn root(&mut self, root: Root) {
        self.roots.push(root);
    }

    /// For each pair, whether it is one of these or leads to one.
    pub(super) fn leading_to(&self, pairs: impl IntoIterator<Item = Pair>) -> Vec<bool> {
        let mut back: Vec<Vec<u32>> = vec![Vec::new(); self.edges.len()];
        for (from, edges) in (0_u32..).zip(&self.edges) {
            for (to, _) in edges {
                back[to.0 as usize].push(from);
            }
        }
        let mut leads = vec![false; self.edges.len()];
        let mut open: Vec<u32> = pairs.into_iter().map(|pair| pair.0).collect();
        while let Some(pair) = open.pop() {
            if !std::mem::replace(&mut leads[pair as usize], true) {
                open.extend(&back[pair as usize]);
            }
        }
        leads
    }

    /// Works out which roots lead to each pair.
    pub(super) fn solve(&self) -> Reached<'_> {
        Reached {
            roots: &self.roots,
            request: self.walk(true),
            response: self.walk(false),
        }
    }

    /// The roots of one direction that lead to each pair.
    fn walk(&self, is_request: bool) -> Sets {
        let roots: Vec<usize> = (0..self.roots.len())
            .filter(|&index| self.roots[index].is_request == is_request)
            .collect();
        let groups = Groups::of(&self.edges, is_request);
        let words = roots.len().div_ceil(64);
        let mut sets = Sets {
            roots,
            words,
            group: groups.group,
            bits: vec![0; groups.count * words],
        };
        for (bit, &root) in sets.roots.iter().enumerate() {
            let group = sets.group[self.roots[root].pair.0 as usize] as usize;
            sets.bits[group * words + bit / 64] |= 1 << (bit % 64);
        }
        // Groups are numbered so that edges lead from greater numbers to smaller ones.
        let mut by_group: Vec<Vec<u32>> = vec![Vec::new(); groups.count];
        for (pair, &group) in sets.group.iter().enumerate() {
            by_group[group as usize].push(u32::try_from(pair).unwrap_or(u32::MAX));
        }
        for group in (0..groups.count).rev() {
            for &pair in &by_group[group] {
                for &(to, guard) in &self.edges[pair as usize] {
                    let target = sets.group[to.0 as usize] as usize;
                    if target != group && passes(guard, is_request) {
                        let (low, high) = sets.bits.split_at_mut(group * words);
                        let into = &mut low[target * words..(target + 1) * words];
                        for (into, from) in into.iter_mut().zip(&high[..words]) {
                            *into |= from;
                        }
                    }
                }
            }
        }
        sets
    }
}

fn passes(guard: Guard, is_request: bool) -> bool {
    if is_request {
        guard.request
    } else {
        guard.response
    }
}

/// A set of roots for each group of pairs.
#[derive(Debug)]
struct Sets {
    /// The root of each bit.
    roots: Vec<usize>,
    words: usize,
    group: Vec<u32>,
    bits: Vec<u64>,
}

impl Sets {
    fn of(&self, pair: Pair) -> impl Iterator<Item = usize> + '_ {
        let group = self.group[pair.0 as usize] as usize;
        let words = &self.bits[group * self.words..(group + 1) * self.words];
        words.iter().enumerate().flat_map(move |(index, &word)| {
            let bits = (0..64).filter(move |bit| word >> bit & 1 == 1);
            bits.map(move |bit| self.roots[index * 64 + bit])
        })
    }
}

/// What leads where.
#[derive(Debug)]
pub(super) struct Reached<'g> {
    roots: &'g [Root],
    request: Sets,
    response: Sets,
}

impl<'g> Reached<'g> {
    /// The roots that lead to any of the owners, each once, and the direction that follows.
    pub(super) fn by(&self, owners: &[(Pair, Guard)]) -> (Vec<&'g Root>, Direction) {
        let mut found = Vec::new();
        for &(pair, guard) in owners {
            if guard.request {
                found.extend(self.request.of(pair));
            }
            if guard.response {
                found.extend(self.response.of(pair));
            }
        }
        found.sort_unstable();
        found.dedup();
        let roots: Vec<&Root> = found.into_iter().map(|index| &self.roots[index]).collect();
        let request = roots.iter().any(|root| root.is_request);
        let response = roots.iter().any(|root| !root.is_request);
        (roots, Direction::of(request, response))
    }
}

/// Pairs that lead to each other in circles, numbered from the ends of the graph.
struct Groups {
    group: Vec<u32>,
    count: usize,
}

impl Groups {
    const NONE: u32 = u32::MAX;

    /// Tarjan's strongly connected components, without recursion.
    fn of(edges: &[Vec<(Pair, Guard)>], is_request: bool) -> Self {
        let mut groups = Self {
            group: vec![Self::NONE; edges.len()],
            count: 0,
        };
        let mut index = vec![Self::NONE; edges.len()];
        let mut low = vec![0_u32; edges.len()];
        let mut stack = Vec::new();
        let mut work: Vec<(usize, usize)> = Vec::new();
        let mut next = 0_u32;
        for start in 0..edges.len() {
            if index[start] != Self::NONE {
                continue;
            }
            work.push((start, 0));
            // The edge to look at next; it is looked at again when its target is known.
            while let Some((pair, mut edge)) = work.pop() {
                if index[pair] == Self::NONE {
                    index[pair] = next;
                    low[pair] = next;
                    next += 1;
                    stack.push(pair);
                }
                let mut deeper = None;
                while let Some(&(to, guard)) = edges[pair].get(edge) {
                    let to = to.0 as usize;
                    if passes(guard, is_request) {
                        if index[to] == Self::NONE {
                            deeper = Some(to);
                            break;
                        }
                        if groups.group[to] == Self::NONE {
                            low[pair] = low[pair].min(low[to]);
                        }
                    }
                    edge += 1;
                }
                if let Some(to) = deeper {
                    work.push((pair, edge));
                    work.push((to, 0));
                    continue;
                }
                if low[pair] == index[pair] {
                    while let Some(member) = stack.pop() {
                        groups.group[member] = u32::try_from(groups.count).unwrap_or(u32::MAX);
                        if member == pair {
                            break;
                        }
                    }
                    groups.count += 1;
                }
            }
        }
        groups
    }
}
