//! Where a `PostgreSQL` server is, as its URL says: `postgres://user:password@host:5432/database?sslmode=require`.
//!
//! It is read here and not by the driver, since messages may not repeat any part of what may be a password, and the rest
//! of the program has to know a password where it sees one.

use std::fmt;

/// Where `PostgreSQL` listens if nobody says otherwise.
const PORT: u16 = 5432;

/// A server, a database on it, and who asks.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) user: String,
    pub(super) password: Option<String>,
    /// A name, an IP address, or the folder of a Unix socket.
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) database: String,
    /// What the server shows of us in its list of connections.
    pub(super) application: String,
    pub(super) encryption: Encryption,
}

/// Whether the connection is to be encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encryption {
    /// Nothing is said about it.
    Unsaid,
    /// `disable`, `allow`, `prefer`: it need not be.
    Optional,
    /// `require`, `verify-ca`, `verify-full`.
    Required,
}

/// Why a text is no address. What was written is not repeated: any part of it may be part of a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum AddressError {
    #[error("it does not begin with `postgres://`")]
    Scheme,
    #[error("it names no user, as in postgres://USER@host/database")]
    NoUser,
    #[error("it names no database, as in postgres://user@host/DATABASE")]
    NoDatabase,
    #[error(
        "its port is no number from 1 to 65535; `/`, `?`, `#`, `:` and `@` in a password are written %2F, %3F, %23, %3A and %40"
    )]
    Port,
    #[error("it names several servers; name one")]
    SeveralHosts,
    #[error("a `%` in it is not followed by two hexadecimal digits of UTF-8")]
    Escape,
    #[error(
        "of the settings after `?`, `sslmode`, `host`, `port`, `user`, `password`, `dbname`, `application_name` and `connect_timeout` are known here, and no others"
    )]
    Setting,
    #[error("`sslmode` is `disable`, `allow`, `prefer`, `require`, `verify-ca` or `verify-full`")]
    Mode,
}

impl Address {
    /// Reads a URL as `libpq` does, of one server, with a user and a database.
    pub(super) fn parse(url: &str) -> Result<Self, AddressError> {
        let rest = ["postgres://", "postgresql://"].iter().find_map(|scheme| url.strip_prefix(scheme));
        let rest = rest.ok_or(AddressError::Scheme)?;
        let (place, settings) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, database) = place.split_once('/').unwrap_or((place, ""));
        let (login, server) = authority.rsplit_once('@').unwrap_or(("", authority));
        let (user, password) = match login.split_once(':') {
            Some((user, password)) => (user, Some(password)),
            None => (login, None),
        };
        let (host, port) = host_and_port(server)?;
        let mut address = Self {
            user: unescaped(user)?,
            password: password.map(unescaped).transpose()?,
            host: unescaped(host)?,
            port: port_number(port)?,
            database: unescaped(database)?,
            application: "factcheck".to_owned(),
            encryption: Encryption::Unsaid,
        };
        for setting in settings.split('&').filter(|setting| !setting.is_empty()) {
            address.set(setting)?;
        }
        address.whole()
    }

    /// Takes in one setting from behind the `?`.
    fn set(&mut self, setting: &str) -> Result<(), AddressError> {
        let (name, value) = setting.split_once('=').ok_or(AddressError::Setting)?;
        let value = unescaped(value)?;
        match unescaped(name)?.as_str() {
            "user" => self.user = value,
            "password" => self.password = Some(value),
            "host" => self.host = value,
            "port" => self.port = port_number(&value)?,
            "dbname" => self.database = value,
            "application_name" => self.application = value,
            "sslmode" => {
                self.encryption = match value.as_str() {
                    "disable" | "allow" | "prefer" => Encryption::Optional,
                    "require" | "verify-ca" | "verify-full" => Encryption::Required,
                    _ => return Err(AddressError::Mode),
                }
            }
            // How long a query may take, connecting included, is a setting of the project.
            "connect_timeout" => {}
            _ => return Err(AddressError::Setting),
        }
        Ok(())
    }

    /// The address, if it has all that it must have.
    fn whole(mut self) -> Result<Self, AddressError> {
        if self.host.contains(',') {
            return Err(AddressError::SeveralHosts);
        }
        if self.user.is_empty() {
            return Err(AddressError::NoUser);
        }
        if self.database.is_empty() {
            return Err(AddressError::NoDatabase);
        }
        if self.host.is_empty() {
            "localhost".clone_into(&mut self.host);
        }
        Ok(self)
    }
}

