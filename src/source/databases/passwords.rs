//! Passwords of `PostgreSQL`: seen where they should not be, added where they are missing, never told.

use super::address::Address;

/// Whether a connection holds a password, or what may be one. A rule file must not have it.
pub fn has_password(url: &str) -> bool {
    match Address::parse(url) {
        Ok(address) => address.password.is_some(),
        // What cannot be read is taken for the worst.
        Err(_) => {
            let login = url.split_once("://").map_or(url, |(_, rest)| rest).rsplit_once('@');
            login.is_some_and(|(login, _)| login.contains(':'))
                || url.to_ascii_lowercase().contains("password")
        }
    }
}

/// A connection as messages tell it: user, server and database, and nothing else.
pub fn without_password(url: &str) -> String {
    Address::parse(url).map_or_else(|_| "postgres://…".to_owned(), |address| address.to_string())
}

/// The connection with this password in the place of its own, or of none.
pub fn with_password(url: &str, password: &str) -> String {
    use std::fmt::Write;

    let mut url = url.to_owned();
    url.push(if url.contains('?') { '&' } else { '?' });
    url.push_str("password=");
    for byte in password.bytes() {
        // Writing to a text does not fail.
        _ = if byte.is_ascii_alphanumeric() {
            write!(url, "{}", char::from(byte))
        } else {
            write!(url, "%{byte:02X}")
        };
    }
    url
}

/// The password that a password file of `PostgreSQL` (`~/.pgpass`, or what `PGPASSFILE` names) has for a connection: of the
/// first line `host:port:database:user:password` that fits. <https://www.postgresql.org/docs/current/libpq-pgpass.html>
pub fn password_from(file: &str, url: &str) -> Option<String> {
    let address = Address::parse(url).ok()?;
    let host = if address.host.starts_with('/') { "localhost" } else { &address.host };
    let port = address.port.to_string();
    file.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let mut fields = fields(line).into_iter();
        let wanted = [host, &port, &address.database, &address.user];
        let fits =
            wanted.iter().all(|wanted| fields.next().is_some_and(|field| field == "*" || field == *wanted));
        if fits { fields.next().filter(|password| !password.is_empty()) } else { None }
    })
}

/// The fields of a line, of which the last may hold colons; a backslash takes its meaning from the character after it.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match character {
            ':' if fields.len() < 5 => fields.push(String::new()),
            character => {
                let character = if character == '\\' { characters.next().unwrap_or('\\') } else { character };
                if let Some(field) = fields.last_mut() {
                    field.push(character);
                }
            }
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_seen_wherever_it_stands() {
        for url in [
            "postgres://desk:secret@db/cases",
            "postgres://desk@db/cases?password=secret",
            "postgres://desk@db/cases?sslmode=disable&p%61ssword=secret",
            "postgres://desk:sec/ret@db/cases",
            "postgres://desk:12/ret@db/cases",
            "host=db user=desk password=secret",
        ] {
            assert!(has_password(url), "{url}");
            assert!(!without_password(url).contains("ret"), "{url}");
        }
        assert!(!has_password("postgres://desk@db:5432/cases?sslmode=require"));
        assert!(!has_password("cases"));
    }

    #[test]
    fn a_connection_is_told_by_user_server_and_database() {
        assert_eq!(
            without_password("postgres://desk:secret@db/cases?sslmode=disable"),
            "postgres://desk@db:5432/cases"
        );
        assert_eq!(
            without_password("postgres:///cases?user=desk&host=/run"),
            "postgres://desk@/cases?host=/run"
        );
    }

    #[test]
    fn a_password_comes_in_as_it_is() {
        for url in ["postgres://desk@db/cases", "postgres://desk:old@db/cases?sslmode=disable"] {
            let address = Address::parse(&with_password(url, "a b&c=%/é")).unwrap();
            assert_eq!(address.password.as_deref(), Some("a b&c=%/é"));
            assert_eq!(address.to_string(), "postgres://desk@db:5432/cases");
        }
    }

    #[test]
    fn the_first_line_that_fits_has_the_password() {
        let file = "# host:port:database:user:password\nother:*:*:*:no\ndb:5432:cases:desk:a\\:b\\\\c:d\n*:*:*:*:last\n";
        assert_eq!(password_from(file, "postgres://desk@db/cases").as_deref(), Some("a:b\\c:d"));
        assert_eq!(password_from(file, "postgres://desk@db:6000/cases").as_deref(), Some("last"));
        assert_eq!(password_from("db:5432:cases:desk", "postgres://desk@db/cases"), None);
        assert_eq!(
            password_from("localhost:*:*:*:here", "postgres:///c?user=d&host=/run").as_deref(),
            Some("here")
        );
    }
}
