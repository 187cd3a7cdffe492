//! The two judgements that every operation carries.

/// How well something is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// On the vendor's pages.
    Documented,
    /// In working public code.
    Observed,
    /// Concluded from the rest of the API.
    Inferred,
    /// A mere candidate.
    Candidate,
}

impl Evidence {
    /// Every spelling of the schema, best known first.
    pub const WORDS: &[&str] = &[
        Self::Documented.as_str(),
        Self::Observed.as_str(),
        Self::Inferred.as_str(),
        Self::Candidate.as_str(),
    ];

    /// Reads the schema's spelling.
    ///
    /// ```
    /// use revio_codegen::model::Evidence;
    ///
    /// assert_eq!(Evidence::parse("inferred"), Some(Evidence::Inferred));
    /// assert_eq!(Evidence::parse("guessed"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "documented" => Self::Documented,
            "observed" => Self::Observed,
            "inferred" => Self::Inferred,
            "candidate" => Self::Candidate,
            _ => return None,
        })
    }

    /// The schema's spelling.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Observed => "observed",
            Self::Inferred => "inferred",
            Self::Candidate => "candidate",
        }
    }

    /// The variant of the Rust enum.
    pub fn variant(self) -> &'static str {
        match self {
            Self::Documented => "Documented",
            Self::Observed => "Observed",
            Self::Inferred => "Inferred",
            Self::Candidate => "Candidate",
        }
    }

    /// Whether users must opt in.
    pub fn is_unverified(self) -> bool {
        matches!(self, Self::Inferred | Self::Candidate)
    }
}

/// What a call does, and so whether it may be sent twice; the costliest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Sending it twice equals sending it once.
    Idempotent,
    /// Sending it twice may do it twice.
    Unsafe,
    /// Sending it twice may cost money.
    Money,
}

impl Effect {
    /// Every spelling of the schema.
    pub const WORDS: &[&str] = &[
        Self::Read.as_str(),
        Self::Idempotent.as_str(),
        Self::Unsafe.as_str(),
        Self::Money.as_str(),
    ];

    /// Reads the schema's spelling.
    ///
    /// ```
    /// use revio_codegen::model::Effect;
    ///
    /// assert_eq!(Effect::parse("money"), Some(Effect::Money));
    /// assert_eq!(Effect::parse("free"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "read" => Self::Read,
            "idempotent" => Self::Idempotent,
            "unsafe" => Self::Unsafe,
            "money" => Self::Money,
            _ => return None,
        })
    }

    /// The schema's spelling.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Idempotent => "idempotent",
            Self::Unsafe => "unsafe",
            Self::Money => "money",
        }
    }

    /// The variant of the Rust enum.
    pub fn variant(self) -> &'static str {
        match self {
            Self::Read => "Read",
            Self::Idempotent => "Idempotent",
            Self::Unsafe => "Unsafe",
            Self::Money => "Money",
        }
    }

    /// What a caller should know, in a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Read => "Changes nothing.",
            Self::Idempotent => "Sending it twice has the effect of sending it once.",
            Self::Unsafe => "Sending it twice may do it twice.",
            Self::Money => "Moves money: sending it twice may charge or credit twice.",
        }
    }
}
