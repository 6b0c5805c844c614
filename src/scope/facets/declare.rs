//! Turning declarations of facets into sets.

use std::collections::HashMap;

use super::{Facet, Facets, Member, Set};
use crate::text::nearest;

/// `[scope.agency]` with what stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetDeclaration {
    /// The facet.
    pub name: String,
    /// Its members, as declared.
    pub members: Vec<MemberDeclaration>,
}

/// One member of a facet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberDeclaration {
    /// The name that scopes use.
    pub name: String,
    /// The members that it also counts. Those not declared elsewhere are declared by this.
    pub includes: Vec<String>,
    /// Other names, as drafts use them.
    pub aliases: Vec<String>,
    /// Whether it counts nothing besides the members that it includes.
    pub complete: bool,
}

/// What is wrong with a declaration. The member is where the loader points at.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeclarationError {
    /// A member includes itself, directly or through others.
    #[error("`{member}` of the facet `{facet}` includes itself")]
    Cycle {
        /// The facet.
        facet: String,
        /// The member.
        member: String,
    },
    /// A name that stands for two members.
    #[error("`{name}` of the facet `{facet}` is an alias of `{other}` too")]
    Ambiguous {
        /// The facet.
        facet: String,
        /// The member whose declaration comes second.
        member: String,
        /// The name.
        name: String,
        /// The member that it stood for already.
        other: String,
    },
    /// `complete = true` on a member that includes nothing.
    #[error("`{member}` of the facet `{facet}` is complete but includes nothing")]
    CompleteWithoutParts {
        /// The facet.
        facet: String,
        /// The member.
        member: String,
    },
    /// A name in `includes` that is nearly, but not quite, a declared one.
    #[error(
        "`{member}` of the facet `{facet}` includes `{name}`, which is not declared; did you mean `{nearest}`?"
    )]
    Unknown {
        /// The facet.
        facet: String,
        /// The member.
        member: String,
        /// The name.
        name: String,
        /// The declared member that it resembles.
        nearest: String,
    },
}

impl Facets {
    /// Turns declarations into facets, and says what is wrong with them. What is wrong is left out.
    pub fn declare(declarations: &[FacetDeclaration]) -> (Self, Vec<DeclarationError>) {
        let mut errors = Vec::new();
        let facets = declarations.iter().map(|declaration| facet(declaration, &mut errors)).collect();
        (Self { facets }, errors)
    }
}

fn facet(declaration: &FacetDeclaration, errors: &mut Vec<DeclarationError>) -> Facet {
    let mut graph = Graph::new(declaration, errors);
    let members = (0..graph.members.len()).map(|at| graph.member(at, &declaration.name, errors)).collect();
    let facet = Facet { name: declaration.name.clone(), members };
    check_names(&facet, errors);
    facet
}

/// Members with what they include, by index; those that only occur in `includes` come last.
struct Graph<'a> {
    members: Vec<Node<'a>>,
}

struct Node<'a> {
    name: &'a str,
    declared: Option<&'a MemberDeclaration>,
    includes: Vec<usize>,
    state: State,
}

enum State {
    New,
    /// Being computed: meeting it again is a cycle.
    Open,
    Done(Set),
}

impl<'a> Graph<'a> {
    fn new(declaration: &'a FacetDeclaration, errors: &mut Vec<DeclarationError>) -> Self {
        let node = |name, declared| Node { name, declared, includes: Vec::new(), state: State::New };
        let mut members: Vec<Node<'a>> =
            declaration.members.iter().map(|member| node(member.name.as_str(), Some(member))).collect();
        let mut index: HashMap<&str, usize> =
            members.iter().enumerate().map(|(at, node)| (node.name, at)).collect();
        for (at, member) in declaration.members.iter().enumerate() {
            for name in &member.includes {
                let declared = declaration.members.iter().map(|member| member.name.as_str());
                if let (false, Some(nearest)) = (index.contains_key(name.as_str()), nearest(name, declared)) {
                    errors.push(DeclarationError::Unknown {
                        facet: declaration.name.clone(),
                        member: member.name.clone(),
                        name: name.clone(),
                        nearest: nearest.to_owned(),
                    });
                    continue;
                }
                let part = *index.entry(name).or_insert_with(|| {
                    members.push(node(name, None));
                    members.len() - 1
                });
                if let Some(node) = members.get_mut(at) {
                    node.includes.push(part);
                }
            }
            if member.complete && member.includes.is_empty() {
                errors.push(DeclarationError::CompleteWithoutParts {
                    facet: declaration.name.clone(),
                    member: member.name.clone(),
                });
            }
        }
        Self { members }
    }

    fn member(&mut self, at: usize, facet: &str, errors: &mut Vec<DeclarationError>) -> Member {
        let set = self.set(at, facet, errors);
        let Some(node) = self.members.get(at) else {
            return Member { name: String::new(), aliases: Vec::new(), set };
        };
        let aliases = node.declared.map(|declared| declared.aliases.clone()).unwrap_or_default();
        Member { name: node.name.to_owned(), aliases, set }
    }

    /// The atoms of a member, without recursion: declarations may be nested as deep as they like.
    fn set(&mut self, root: usize, facet: &str, errors: &mut Vec<DeclarationError>) -> Set {
        let mut stack = vec![root];
        while let Some(&at) = stack.last() {
            let Some(node) = self.members.get_mut(at) else { break };
            match node.state {
                State::Done(_) => {
                    stack.pop();
                }
                State::New => {
                    node.state = State::Open;
                    let parts = node.includes.clone();
                    for part in parts {
                        match self.members.get(part).map(|part| &part.state) {
                            Some(State::New) => stack.push(part),
                            Some(State::Open) => self.cut(at, part, facet, errors),
                            _ => {}
                        }
                    }
                }
                State::Open => {
                    stack.pop();
                    let set = self.finished(at);
                    if let Some(node) = self.members.get_mut(at) {
                        node.state = State::Done(set);
                    }
                }
            }
        }
        match self.members.get(root).map(|node| &node.state) {
            Some(State::Done(set)) => set.clone(),
            _ => Set::default(),
        }
    }

    /// Takes an inclusion back that closes a cycle.
    fn cut(&mut self, at: usize, part: usize, facet: &str, errors: &mut Vec<DeclarationError>) {
        if let Some(node) = self.members.get_mut(at) {
            node.includes.retain(|other| *other != part);
            errors.push(DeclarationError::Cycle { facet: facet.to_owned(), member: node.name.to_owned() });
        }
    }

    /// The parts' atoms, and an atom of its own unless it is complete.
    fn finished(&self, at: usize) -> Set {
        let Some(node) = self.members.get(at) else { return Set::default() };
        let is_complete =
            node.declared.is_some_and(|declared| declared.complete) && !node.includes.is_empty();
        let own = if is_complete { Set::default() } else { Set::one(at) };
        node.includes.iter().fold(own, |all, part| match self.members.get(*part).map(|part| &part.state) {
            Some(State::Done(set)) => all.union(set),
            _ => all,
        })
    }
}

/// Every name and alias stands for one member.
fn check_names(facet: &Facet, errors: &mut Vec<DeclarationError>) {
    let mut known: HashMap<&str, &str> =
        facet.members.iter().map(|m| (m.name.as_str(), m.name.as_str())).collect();
    for member in &facet.members {
        for alias in &member.aliases {
            let other = *known.entry(alias).or_insert(&member.name);
            if other != member.name {
                errors.push(DeclarationError::Ambiguous {
                    facet: facet.name.clone(),
                    member: member.name.clone(),
                    name: alias.clone(),
                    other: other.to_owned(),
                });
            }
        }
    }
}
