//! The fields that an interval is cut to.

use serde::{Deserialize, Serialize};

/// Which fields an interval keeps (PostgreSQL manual, "Interval Input").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum IntervalFields {
    /// `YEAR`
    #[serde(rename = "year")]
    Year,
    /// `MONTH`
    #[serde(rename = "month")]
    Month,
    /// `DAY`
    #[serde(rename = "day")]
    Day,
    /// `HOUR`
    #[serde(rename = "hour")]
    Hour,
    /// `MINUTE`
    #[serde(rename = "minute")]
    Minute,
    /// `SECOND`
    #[serde(rename = "second")]
    Second,
    /// `YEAR TO MONTH`
    #[serde(rename = "year to month")]
    YearToMonth,
    /// `DAY TO HOUR`
    #[serde(rename = "day to hour")]
    DayToHour,
    /// `DAY TO MINUTE`
    #[serde(rename = "day to minute")]
    DayToMinute,
    /// `DAY TO SECOND`
    #[serde(rename = "day to second")]
    DayToSecond,
    /// `HOUR TO MINUTE`
    #[serde(rename = "hour to minute")]
    HourToMinute,
    /// `HOUR TO SECOND`
    #[serde(rename = "hour to second")]
    HourToSecond,
    /// `MINUTE TO SECOND`
    #[serde(rename = "minute to second")]
    MinuteToSecond,
}

impl IntervalFields {
    const ALL: [Self; 13] = [
        Self::Year,
        Self::Month,
        Self::Day,
        Self::Hour,
        Self::Minute,
        Self::Second,
        Self::YearToMonth,
        Self::DayToHour,
        Self::DayToMinute,
        Self::DayToSecond,
        Self::HourToMinute,
        Self::HourToSecond,
        Self::MinuteToSecond,
    ];

    /// As they are written.
    pub fn words(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Hour => "hour",
            Self::Minute => "minute",
            Self::Second => "second",
            Self::YearToMonth => "year to month",
            Self::DayToHour => "day to hour",
            Self::DayToMinute => "day to minute",
            Self::DayToSecond => "day to second",
            Self::HourToMinute => "hour to minute",
            Self::HourToSecond => "hour to second",
            Self::MinuteToSecond => "minute to second",
        }
    }

    /// The fields that these words name, in lower case with one space between them.
    pub fn of(words: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.words() == words)
    }
}
