//! The tokens file. In: its words: a line each of `name rights token`, or one token alone. Out: whose token something is
//! and what they may; what those may whom a trusted proxy lets in (`name rights -`, or `* rights -` for all of them).

/// Bytes of a token, at least: one that is shorter can be guessed.
const LEAST: usize = 16;
/// What stands for the token of who comes by a trusted proxy alone, and for whomever it lets in.
const NO_TOKEN: &str = "-";
const ANYBODY: &str = "*";
/// Whose a token is that stands alone.
pub const ALONE: &str = "token";

/// Something that not everybody may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// Read, where the server is closed.
    Read = 1,
    /// Add articles, keep searches.
    Add = 2,
    /// Decide and note something.
    Mark = 4,
}

/// Some rights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rights(u8);

impl Rights {
    /// All that there are.
    const ALL: Self = Self(Right::Read as u8 | Right::Add as u8 | Right::Mark as u8);

    /// Whether a right is among them.
    #[must_use]
    pub fn have(self, right: Right) -> bool {
        self.0 & right as u8 != 0
    }

    fn read(words: &str) -> Result<Self, String> {
        let mut rights = Self::default();
        for word in words.split(',') {
            rights.0 |= match word {
                "read" => Right::Read as u8,
                "add" => Right::Add as u8,
                "mark" => Right::Mark as u8,
                "all" => Self::ALL.0,
                _ => return Err(word.to_owned()),
            };
        }
        Ok(rights)
    }
}

/// What is wrong with a tokens file.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TokensFault {
    /// It has no line.
    #[error("it has no token")]
    Empty,
    /// A token that can be guessed.
    #[error(
        "the token in line {line} is too short; give at least {LEAST} letters, for instance: head -c 24 /dev/urandom | base64"
    )]
    Short {
        /// Which, from 1.
        line: usize,
    },
    /// A line of another form.
    #[error("line {line} is not: name rights token")]
    Form {
        /// Which, from 1.
        line: usize,
    },
    /// A right that there is not.
    #[error("line {line}: {word:?} is no right; give read, add, mark with commas between, or all")]
    Right {
        /// Which, from 1.
        line: usize,
        /// The word.
        word: String,
    },
    /// One token for two.
    #[error("the token in line {line} is another line's too")]
    Twice {
        /// Which, from 1.
        line: usize,
    },
    /// Anybody's token.
    #[error("line {line}: {ANYBODY} is whomever a trusted proxy lets in; its token is {NO_TOKEN}")]
    Anybody {
        /// Which, from 1.
        line: usize,
    },
}

#[derive(Clone)]
struct Line {
    name: String,
    rights: Rights,
    /// None: who comes by a trusted proxy.
    token: Option<String>,
}

/// Who may change something.
#[derive(Clone)]
pub struct Tokens(Vec<Line>);

/// Tokens are written nowhere.
impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|line| &line.name))
            .finish()
    }
}

/// Whether two tokens are the same, in a time that does not tell where they differ.
fn alike(a: &[u8], b: &[u8]) -> bool {
    let differ = a.iter().zip(b).fold(0, |differ, (a, b)| differ | (a ^ b));
    a.len() == b.len() && differ == 0
}

impl Tokens {
    /// One token, which has all rights.
    #[must_use]
    pub fn one(token: &str) -> Self {
        Self(vec![Line {
            name: ALONE.to_owned(),
            rights: Rights::ALL,
            token: Some(token.to_owned()),
        }])
    }

