//! Declared facets and their members.

mod declare;
mod named;

pub use declare::{DeclarationError, FacetDeclaration, MemberDeclaration};
pub use named::Named;

use super::{Declared, FacetId, PERIOD, Period, Scope, Set};
use crate::text::nearest;

/// The facets that a story knows, from its libraries and its own file.
#[derive(Clone, Debug, Default)]
pub struct Facets {
    facets: Vec<Facet>,
}

#[derive(Clone, Debug)]
pub(super) struct Facet {
    pub(super) name: String,
    pub(super) members: Vec<Member>,
}

#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) aliases: Vec<String>,
    pub(super) set: Set,
}

/// A name in a scope that nothing declares.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScopeError {
    /// No facet has this name.
    #[error("unknown facet `{facet}`")]
    Facet {
        /// The name.
        facet: String,
        /// The most similar facet.
        nearest: Option<String>,
    },
    /// The facet has no such member.
    #[error("unknown member `{member}` of the facet `{facet}`")]
    Member {
        /// The facet.
        facet: String,
        /// The name.
        member: String,
        /// The most similar member.
        nearest: Option<String>,
    },
}

impl Facets {
    /// The facet `measure` or another, by name.
    pub(super) fn id(&self, name: &str) -> Option<FacetId> {
        self.facets.iter().position(|facet| facet.name == name)
    }

    pub(super) fn facet(&self, id: FacetId) -> Option<&Facet> {
        self.facets.get(id)
    }

    /// The name of every declared facet.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.facets.iter().map(|facet| facet.name.as_str())
    }

    /// The name of a member of a facet, from its name or an alias of it.
    pub fn member(&self, facet: &str, name: &str) -> Option<&str> {
        let facet = self.facet(self.id(facet)?)?;
        facet.member(name).map(|member| member.name.as_str())
    }

    /// The scope that counts, in each facet, the members named (by name, or by alias), all together. Every name that
    /// nothing declares is an error.
    pub fn scope<'a, M>(
        &self,
        entries: impl IntoIterator<Item = (&'a str, M)>,
        period: Option<Period>,
    ) -> Result<Scope, Vec<ScopeError>>
    where
        M: IntoIterator<Item = &'a str>,
    {
        let mut errors = Vec::new();
        let mut declared = Declared { sets: Vec::new(), period };
        for (name, members) in entries {
            let Some((id, facet)) = self.facets.iter().enumerate().find(|(_, facet)| facet.name == name)
            else {
                let known = self.names().chain([PERIOD]);
                let nearest = nearest(name, known).map(str::to_owned);
                errors.push(ScopeError::Facet { facet: name.to_owned(), nearest });
                continue;
            };
            let mut set = Set::default();
            for name in members {
                match facet.member(name) {
                    Some(member) => set = set.union(&member.set),
                    None => errors.push(ScopeError::Member {
                        facet: facet.name.clone(),
                        member: name.to_owned(),
                        nearest: nearest(name, facet.member_names()).map(str::to_owned),
                    }),
                }
            }
            if !set.is_empty() {
                declared.sets.push((id, set));
            }
        }
        declared.sets.sort_by_key(|(id, _)| *id);
        if errors.is_empty() { Ok(declared.into()) } else { Err(errors) }
    }

    /// The members of a facet that a passage names, each once, in the order of their declaration.
    pub fn named_in<'a>(&'a self, facet: &str, passage: &str) -> Vec<&'a str> {
        let named = self.places_named(facet, passage);
        let Some(facet) = self.id(facet).and_then(|id| self.facet(id)) else { return Vec::new() };
        let is_named = |member: &&Member| named.iter().any(|it| it.member == member.name);
        facet.members.iter().filter(is_named).map(|member| member.name.as_str()).collect()
    }

    /// Whether every member that `missing` counts is named, or lies in one that is.
    pub fn are_covered(&self, facet: &str, named: &[&str], members: &[String]) -> bool {
        let Some(facet) = self.id(facet).and_then(|id| self.facet(id)) else { return false };
        let set = |name: &str| facet.member(name).map(|member| member.set.clone()).unwrap_or_default();
        let told = named.iter().fold(Set::default(), |all, name| all.union(&set(name)));
        !members.is_empty()
            && members.iter().all(|name| facet.member(name).is_some() && told.covers(&set(name)))
    }
}

impl Facet {
    fn member(&self, name: &str) -> Option<&Member> {
        let by_name = self.members.iter().find(|member| member.name == name);
        by_name
            .or_else(|| self.members.iter().find(|member| member.aliases.iter().any(|alias| alias == name)))
    }

    fn member_names(&self) -> impl Iterator<Item = &str> {
        self.members.iter().flat_map(Member::names)
    }

    /// The members that make up a set: its own name where there is one, else the largest members inside.
    pub(super) fn members_of(&self, set: &Set) -> Vec<String> {
        if set.is_empty() {
            return Vec::new();
        }
        if let Some(exact) = self.members.iter().find(|member| member.set == *set) {
            return vec![exact.name.clone()];
        }
        let inside: Vec<&Member> = self.members.iter().filter(|member| set.covers(&member.set)).collect();
        let is_largest = |member: &&&Member| {
            !inside.iter().any(|other| other.set != member.set && other.set.covers(&member.set))
        };
        let mut names: Vec<String> =
            inside.iter().filter(is_largest).map(|member| member.name.clone()).collect();
        let told = inside.iter().fold(Set::default(), |all, member| all.union(&member.set));
        let rest = set.without(&told);
        let remainders =
            self.members.iter().filter(|member| member.set.meets(&rest) && !set.covers(&member.set));
        // What is left over are the remainders of open members.
        let smallest = remainders.reduce(|a, b| if a.set.covers(&b.set) { b } else { a });
        names.extend(
            smallest.filter(|_| !rest.is_empty()).map(|member| format!("the rest of {}", member.name)),
        );
        names
    }
}

impl Member {
    fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}
