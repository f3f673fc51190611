//! What columns are about, as far as their names tell.

use serde::{Deserialize, Serialize};

macro_rules! senses {
    ($($kind:ident $name:literal;)+) => {
        /// What a column is about: decides its type and checks, and which sample values look real.
        #[allow(missing_docs)] // each is what its name says; `senses.tsv` tells how it is stored
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum Sense {
            $($kind,)+
        }

        impl Sense {
            /// Every sense, in the order of `senses.tsv`.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// Its name in snake case.
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)+ }
            }

            /// The sense with this name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$kind),)+ _ => None }
            }
        }
    };
}

senses! {
    Key "key"; Reference "reference"; PersonReference "person_reference"; ParentReference "parent_reference";
    OptionalPersonReference "optional_person_reference"; ExternalId "external_id"; Uuid "uuid"; Money "money";
    SignedMoney "signed_money"; Balance "balance"; MinorUnits "minor_units"; Percentage "percentage";
    Rate "rate"; ExchangeRate "exchange_rate"; Probability "probability"; Quantity "quantity"; Stock "stock";
    Count "count"; Capacity "capacity"; Points "points"; Score "score"; Rating "rating";
    AverageRating "average_rating"; Position "position"; Version "version"; VersionText "version_text";
    Level "level"; Age "age"; Year "year"; Month "month"; DayOfMonth "day_of_month"; DayOfWeek "day_of_week";
    Hour "hour"; Minute "minute"; Port "port"; HttpStatus "http_status"; FileSize "file_size"; Pixels "pixels";
    Duration "duration"; DurationUnits "duration_units"; Measure "measure"; Temperature "temperature";
    Latitude "latitude"; Longitude "longitude"; Altitude "altitude"; Coordinates "coordinates"; Flag "flag";
    FlagOn "flag_on"; CreatedAt "created_at"; Moment "moment"; LaterMoment "later_moment"; Date "date";
    LaterDate "later_date"; BirthDate "birth_date"; TimeOfDay "time_of_day"; Email "email";
    Username "username"; Phone "phone"; PersonName "person_name"; GivenName "given_name";
    FamilyName "family_name"; MiddleName "middle_name"; Name "name"; Title "title"; JobTitle "job_title";
    Company "company"; Brand "brand"; Label "label"; Description "description"; Prose "prose";
    Comment "comment"; Summary "summary"; Reason "reason"; Slug "slug"; Url "url"; Path "path"; Image "image";
    DomainName "domain_name"; Color "color"; Icon "icon"; Currency "currency"; Country "country";
    CountryCode "country_code"; Language "language"; Locale "locale"; TimeZone "time_zone";
    PostalCode "postal_code"; Street "street"; City "city"; Region "region"; Address "address"; Place "place";
    Iban "iban"; Bic "bic"; CardDigits "card_digits"; CardBrand "card_brand"; VatNumber "vat_number";
    TaxId "tax_id"; DocumentNumber "document_number"; Code "code"; CouponCode "coupon_code"; Sku "sku";
    Barcode "barcode"; Isbn "isbn"; Issn "issn"; Doi "doi"; SerialNumber "serial_number"; Vin "vin";
    LicensePlate "license_plate"; TrackingNumber "tracking_number"; RoomNumber "room_number";
    IpAddress "ip_address"; MacAddress "mac_address"; UserAgent "user_agent"; MimeType "mime_type";
    FileName "file_name"; StorageKey "storage_key"; Checksum "checksum"; PasswordHash "password_hash";
    Token "token"; Secret "secret"; SessionKey "session_key"; Gender "gender"; Kind "kind"; Status "status";
    Category "category"; Unit "unit"; KeyName "key_name"; Settings "settings"; Document "document";
    List "list"; Tags "tags"; Texts "texts"; Binary "binary"; Error "error"; Schedule "schedule"; Search "search";
    Embedding "embedding";
}