/// Without the password.
impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { user, host, port, database, .. } = self;
        match host.as_str() {
            folder if folder.starts_with('/') => write!(out, "postgres://{user}@/{database}?host={folder}")?,
            ip if ip.contains(':') => write!(out, "postgres://{user}@[{ip}]:{port}/{database}")?,
            name => write!(out, "postgres://{user}@{name}:{port}/{database}")?,
        }
        Ok(())
    }
}

/// Splits `name`, `name:port`, `[::1]`, `[::1]:port`; without a port, it is an empty text.
fn host_and_port(server: &str) -> Result<(&str, &str), AddressError> {
    if let Some((ip, rest)) = server.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return match rest.strip_prefix(':') {
            Some(port) => Ok((ip, port)),
            None if rest.is_empty() => Ok((ip, "")),
            None => Err(AddressError::Port),
        };
    }
    if server.contains(',') {
        return Err(AddressError::SeveralHosts);
    }
    Ok(server.split_once(':').unwrap_or((server, "")))
}

fn port_number(text: &str) -> Result<u16, AddressError> {
    match text {
        "" => Ok(PORT),
        _ => text.parse().ok().filter(|port| *port > 0).ok_or(AddressError::Port),
    }
}

/// The text with each `%41` as the byte that it stands for.
fn unescaped(text: &str) -> Result<String, AddressError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        rest = after;
        if *byte != b'%' {
            bytes.push(*byte);
            continue;
        }
        let digits = rest.get(..2).and_then(|two| str::from_utf8(two).ok()).ok_or(AddressError::Escape)?;
        bytes.push(u8::from_str_radix(digits, 16).map_err(|_| AddressError::Escape)?);
        rest = rest.get(2..).unwrap_or_default();
    }
    // NUL ends a text in the protocol.
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0')).ok_or(AddressError::Escape)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_read_as_libpq_reads_it() {
        let address =
            Address::parse("postgresql://desk:p%40ss@db.example:6432/court%20cases?sslmode=require").unwrap();
        assert_eq!(address.user, "desk");
        assert_eq!(address.password.as_deref(), Some("p@ss"));
        assert_eq!((address.host.as_str(), address.port), ("db.example", 6432));
        assert_eq!(address.database, "court cases");
        assert_eq!(address.encryption, Encryption::Required);
        assert_eq!(address.application, "factcheck");
        let address = Address::parse("postgres://desk@[::1]/cases").unwrap();
        assert_eq!((address.host.as_str(), address.port), ("::1", 5432));
        assert_eq!(address.encryption, Encryption::Unsaid);
        let address = Address::parse("postgres:///cases?user=desk&host=/run/postgresql").unwrap();
        assert_eq!((address.user.as_str(), address.host.as_str()), ("desk", "/run/postgresql"));
        assert_eq!(Address::parse("postgres://desk@/cases").unwrap().host, "localhost");
    }

    #[test]
    fn what_is_missing_or_wrong_is_said() {
        for (url, error) in [
            ("host=db user=desk", AddressError::Scheme),
            ("mysql://desk@db/cases", AddressError::Scheme),
            ("postgres://db/cases", AddressError::NoUser),
            ("postgres://desk@db", AddressError::NoDatabase),
            ("postgres://desk@db:0/cases", AddressError::Port),
            ("postgres://desk:two/words@db/cases", AddressError::Port),
            ("postgres://desk@[::1]5432/cases", AddressError::Port),
            ("postgres://desk@one,two/cases", AddressError::SeveralHosts),
            ("postgres://desk@db/cases%2", AddressError::Escape),
            ("postgres://desk@db/cases%00", AddressError::Escape),
            ("postgres://desk@db/cases?options=-csearch_path%3Da", AddressError::Setting),
            ("postgres://desk@db/cases?sslmode=always", AddressError::Mode),
        ] {
            assert_eq!(Address::parse(url).err(), Some(error), "{url}");
        }
    }
}
