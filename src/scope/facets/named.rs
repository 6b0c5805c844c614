//! Members of facets that a passage names, and what they are to a scope.

use super::{Facets, Member};
use crate::scope::{Relation, Scope};
use crate::text::Span;

/// A member that a passage names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named<'a> {
    /// The member, by the name that rules use.
    pub member: &'a str,
    /// Where the passage names it.
    pub span: Span,
}

impl Facets {
    /// The members of a facet that a passage names, by name or alias, as whole words, in its order. All-capital names of
    /// at most five letters (ICE) are found as they are written, others in any case.
    pub fn places_named<'a>(&'a self, facet: &str, passage: &str) -> Vec<Named<'a>> {
        let Some(facet) = self.id(facet).and_then(|id| self.facet(id)) else { return Vec::new() };
        let names = || facet.members.iter().flat_map(|member| member.names().map(move |name| (member, name)));
        // Most words begin as no name does, and are compared with none.
        let initials = names().fold(0, |all, (_, name)| all | initial(name));
        let mut found = Vec::new();
        let mut is_inside = false;
        for (at, character) in passage.char_indices() {
            let is_start = !is_inside;
            is_inside = is_part_of_word(character);
            if !is_start || initials & mark(character) == 0 {
                continue;
            }
            let Some(rest) = passage.get(at..) else { continue };
            let matching = names().filter_map(|(member, name)| Some((member, length_at_start(name, rest)?)));
            found.extend(matching.map(|(member, length): (&Member, usize)| Named {
                member: &member.name,
                span: Span::new(at, at + length),
            }));
        }
        found
    }

    /// What a member of a facet is to what a scope counts in it; undeclared where the scope does not say.
    pub fn relation(&self, facet: &str, member: &str, scope: &Scope) -> Relation {
        let sets = self.id(facet).and_then(|id| {
            let member = self.facet(id)?.member(member)?;
            Some((&member.set, scope.set(id)?))
        });
        sets.map_or(Relation::Undeclared, |(own, other)| {
            Relation::of(own.covers(other), other.covers(own), own.meets(other))
        })
    }
}

/// The length of `name` at the start of a text, where it ends as a whole word.
fn length_at_start(name: &str, text: &str) -> Option<usize> {
    let is_acronym = name.len() <= 5 && name.bytes().all(|byte| byte.is_ascii_uppercase());
    let mut rest = text.chars();
    for expected in name.chars() {
        let found = rest.next()?;
        let is_same = found == expected || !is_acronym && found.to_lowercase().eq(expected.to_lowercase());
        if !is_same {
            return None;
        }
    }
    let is_whole = !name.is_empty() && !rest.clone().next().is_some_and(is_part_of_word);
    is_whole.then(|| text.len() - rest.as_str().len())
}

fn is_part_of_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// A bit for the first letter of a name.
fn initial(name: &str) -> u32 {
    name.chars().next().map_or(0, mark)
}

/// A bit for a letter in either case, and one for all other characters.
fn mark(character: char) -> u32 {
    match character {
        'a'..='z' | 'A'..='Z' => 1 << (u32::from(character) & 31),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scope::{FacetDeclaration, MemberDeclaration};

    fn facets() -> Facets {
        let member = |name: &str, aliases: &[&str], includes: &[&str]| MemberDeclaration {
            name: name.to_owned(),
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            includes: includes.iter().map(|&name| name.to_owned()).collect(),
            complete: false,
        };
        let members = vec![
            member("DHS", &["Homeland Security"], &["ICE"]),
            member("ICE", &[], &[]),
            member("Sûreté", &[], &[]),
        ];
        let (facets, errors) = Facets::declare(&[FacetDeclaration { name: "agency".to_owned(), members }]);
        assert_eq!(errors, []);
        facets
    }

    #[test]
    fn members_are_found_as_whole_words() {
        let facets = facets();
        let named = |passage: &str| -> Vec<(String, String)> {
            let named = facets.places_named("agency", passage);
            named.iter().map(|it| (it.member.to_owned(), it.span.of(passage).to_owned())).collect()
        };
        let found = |member: &str, words: &str| vec![(member.to_owned(), words.to_owned())];
        assert_eq!(named("said ICE's head"), found("ICE", "ICE"));
        assert_eq!(named("the homeland security department"), found("DHS", "homeland security"));
        assert_eq!(named("la SÛRETÉ, in French"), found("Sûreté", "SÛRETÉ"));
        assert_eq!(named("ice, ICEs, POLICE, ICE_2 and Homeland Securityx"), []);
        assert!(facets.places_named("place", "ICE").is_empty());
    }

    #[test]
    fn a_member_is_compared_with_a_scope() {
        let facets = facets();
        let scope = facets.scope([("agency", ["ICE"])], None).unwrap();
        assert_eq!(facets.relation("agency", "DHS", &scope), Relation::Broader);
        assert_eq!(facets.relation("agency", "ICE", &scope), Relation::Same);
        assert_eq!(facets.relation("agency", "Sûreté", &scope), Relation::Disjoint);
        assert_eq!(facets.relation("agency", "DHS", &Scope::default()), Relation::Undeclared);
    }
}
