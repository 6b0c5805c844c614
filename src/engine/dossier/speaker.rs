//! Who says what a claim is about.

use super::super::story::Opened;
use crate::claim::{RawBy, RawClaim, RawText, Spanned};
use crate::finding::Excerpt;
use crate::scope::Facets;

/// Whom the draft attributes a claim to.
#[derive(Clone, Debug)]
pub struct Speaker {
    /// By which name.
    pub name: String,
    /// What that is the name of; `None` where neither the rule nor its scopes tell.
    pub kind: Option<SpeakerKind>,
    /// Their page on the web.
    pub url: Option<String>,
    /// A page that says who they are.
    pub same_as: Option<String>,
    /// Where the rule names them.
    pub place: Excerpt,
}

/// What a speaker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpeakerKind {
    /// A person.
    Person,
    /// An organization.
    Organization,
}

/// Facets whose members are organizations, by what they are called. Members of others may be anything: a place, a party's
/// candidate, what is counted.
const OF_ORGANIZATIONS: [&str; 18] = [
    "agency",
    "association",
    "authority",
    "bank",
    "bureau",
    "carrier",
    "company",
    "department",
    "employer",
    "institution",
    "ministry",
    "office",
    "operator",
    "organisation",
    "organization",
    "publisher",
    "union",
    "university",
];

impl Opened<'_> {
    /// Who makes a claim, where its rule says so.
    pub(super) fn speaker(&self, claim: &RawClaim<'_>) -> Option<Speaker> {
        let by = claim.by.as_ref()?;
        let place = self.rules.excerpt(by.span);
        let text = |text: &Option<Spanned<RawText<'_>>>| text.as_ref().map(|text| text.value.to_string());
        Some(match &by.value {
            RawBy::Name(name) => {
                let member = organization(self.facets, name);
                let name = member.unwrap_or(name).to_owned();
                let kind = member.map(|_| SpeakerKind::Organization);
                Speaker { name, kind, url: None, same_as: None, place }
            }
            RawBy::Speaker(speaker) => {
                let kind = match speaker.person {
                    Some(_) => SpeakerKind::Person,
                    None => SpeakerKind::Organization,
                };
                Speaker {
                    name: by.value.name().to_owned(),
                    kind: Some(kind),
                    url: text(&speaker.url),
                    same_as: text(&speaker.same_as),
                    place,
                }
            }
        })
    }
}

/// A name without its article, where all of it is the name or an alias of a declared organization. "A DHS spokesperson" is
/// not the department.
fn organization<'n>(facets: &Facets, name: &'n str) -> Option<&'n str> {
    let name = name.trim();
    let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    let mut organizations = facets.names().filter(|facet| OF_ORGANIZATIONS.contains(facet));
    organizations.any(|facet| facets.member(facet, bare).is_some()).then_some(bare)
}