    /// Reads a file's words. A single line that has not three words is a token with all rights, as it was before
    /// there were names; lines that begin with `# ` are notes.
    ///
    /// # Errors
    /// [`TokensFault`].
    pub fn read(words: &str) -> Result<Self, TokensFault> {
        let lines: Vec<(usize, &str)> = (1..)
            .zip(words.lines().map(str::trim))
            .filter(|(_, line)| !line.is_empty() && *line != "#" && !line.starts_with("# "))
            .collect();
        if let [(line, token)] = lines[..]
            && token.split_whitespace().count() != 3
        {
            return match token.len() < LEAST {
                true => Err(TokensFault::Short { line }),
                false => Ok(Self::one(token)),
            };
        }
        let mut read: Vec<Line> = Vec::new();
        for (line, text) in lines {
            let parts: Vec<&str> = text.split_whitespace().collect();
            let [name, rights, token] = parts[..] else {
                return Err(TokensFault::Form { line });
            };
            let rights = Rights::read(rights).map_err(|word| TokensFault::Right { line, word })?;
            let token = Some(token).filter(|token| *token != NO_TOKEN);
            match token {
                Some(_) if name == ANYBODY => return Err(TokensFault::Anybody { line }),
                Some(token) if token.len() < LEAST => return Err(TokensFault::Short { line }),
                Some(token)
                    if read
                        .iter()
                        .any(|other| other.token.as_deref() == Some(token)) =>
                {
                    return Err(TokensFault::Twice { line });
                }
                _ => {}
            }
            read.push(Line {
                name: name.to_owned(),
                rights,
                token: token.map(str::to_owned),
            });
        }
        match read.is_empty() {
            true => Err(TokensFault::Empty),
            false => Ok(Self(read)),
        }
    }

    /// Whose a token is, and what they may.
    pub(crate) fn of_token(&self, given: &str) -> Option<(&str, Rights)> {
        // All of them are looked at: the time tells nothing of which it was.
        self.0.iter().fold(None, |found, line| {
            let token = line.token.as_deref();
            match token.is_some_and(|token| alike(given.as_bytes(), token.as_bytes())) {
                true => Some((line.name.as_str(), line.rights)),
                false => found,
            }
        })
    }

    /// What somebody may whom a trusted proxy lets in: what the lines of that name without a token say, else what
    /// anybody may. A line with a token says nothing of them: who has the token shows it.
    pub(crate) fn of_person(&self, name: &str) -> Rights {
        let named = |wanted: &str| {
            let lines = self.0.iter().filter(|line| line.token.is_none());
            lines
                .filter(|line| line.name == wanted)
                .map(|line| line.rights)
                .reduce(|a, b| Rights(a.0 | b.0))
        };
        named(name).or_else(|| named(ANYBODY)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "0123456789abcdef";
    const B: &str = "fedcba9876543210";

    #[test]
    fn a_token_alone_may_everything() {
        let tokens = Tokens::read(&format!("\n{A}\n")).expect("read");
        let (name, rights) = tokens.of_token(A).expect("known");
        assert_eq!(name, "token");
        assert!(rights.have(Right::Read) && rights.have(Right::Add) && rights.have(Right::Mark));
        assert!(tokens.of_token(B).is_none() && tokens.of_token("").is_none());
        assert_eq!(tokens.of_person("ada"), Rights::default());
    }

    #[test]
    fn each_line_has_its_rights() {
        let file =
            format!("# who\nada add,mark {A}\nbot add {B}\nben mark -\n* read -\nada read -\n");
        let tokens = Tokens::read(&file).expect("read");
        let (name, rights) = tokens.of_token(A).expect("known");
        assert_eq!(name, "ada");
        assert!(rights.have(Right::Mark) && !rights.have(Right::Read));
        assert!(
            !tokens
                .of_token(B)
                .is_some_and(|(_, rights)| rights.have(Right::Mark))
        );
        assert!(tokens.of_person("ben").have(Right::Mark));
        assert!(
            !tokens.of_person("ada").have(Right::Add),
            "her token is not shown"
        );
        assert!(tokens.of_person("cy").have(Right::Read));
        assert!(tokens.of_token("-").is_none());
        assert!(!format!("{tokens:?}").contains(A), "tokens are not printed");
    }

    #[test]
    fn a_file_that_says_nothing_clear_is_refused() {
        for (file, fault) in [
            (String::new(), TokensFault::Empty),
            ("# a note\n".to_owned(), TokensFault::Empty),
            ("short".to_owned(), TokensFault::Short { line: 1 }),
            ("ada add short".to_owned(), TokensFault::Short { line: 1 }),
            (format!("{A}\n{B}"), TokensFault::Form { line: 1 }),
            (
                format!("ada raed {A}"),
                TokensFault::Right {
                    line: 1,
                    word: "raed".to_owned(),
                },
            ),
            (
                format!("ada add {A}\nben add {A}"),
                TokensFault::Twice { line: 2 },
            ),
            (format!("* add {A}"), TokensFault::Anybody { line: 1 }),
        ] {
            assert_eq!(Tokens::read(&file).err(), Some(fault), "{file}");
        }
    }
}
